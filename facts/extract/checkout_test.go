package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestNothingChangesOnTheCommitOfTheFacts writes the version that the facts are about into a copy of them, for whoever
// names a checkout of Loong: LOONG=/path/to/checkout go test ./facts/extract -run CommitOfTheFacts -timeout 1h
func TestNothingChangesOnTheCommitOfTheFacts(t *testing.T) {
	checkout := os.Getenv("LOONG")
	if checkout == "" {
		t.Skip("LOONG names no checkout of Loong")
	}
	const root = "../.."
	f, err := readFacts(root + "/facts")
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	for _, dir := range []string{"facts", recordings, "docs/loong"} {
		if err := os.CopyFS(filepath.Join(to, dir), os.DirFS(filepath.Join(root, dir))); err != nil {
			t.Fatal(err)
		}
	}
	work := os.Getenv("LOONG_WORK")
	if work == "" {
		work = t.TempDir()
	}
	var report bytes.Buffer
	o := &options{loong: checkout, rev: commitOf(f, f.newest()), work: work, root: to, write: true}
	if differs, err := run(o, io.MultiWriter(&report, t.Output())); err != nil || differs {
		t.Errorf("differs: %t, %v\n%s", differs, err, report.String())
	}
	for _, dir := range []string{"facts", recordings} {
		was, is := contents(t, filepath.Join(root, dir)), contents(t, filepath.Join(to, dir))
		for _, name := range slices.Concat(keysOf(was), keysOf(is)) {
			if was[name] != is[name] {
				t.Errorf("%s/%s is not as it was", dir, name)
			}
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		m[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func keysOf(m map[string]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}
