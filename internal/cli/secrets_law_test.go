package cli

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/schema"
)

// The law of this file: a valid config, a secret in a place that holds one, one to three edits as hands
// and other syntaxes make them. Whatever is printed then, nothing of the secret is.

// TestNoSecretSurvivesEdits runs every command over configs with many secrets and few edits.
func TestNoSecretSurvivesEdits(t *testing.T) {
	clean := cleanConfigs(t)
	lines := lawCommands()
	for seed := range thorough.Pick(300, 3000) {
		random := rand.New(rand.NewPCG(uint64(seed), 13)) //nolint:gosec // not negative
		text, s := lawCase(random, clean)
		for range 3 {
			args := lines[random.IntN(len(lines))]
			if where := lawBreach(text, s, args); where != "" {
				t.Errorf("seed %d: secret %q of\n%s\nis printed by %s", seed, s, text, where)
			}
		}
	}
}

// FuzzNoSecretSurvivesEdits is the law over chosen edits and a choice of commands.
func FuzzNoSecretSurvivesEdits(f *testing.F) {
	clean := cleanConfigs(f)
	lines := lawCommands()
	for i := range 40 {
		f.Add(uint64(i), uint32(i*7919), uint32(i*104729), uint8(i), "\"") //nolint:gosec // any number will do
	}
	f.Fuzz(func(t *testing.T, seed uint64, first, second uint32, form uint8, insert string) {
		random := rand.New(rand.NewPCG(seed, uint64(first)<<32|uint64(second)))
		text, s := lawCase(random, clean)
		if n := len(insert); n > 0 && n <= 4 && utf8.ValidString(insert) {
			at := int(first) % (len(text) + 1)
			text = text[:at] + insert + text[at:]
		}
		args := lines[int(form)%len(lines)]
		if where := lawBreach(text, s, args); where != "" {
			t.Fatalf("secret %q of\n%s\nis printed by %s", s, text, where)
		}
	})
}

// lawCommands lists the ways to print something about a file on stdin.
func lawCommands() [][]string {
	list := readingCommands()
	list = append(list, []string{"probe", "--plan", "--env=static", "-"}, []string{"probe", "--plan", "--env=static", "--format", "json", "-"},
		[]string{"check", "--env=static", "--no-config", "--diff", "-"}, []string{"check", "--env=static", "--no-config", "--fix", "--unsafe-fixes", "law.toml"},
		[]string{"check", "--batch"}, []string{"audit", "--batch"})
	for i := range list {
		if list[i][0] == "check" && report.Formats() != nil && !slices.Contains(list[i], "--batch") {
			list[i] = append([]string{"check", "--min-level", "info"}, list[i][1:]...)
		}
	}
	return list
}

// lawBreach runs one command and tells what it shows of the secret.
func lawBreach(text string, s lawSecret, args []string) string {
	input := text
	switch args[len(args)-1] {
	case "--batch":
		b, _ := json.Marshal(map[string]any{"id": "a", "toml": text, "env": map[string]string{}})
		input = string(b) + "\n"
	case "law.toml":
		dir, err := os.MkdirTemp("", "law")
		if err != nil {
			return err.Error()
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "law.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err.Error()
		}
		args = append(slices.Clone(args[:len(args)-1]), path)
	}
	got := loonglint(input, nil, args...)
	if all := got.all(); got.status > statusFailure {
		return fmt.Sprintf("%s: status %d", strings.Join(args, " "), got.status)
	} else if shown := s.shownIn(all); shown != "" {
		at := strings.Index(all, shown)
		return fmt.Sprintf("%s: %q in %q", strings.Join(args, " "), shown, all[max(0, at-100):min(len(all), at+80)])
	}
	return ""
}

// lawSecret is a secret by the parts of it that nothing may show; each is written as it stands in the file.
type lawSecret []string

// lawWindow is how much of a secret may be seen by chance.
const lawWindow = 6

// shownIn returns what a text shows of the secret.
func (s lawSecret) shownIn(text string) string {
	for _, part := range s {
		for i := 0; i+lawWindow <= len(part); i++ {
			if w := part[i : i+lawWindow]; strings.Contains(text, w) && strings.Trim(w, " -=*") != "" {
				return w
			}
		}
	}
	return ""
}

// anyLawSecret makes a secret: of a known shape or of none, short or long, of one line or several.
func anyLawSecret(random *rand.Rand) (written string, s lawSecret, multi bool) {
	word := func() string { // of no language
		var b strings.Builder
		for range 2 + random.IntN(2) {
			b.WriteByte("zxqvjkw"[random.IntN(7)])
			b.WriteByte("aiouy"[random.IntN(5)])
			b.WriteByte("zxqkj"[random.IntN(5)])
		}
		return b.String()
	}
	switch random.IntN(8) {
	case 0:
		sh := shaped(random)
		return sh.text, lawSecret{sh.core}, false
	case 1:
		core := letters(random, 24)
		return core, lawSecret{core}, false
	case 2:
		core := word() + "-" + word() + "-" + word()
		return core, lawSecret{core}, false
	case 3:
		core := word() + string(letters(random, 2)) + []string{"!", "#", "@", "$", "%", "?"}[random.IntN(6)] + letters(random, 3)
		return core, lawSecret{core}, false
	case 4:
		core := word() + " " + word() + " " + word()
		return core, lawSecret{core}, false
	case 5:
		core := letters(random, 22) + "=="
		return core, lawSecret{core}, false
	case 6:
		core := word() + "=" + word() + "&" + word()
		return core, lawSecret{core}, false
	}
	a, b, c := letters(random, 40), letters(random, 40)+"==", letters(random, 17)+"="
	return "-----BEGIN PRIVATE KEY-----\n" + a + "\n" + b + "\n" + c + "\n-----END PRIVATE KEY-----\n", lawSecret{a, b, c}, true
}

// lawCase makes the text of an edited config with a secret.
func lawCase(random *rand.Rand, clean []string) (string, lawSecret) {
	written, s, multi := anyLawSecret(random)
	quoted := `"` + written + `"`
	switch {
	case multi:
		quoted = `"""` + "\n" + written + `"""`
		if random.IntN(3) == 0 {
			quoted = `"` + strings.ReplaceAll(written, "\n", `\n`) + `"`
		}
	case random.IntN(5) == 0:
		quoted = "'" + written + "'"
	case random.IntN(9) == 0:
		quoted = `"""` + written + `"""`
	}
	statement := lawStatement(random, quoted, written, multi)
	text := clean[random.IntN(len(clean))]
	if len(text) > 1500 {
		text = clean[0]
	}
	if random.IntN(2) == 0 {
		text = statement + "\n" + text
	} else {
		text = strings.TrimRight(text, "\n") + "\n\n" + statement + "\nenabled = true\n"
	}
	at := strings.Index(text, statement)
	for range 1 + random.IntN(3) {
		near := at + random.IntN(len(statement)+1)
		if random.IntN(4) == 0 {
			near = random.IntN(len(text) + 1)
		}
		text = lawEdit(random, text, min(near, len(text)))
		at = min(at, len(text)) // edits before it move it a little
	}
	return text, s
}

// secretPaths lists the places of the schema that hold a secret.
func secretPaths() (list []string) {
	for id := schema.RootPath; int(id) < schema.PathCount; id++ {
		if p := id.String(); id.IsSecret() && id.Shape().Op != schema.OpMap || (id.IsHeaders() || id.IsVariables()) && strings.HasSuffix(p, ".<id>") {
			if id.Shape().Op == schema.OpSecret || id.Shape().Op == schema.OpString {
				list = append(list, p)
			}
		}
	}
	return list
}

var lawPaths = secretPaths()

// lawStatement writes a secret into one of the places that hold one.
func lawStatement(random *rand.Rand, quoted, written string, multi bool) string {
	path := lawPaths[random.IntN(len(lawPaths))]
	dot := strings.LastIndexByte(path, '.')
	table, key := strings.ReplaceAll(path[:dot], "<id>", "law"), path[dot+1:]
	if key == "<id>" {
		key = []string{"X-Team", "Authorization", "X-Api-Key", "COOKIE", "TEAM_PW", `"x key"`, "pw"}[random.IntN(7)]
	}
	up, last := table, ""
	if i := strings.LastIndexByte(table, '.'); i > 0 {
		up, last = table[:i], table[i+1:]
	}
	switch n := random.IntN(12); {
	case n == 0 && last != "":
		return fmt.Sprintf("[%s]\n%s = { %s = %s }", up, last, key, quoted)
	case n == 1 && last != "":
		return fmt.Sprintf("[%s]\n%s.%s = %s", up, last, key, quoted)
	case n == 2:
		return fmt.Sprintf("%s.%s = %s", table, key, quoted)
	case n == 3:
		return fmt.Sprintf("[%s] # of the team\n%s = %s # rotated", table, key, quoted)
	case n == 4 && !multi && !strings.ContainsAny(written, "@#?/ "):
		return fmt.Sprintf("[providers.law]\nkind = \"openai\"\nbase_url = \"https://bob:%s@llm.example/v1\"", written)
	case n == 5 && !multi && !strings.ContainsAny(written, "#"):
		return fmt.Sprintf("[providers.law]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1?key=%s\"", written)
	case n == 6:
		return fmt.Sprintf("[providers.law]\nkind = \"openai\"\nmodel = \"gpt-5\"\napi_key = %s\ntemperature = 0.5", quoted)
	case n == 7:
		return fmt.Sprintf("[providers.law]\nkind = \"openai\"\n\n[providers.law.headers]\nX-One = \"1\"\nX-Team = %s\nX-Two = \"2\"", quoted)
	case n == 8 && !multi:
		return fmt.Sprintf("[providers.law]\nkind = \"openai\"\napi_key = [\n  %s,\n]", quoted)
	}
	return fmt.Sprintf("[%s]\n%s = %s", table, key, quoted)
}

// lawEdit makes one edit at or near a place.
func lawEdit(random *rand.Rand, text string, at int) string {
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	insert := func(s string) string { return text[:at] + s + text[at:] }
	// next replaces the next of some bytes.
	next := func(of string, with ...string) string {
		i := strings.IndexAny(text[at:], of)
		if i < 0 {
			return insert(with[0])
		}
		return text[:at+i] + with[random.IntN(len(with))] + text[at+i+1:]
	}
	line := strings.LastIndexByte(text[:at], '\n') + 1
	switch random.IntN(16) {
	case 0:
		return next(`"'`, "")
	case 1:
		return next(`"'`, `""`, `"""`, "“", "'", "\\\"", "`", "＂")
	case 2:
		return insert("\n")
	case 3:
		return insert([]string{" # note ", "#", "# note\n", "//", "; ", "/* x */", "<!-- "}[random.IntN(7)])
	case 4:
		return text[:line] + []string{"# ", "#", "// ", "- ", "export ", "; ", "+", "> "}[random.IntN(8)] + text[line:]
	case 5:
		return next("=", ":", "->", "=>", " ", "==", ":=", "＝", "：", "", "\u00a0", " =\n  ", "= = ", "≔")
	case 6:
		return next("[]{}", "")
	case 7:
		return next("[]{}", "[[", "]]", "{", "}", "(", "<", "[", "]")
	case 8:
		return insert([]string{"\u00a0", "\u200b", "\u3000", "\ufeff", "\x00", "\r", "\xff", "\t"}[random.IntN(8)])
	case 9:
		return next("\n", " ", "", ",\n", ", ", "\r", "\\\n")
	case 10:
		return insert([]string{`"""`, "'''", `"`, "'", "“", "”", "{", "}", "[", "]", ",", ".", "=", ":", "\\", "${", "}}", "{{ "}[random.IntN(18)])
	case 11:
		return next(".-_", " ", "-", "_", ".", "", "\n", "。")
	case 12: // the line as JSON or YAML has it
		end := strings.IndexByte(text[line:], '\n')
		if end < 0 {
			end = len(text) - line
		}
		key, value, ok := strings.Cut(text[line:line+end], " = ")
		if !ok {
			return insert(",")
		}
		form := []string{"%s: %s", "%q: %s,", "  %s: %s", "- %s: %s", "%s: |\n  %s", "{%q: %s}", "%s %s", "set %s %s", "%s:\n    %s", "<%s>%s"}[random.IntN(10)]
		return text[:line] + fmt.Sprintf(form, key, value) + text[line+end:]
	case 13: // the header as other syntaxes have it
		return next("[", "", "[ [", "table ", "<")
	case 14:
		return next("]", "", "].", "]:", "] = ", ".]", "] {", "]\\")
	}
	i := strings.IndexByte(text[line:], '\n')
	if i < 0 {
		return insert("\n")
	}
	return text[:line] + text[line+i+1:] // a line is lost
}

// cleanConfigs are the configs of the fixtures that have no finding.
func cleanConfigs(t testing.TB) (list []string) {
	t.Helper()
	list = append(list, "active_provider = \"main\"\n\n[providers.main]\nkind = \"openai\"\n")
	err := filepath.WalkDir("../../fixtures/clean", func(path string, _ os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".toml") {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if len(document.Parse(path, b).Problems) == 0 {
				list = append(list, string(b))
			}
		}
		return err
	})
	if err != nil || len(list) < 100 {
		t.Fatalf("%d clean configs, %v", len(list), err)
	}
	return list
}
