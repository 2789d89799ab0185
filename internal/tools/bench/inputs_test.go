package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/lsp"
)

// TestFleetsAreCleanAndDirty holds that the files that are measured have the findings that the table says.
func TestFleetsAreCleanAndDirty(t *testing.T) {
	src, err := os.ReadFile("../../../" + typical)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dirty bool
		want  int
	}{{false, 0}, {true, len(mistakes)}} {
		res, err := loonglint.Check("loong.toml", config(src, 7, tt.dirty), loonglint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Findings) != tt.want {
			t.Errorf("%d findings, not %d", len(res.Findings), tt.want)
		}
		for _, f := range res.Findings {
			t.Log(f.Rule, f.Message)
		}
	}
}

// TestMixtureIsClean holds that the file with all sections has no finding, which would have its secrets looked for, too.
func TestMixtureIsClean(t *testing.T) {
	t.Chdir("../../..")
	everything, err := mixed()
	if err != nil {
		t.Fatal(err)
	}
	path, err := single(t.TempDir(), everything, 4<<10)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	res, err := loonglint.Check("loong.toml", text, loonglint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		if f.Severity != loonglint.Info {
			t.Error(f.Rule, f.Message)
		}
	}
}

// TestSessionIsAnswered holds that the language server has to check a document for each question of the session.
func TestSessionIsAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "messages")
	if err := session(path, "active_provider = \"main\"\n", 3); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	if err := lsp.New(lsp.Page{}, "test").Serve(lsp.Stream(in, &out)); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), `"kind":"full"`); n != 3 {
		t.Errorf("%d answers, not 3:\n%s", n, &out)
	}
}
