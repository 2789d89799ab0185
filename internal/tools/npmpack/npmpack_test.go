package npmpack

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	files := []File{{Path: "package.json", Content: []byte("{}")}, {Path: "bin/x", Content: []byte("program"), Executable: true}}
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := Write(w, files); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("equal files give different packages")
	}
	unpacked, err := gzip.NewReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(unpacked)
	for _, want := range []struct {
		name, content string
		mode          int64
	}{{"package/package.json", "{}", 0o644}, {"package/bin/x", "program", 0o755}} {
		header, err := archive.Next()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(archive)
		if err != nil || header.Name != want.name || header.Mode != want.mode || string(content) != want.content {
			t.Errorf("got %s, mode %o, %q (%v), want %v", header.Name, header.Mode, content, err, want)
		}
		if !header.ModTime.Equal(packed) {
			t.Errorf("%s is of %v", header.Name, header.ModTime)
		}
	}
	if _, err := archive.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("there is more than the files: %v", err)
	}
}

func TestWriteRefusesPathsThatDoNotFit(t *testing.T) {
	if err := Write(io.Discard, []File{{Path: strings.Repeat("a", 300)}}); err == nil {
		t.Error("a path of 300 letters is written")
	}
}
