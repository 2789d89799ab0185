package secret

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestOnlyValuesOfKnownKeysAreHashed(t *testing.T) {
	d := document.Parse("a.toml", []byte(`[providers.a]
kind = "openai"
model = "gpt-5"
api_key = "hunter22"
note = "hunter22"
extra = { kind = "hunter22" }
base_url = "https://u:hunter22@llm.example/v1"
[providers.b]
stopp = ["hunter22"]
[telegram]
allowed_chat_ids = [1]
`))
	p := Of(d)
	for _, row := range []struct {
		path []string
		want string
	}{
		{[]string{"providers", "a", "kind"}, "openai"},
		{[]string{"providers", "a", "model"}, "gpt-5"},
		{[]string{"telegram", "allowed_chat_ids", "[0]"}, "1"},
		{[]string{"providers", "a", "api_key"}, ""},
		{[]string{"providers", "a", "note"}, ""},
		{[]string{"providers", "a", "extra", "kind"}, ""},
		{[]string{"providers", "a", "base_url"}, ""},
		{[]string{"providers", "b", "stopp", "[0]"}, ""},
	} {
		if got := p.Hashable(d.Root.At(row.path...)); got != row.want {
			t.Errorf("%v: %q, want %q", row.path, got, row.want)
		}
	}
}

// What Loong makes of a text that becomes an id or a name is secret as the text is.
func TestNamesMadeOfSecrets(t *testing.T) {
	var w walker
	w.name("Hunter Éx two1, a")
	w.name("hunter two1_ 2")
	w.name("hunter-two1")
	w.name("Ab1")
	if got := strings.Join(w.texts, " "); got != "hunter-x-two1-a hunter éx two1, a hunter-two1_2" {
		t.Errorf("texts %s", got)
	}
}

// What a message must not show either: secrets as they are written and as they are meant, and what of them people quote.
func TestTextsThatAreHiddenElsewhere(t *testing.T) {
	for _, c := range []struct{ src, want, not string }{
		{"[telegram]\nbot_token = \"  two words\\n\"", "two words|  two words\n", "two|words"},
		{"[telegram]\nbot_token = \"one\\u0041\"", "oneA|one\\u0041", "one"},
		{"[telegram]\nbot_token = 'one'", "one", "on"},
		{"[providers.a]\nbase_url = 'https://bob:pass/word@llm.example'", "bob:pass/word|word", "bob|pass"},
		{"[providers.a]\nbase_url = 'https://bob:wood@Pass/Word@llm.example'", "bob:wood@Pass/Word|pass", "bob|word|llm.example"},
		{"[providers.a]\nbase_url = 'https://bob:password@llm.example'", "bob:password|password", "bob|assword"},
		{"[providers.a]\nbase_url = 'https://:password@llm.example'", ":password|password", "assword"},
		{"[providers.a]\nbase_url = 'https://bob@llm.example'", "bob", ""},
		{"[providers.a]\nbase_url = \"https://b\\u006fb:password@llm.example\"", "bob:password|password", ""},
		{"[feishu]\napp_id = 'My App, two'", "My App, two|my-app-two", "my|app|two|My"},
		{"[feishu]\napp_id = 'Company'", "Company|company", "comp"},
		{"[feishu]\napp_id = 'Compañía x9y8'", "compa-a-x9y8", "a"},
		{"[feishu]\napp_secret = 'My App, two'", "My App, two", "my-app-two|my_app_two"},
		{"[feishu]\napp_id = 'Abc'", "Abc", "abc"},
		{"= 1\n[wood.'My App 2']\n[wood.'My App 2']", "My App 2|my-app-2", ""},
		{"[slack]\naccount_id = 'https://bob:Wood@llm.example'", "bob:Wood|https-bob-wood-llm-example", ""},
		{"[slack]\naccount_id = 'bob:Wood@llm.example'", "bob:Wood|bob-wood-llm-example", ""},
		{"[slack]\naccount_id = 'https://llm.example/v1?key=Wood'", "key=Wood|https-llm-example-v1-key-wood", ""},
		{"[slack.accounts.'https://bob:Wood@llm.example']", "https-bob-wood-llm-example", ""},
		{"[slack.accounts.'https://llm.example#Wood']", "https://llm.example#Wood|https-llm-example-wood", ""},
		{"[slack.accounts.'https://llm.example']", "", "https://llm.example"},
		{"[mcp.servers.'wss://llm.example/v1#WoodWork']", "wss://llm.example/v1#woodwork|wss-llm-example-v1-woodwork", ""},
		{"[slack.accounts.https://Wood]", "https://Wood|https-wood", ""},
		{"[slack.accounts.https://llm.example/v1]", "", "https://llm.example/v1"},
		{"[slack]\nbase_url = 'https://bob:Wood@llm.example'", "bob:Wood", "https-bob-wood-llm-example|bob-wood"},
		{"[slack]\naccount_id = 'https://llm.example'", "", "https-llm-example"},
		{"= 1\n[provider]\nendpoint = “http://wood-work\n-two@llm.example\"", "http://wood-work|wood-work", ""},
		{"[provider]\nendpoint = 'http://WoodWork\ntwo@llm.example'", "http://WoodWork|WoodWork|woodwork", ""},
		{"[provider]\nendpoint = 'https://llm.example/v1#Wood\"'", "Wood\"|Wood", "https://llm.example/v1"},
		{"[provider]\napi_key_env = 'TEAM->Wood=='", "TEAM->Wood==|TEAM->Wood", ""},
		{"[provider]\napi_key_env = 'TEAM=Wood'", "Wood", "TEAM"},
		{"= 1\n[wood.hunter2]\n[wood.hunter2]", "hunter2", ""},
	} {
		texts := Of(document.Parse("a.toml", []byte(c.src))).Texts(100)
		for text := range strings.SplitSeq(c.want, "|") {
			if text != "" && !slices.Contains(texts, text) {
				t.Errorf("%q: %q is not among %q", c.src, text, texts)
			}
		}
		for text := range strings.SplitSeq(c.not, "|") {
			if text != "" && slices.Contains(texts, text) {
				t.Errorf("%q: %q is among %q", c.src, text, texts)
			}
		}
	}
	long := strings.Repeat("long", 25)
	for most, want := range map[int]bool{99: false, 100: true} {
		if got := slices.Contains(Of(document.Parse("a.toml", []byte("[telegram]\nbot_token = '"+long+"'"))).Texts(most), long); got != want {
			t.Errorf("of at most %d bytes: %v", most, got)
		}
	}
}

// A text that moves has what is hidden in it, and needs no more of it than the first.
func TestTextsThatMove(t *testing.T) {
	src := "[providers.a]\nnote = 'woodwork'\n[telegram]\nbot_token = 'abcdef'\n"
	p := Of(document.Parse("a.toml", []byte(src)))
	line := document.Span{Start: strings.Index(src, "note"), End: strings.Index(src, "[tele")}
	for text, want := range map[string]bool{"note = 'woodwork'": true, "note = 'wood'": false, "bot_token = 'abcdef'": false, "": false} {
		if got := p.Moves(line, text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if p.Moves(document.Span{Start: 0, End: len("[providers.a]")}, src) || !p.Moves(document.Span{Start: 0, End: len(src)}, src) || p.Moves(document.Span{Start: len(src), End: len(src)}, src) {
		t.Error("what else moves")
	}
}

// Only a part of a secret is quoted, and only what is hidden because it is secret.
func TestPartsOfSecretsThatMayBeQuoted(t *testing.T) {
	src := "[telegram]\nbot_token = 'abcdef'\nbase_url = 'https://u:pw@h/v1'\n[nothing]\nnote = 'woodwork'\n"
	p := Of(document.Parse("a.toml", []byte(src)))
	for text, want := range map[string]string{"abcdef": "abcdef", "bcd": "bcd", "u:pw": "u:pw", "pw": "pw", "'abcdef": "", "pw@": "", "woodwork": "", "bot_token": "", "note": ""} {
		at := strings.Index(src, text)
		span := document.Span{Start: at, End: at + len(text)}
		if got := p.Quoted(span); got != want {
			t.Errorf("of %q, %q is quoted", text, got)
		}
		if got, overlaps := len(p.Overlapping(span)) == 1, want != "" || text == "'abcdef" || text == "pw@"; got != overlaps {
			t.Errorf("%q overlaps a secret: %t", text, got)
		}
	}
	if got := p.Overlapping(document.Span{Start: 0, End: len(src)}); len(got) != 2 {
		t.Errorf("all of it overlaps %v", got)
	}
	if got := p.Quoted(document.Span{Start: len(src), End: len(src)}); got != "" {
		t.Errorf("%q is quoted at the end", got)
	}
}

// So many names that Loong does not know are looked at one by one; what comes after them is hidden.
// The section of theirs is one, too.
func TestSoManyNamesAreLookedAt(t *testing.T) {
	for names, hidden := range map[int]bool{mostNames - 2: false, mostNames - 1: true} {
		var b strings.Builder
		b.WriteString("[nothing]\n")
		for i := range names {
			b.WriteString("x" + strings.Repeat("y", i/5000) + strconv.Itoa(i) + " = 1\n")
		}
		b.WriteString("[providers.a]\nmodle = 'woodly'\n")
		if got := masked(b.String()); strings.Contains(got, "woodly") == hidden {
			t.Errorf("%d names: %s", names, got[len(got)-60:])
		}
	}
}
