package rules_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-envparse"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// environment is the world that a proof is read in.
type environment struct{ loong.Environment }

// static knows nothing about variables.
func static() *environment { return &environment{} }

// exactly is a world that has these variables, as NAME=value, and no others.
func exactly(list []string) *environment {
	vars := map[string]string{}
	for _, v := range list {
		name, value, _ := strings.Cut(v, "=")
		vars[name] = value
	}
	return declared(vars)
}

func declared(vars map[string]string) *environment {
	return &environment{loong.Environment{
		Lookup: func(name string) (string, loong.State) {
			if v, ok := vars[name]; ok {
				return v, loong.Set
			}
			return "", loong.Unset
		},
		Names: func() []string { return slices.Sorted(maps.Keys(vars)) },
	}}
}

func (e *environment) check(name, src string, opt *lint.Options) *lint.FileResult {
	doc := document.Parse(name, []byte(src))
	var targets schema.Targets
	if opt.Targets != nil {
		targets = opt.Targets(name)
	}
	return lint.Check(doc, loong.ReadAll(targets, doc, &e.Environment), opt)
}

// sidecar reads the environment beside a fixture: for NAME.toml the variables of NAME.env, and the files of the folder
// NAME.files.
func sidecar(t *testing.T, path string) *environment {
	t.Helper()
	env, name := static(), strings.TrimSuffix(path, ".toml")
	if f, err := os.Open(name + ".env"); err == nil {
		defer f.Close()
		vars, err := envparse.Parse(f)
		if err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		env = declared(vars)
	}
	if _, err := os.Stat(name + ".files"); err == nil {
		env.Files = filesIn(name + ".files")
	}
	return env
}

// filesIn is a folder with the files that settings name, by the last part of their paths.
type filesIn string

func (dir filesIn) Text(path string) (string, loong.State) {
	b, err := os.ReadFile(filepath.Join(string(dir), filepath.Base(path)))
	if err != nil {
		return "", loong.Unset
	}
	return string(b), loong.Set
}

func (dir filesIn) HasFolder(string) bool { return false }

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// eachTOML visits the TOML files below a folder, which may be missing.
func eachTOML(t *testing.T, dir string, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".toml" {
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// entryIDs lists the ids of facts/entries.json.
func entryIDs(t *testing.T) []string {
	t.Helper()
	var facts struct{ Entries []struct{ ID string } }
	if err := json.Unmarshal([]byte(readFile(t, "../facts/entries.json")), &facts); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range facts.Entries {
		ids = append(ids, e.ID)
	}
	return ids
}
