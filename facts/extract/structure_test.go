package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

// surface is surface.json as far as the program can be asked for it.
type surface struct {
	Root  string
	Types map[string]struct {
		Kind        string
		DenyUnknown bool `json:"deny_unknown"`
		Positional  bool `json:"positional_array"`
		Case        bool `json:"case_sensitive"`
		TableForm   bool `json:"table_form"`
		Normalize   any
		Values      []struct {
			Value   string
			Aliases []string
		}
		Fields []struct {
			Name      string
			Type      any
			Required  bool
			Default   any
			Without   any `json:"default_when_section_absent"`
			Effective any `json:"effective_default"`
		}
	}
}

// TestFactsEqualTheProgram holds the facts to what a run of this command recorded of the program itself.
func TestFactsEqualTheProgram(t *testing.T) {
	var s surface
	readJSON(t, "../surface.json", &s)
	recorded := recordedLines(t)
	told := map[string]bool{}
	has := structureOf(schema.Dev)
	for name, typ := range s.Types {
		if !has[name] {
			continue
		}
		switch typ.Kind {
		case "enum":
			if typ.Normalize == nil {
				told["words "+name] = true
				checkWords(t, name, recorded["words "+name], &s)
			}
			continue
		case "secret_ref":
			continue
		case "variant_struct":
			told["type "+name] = true
			continue
		}
		told["type "+name] = true
		unknown, array := "ignores-unknown-keys", "no-array"
		if typ.DenyUnknown {
			unknown = "refuses-unknown-keys"
		}
		if typ.Positional && name != s.Root {
			array = "array"
		}
		expect(t, recorded, "type "+name, "struct "+unknown+" "+array)
		var order []string
		for _, f := range typ.Fields {
			if !has[name+"."+f.Name] {
				continue
			}
			order = append(order, f.Name)
			told["key "+name+"."+f.Name] = true
			rest := strings.Fields(recorded["key "+name+"."+f.Name])
			if len(rest) == 0 {
				t.Errorf("%s.%s: the program does not have it", name, f.Name)
				continue
			}
			if want := s.expression(f.Type); rest[0] != want && rest[0] != notShown {
				t.Errorf("%s.%s is a %s in the facts, %s in the program", name, f.Name, want, rest[0])
			}
			if f.Required != (rest[len(rest)-1] == "required") {
				t.Errorf("%s.%s: required is %t in the facts", name, f.Name, f.Required)
			}
			if f.Effective == nil && !f.Required {
				checkDefault(t, name+"."+f.Name, recorded["key "+name+"."+f.Name], f.Default, f.Without)
			}
		}
		if _, listed := recorded["order "+name]; listed {
			told["order "+name] = true
			expect(t, recorded, "order "+name, strings.Join(order, " "))
		}
	}
	for id := range recorded {
		if kind, _, _ := strings.Cut(id, " "); slices.Contains([]string{"type", "order", "key", "words"}, kind) && !told[id] && !strings.Contains(id, ".") {
			t.Errorf("the facts lack %s", id)
		}
	}
}

// structureOf tells the types and keys that a version has, as "Type" and "Type.key".
func structureOf(target schema.Target) map[string]bool {
	has := map[string]bool{}
	for p := schema.RootPath; int(p) < schema.PathCount; p++ {
		shape := p.Shape()
		for shape.Op == schema.OpList || shape.Op == schema.OpMap {
			shape = shape.Item()
		}
		if typ := shape.Type(); typ != nil && p.In(target) != schema.NoPath {
			has[typ.Name] = true
			for i := range typ.Fields {
				has[typ.Name+"."+typ.Fields[i].Name] = !typ.Fields[i].Missing.Has(target)
			}
		}
	}
	return has
}

func expect(t *testing.T, recorded map[string]string, id, want string) {
	t.Helper()
	if recorded[id] != want {
		t.Errorf("%s: the facts say\n%s\nthe program\n%s", id, want, recorded[id])
	}
}

// checkDefault compares a default with what stands in a line, as far as both say it.
func checkDefault(t *testing.T, key, line string, want, without any) {
	t.Helper()
	_, given, _ := strings.Cut(line, " default ")
	given, absent, _ := strings.Cut(given, " without-section ")
	if table, computed := want.(map[string]any); computed && len(table) == 1 && (table["type_default"] != nil || table["expr"] != nil && !strings.HasPrefix(fmt.Sprint(table["expr"]), "<")) {
		return
	}
	for _, c := range []struct {
		got  string
		want any
	}{{given, want}, {absent, without}} {
		if table, ok := c.want.(map[string]any); ok && table["expr"] != nil {
			c.want = table["expr"]
		}
		if text := defaultText(c.want); c.got != text && c.got != notShown && c.got != "its-type" && (c.got != "" || c.want != nil) {
			t.Errorf("%s: default %s in the facts, %s in the program", key, text, c.got)
		}
	}
}

func checkWords(t *testing.T, name, line string, s *surface) {
	t.Helper()
	typ := s.Types[name]
	want := map[string]string{"folds": fmt.Sprint(!typ.Case), "table": fmt.Sprint(typ.TableForm)}
	for _, v := range typ.Values {
		for _, w := range append(v.Aliases, v.Value) {
			want[w] = v.Value
		}
	}
	for _, word := range strings.Fields(line) {
		word, becomes, shown := strings.Cut(word, "=")
		if want[word] != becomes && shown || want[word] == "" {
			t.Errorf("%s: %q becomes %q in the program, %q in the facts", name, word, becomes, want[word])
		}
		delete(want, word)
	}
	for word := range want {
		t.Errorf("%s: the program does not have %q", name, word)
	}
}

// expression is a type of surface.json in one word; an enum whose words Loong reads itself is a string to the program.
func (s *surface) expression(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprint(v)
	}
	for wrap, inner := range m {
		switch wrap {
		case "ref":
			if s.Types[fmt.Sprint(inner)].Normalize != nil {
				return "string"
			}
			return fmt.Sprint(inner)
		case "secret_ref":
			return "secret"
		}
		return wrap + "(" + s.expression(inner) + ")"
	}
	return notShown
}

// TestKindsEqualTheProgram does the same for the kinds of providers.
func TestKindsEqualTheProgram(t *testing.T) {
	var catalog struct {
		Kinds []struct {
			ID        string
			Aliases   []string `json:"toml_aliases"`
			Base      string   `json:"base_url"`
			Endpoints struct {
				Chat struct {
					Request string `json:"request_endpoint"`
					Models  string `json:"models_endpoint"`
				} `json:"chat_completions"`
			} `json:"default_endpoints"`
		}
	}
	readJSON(t, "../catalog.json", &catalog)
	recorded := recordedLines(t)
	words := 0
	for _, k := range catalog.Kinds {
		for _, word := range append(k.Aliases, k.ID) {
			words++
			want := fmt.Sprintf("%s base=%s request=%s models=%s env=", k.ID, k.Base, k.Endpoints.Chat.Request, k.Endpoints.Chat.Models)
			if !strings.HasPrefix(recorded["kind "+word], want) {
				t.Errorf("%s: the facts say\n%s\nthe program\n%s", word, want, recorded["kind "+word])
			}
		}
	}
	for id := range recorded {
		if strings.HasPrefix(id, "kind ") {
			words--
		}
	}
	if words != 0 {
		t.Errorf("the facts have %d words for kinds more than the program", words)
	}
}

func TestReportTellsWhatDiffers(t *testing.T) {
	var out strings.Builder
	r := &report{out: &out}
	r.compare("Same", []string{"key A.b string default \"x\""}, []string{"key A.b string default \"x\""})
	if r.differs {
		t.Error("the same lines differ")
	}
	r.compare("Keys", []string{"key A.b string default \"x\"", "key A.c bool"}, []string{"key A.b string default \"y\"", "key A.d bool"})
	for _, want := range []string{"## Keys\n\n1 added, 1 removed, 1 changed, 2 in all.", "\n+ key A.d bool", "\n- key A.c bool", "\n- key A.b string default \"x\"\n+ key A.b string default \"y\""} {
		if !r.differs || !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestResultsAreComparedAsFarAsTheyAreRecorded(t *testing.T) {
	const now = `{"verdict":"loads","diagnostics":[],"active_provider":"x","last_provider":null,"profiles":{"x":{"kind":"openai","hint":false}}}`
	for recorded, want := range map[string]bool{
		now: true,
		`{"verdict":"loads","channels":{"telegram":{"enabled":true}}}`:    true,
		`{"verdict":"loads","profiles":{"x":{"kind":"openai"}}}`:          true,
		`{"verdict":"loads","profiles":{"x":{"kind":"groq"}}}`:            false,
		`{"verdict":"loads","profiles":{}}`:                               false,
		`{"verdict":"refused"}`:                                           false,
		`{"verdict":"loads","diagnostics":[{"code":"config.value.bad"}]}`: false,
	} {
		if got := states([]byte(now), []byte(recorded)); got != want {
			t.Errorf("%s: %t", recorded, got)
		}
	}
}

func TestItemsAreCutOut(t *testing.T) {
	s := &slice{}
	text := "use a;\n#[derive(Debug)]\npub struct A {\n  b: B, // {\n}\n"
	if got := s.item("#[x]\npub struct A {\n  b: [u8; 2],\n}\nfn c() {}\n", `pub struct A \{`); got != "#[x]\npub struct A {\n  b: [u8; 2],\n}\n" || s.err != nil {
		t.Errorf("%q, %v", got, s.err)
	}
	if s.item(text, `pub struct B \{`); s.err == nil {
		t.Error("a name that is not there does not end the run")
	}
}

func recordedLines(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/structure.txt")
	if err != nil {
		t.Fatal(err)
	}
	return byName(strings.Split(strings.TrimSpace(string(b)), "\n"))
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(path, err)
	}
}

func TestFilesAreChangedTheSameWayAgain(t *testing.T) {
	const a, b = "[a]\nb = 1\nc = 2\n", "[d]\ne = 'f'\n"
	change := func(seed uint64) string { return mutate(rand.New(rand.NewPCG(seed, 0)), a, b) }
	changed := 0
	for seed := range uint64(200) {
		first, again := change(seed), change(seed)
		if first != again {
			t.Fatal("a seed changes a file in two ways")
		}
		if first != a {
			changed++
		}
	}
	if changed < 150 {
		t.Errorf("%d of 200 files are changed", changed)
	}
}

func TestResultsHaveTheFormOfTheRecordings(t *testing.T) {
	text := func(s string) *string { return &s }
	for want, a := range map[string]*answer{
		`{"verdict":"crashes"}`:     nil,
		`{"verdict":"undecodable"}`: {DecodeError: text("no")},
		`{"verdict":"refused","diagnostics":[{"code":"c","severity":"error","field_path":"a","inline_field_path":"b","suggested_env_name":null}]}`: {
			LoadError: text("no"), Diagnostics: []diagnostic{{Code: "c", Severity: "error", Path: "a", Inline: "b"}},
		},
		`{"verdict":"loads","diagnostics":[],"active_provider":"x","last_provider":null,"profiles":{}}`: {Active: text("x"), Diagnostics: []diagnostic{}},
	} {
		if got, err := json.Marshal(resultOf(a)); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
}

// TestChannelsEqualTheProgram does the same for the channels and what their operations need.
func TestChannelsEqualTheProgram(t *testing.T) {
	var facts struct {
		Channels []struct {
			ID         string `json:"channel_id"`
			Label      string
			Aliases    []string
			Order      int    `json:"selection_order"`
			Status     string `json:"implementation_status"`
			Transport  string
			Operations map[string]struct {
				Command, Availability string
				Requirements          []struct {
					ID         string
					Paths      []string `json:"config_paths"`
					Pointers   []string `json:"env_pointer_paths"`
					DefaultEnv *string  `json:"default_env"`
				} `json:"declared_requirements"`
			}
		}
	}
	readJSON(t, "../channels.json", &facts)
	recorded := recordedLines(t)
	for _, c := range facts.Channels {
		if c.ID == "cli" { // the program does not list it
			continue
		}
		expect(t, recorded, "channel "+c.ID, fmt.Sprintf("%q aliases=%s order=%d status=%s transport=%s", c.Label, strings.Join(c.Aliases, ","), c.Order, c.Status, c.Transport))
		for name, op := range c.Operations {
			line := fmt.Sprintf("%s %q", op.Availability, op.Command)
			for _, r := range op.Requirements {
				env := ""
				if r.DefaultEnv != nil {
					env = *r.DefaultEnv
				}
				line += fmt.Sprintf(" %s(%s;%s;%s)", r.ID, strings.Join(r.Paths, ","), strings.Join(r.Pointers, ","), env)
			}
			got := strings.ReplaceAll(recorded["operation "+c.ID+"."+name], "<account>", "<id>")
			if got != strings.TrimSpace(line) {
				t.Errorf("%s.%s: the facts say\n%s\nthe program\n%s", c.ID, name, line, got)
			}
		}
	}
}
