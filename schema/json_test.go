package schema_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/schema"
)

func compiled(t *testing.T, target schema.Target) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema.JSONFor(target)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("loong.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("loong.schema.json")
}

// toJSON is what an editor hands to its JSON Schema validator; dates are strings there.
func toJSON(n *document.Node) any {
	switch {
	case n.Kind.IsTable():
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Name()] = toJSON(e)
		}
		return m
	case n.Kind.IsArray():
		list := []any{}
		for _, e := range n.Entries {
			list = append(list, toJSON(e))
		}
		return list
	case n.Kind == document.Integer:
		return n.Int()
	case n.Kind == document.Float:
		return n.Float()
	case n.Kind == document.Bool:
		return n.Bool()
	}
	return n.Text()
}

// instances are values of every sort, tried at every path; enums are tried with all their words.
var instances = []struct{ name, toml string }{
	{"text", `"x"`}, {"blank", `" "`}, {"date", `2024-05-06`}, {"bool", `true`},
	{"negative", `-1`}, {"zero", `0`}, {"number", `7`},
	{"large", `65535`}, {"large", `65536`}, {"large", `4294967295`}, {"large", `4294967296`}, {"large", `9223372036854775807`},
	{"float", `1.5`}, {"whole float", `1.0`},
	{"list", `[]`}, {"list", `["x"]`}, {"list", `[1]`}, {"list", `[" "]`}, {"list", `[[]]`},
	{"table", `{}`}, {"table", `{ no_such_key = 1 }`}, {"table", `{ no_such_key = "x" }`}, {"table", `{ no_such_key = {} }`},
	{"secret", `{ env = "A" }`}, {"secret", `{ env = "A", file = "b" }`}, {"secret", `{ exec = ["a", ""] }`}, {"half secret", `{ env = " ", file = "b" }`},
}

// differences are the only ways in which the published schema and Loong may disagree; each must
// show at some path.
var differences = []struct {
	reason     string
	loongTakes bool
	where      func(name string, p schema.PathID) bool
}{
	{"a date is a string to JSON", false, func(name string, p schema.PathID) bool {
		op := p.Shape().Op
		return name == "date" && (op == schema.OpString || op == schema.OpPath || op == schema.OpSecret)
	}},
	{"Loong reads a date as a table", true, func(name string, p schema.PathID) bool {
		return name == "date" && (p.Shape().Op == schema.OpMap || isStruct(p))
	}},
	{"Loong reads an array as a table by position", true, func(name string, p schema.PathID) bool {
		return name == "list" && isStruct(p)
	}},
	{"Loong reads an enum word from a one-key table", true, func(name string, _ schema.PathID) bool {
		return name == "word as table"
	}},
	{"Loong ignores case and blanks in three enums", true, func(name string, p schema.PathID) bool {
		return name == "shouted word" && p.Type().Compare != schema.CompareExact
	}},
	{"Loong ignores unknown keys", true, func(name string, p schema.PathID) bool {
		return (name == "table" || strings.HasSuffix(name, "secret")) && isStruct(p)
	}},
	{"Loong takes a blank env or file for none", true, func(name string, p schema.PathID) bool {
		return name == "half secret" && p.Shape().Op == schema.OpSecret
	}},
	{"1.0 is an integer to JSON", false, func(name string, p schema.PathID) bool {
		return name == "whole float"
	}},
	{"Loong's validation refuses the number after decoding", true, func(name string, p schema.PathID) bool {
		return name == "zero" || name == "number" || name == "large"
	}},
	{"Loong's validation refuses the word after decoding", true, func(name string, p schema.PathID) bool {
		return p.String() == "tools.web_search.default_provider"
	}},
}

func isStruct(p schema.PathID) bool {
	return p.Shape().Op == schema.OpType && p.Type().Kind == schema.Struct
}

// TestSchemaAndTablesAgree holds the schemas and the tables together: the published one, and that of each other version.
func TestSchemaAndTablesAgree(t *testing.T) {
	for _, target := range schema.AllOf() {
		t.Run(target.String(), func(t *testing.T) { schemaAndTablesAgree(t, target) })
	}
}

func schemaAndTablesAgree(t *testing.T, target schema.Target) {
	s := compiled(t, target)
	every := 1
	if target != 0 {
		every = thorough.Pick(7, 1)
	}
	shown := make([]int, len(differences))
	try := func(name, toml string, p schema.PathID) {
		src := place(p, toml)
		v := root(t, src)
		loong := len(schema.Check(v.Node, target)) == 0
		err := s.Validate(toJSON(v.Node))
		if loong == (err == nil) {
			return
		}
		for i, d := range differences {
			if d.loongTakes == loong && d.where(name, p) {
				shown[i]++
				return
			}
		}
		t.Errorf("%s\nLoong takes it: %v, the schema says: %v", src, loong, err)
	}
	for p := schema.RootPath + 1; int(p) < schema.PathCount; p++ {
		if p.In(target) == schema.NoPath || int(p)%every != 0 {
			continue
		}
		for _, in := range instances {
			try(in.name, in.toml, p)
		}
		if typ := p.Type(); typ != nil {
			for _, w := range typ.Words(target) {
				for _, word := range append(w.Aliases, w.Value) {
					try("word", fmt.Sprintf("%q", word), p)
				}
				try("word as table", fmt.Sprintf("{ %q = {} }", w.Value), p)
				try("shouted word", fmt.Sprintf("%q", " "+strings.ToUpper(w.Value)), p)
			}
		}
	}
	for i, d := range differences {
		if shown[i] == 0 && target == 0 {
			t.Errorf("no longer a difference: %s", d.reason)
		}
	}
}

// place writes a document with a value at p, map keys being x, and with the other keys that the
// tables around it require.
func place(p schema.PathID, toml string) string {
	var b strings.Builder
	key := strings.ReplaceAll(p.String(), "<id>", "x")
	fmt.Fprintf(&b, "%s = %s\n", key, toml)
	for ; p != schema.RootPath; p = p.Parent() {
		typ, f := p.Owner(), p.Field()
		if typ == nil {
			continue
		}
		fields := typ.Fields
		if typ.Kind == schema.Variants {
			fields = typ.Fields[:typ.Variants[0].To]
			for _, v := range typ.Variants[1:] {
				if i := typ.Index(f.Name); int(v.From) <= i && i < int(v.To) {
					fields = typ.Fields[v.From:v.To]
				}
			}
		}
		for i := range fields {
			if g := &fields[i]; g.Required && g.Name != f.Name {
				fmt.Fprintf(&b, "%s = \"x\"\n", strings.ReplaceAll(p.Parent().String(), "<id>", "x")+"."+g.Name)
			}
		}
	}
	return b.String()
}

// schemaText is the published schema as far as its texts are concerned.
type schemaText struct {
	Description string
	Const       string
	Enum        []string
	AnyOf       []schemaText
	Taplo       struct {
		Docs struct{ EnumValues []string }
	} `json:"x-taplo"`
	Properties  map[string]schemaText
	Deprecated  bool
	Definitions map[string]schemaText
}

// isGone reports whether the newest release has no key with a type of this name.
func isGone(name string) bool {
	for p := schema.RootPath; int(p) < schema.PathCount; p++ {
		if typ := p.Type(); typ != nil && typ.Name == name && p.In(0) != schema.NoPath {
			return false
		}
	}
	return true
}

func TestSchemaDescribesEveryKeyAndWord(t *testing.T) {
	var s schemaText
	if err := json.Unmarshal([]byte(schema.JSON), &s); err != nil {
		t.Fatal(err)
	}
	for i := range schema.Types {
		typ := &schema.Types[i]
		def := s.Definitions[typ.Name]
		if i == 0 {
			def = s
		}
		if _, has := s.Definitions[typ.Name]; !has && i > 0 && isGone(typ.Name) {
			continue
		}
		for _, f := range typ.Fields {
			if f.Missing.Has(0) {
				continue
			}
			if def.Properties[f.Name].Description == "" {
				t.Errorf("%s.%s has no description", typ.Name, f.Name)
			}
		}
		if typ.Kind == schema.Enum {
			describesWords(t, typ, &def)
		}
	}
	if !s.Properties["external_skills"].Deprecated {
		t.Error("external_skills, which was removed, is not deprecated")
	}
	if !s.Definitions["DelegateToolConfig"].Properties["max_pending"].Deprecated {
		t.Error("tools.delegate.max_pending, which nothing reads, is not deprecated")
	}
}

// describesWords holds that each word is in the enum, and has its description in both forms that editors show.
func describesWords(t *testing.T, typ *schema.Type, def *schemaText) {
	t.Helper()
	texts := def.Taplo.Docs.EnumValues
	if len(def.Enum) < len(typ.Values) || len(texts) != len(def.Enum) || len(def.AnyOf) != len(def.Enum)+1 {
		t.Fatalf("%s has %d words, %d and %d descriptions in the schema", typ.Name, len(def.Enum), len(texts), len(def.AnyOf)-1)
	}
	for i, word := range def.Enum {
		if w := def.AnyOf[i]; w.Const != word || w.Description == "" || texts[i] != w.Description {
			t.Errorf("%s: word %q has description %q, and in Taplo %q", typ.Name, word, w.Description, texts[i])
		}
	}
}

// TestSchemaOffersNoChoice holds that no part of the schema is a choice of which editors report every branch: a
// choice that takes everything only describes words.
func TestSchemaOffersNoChoice(t *testing.T) {
	var root any
	if err := json.Unmarshal([]byte(schema.JSON), &root); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if v["oneOf"] != nil {
				t.Errorf("%s has oneOf", path)
			}
			if list, ok := v["anyOf"].([]any); ok && len(list[len(list)-1].(map[string]any)) > 0 {
				t.Errorf("%s has anyOf without a choice that takes everything", path)
			}
			for k, e := range v {
				walk(path+"/"+k, e)
			}
		case []any:
			for i, e := range v {
				walk(fmt.Sprintf("%s/%d", path, i), e)
			}
		}
	}
	walk("", root)
}

// The library costs milliseconds at every start, so the program must not link it.
func TestProgramLinksNoSchemaLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "../cmd/...", "../schema").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "loonglint/schema\n") {
		t.Fatalf("go list says %s", out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "jsonschema") {
			t.Errorf("the program links %s", line)
		}
	}
}

func TestTheNewestReleaseHasThePublishedSchema(t *testing.T) {
	if schema.JSONFor(0) != schema.JSON || schema.JSONFor(schema.V010Alpha2) == schema.JSON {
		t.Error("the newest release has another schema than the published one, or an old one has the same")
	}
}

func TestEveryDefinitionIsUsed(t *testing.T) {
	for _, target := range schema.AllOf() {
		var root struct{ Definitions map[string]any }
		text := schema.JSONFor(target)
		if err := json.Unmarshal([]byte(text), &root); err != nil {
			t.Fatal(err)
		}
		for name := range root.Definitions {
			if !strings.Contains(text, "\"#/definitions/"+name+"\"") {
				t.Errorf("%s: nothing refers to %s", target, name)
			}
		}
	}
}

func TestReferencesOfOlderVersions(t *testing.T) {
	for _, target := range schema.AllOf() {
		if _, ok := schema.EnvReference("${TEAM-KEY.1}", target); ok != target.ReadsAnyReference() {
			t.Errorf("%s: a reference to a name with a dash is one: %t", target, ok)
		}
		if name, ok := schema.EnvReference(" env: TEAM_KEY ", target); !ok || name != "TEAM_KEY" {
			t.Errorf("%s: env: names %q", target, name)
		}
	}
}
