package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/testing/fleet"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// TestResultIsAsItsFieldsAreTagged holds that what is written by hand is what reading and writing it by its tags gives.
func TestResultIsAsItsFieldsAreTagged(t *testing.T) {
	opt := &lint.Options{Rules: rules.All()}
	opt.Inspect = audit.Inspect(opt)
	sources := []string{
		"", "x = ", "[providers.main]\nkind = \"groq\"\napi_key = \"hunter2hunter2\"\n",
		"# loonglint: ignore-file[profile-differs-between-files] a stage <of> its own\n[providers.\"ü<&>\\\"\"]\nkind = \"openai\"\n",
		"[tools]\nshell_allow = [\"a\\u0000\\n\"]\n[telegram.accounts.ops]\nbot_token = { file = \"/x\\\\y\" }\n",
	}
	for i := range 200 {
		_, toml := fleet.Crowded(i, i%3)
		sources = append(sources, toml)
	}
	results := []*lint.FileResult{{Verdict: loong.Unreadable, Err: errors.New("larger than <1> byte"), Targets: schema.AllTargets}}
	for _, src := range sources {
		doc := document.Parse("a", []byte(src))
		results = append(results, lint.Check(doc, loong.Read(doc, loong.Declare(nil, nil)), opt))
	}
	seen := map[string]bool{}
	for i, r := range results {
		r.Suppressed, r.Baselined = i%3, i%5
		line, err := AppendResult(nil, json.RawMessage(`{"n":[1]}`), r, opt, render.NewTool("1", r.Targets), nil)
		if err != nil || bytes.IndexByte(line, '\n') != len(line)-1 {
			t.Fatalf("%q, %v", line, err)
		}
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		var result jsonResult
		if err := d.Decode(&result); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		tagged, err := render.Encode(result)
		if err != nil {
			t.Fatal(err)
		}
		var have, want map[string]any
		if err := errors.Join(json.Unmarshal(line, &have), json.Unmarshal(tagged, &want)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(have, want) {
			t.Errorf("%s\nby its tags\n%s", line, tagged)
		}
		for key := range have {
			seen[key] = true
		}
	}
	tagged := reflect.TypeFor[jsonResult]()
	for i := range tagged.NumField() {
		if key := tagName(tagged.Field(i)); !seen[key] {
			t.Errorf("no result has %q", key)
		}
	}
}

// tagName is the key of a field in JSON.
func tagName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}
