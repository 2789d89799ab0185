package cli

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// outputSchemas holds the published schemas of loonglint's own documents against what the program writes: every
// document is valid, every key of it is described, and every key that is described is written by something.
type outputSchemas struct {
	docs     map[string]map[string]any // by file name
	compiled map[string]*jsonschema.Schema
	seen     map[uintptr]bool // the descriptions of keys that something wrote
}

const (
	schemaCheck   = "loonglint.v1.schema.json"
	schemaResolve = "loonglint.resolve.v1.schema.json"
	schemaAudit   = "loonglint.audit.v1.schema.json"
	schemaBatch   = "loonglint.batch.schema.json"
	schemaRequest = schemaBatch + "#/definitions/request"
	schemaResult  = schemaBatch + "#/definitions/result"
)

func readOutputSchemas(t *testing.T) *outputSchemas {
	t.Helper()
	s := &outputSchemas{map[string]map[string]any{}, map[string]*jsonschema.Schema{}, map[uintptr]bool{}}
	c := jsonschema.NewCompiler()
	names := []string{schemaCheck, schemaResolve, schemaAudit, schemaBatch}
	for _, name := range names {
		text, err := os.ReadFile("../../schema/" + name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		s.docs[name] = doc.(map[string]any)
		if err := c.AddResource(s.docs[name]["$id"].(string), doc); err != nil {
			t.Fatal(err)
		}
	}
	base, _ := strings.CutSuffix(s.docs[schemaBatch]["$id"].(string), schemaBatch)
	for _, name := range append(names, schemaRequest, schemaResult) {
		s.compiled[name] = c.MustCompile(base + name)
	}
	return s
}

// holds checks one document.
func (s *outputSchemas) holds(t *testing.T, name, text string) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err == nil {
		err = s.compiled[name].Validate(doc)
	}
	if err != nil {
		t.Errorf("%s: %v in %.300s", name, err, text)
		return
	}
	s.walk(t, "", map[string]any{"$ref": name}, doc, "")
}

// properties collects what is described at a place, with where it is described.
func (s *outputSchemas) properties(file string, node map[string]any, into map[string]described) (any, string) {
	if ref, ok := node["$ref"].(string); ok {
		name, path, _ := strings.Cut(ref, "#")
		if name != "" {
			file = name
		}
		target := s.docs[file]
		if path != "" {
			target = target["definitions"].(map[string]any)[filepath.Base(path)].(map[string]any)
		}
		return s.properties(file, target, into)
	}
	for _, choice := range []string{"allOf", "anyOf"} {
		list, _ := node[choice].([]any)
		for _, part := range list {
			s.properties(file, part.(map[string]any), into)
		}
	}
	properties, _ := node["properties"].(map[string]any)
	for key, p := range properties {
		into[key] = described{file, p.(map[string]any)}
	}
	if items, ok := node["items"]; ok {
		return items, file
	}
	return node["additionalProperties"], file
}

type described struct {
	file string
	node map[string]any
}

// walk marks the described keys of a document as seen, and reports those that nothing describes.
func (s *outputSchemas) walk(t *testing.T, file string, node map[string]any, doc any, at string) {
	t.Helper()
	known := map[string]described{}
	below, belowFile := s.properties(file, node, known)
	switch doc := doc.(type) {
	case map[string]any:
		for key, v := range doc {
			if d, ok := known[key]; ok {
				s.seen[reflect.ValueOf(d.node).Pointer()] = true
				s.walk(t, d.file, d.node, v, at+"."+key)
			} else if open, ok := below.(map[string]any); ok {
				s.walk(t, belowFile, open, v, at+".*")
			} else if len(known) > 0 {
				t.Errorf("%s: nothing describes %s.%s", file, at, key)
			}
		}
	case []any:
		if items, ok := below.(map[string]any); ok {
			for _, v := range doc {
				s.walk(t, belowFile, items, v, at+"[]")
			}
		}
	}
}

// unseen lists the properties that no document had.
func (s *outputSchemas) unseen() (list []string) {
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			properties, _ := v["properties"].(map[string]any)
			for key, p := range properties {
				if !s.seen[reflect.ValueOf(p).Pointer()] {
					list = append(list, at+"."+key)
				}
			}
			for key, e := range v {
				walk(at+"/"+key, e)
			}
		case []any:
			for _, e := range v {
				walk(at, e)
			}
		}
	}
	for name, doc := range s.docs {
		walk(name, doc)
	}
	slices.Sort(list)
	return list
}

func TestOutputSchemasHold(t *testing.T) {
	s := readOutputSchemas(t)
	paths, err := filepath.Glob("../../fixtures/*/*.toml")
	if err != nil || len(paths) < 100 {
		t.Fatal(len(paths), err)
	}
	if !thorough.Asked() {
		paths = slices.DeleteFunc(paths, func(p string) bool { return len(p)%4 != 0 })
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"broken.toml": "a = \xff\n[x",
		"quiet.toml":  "[providers.a] # loonglint: ignore[key-in-several-files, missing-kind] a test\nmodle = 1\napi_key = \"summer2025\"\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	paths = append(paths, filepath.Join(dir, "nowhere.toml"))
	check := func(args ...string) string {
		return loonglint("", nil, append(append([]string{"check", "--no-config", "--min-level=info", "-f"}, args...), paths...)...).stdout
	}
	whole := check("json", "--env=static")
	s.holds(t, schemaCheck, whole)
	live := check("json")
	s.holds(t, schemaCheck, live)
	s.holds(t, schemaCheck, check("json", "--env=static", "--target-loong=0.1.2-alpha.1..dev"))
	settings := filepath.Join(dir, "loonglint.toml")
	if err := os.WriteFile(settings, []byte("target-loong = \"dev\"\n[[overrides]]\npaths = [\"quiet.toml\"]\ntarget-loong = \"0.1.2-alpha.1\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.holds(t, schemaCheck, loonglint("", nil, "check", "--config", settings, "-f", "json", "--env=static", filepath.Join(dir, "quiet.toml")).stdout)

	var doc struct{ Findings []json.RawMessage }
	decode(t, whole, &doc)
	for i, line := range strings.Split(strings.TrimSpace(check("jsonl", "--env=static")), "\n") {
		if string(doc.Findings[i]) != line {
			t.Fatalf("line %d of jsonl is no finding of json: %s", i, line)
		}
	}
	var requests strings.Builder
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		s.holds(t, schemaResolve, loonglint("", nil, "resolve", "--format=json", "--env=static", path).stdout)
		request, err := json.Marshal(map[string]any{"id": path, "hex": hex.EncodeToString(src), "env": map[string]string{"OPENAI_API_KEY": "x"}})
		if err != nil {
			t.Fatal(err)
		}
		requests.Write(append(request, '\n'))
		s.holds(t, schemaRequest, string(request))
	}
	s.holds(t, schemaRequest, `{"id": 7, "toml": "", "env": null}`)
	s.holds(t, schemaRequest, `{"id": 7, "toml": "", "env": null, "target": "dev"}`)
	for _, command := range []string{"check", "audit"} {
		for answer := range strings.Lines(loonglint(requests.String(), nil, command, "--batch", "--no-config", "--max-file-size=1500").stdout) {
			s.holds(t, schemaResult, answer)
			s.holds(t, schemaBatch, answer)
		}
	}
	s.holds(t, schemaResult, loonglint(`{"id": 7, "toml": ""}`, nil, "check", "--batch", "--no-config", "--target-loong=0.1.2-alpha.1..dev").stdout)
	for answer := range strings.Lines(loonglint(requests.String(), nil, "resolve", "--batch").stdout) {
		s.holds(t, schemaResolve, answer)
		s.holds(t, schemaBatch, answer)
	}
	old := filepath.Join(t.TempDir(), "old.json")
	if err := os.WriteFile(old, []byte(strings.ReplaceAll(whole, `"fingerprint":"1`, `"fingerprint":"2`)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.holds(t, schemaAudit, loonglint("", nil, append([]string{"audit", "--no-config", "--min-level=info", "--format=json", "--since", old}, paths...)...).stdout)
	if !thorough.Asked() {
		return
	}
	rare := []string{"baselined", "more"}
	for _, key := range s.unseen() {
		if !slices.Contains(rare, key[strings.LastIndexByte(key, '.')+1:]) {
			t.Errorf("%s is described, and nothing writes it", key)
		}
	}
}
