// Package writefiles replaces several files of the source tree at once.
package writefiles

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// File is a file's path below the root of the tree, with slashes, and what it shall hold.
type File struct {
	Path    string
	Content []byte
}

// All writes the files that differ from what is there: each to a temporary file beside it first, and all are renamed at
// the end. When it returns an error before that, nothing has changed.
func All(root string, files []File) (err error) {
	type move struct{ from, to string }
	var moves []move
	defer func() {
		for _, m := range moves {
			if e := os.Remove(m.from); err == nil && !errors.Is(e, os.ErrNotExist) {
				err = e
			}
		}
	}()
	for _, f := range files {
		path := filepath.Join(root, filepath.FromSlash(f.Path))
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, f.Content) {
			continue
		}
		temporary, err := writeBeside(path, f.Content)
		if temporary != "" {
			moves = append(moves, move{temporary, path})
		}
		if err != nil {
			return err
		}
	}
	for _, m := range moves {
		if err := os.Rename(m.from, m.to); err != nil {
			return err
		}
	}
	return nil
}

// writeBeside writes a temporary file into the folder of path, whose name Go and Git leave alone.
func writeBeside(path string, content []byte) (name string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".generated-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	return f.Name(), errors.Join(err, f.Chmod(0o644), f.Close())
}
