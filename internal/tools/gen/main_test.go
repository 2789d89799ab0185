package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOutputsAreFresh(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	f := newFacts(root)
	for _, o := range outputs {
		t.Run(o.path, func(t *testing.T) {
			want, err := o.make(f)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(o.path)))
			if err != nil || string(got) != string(want) {
				t.Errorf("%s is not what the facts give; run: go generate ./...", o.path)
			}
		})
	}
}
