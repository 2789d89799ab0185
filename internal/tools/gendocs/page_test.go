package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOutputsAreFresh(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	files, err := outputs(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil || string(got) != string(f.Content) {
			t.Errorf("%s is not what the rules say; run: go generate ./...", f.Path)
		}
	}
}
