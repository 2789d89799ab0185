package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPageIsFresh(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	want, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, page))
	if err != nil || string(got) != string(want) {
		t.Errorf("%s is not what the rules say; run: go generate ./...", page)
	}
}
