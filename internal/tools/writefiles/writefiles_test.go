package writefiles

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAllWritesEverythingOrNothing(t *testing.T) {
	root := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when string, files map[string]string) {
		t.Helper()
		entries, err := os.ReadDir(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if got, _ := os.ReadFile(filepath.Join(root, e.Name())); string(got) != files[e.Name()] {
				t.Errorf("%s %s holds %q", when, e.Name(), got)
			}
		}
		if len(entries) != len(files) {
			t.Errorf("%s there are %d files, not %d", when, len(entries), len(files))
		}
	}
	put("a", "old")
	put("file", "no folder")
	if err := All(root, []File{{"a", []byte("new")}, {"file/b", []byte("new")}}); err == nil {
		t.Error("no error for a folder that is a file")
	}
	want("after an error", map[string]string{"a": "old", "file": "no folder"})
	if err := All(root, []File{{"a", []byte("new")}, {"c", []byte("new")}, {"file", []byte("no folder")}}); err != nil {
		t.Error(err)
	}
	want("at the end", map[string]string{"a": "new", "c": "new", "file": "no folder"})
}
