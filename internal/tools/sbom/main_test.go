package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestListOfThisTest(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "new", "sbom.json")
	if err := write(self, out); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var b bom
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Metadata.Component.Name != "github.com/loonglint/loonglint" || !strings.HasPrefix(b.Components[0].Version, "go1.") {
		t.Errorf("%+v", b)
	}
	if err := write(filepath.Join(t.TempDir(), "none"), out); err == nil {
		t.Error("a program that is not there has a list")
	}
}
