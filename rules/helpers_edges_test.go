package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// What the last word of a key's name counts, however its words are joined.
func TestUnitsOfNames(t *testing.T) {
	for want, names := range map[unit][]string{
		{ofTime, 1}:         {"ms", "timeout_ms", "timeout-msec", "timeout.msecs", "timeoutMillis", "a millisecond", "MILLISECONDS", "x_Ms", "timeoutMS", "TIMEOUT_MS", "TimeoutMs"},
		{ofTime, 1000}:      {"s", "sec", "timeout_secs", "timeoutSecond", "seconds", "x_S"},
		{of: ofEither}:      {"m", "timeout_m", "timeoutM"},
		{ofTime, 60_000}:    {"min", "mins", "timeout_minute", "minutes"},
		{ofTime, 3600_000}:  {"h", "hr", "hrs", "hour", "cooldown_hours"},
		{ofTime, 86400_000}: {"d", "day", "keep_days"},
		{ofText, 1}:         {"chars", "max_characters"},
		{ofText, 2}:         {"tokens", "maxTokens"},
		{ofMemory, 1}:       {"bytes"},
		{ofMemory, 2}:       {"kb", "size_kib"},
		{ofMemory, 3}:       {"mb", "sizeMib"},
		{}:                  {"", "timeout", "items", "alarms", "max_", "retry_attempts", "maxS_x"},
	} {
		for _, name := range names {
			if got := unitOfName(name); got != want {
				t.Errorf("%q: %v, want %v", name, got, want)
			}
		}
	}
}

func TestNumbersInAnotherUnit(t *testing.T) {
	for _, c := range []struct {
		number, from, to, want int64 // -1: no whole number, or too large
	}{
		{90, 1000, 1, 90_000}, {90_000, 1, 1000, 90}, {90_500, 1, 1000, -1}, {0, 1000, 1, 0}, {-1, 1000, 1, -1}, {1 << 62, 1000, 1, -1}, {9223372036854775, 1000, 1, 9223372036854775000}, {9223372036854776, 1000, 1, -1},
		{1<<63 - 1, 1, 1, 1<<63 - 1}, {2, 60_000, 1000, 120},
	} {
		got, ok := rescale(c.number, c.from, c.to)
		if !ok {
			got = -1
		}
		if got != c.want {
			t.Errorf("%d of %d in %d: %d, want %d", c.number, c.from, c.to, got, c.want)
		}
	}
}

// How messages call values, and what they do not tell of secrets.
func TestValuesInMessages(t *testing.T) {
	long := strings.Repeat("é", 60)
	for value, want := range map[string]string{
		"1": "1", "'x'": "'x'", "{}": "a table", "[1]": "a list", "\"\"\"\nx\"\"\"": "a string", "'''x'''": "'''x'''", "2026-01-02": "2026-01-02",
		"'" + long[:58*2] + "'": "'" + long[:58*2] + "'", "'" + long[:59*2] + "'": "a string",
	} {
		d := document.Parse("a.toml", []byte("a = "+value))
		if got := valueText(d, d.Root.At("a"), schema.NoPath); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
	for value, want := range map[string]string{"1": "a whole number", "1.5": "a fractional number", "'x'": "a string", "true": "true or false", "2026-01-02": "a date or time", "[1]": "a list"} {
		d := document.Parse("a.toml", []byte("a = "+value))
		if got := valueText(d, d.Root.At("a"), schema.PathOf("provider.api_key")); got != want {
			t.Errorf("a secret %s: %s, want %s", value, got, want)
		}
	}
	if got := valueText(nil, nil, schema.NoPath); got != "nothing" {
		t.Error(got)
	}
	d := document.Parse("a.toml", []byte("a = [1]\n[[b]]\n[c]\n"))
	for key, want := range map[string]string{"a": "a list", "b": "a list of tables", "c": "a table"} {
		if got := kindName(d.Root.At(key).Kind); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
	if got := kindName(document.Invalid); got != "a value" {
		t.Error(got)
	}
	if tableName(nil) != "the top level" || tableName(d.Root) != "the top level" || tableName(d.Root.At("c")) != "[c]" {
		t.Error("tables have other names")
	}
}

func TestATextReplacesAnother(t *testing.T) {
	for _, c := range []struct{ value, text, want string }{
		{`"a"`, "b", `"b"`}, {`'a'`, "b", `'b'`}, {`'a'`, "it's", `"it's"`}, {`'a'`, "b\tc", `"b\tc"`}, {`'a'`, "b\nc", `"b\nc"`}, {`''`, "b", `"b"`}, {`'''a'''`, "b", `"b"`}, {`"a"`, `b"c`, `"b\"c"`}, {`'a'`, `b"c`, `'b"c'`},
	} {
		d := document.Parse("a.toml", []byte("a = "+c.value))
		if e := replaceText(d, d.Root.At("a"), c.text); e.Text != c.want || e.Span != d.Root.At("a").Value() {
			t.Errorf("%s becomes %s, want %s", c.value, e.Text, c.want)
		}
	}
}

// Where a key is put in: below the header of its table, or above all keys, below the comments that open the file.
func TestAKeyIsPutIn(t *testing.T) {
	for _, c := range []struct{ src, table, want string }{
		{"# a\n\n# b\nx = 1\n", "", "# a\n\n# b\nnew\nx = 1\n"},
		{"# a\n  [x]\ny = 1\n", "", "# a\nnew\n  [x]\ny = 1\n"},
		{"# only\n", "", "# only\nnew\n"},
		{"", "", "new\n"},
		{"\r\nx = 1\r\n", "", "\r\nnew\r\nx = 1\r\n"},
		{"[x] # a\ny = 1\n", "x", "[x] # a\nnew\ny = 1\n"},
		{"[x]\r\ny = 1\r\n", "x", "[x]\r\nnew\r\ny = 1\r\n"},
		{"[x]", "x", "[x]\nnew"},
		{"x = { y = 1 }\n", "x", ""},
		{"x.y = 1\n", "x", ""},
		{"[x.y]\nz = 1\n", "x", ""},
		{"b.c = 1\n[x]\n", "", "new\nb.c = 1\n[x]\n"},
	} {
		d := document.Parse("a.toml", []byte(c.src))
		table := d.Root
		if c.table != "" {
			table = d.Root.At(c.table)
		}
		got := ""
		if e, ok := insertKey(d, table, "new"); ok {
			out, err := document.Apply(d.Source, []document.Edit{e})
			if err != nil {
				t.Fatal(err)
			}
			got = string(out)
		}
		if got != c.want {
			t.Errorf("%q, [%s]: %q, want %q", c.src, c.table, got, c.want)
		}
	}
}

// A key can be renamed by one edit where it is named once.
func TestHowOftenAKeyIsNamed(t *testing.T) {
	for src, want := range map[string]bool{
		"x = 1": true, "x = { a = 1 }": true, "x.a = 1": true, "x.a = 1\nx.b = 2": false, "[x]\na = 1": true, "[x]\na.b = 1": false, "[x]\n[x.a]": false, "[x.a]": true, "[x.a]\n[x.b]": false,
		"[[x]]\na = 1": true, "[[x]]\n[[x]]": false, "x = [1]": true, "[x]\na = { b = 1, c.d = 2 }": true,
	} {
		d := document.Parse("a.toml", []byte(src))
		if got := isNamedOnce(d.Root.At("x")); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
	for src, want := range map[string]bool{"[x]": true, "[x.y]": true, "x = 1": false, "x.y = 1": false, "[a]\nx = 1": false, "[x]\ny = 1": true, "[x.y]\n[x]": true} {
		d := document.Parse("a.toml", []byte(src))
		n := d.Root.At("x")
		if n == nil {
			n = d.Root.At("a", "x")
		}
		if got := inHeader(n); got != want {
			t.Errorf("%q: in a header: %v", src, got)
		}
	}
}

func TestReferencesInHeaders(t *testing.T) {
	for text, want := range map[string]bool{
		"$A": true, "${A}": true, "${ a_1 }": true, "%A%": true, "env:A": true, " ENV:x": true, "a $b c": true, "a%bc%d": false, "%A1%": false, "%A2x%": true, "%_%": true,
		"": false, "$": false, "$1": false, "${": false, "${}": false, "${1}": false, "${a": false, "${a b}": false, "%A": false, "%%": false, "%1A%": false, "env:": false, "env": false, "x env:A": false, "100%": false,
		"%ab%cd": false, "%AB%20": false, "%ab%": false, "%abc%de": false, "%abc%d": true, "%abcd%": true, "%20%A": false, "a$b": true,
	} {
		if got := holdsReference(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPatterns(t *testing.T) {
	for pair, want := range map[string]bool{
		"abc abc": true, "abc abd": false, "a*c abc": true, "a*c abbc": true, "a*c ac": false, "*c c": false, "*c xc": true, "a* a": false, "a* ab": true, "a*c xbc": false, "a*c abx": false, "aa*aa aaa": false, "* x": true,
	} {
		pattern, text, _ := strings.Cut(pair, " ")
		if got := matchesStar(pattern, text); got != want {
			t.Errorf("%s matches %s: %v", pattern, text, got)
		}
	}
	twelve := strings.Split("a b c d e f g h i j k l", " ")
	if got := firstPatterns(twelve); got != "a, b, c, d, e, f, g, h, i, j, k, l" {
		t.Error(got)
	}
	if got := firstPatterns(append(twelve, "m")); got != "a, b, c, d, e, f, g, h, i, j, k, l, …" {
		t.Error(got)
	}
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if joinAnd(words) != want {
			t.Errorf("%q: %q", words, joinAnd(words))
		}
	}
	for text, want := range map[string]bool{"": false, "0": true, "fF9": true, "g": false, "0x": false} {
		if got := isHex(text); got != want {
			t.Errorf("%q is hexadecimal: %v", text, got)
		}
	}
	for n, want := range map[int]bool{31: false, 32: true, 33: false} {
		if got := isAccountID(strings.Repeat("a", n)); got != want {
			t.Errorf("%d digits are an account: %v", n, got)
		}
	}
	for text, want := range map[string]string{"5": "5", `{"expr":"a + b"}`: "a + b", `{"expr":""}`: `{"expr":""}`, `{x`: `{x`, "": ""} {
		if got := defaultShown(text); got != want {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
}

func TestPathsOfAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://h/v1": "/v1", "https://h": "", "h/v1?k#f": "/v1", "https://h?a/b": "", "https://h#a/b": "", "https://h/a?b/c": "/a", "": "", "/v1": "/v1", "://h/x": "/x", "h": "",
	} {
		if got := pathOf(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
	for path, want := range map[string][]string{"": nil, "/": nil, "//": nil, "/a": {"a"}, "a/b/": {"a", "b"}, "/a//b": {"a", "", "b"}} {
		if got := segments(path); !slices.Equal(got, want) || hasSegments(path) != (want != nil) {
			t.Errorf("%q: %q", path, got)
		}
	}
	for address, want := range map[string]string{"https://LLM.example:80/x": "llm.example", "https://bedrock.<region>.example": "bedrock.region.example", "nothing": "", "": ""} {
		if got := urlHost(address); got != want {
			t.Errorf("%q: host %q", address, got)
		}
	}
}

// A value of the wrong type that can mean one thing only.
func TestWhatAWrongValueMeans(t *testing.T) {
	for line, want := range map[string]string{
		"request_timeout_ms = '30s'": "30000", "request_timeout_ms = '2m'": "120000", "request_timeout_ms = '1 s'": "1000", "request_timeout_ms = '1us'": "", "request_timeout_ms = '0s'": "", "request_timeout_ms = '-1s'": "",
		"request_timeout_ms = '90'": "90", "request_timeout_ms = ' 90 '": "90", "request_timeout_ms = '090'": "", "request_timeout_ms = '9.5'": "", "request_timeout_ms = 90.0": "90", "request_timeout_ms = 90.5": "",
		"temperature = '0.7'": "0.7", "temperature = '1e3'": "", "temperature = '-1'": "", "temperature = 'x'": "", "model = 5": `"5"`, "model = 5.5": `"5.5"`, "model = true": "", "api_key = 5": `"5"`,
		"stop = 'a'": "['a']", "stop = 'a,b'": "", "stop = \"a\"": "[\"a\"]", "retry_max_attempts = 'many'": "", "retry_max_attempts = '3s'": "",
	} {
		d := document.Parse("a.toml", []byte("[provider]\nkind = 'openai'\n"+line+"\n"))
		key, _, _ := strings.Cut(line, " ")
		c := loong.Read(d, nil)
		if got := readingOf(d, c.Legacy.Field(key)); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]string{
		"enabled = 'yes'": "true", "enabled = ' ON '": "true", "enabled = 'true'": "true", "enabled = 'no'": "false", "enabled = 'Off'": "false", "enabled = 'false'": "false", "enabled = 'maybe'": "", "enabled = 1": "",
		"polling_timeout_s = '1m'": "60", "polling_timeout_s = '1500ms'": "", "allowed_chat_ids = 5": "[5]", "allowed_chat_ids = '5'": "",
	} {
		d := document.Parse("a.toml", []byte("[telegram]\n"+line+"\n"))
		key, _, _ := strings.Cut(line, " ")
		c := loong.Read(d, nil)
		if got := readingOf(d, c.Root.Field("telegram").Field(key)); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// What a rule collects travels as JSON to another process, and means the same there; a secret only as its digest.
func TestFactsTravelAsJSON(t *testing.T) {
	src := "[providers.one]\nkind = \"openai\"\napi_key = \"sk-9f2Kd83Lq0ZrAbCdEf12GhIjKl34\"\n[providers.two]\nkind = \"groq\"\napi_key_env = \"LLM_KEY\"\nbase_url = \"https://u:pw@llm.example/v1\"\n" +
		"[providers.z-correcthorse22]\nkind = \"deepseek\"\napi_key = \"correcthorse22\"\n"
	doc := document.Parse("a.toml", []byte(src))
	packed := map[string]int{}
	for _, rule := range []*lint.Rule{&keyInSeveralFiles, &profileDiffersBetweenFiles, &variableUsedForTwoKinds} {
		r := lint.Check(doc, loong.Read(doc, nil), &lint.Options{Rules: []*lint.Rule{rule}})
		for _, is := range r.Facts(&lint.Options{Rules: []*lint.Rule{rule}}) {
			if strings.Contains(fmt.Sprint(is), "horse") {
				t.Errorf("%s tells other files of a secret: %v", rule.Name, is)
			}
			for _, key := range [][]byte{nil, []byte("shared")} {
				seal := &Seal{Key: key}
				facts, err := PackFacts(is, seal)
				if err != nil {
					t.Fatal(err)
				}
				packed[rule.Name] += len(facts)
				var w jsonwrite.Writer
				w.Bytes = append(w.Bytes, '{')
				facts.AppendJSON(&w, "facts")
				raw, err := json.Marshal(facts)
				if got := string(w.Bytes); err != nil || got != `{"facts":`+string(raw) {
					t.Errorf("written is %s, not %s, %v", got, raw, err)
				}
				for _, secret := range []string{"horse", "9f2Kd83", "pw"} {
					if strings.Contains(string(raw), secret) {
						t.Errorf("%s: %s", rule.Name, raw)
					}
				}
				back, err := UnpackFact(rule, raw)
				if err != nil {
					t.Fatal(err)
				}
				again, err := PackFacts(back, seal)
				if rule == &keyInSeveralFiles {
					for i := range again {
						again[i].Digest = facts[i].Digest // a digest of a digest is another one
					}
				}
				if err != nil || fmt.Sprint(again) != fmt.Sprint(facts) {
					t.Errorf("%s: %v, %v, want %v", rule.Name, again, err, facts)
				}
				if places := FactPlaces(is); len(places) < len(facts) || len(facts) > 0 && places[0].Span != facts[0].At.Span {
					t.Errorf("%s: places %v", rule.Name, places)
				}
			}
		}
	}
	if got := fmt.Sprint(packed); got != "map[key-in-several-files:3 profile-differs-between-files:4 variable-used-for-two-kinds:2]" {
		t.Errorf("packed are %s", got)
	}
	for raw, want := range map[string]string{`[{"kind":"none"}]`: `no kind "none"`, `{`: "facts of variable-used-for-two-kinds: unexpected end of JSON input"} {
		if _, err := UnpackFact(&variableUsedForTwoKinds, []byte(raw)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if _, err := UnpackFact(&lint.Rule{Name: "other"}, []byte("[]")); err == nil || err.Error() != "other is not a rule across files" {
		t.Error(err)
	}
	if _, err := PackFacts(1, &Seal{}); err == nil || FactPlaces(1) != nil {
		t.Error("a number is packed")
	}
}

// A text has a form of another tool only where there is something between its beginning and its end.
func TestFormsOfOtherTools(t *testing.T) {
	for text, want := range map[string]string{ // what is between, or "-"
		"op://": "-", "op://a": "a", "OP://a": "a", "op:/a": "-", "x op://a": "-",
	} {
		f := notKeyForm{text: "op://"}
		got, ok := f.restOf(text)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"{env:}": "-", "{env:A}": "A", "{ENV: A }": "A", "{env:A": "-", "{env}": "-"} {
		f := notKeyForm{text: "{env:", end: "}"}
		got, ok := f.restOf(text)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Of accounts that share an id only those are told to be rewritten that have it alone.
func TestAccountsThatShareAnID(t *testing.T) {
	for src, want := range map[string]int{
		"[telegram.accounts.Work]\nbot_token = 'x'\n": 1, "[telegram.accounts.Work]\nbot_token = 'x'\n[telegram.accounts.work]\nbot_token = 'y'\n": 0,
		"[telegram.accounts.Work]\nbot_token = 'x'\n[telegram.accounts.WORK]\nbot_token = 'y'\n": 0, "[telegram.accounts.Work]\nbot_token = 'x'\n[telegram.accounts.Home]\nbot_token = 'y'\n": 2,
		"[telegram.accounts.Work]\nbot_token = 'x'\n[discord.accounts.Work]\nbot_token = 'y'\n": 2,
	} {
		doc := document.Parse("a.toml", []byte(src))
		n := 0
		for _, f := range lint.Check(doc, loong.Read(doc, nil), &lint.Options{Rules: All()}).Findings {
			if strings.HasPrefix(f.Message, "Loong reads account ") {
				n++
			}
		}
		if n != want {
			t.Errorf("%q: %d are told to be rewritten, want %d", src, n, want)
		}
	}
}

// Where an address has a path that Loong appends, in whole segments; after some a token may go on.
func TestPathsThatAreAppended(t *testing.T) {
	for _, c := range []struct {
		path, appended string
		token          bool
		want           int
	}{
		{"/bot", "/bot", false, 0}, {"/x/bot", "/bot", false, 2}, {"/bot/", "/bot", false, 0}, {"/bot?a", "/bot", false, 0}, {"/bot#a", "/bot", false, 0}, {"/bots", "/bot", false, -1}, {"/bots/bot", "/bot", false, 5},
		{"/bot123:a", "/bot", false, -1}, {"/bot123:a", "/bot", true, 0}, {"/bot0", "/bot", true, 0}, {"/bot9", "/bot", true, 0}, {"/bot!", "/bot", true, -1}, {"/bot:", "/bot", true, -1}, {"/botx", "/bot", true, -1}, {"/x", "/bot", true, -1}, {"", "/bot", false, -1},
	} {
		if got := appendedAt(c.path, c.appended, c.token); got != c.want {
			t.Errorf("%s in %s (token %v): %d, want %d", c.appended, c.path, c.token, got, c.want)
		}
	}
	for text, want := range map[string]bool{
		"llm.example": true, "llm.example/v1": true, "localhost": true, "localhost:11434": true, "127.0.0.1": true, "server": false, "server:80": true, "server:1": true, "u@llm.example": false, "<host>.example": false, "": false, "a b": false,
	} {
		if got := plainHost(text); got != want {
			t.Errorf("%q would be an address: %v", text, got)
		}
	}
}

// What is to be filled in may be a piece of a secret, in the query or the password of an address; it is named where it surely is none,
// or where its name is known.
func TestNoPieceOfASecretIsNamed(t *testing.T) {
	for _, tt := range []struct {
		rule        *lint.Rule
		table, text string
		want        string
	}{
		{&unreplacedPlaceholder, "providers.a", `https://<account_id>.example/v1?key=TDRwzp5BWE{UpnvbAURa7whJp}`, "<account_id> and ******** in base_url are not filled in"},
		{&unreplacedPlaceholder, "providers.a", `https://llm.example/v1\u002f?key=TDRwzp5BWE$UpnvbAURa7whJp`, "******** in base_url is not filled in"},
		{&unreplacedPlaceholder, "providers.a", `https://llm.example/v1\u002f<account_id>?key=TDRwzp5BWE`, "<account_id> in base_url is not filled in"},
		{&unreplacedPlaceholder, "providers.a", `https://llm.example/v1\u002f$TEAM`, "$TEAM in base_url is not filled in"},
		{&variableNotExpanded, "matrix", `https://m.example/v1?key=TDRwzp5BWE${UpnvbAURa7whJp}`, "******** in base_url is not filled in: Loong uses this text as it is written"},
		{&variableNotExpanded, "matrix", `https://u:TDRwzp5BWE${UpnvbAURa7whJp}@m.example`, "******** in base_url is not filled in: Loong uses this text as it is written"},
		{&variableNotExpanded, "matrix", `https://m.example\u002f${TEAM}?key=TDRwzp5BWE`, "******** in base_url is not filled in: Loong uses this text as it is written"},
		{&variableNotExpanded, "matrix", `https://${TEAM}.example/v1?key=TDRwzp5BWE`, "${TEAM} in base_url is not filled in: Loong uses this text as it is written"},
	} {
		doc := document.Parse("a.toml", []byte("["+tt.table+"]\nbase_url = \""+tt.text+"\"\n"))
		r := lint.Check(doc, loong.Read(doc, nil), &lint.Options{Rules: []*lint.Rule{tt.rule}})
		if len(r.Findings) != 1 || r.Findings[0].Message != tt.want {
			t.Errorf("%s: want %s", tt.text, tt.want)
			for _, f := range r.Findings {
				t.Log(f.Message)
			}
		}
	}
}
