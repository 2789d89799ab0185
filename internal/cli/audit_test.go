package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/testing/fleet"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// odd are configurations that merging could go wrong with.
var odd = map[string]string{
	"odd/broken.toml":     "[providers.main\nkind = ",
	"odd/empty.toml":      "",
	"odd/suppressed.toml": "# loonglint: ignore-file[profile-differs-between-files] a stage of its own\n[providers.main0]\nkind = \"groq\"\napi_key_env = \"TEAM_LLM_KEY\" # loonglint: ignore[variable-used-for-two-kinds] agreed\n",
	"odd/weak.toml":       "[providers.a]\nkind = \"deepseek\"\napi_key = \"hunter2hunter2\"\n",
	"odd/weak2.toml":      "[providers.b]\nkind = \"groq\"\napi_key = \"hunter2hunter2\"\n",
	"odd/bidi\u202e.toml": "[providers.\"\u202e\"]\nkind = \"openai\"\nbase_url = \"http://u:secretpw99@h.example/?k=v\"\n",
	"odd/query.toml":      "[providers.q]\nkind = \"openai\"\nbase_url = \"https://h.example/v1?token=abcdefgh1234\"\napi_key = \"" + plantedKey + "\"\n",
	"odd/query2.toml":     "[providers.q]\nkind = \"openai\"\nbase_url = \"https://h.example:8443/v1?token=other\"\napi_key = \"" + plantedKey + "\"\n",
}

// request is a line for --batch.
func request(t *testing.T, id, toml string) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"id": id, "toml": toml, "env": map[string]string{}})
	must(t, err)
	return string(raw) + "\n"
}

// ll runs loonglint and returns stdout; want is the exit status.
func ll(t *testing.T, want int, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := Main(append([]string{"loonglint"}, args...), strings.NewReader(stdin), &out, &errs, nil); status != want {
		t.Fatalf("%q: status %d, not %d\n%s", args, status, want, errs.String())
	}
	return out.String()
}

// TestMergedPartsEqualASingleRun is the merge law: for every partition, in any order, with every
// format, the report is the one of a single run over the files.
func TestMergedPartsEqualASingleRun(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	writeFile(t, "empty.env", "")
	writeFile(t, "join.key", "0123456789abcdef0123456789abcdef\n")
	var lines []string
	add := func(path, toml string) {
		writeFile(t, filepath.Join("fleet", path), toml)
		lines = append(lines, request(t, "fleet/"+path, toml))
	}
	for i := range 90 {
		add(fleet.Crowded(i, i%3))
	}
	for path, toml := range odd {
		add(path, toml)
	}
	formats := []string{"json", "text", "markdown", "csv", "html"}
	single := map[string]string{}
	for _, f := range formats {
		single[f] = ll(t, 0, "", "audit", "--no-config", "--env-file", "empty.env", "--fail-on=never", "--quiet", "--all-toml", "--format", f, "fleet")
	}
	for _, want := range []string{"key-in-several-files", "variable-used-for-two-kinds", "profile-differs-between-files"} {
		if !strings.Contains(single["json"], want) {
			t.Errorf("nothing of %s is in the report", want)
		}
	}
	for seed := range uint64(thorough.Pick(5, 12)) { //nolint:gosec // not negative
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		parts := make([]strings.Builder, 1+r.IntN(9))
		for _, l := range lines {
			parts[r.IntN(len(parts))].WriteString(l)
		}
		args := []string{"audit", "--no-config", "--fail-on=never", "--quiet", "--format", formats[seed%5]}
		for i := range parts {
			name := fmt.Sprintf("part-%d-%d", seed, i)
			writeFile(t, name, ll(t, 0, parts[i].String(), "audit", "--no-config", "--batch", "--join-key-file", "join.key"))
			args = append(args, "--from", name)
		}
		if got := ll(t, 0, "", args...); got != single[formats[seed%5]] {
			t.Fatalf("%d parts differ from a single run as %s", len(parts), formats[seed%5])
		}
	}
}

// TestWeakKeysNeedAJoinKey holds that a key that could be guessed leaves no digest.
func TestWeakKeysNeedAJoinKey(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "join.key", "0123456789abcdef0123456789abcdef")
	writeFile(t, "short.key", "abc")
	in := request(t, "a", odd["odd/weak.toml"]) + request(t, "b", odd["odd/weak2.toml"])
	without := ll(t, 0, in, "audit", "--no-config", "--batch")
	if strings.Contains(without, "digest") || !strings.Contains(without, `"unjoined":1`) {
		t.Errorf("without a join key: %s", without)
	}
	writeFile(t, "without", without)
	report := ll(t, 0, "", "audit", "--no-config", "--fail-on=never", "--from", "without")
	if !strings.Contains(report, "2 literal keys could be guessed") || strings.Contains(report, "key-in-several-files") {
		t.Errorf("the report says\n%s", report)
	}
	writeFile(t, "with", ll(t, 0, in, "audit", "--no-config", "--batch", "--join-key-file", "join.key"))
	if report := ll(t, 0, "", "audit", "--no-config", "--fail-on=never", "--from", "with"); !strings.Contains(report, "key-in-several-files") {
		t.Errorf("with a join key the report says\n%s", report)
	}
	ll(t, 2, in, "audit", "--no-config", "--batch", "--join-key-file", "short.key")
}

// TestBatchesFindTheSame holds that a result of a check is that of an audit up to its findings and counts.
func TestBatchesFindTheSame(t *testing.T) {
	var in strings.Builder
	for i := range 60 {
		_, toml := fleet.Crowded(i, i%3)
		in.WriteString(request(t, fmt.Sprint("id", i), toml))
	}
	for path, toml := range odd {
		in.WriteString(request(t, path, toml))
	}
	files, err := filepath.Glob("../../fixtures/*/err-*.toml")
	must(t, err)
	for _, path := range files {
		toml, err := os.ReadFile(path)
		must(t, err)
		in.WriteString(request(t, path, string(toml)))
	}
	checked, audited := ll(t, 0, in.String(), "check", "--no-config", "--batch"), ll(t, 0, in.String(), "audit", "--no-config", "--batch")
	findings, results := strings.Split(checked, "\n"), strings.Split(audited, "\n")
	if len(findings) != len(results) || len(findings) <= len(files) {
		t.Fatalf("%d and %d lines for %d files", len(findings), len(results), len(files))
	}
	for i, line := range findings {
		if rest, ok := strings.CutPrefix(results[i], strings.TrimSuffix(line, "}")); !ok || line != "" && !strings.HasPrefix(rest, `,"inventory":{`) {
			t.Fatalf("check answers\n%s\nand audit\n%s", line, results[i])
		}
	}
}

func TestBatchOfChecks(t *testing.T) {
	t.Chdir(t.TempDir())
	var in strings.Builder
	for i := range 300 {
		_, toml := fleet.Config(i)
		in.WriteString(request(t, fmt.Sprint("id", i), toml))
	}
	out := ll(t, 0, in.String(), "check", "--batch")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 300 {
		t.Fatalf("%d lines for 300", len(lines))
	}
	for i, l := range lines {
		var r struct{ Schema, ID, Verdict string }
		if json.Unmarshal([]byte(l), &r) != nil || r.Schema != "loonglint.result.v1" || r.ID != fmt.Sprint("id", i) || r.Verdict == "" {
			t.Fatalf("line %d: %s", i, l)
		}
	}
	const openAI = `"toml": "[providers.a]\nkind = \"openai\"\nmodel = \"gpt-5\"\n"`
	for _, tt := range []struct {
		name, line string
		args       []string
		status     int
		want       string
	}{
		{"no JSON", "{", nil, 3, ""},
		{"any id", `{"id": {"a": [1]}, ` + openAI + `}`, nil, 0, `"id":{"a":[1]}`},
		{"no id", `{` + openAI + `}`, nil, 0, `"id":null`},
		{"an empty environment", `{"id": 1, ` + openAI + `}`, nil, 0, "missing-credential-env"},
		{"a variable", `{"id": 1, ` + openAI + `, "env": {"OPENAI_API_KEY": "` + plantedKey + `"}}`, nil, 0, `"findings":[]`},
		{"declared by flags", `{"id": 1, ` + openAI + `}`, []string{"--env-names", "OPENAI_API_KEY"}, 0, `"findings":[]`},
		{"bytes", `{"id": 1, "hex": "ff"}`, nil, 0, `"verdict":"undecodable"`},
		{"fails when asked to", `{"id": 1, ` + openAI + `}`, []string{"--fail-on=error"}, 1, ""},
		{"too large", `{"id": 1, ` + openAI + `}`, []string{"--max-file-size=5"}, 0, `"verdict":"unreadable"`},
		{"a path", "", []string{"loong.toml"}, 2, ""},
		{"a format", "", []string{"--format=json"}, 2, ""},
	} {
		got := ll(t, tt.status, tt.line+"\n", append([]string{"check", "--no-config", "--batch"}, tt.args...)...)
		if !strings.Contains(got, tt.want) || strings.Contains(got, plantedKey) {
			t.Errorf("%s: got %s", tt.name, got)
		}
	}
}

func TestAuditSince(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "f/a.toml", "[providers.a]\nkind = \"opnai\"\n")
	writeFile(t, "f/b.toml", "[providers.b]\nkind = \"groq\"\nmodel = \"m\"\n")
	args := []string{"audit", "--no-config", "--env=static", "f/a.toml", "f/b.toml", "--format=json"}
	writeFile(t, "old.json", ll(t, 1, "", args...))
	writeFile(t, "f/a.toml", "[providers.a]\nkind = \"openai\"\nmodel = \"gpt-5\"\n")
	writeFile(t, "f/b.toml", "[providers.b]\nkind = \"groq\"\nmodel = \"m\"\ntemprature = 1\n")
	out := ll(t, 1, "", append(args, "--since", "old.json")...)
	var r struct {
		Since struct {
			New, Fixed, Unchanged int
			Gone                  []struct{ Rule string } `json:"fixed_findings"`
		}
		Findings []struct{ Rule, Status string }
	}
	must(t, json.Unmarshal([]byte(out), &r))
	if r.Since.New != 1 || r.Since.Fixed == 0 || r.Since.Gone[0].Rule != "unknown-provider-kind" {
		t.Errorf("since is %+v", r.Since)
	}
	for _, f := range r.Findings {
		if (f.Rule == "unknown-key") != (f.Status == "new") {
			t.Errorf("%s is %s", f.Rule, f.Status)
		}
	}
	writeFile(t, "now.json", out)
	if text := ll(t, 0, "", "audit", "--no-config", "--env=static", "f/a.toml", "f/b.toml", "--since", "now.json"); !strings.Contains(text, "0 new, 0 fixed") {
		t.Errorf("nothing has changed, but:\n%s", text)
	}
}

// TestPolicyInEveryFormat holds that the policy's own words are in whatever is written.
func TestPolicyInEveryFormat(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "loonglint.toml", "[policy.kinds]\nallow = [\"anthropic\"]\nbecause = \"only vendors with a contract\"\n")
	writeFile(t, "loong.toml", "[providers.a]\nkind = \"groq\"\nmodel = \"m\"\n")
	for _, f := range []string{"text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"} {
		if out := ll(t, 1, "", "check", "--env=static", "--format", f, "loong.toml"); !strings.Contains(out, "only vendors with a contract") {
			t.Errorf("check --format %s does not say it:\n%s", f, out)
		}
	}
	for _, args := range [][]string{{"--format=json"}, {"--format=html"}, {"--table=findings"}, {"--table=findings", "--format=csv"}, {"--table=findings", "--format=markdown"}} {
		if out := ll(t, 1, "", append([]string{"audit", "--env=static", "loong.toml"}, args...)...); !strings.Contains(out, "only vendors with a contract") {
			t.Errorf("audit %q does not say it:\n%s", args, out)
		}
	}
}

func TestAuditUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "loong.toml", "[providers.a]\nkind = \"ollama\"\nmodel = \"m\"\n")
	writeFile(t, "bad", "{}\n")
	for _, tt := range []struct {
		args   []string
		status int
	}{
		{[]string{"--table=nothing", "loong.toml"}, 2}, {[]string{"--table=files", "--where=x=y", "loong.toml"}, 2}, {[]string{"--where=file=y", "loong.toml"}, 2},
		{[]string{"--table=files", "--where=file", "loong.toml"}, 2}, {[]string{"--table=files", "--format=html", "loong.toml"}, 2},
		{[]string{"--from=bad", "--env=static"}, 2}, {[]string{"--from=bad"}, 3}, {[]string{"--from=missing"}, 3},
		{[]string{"missing.toml"}, 3}, {[]string{"--since=bad", "loong.toml"}, 3}, {[]string{"--format=yaml", "loong.toml"}, 2},
	} {
		ll(t, tt.status, "", append([]string{"audit", "--no-config"}, tt.args...)...)
	}
}

func TestCSVIsNoFormula(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "=cmd()/loong.toml", "[providers.a]\nkind = \"ollama\"\nmodel = \"@SUM(1)\"\n")
	out := ll(t, 0, "", "audit", "--no-config", "--env=static", "--quiet", "--format=csv", ".", "--fail-on=never")
	for cell := range strings.FieldsFuncSeq(out, func(r rune) bool { return r == ',' || r == '\n' || r == '"' }) {
		if strings.ContainsAny(cell[:1], "=+@") {
			t.Errorf("a spreadsheet would run %q", cell)
		}
	}
	if !strings.Contains(out, "'@SUM(1)") {
		t.Errorf("the model is not there:\n%s", out)
	}
}

// TestNoSecretLeavesABatch plants secrets as TestNoSecretIsPrinted does, and looks for them in
// results, in what is made of results, and in every table.
func TestNoSecretLeavesABatch(t *testing.T) {
	t.Chdir(t.TempDir())
	random := rand.New(rand.NewPCG(9, 2))
	writeFile(t, "join.key", "0123456789abcdef0123456789abcdef")
	writeFile(t, "loonglint.toml", "[policy]\nhosts = { deny = [\"*\"], because = \"h\" }\nmodels = { deny = [\"*\"], because = \"m\" }\ncredentials = { deny = [\"*\"], because = \"c\" }\n"+
		"[[policy.settings]]\nkey = \"providers.*.base_url\"\none-of = [\"x\"]\nbecause = \"s\"\n[[policy.settings]]\nkey = \"providers.*.api_key_env\"\none-of = [\"x\"]\nbecause = \"s\"\n")
	every := thorough.Pick(3, 1)
	for i, place := range append(append([]string{}, anySecret...), keyShapes...) {
		if i%every != 0 {
			continue
		}
		s := shaped(random)
		if i < len(anySecret) {
			s = anyText(random)
		}
		text := strings.NewReplacer("SECRET", s.text, "ESCAPED", fmt.Sprintf(`\u%04x%s`, s.text[0], s.text[1:])).Replace(place)
		raw, err := json.Marshal(map[string]any{"id": "a", "toml": text, "env": map[string]string{"OPENAI_API_KEY": s.text}})
		must(t, err)
		second := strings.Replace(string(raw), `"id":"a"`, `"id":"b"`, 1)
		got := loonglint(string(raw)+"\n"+second+"\n", nil, "audit", "--batch", "--join-key-file", "join.key")
		if s.shownIn(got.all()) || s.shownIn(loonglint(string(raw)+"\n", nil, "check", "--batch").all()) {
			t.Fatalf("place %d: the batch prints %q of\n%s\n%s", i, s.text, text, around(got.all(), s))
		}
		writeFile(t, "results", got.stdout)
		for _, format := range auditFormats {
			if all := loonglint("", nil, "audit", "--from", "results", "--format", format).all(); s.shownIn(all) {
				t.Fatalf("place %d: the %s of results shows %q of\n%s\n%s", i, format, s.text, text, around(all, s))
			}
		}
		writeFile(t, "a.loong.toml", text)
		for _, table := range audit.Tables() {
			if all := loonglint("", nil, "audit", "--table", table, "a.loong.toml").all(); s.shownIn(all) {
				t.Fatalf("place %d: table %s shows %q of\n%s\n%s", i, table, s.text, text, around(all, s))
			}
		}
	}
}
