package cli

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/audit"
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
		text, s := lawCase(random, clean, "", 0)
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
		if len(insert) > 4 || !utf8.ValidString(insert) {
			insert = ""
		}
		text, s := lawCase(random, clean, insert, int(first))
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
	for _, table := range audit.Tables() {
		list = append(list, []string{"audit", "--env=static", "--no-config", "--table", table, "-"})
	}
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
		at := max(strings.Index(all, shown), strings.Index(strings.ToLower(all), shown))
		return fmt.Sprintf("%s: %q in %q", strings.Join(args, " "), shown, all[max(0, at-100):min(len(all), at+80)])
	}
	return ""
}

// lawSecret is a secret by the parts of it that nothing may show; each is written as it stands in the file.
type lawSecret []string

// lawWindow is how much of a secret may be seen by chance, and of its letters, large or small.
const lawWindow, lawFold = 6, 9

// shownIn returns what a text shows of the secret. Ids are in lower case, and names of variables in capitals.
func (s lawSecret) shownIn(text string) string {
	lower := strings.ToLower(text)
	for _, part := range s {
		for i := 0; i+lawWindow <= len(part); i++ {
			if w := part[i : i+lawWindow]; strings.Contains(text, w) && strings.Trim(w, " -=*") != "" {
				return w
			}
			if w := strings.ToLower(part[i:min(i+lawFold, len(part))]); len(w) == lawFold && strings.Contains(lower, w) && strings.Trim(w, " -=*") != "" {
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

// lawCase makes the text of an edited config with a secret. The last edit inserts a text at a place.
func lawCase(random *rand.Rand, clean []string, insert string, into int) (string, lawSecret) {
	written, s, multi := anyLawSecret(random)
	place, value := lawPlaces.any(random, written, multi)
	quoted := `"` + value + `"`
	switch {
	case multi:
		quoted = `"""` + "\n" + value + `"""`
		if random.IntN(3) == 0 {
			quoted = `"` + strings.ReplaceAll(value, "\n", `\n`) + `"`
		}
	case random.IntN(5) == 0:
		quoted = "'" + value + "'"
	case random.IntN(9) == 0:
		quoted = `"""` + value + `"""`
	}
	statement := lawStatement(random, place, quoted)
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
	into %= len(text) + 1
	text = text[:into] + insert + text[into:]
	switch {
	case slices.Contains(lawPlaces.texts, place) && !strings.Contains(text, value):
		return text, nil // no address any more, but a text as others
	case value != written && strings.Contains(text, "\\"):
		return text, nil // for Loong a backslash ends the host; where requests go then must be seen
	}
	return text, s
}

// places are those of the schema that take a text, by what of it is secret.
type places struct {
	secrets   []schema.PathID // all of it
	addresses []schema.PathID // user-info, query and fragment
	variables []schema.PathID // what is no name of a variable
	texts     []schema.PathID // the same as in an address, if it is one; those of tables are their names
}

var lawPlaces = placesOfSecrets()

func placesOfSecrets() (all places) {
	for id := schema.RootPath + 1; int(id) < schema.PathCount; id++ {
		shape := id.Shape()
		if shape.Op == schema.OpList {
			shape = shape.Item()
		}
		isEntry := id.Parent().Shape().Op == schema.OpMap
		switch {
		case isEntry && shape.Op == schema.OpType:
			all.texts = append(all.texts, id)
		case shape.Op != schema.OpSecret && shape.Op != schema.OpString && shape.Op != schema.OpPath:
		case id.IsSecret(), isEntry && (id.IsHeaders() || id.IsVariables()):
			all.secrets = append(all.secrets, id)
		case id.IsAddress():
			all.addresses = append(all.addresses, id)
		case id.IsEnvPointer():
			all.variables = append(all.variables, id)
		default:
			all.texts = append(all.texts, id)
		}
	}
	return all
}

// any chooses a place, and the value that holds the secret there.
func (p *places) any(random *rand.Rand, written string, multi bool) (place schema.PathID, value string) {
	one := func(list []schema.PathID) schema.PathID { return list[random.IntN(len(list))] }
	user := []string{"https://bob:%s@llm.example/v1", "wss://bob:%s@llm.example", "http://%s@127.0.0.1:8080/v1", "https://%s:x@llm.example"}[random.IntN(4)]
	query := []string{"https://llm.example/v1?key=%s", "http://127.0.0.1:8080?a=b&key=%s", "wss://llm.example/v1#%s", "https://llm.example?%s#a"}[random.IntN(4)]
	isUser := !strings.ContainsAny(written, "@#?/ ")
	switch n := random.IntN(16); {
	case n < 3 && isUser && !multi:
		return one(p.addresses), fmt.Sprintf(user, written)
	case n < 5 && !strings.Contains(written, "#") && !multi:
		return one(p.addresses), fmt.Sprintf(query, written)
	case n < 6 && isUser && !multi:
		return one(p.texts), fmt.Sprintf(user, written)
	case n < 7 && !strings.ContainsAny(written, "# ") && !multi:
		return one(p.texts), fmt.Sprintf(query, written)
	case n < 8 && !multi:
		return one(p.variables), "LAW_TOKEN=" + written
	}
	return one(p.secrets), written
}

// lawStatement writes a value into a place, as people do.
func lawStatement(random *rand.Rand, place schema.PathID, quoted string) string {
	if place.Shape().Op == schema.OpList {
		form := []string{"[%s]", "[\"a\", %s]", "[\n  %s,\n]"}[random.IntN(3)]
		quoted = fmt.Sprintf(form, quoted)
	}
	table, key := "", strings.ReplaceAll(place.String(), "<id>", "law")
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		table, key = key[:i], key[i+1:]
	}
	if place.Shape().Op == schema.OpType {
		return fmt.Sprintf("[%s.%s]\n%s", table, quoted, lawKeys(random, place, ""))
	}
	if strings.HasSuffix(place.String(), ".<id>") {
		key = []string{"X-Team", "Authorization", "X-Api-Key", "COOKIE", "TEAM_PW", `"x key"`, "pw"}[random.IntN(7)]
	}
	up, last := "", table
	if i := strings.LastIndexByte(table, '.'); i > 0 {
		up, last = table[:i], table[i+1:]
	}
	switch n := random.IntN(12); {
	case table == "":
		return fmt.Sprintf("%s = %s", key, quoted)
	case n == 0 && up != "":
		return fmt.Sprintf("[%s]\n%s = { %s = %s }", up, last, key, quoted)
	case n == 1 && up != "":
		return fmt.Sprintf("[%s]\n%s.%s = %s", up, last, key, quoted)
	case n == 2:
		return fmt.Sprintf("%s.%s = %s", table, key, quoted)
	case n == 3:
		return fmt.Sprintf("[%s] # of the team\n%s = %s # rotated", table, key, quoted)
	case n == 4 && place.Shape().Op == schema.OpSecret:
		return fmt.Sprintf("[%s]\n%s = [\n  %s,\n]", table, key, quoted)
	case n == 5:
		return fmt.Sprintf("%s = { %s = %s }", table, key, quoted)
	case n < 10: // among others, for rules that look at a whole section
		above := ""
		if section, _, ok := strings.Cut(table, "."); ok && up != "" {
			above = "[" + section + "]\nenabled = true\n" + lawKeys(random, schema.PathOf(section), "") + "\n"
		}
		return fmt.Sprintf("%s[%s]\n%s%s = %s\n%s", above, table, lawKeys(random, place.Parent(), key), key, quoted, lawKeys(random, place.Parent(), key))
	}
	return fmt.Sprintf("[%s]\n%s = %s", table, key, quoted)
}

// lawKeys writes up to three keys that the table at a path may have, but one; some come twice.
func lawKeys(random *rand.Rand, table schema.PathID, but string) string {
	var b strings.Builder
	if table.Shape().Op == schema.OpMap {
		return "X-One = \"1\"\n"
	}
	for range random.IntN(4) {
		if t := table.Type(); t != nil && len(t.Fields) > 0 {
			f := &t.Fields[random.IntN(len(t.Fields))]
			if v := lawValue(random, table.Child(f.Name)); f.Name != but && v != "" {
				fmt.Fprintf(&b, "%s = %s\n", f.Name, v)
			}
		}
	}
	return b.String()
}

// lawValue is a value without a secret for a key, or "".
func lawValue(random *rand.Rand, key schema.PathID) string {
	switch shape := key.Shape(); {
	case key.IsAddress():
		return []string{`"https://llm.example/v1"`, `"http://127.0.0.1:8080"`, `"wss://llm.example"`}[random.IntN(3)]
	case key.IsEnvPointer():
		return `"LAW_TOKEN"`
	case shape.Op == schema.OpSecret:
		return []string{`{ env = "LAW_TOKEN" }`, `"$LAW_TOKEN"`}[random.IntN(2)]
	case shape.Op == schema.OpBool:
		return []string{"true", "false"}[random.IntN(2)]
	case shape.Op.IsWhole():
		return "5"
	case shape.Op == schema.OpString:
		return []string{`"law"`, `"a@b.example"`, `"/law"`, `"127.0.0.1:80"`, `""`}[random.IntN(5)]
	case shape.Op == schema.OpList && shape.Item().Op == schema.OpString:
		return `["law"]`
	case shape.Type() != nil && len(shape.Type().Values) > 0:
		return strconv.Quote(shape.Type().Values[random.IntN(len(shape.Type().Values))].Value)
	}
	return ""
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
