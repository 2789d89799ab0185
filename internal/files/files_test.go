package files

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree makes files in a new folder, moves there and returns it; a text that begins with -> is a link.
func tree(t *testing.T, list map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range list {
		if target, ok := strings.CutPrefix(text, "->"); ok {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(target, filepath.Join(root, path)); err != nil {
				t.Skip(err)
			}
			continue
		}
		write(t, filepath.Join(root, path), text)
	}
	t.Chdir(root)
	return root
}

// found lists paths as path, path? (sniff) or path!reason.
func found(t *testing.T, o Options, paths ...string) []string {
	t.Helper()
	list, err := Find(paths, o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range list.Files {
		s := filepath.ToSlash(f.Path)
		if f.Sniff {
			s += "?"
		}
		if f.Err != nil {
			s += "!" + f.Err.Error()
		}
		out = append(out, s)
	}
	return out
}

func TestFind(t *testing.T) {
	list := map[string]string{
		"loong.toml": "", "prod.loong.toml": "", ".loong/config.toml": "", ".hidden/loong.toml": "", "other.toml": "",
		"loonglint.toml": "", "notes.txt": "", "sub/loong.toml": "", "sub/.gitignore": "*.toml\n!loong.toml\n", "sub/x.toml": "",
		"sub/deep/y.toml": "",
	}
	all := []string{".loong/config.toml", "loong.toml", "other.toml?", "prod.loong.toml", "sub/loong.toml"}
	for _, tt := range []struct {
		name    string
		options Options
		paths   []string
		want    []string
	}{
		{"folder", Options{}, []string{"."}, all},
		{"all toml", Options{AllTOML: true}, []string{"."}, []string{".loong/config.toml", "loong.toml", "other.toml", "prod.loong.toml", "sub/loong.toml"}},
		{"order and repeats", Options{}, []string{"sub", "./loong.toml", "loong.toml"}, []string{"loong.toml", "sub/loong.toml"}},
		{"any name", Options{}, []string{"notes.txt", "sub/x.toml", "loonglint.toml"}, []string{"loonglint.toml", "notes.txt", "sub/x.toml"}},
		{"named and found", Options{}, []string{".", "other.toml"}, []string{".loong/config.toml", "loong.toml", "other.toml", "prod.loong.toml", "sub/loong.toml"}},
		{"hidden but named", Options{}, []string{".hidden"}, []string{".hidden/loong.toml"}},
		{"exclude", Options{Exclude: []string{"sub/", "*.loong.toml"}}, []string{"."}, []string{".loong/config.toml", "loong.toml", "other.toml?"}},
		{"exclude spares named files", Options{Exclude: []string{"sub"}}, []string{"sub/loong.toml"}, []string{"sub/loong.toml"}},
		{"forced exclude", Options{Exclude: []string{"sub"}, ForceExclude: true}, []string{"sub/loong.toml", "loong.toml"}, []string{"loong.toml"}},
		{"missing", Options{}, []string{"nowhere.toml", "loong.toml"}, []string{"loong.toml", "nowhere.toml!no such file or directory"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tree(t, list)
			if got := found(t, tt.options, tt.paths...); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFindHonoursIgnoreFilesAboveTheFolder(t *testing.T) {
	tree(t, map[string]string{".git/HEAD": "", ".git/info/exclude": "e.loong.toml", ".gitignore": "/sub/b.loong.toml\n",
		"sub/a.loong.toml": "", "sub/b.loong.toml": "", "sub/e.loong.toml": ""})
	want := []string{"sub/a.loong.toml"}
	if got := found(t, Options{}, "sub"); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestFindStaysInTheTree(t *testing.T) {
	outside := t.TempDir()
	write(t, filepath.Join(outside, "loong.toml"), "")
	tree(t, map[string]string{
		"real/a.loong.toml": "", "real/b.txt": "", "alias.loong.toml": "->real/a.loong.toml", "only.loong.toml": "->real/b.txt",
		"out.loong.toml": "->" + filepath.Join(outside, "loong.toml"), "folder": "->" + outside, "loop": "->.", "broken.loong.toml": "->nowhere",
	})
	want := []string{"only.loong.toml", "real/a.loong.toml"}
	if got := found(t, Options{}, "."); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestReadLimit(t *testing.T) {
	root := tree(t, map[string]string{"a": "12345"})
	for limit, ok := range map[int64]bool{4: false, 5: true} {
		src, err := Read(filepath.Join(root, "a"), limit)
		if ok && (err != nil || string(src) != "12345") {
			t.Errorf("limit %d: %q, %v", limit, src, err)
		}
		if !ok && !errors.Is(err, ErrTooLarge) {
			t.Errorf("limit %d: error is %v", limit, err)
		}
		if _, err := ReadAll(strings.NewReader("12345"), 0, limit); (err == nil) != ok {
			t.Errorf("limit %d from a reader: %v", limit, err)
		}
	}
}

func TestWritesKeepModesAndTrees(t *testing.T) {
	outside := realPath(t.TempDir())
	write(t, filepath.Join(outside, "x"), "old")
	for _, tt := range []struct {
		name, path string
		rewrite    bool
		want       string // part of the error
		changed    []string
	}{
		{"a report", "real", false, "", []string{"real", "link"}},
		{"a new report", "new", false, "", []string{"new"}},
		{"a report instead of a link", "link", false, "", []string{"link"}},
		{"a report instead of a link out", "out", false, "", []string{"out"}},
		{"a report instead of a link to nothing", "nothing", false, "", []string{"nothing"}},
		{"a report instead of a link to a device", "null", false, "", []string{"null"}},
		{"a report in a folder outside", "folder/x", false, "leads out", nil},
		{"a new report in a folder outside", "folder/new", false, "leads out", nil},
		{"a report in a linked folder inside", "inside/x", false, "", []string{"inside/x", "dir/x"}},
		{"a report for a path outside", outside + "/x", false, "", []string{outside + "/x", "folder/x", "out"}},
		{"a read-only report", "locked", false, "is read-only", nil},
		{"a report for a folder", "dir", false, "is a folder", nil},
		{"a repair", "real", true, "", []string{"real", "link"}},
		{"a repair of a linked file", "link", true, "", []string{"real", "link"}},
		{"a repair of a file outside", "out", true, "leads out", nil},
		{"a repair in a folder outside", "folder/x", true, "leads out", nil},
		{"a repair of a path outside", outside + "/x", true, "", []string{outside + "/x", "folder/x", "out"}},
		{"a repair of a read-only file", "locked", true, "is read-only", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, filepath.Join(outside, "x"), "old")
			tree(t, map[string]string{"real": "old", "link": "->real", "out": "->" + outside + "/x", "nothing": "->nowhere", "null": "->" + os.DevNull, "folder": "->" + outside,
				"dir/x": "old", "inside": "->dir", "locked": "old"})
			for name, mode := range map[string]os.FileMode{"real": 0o600, "locked": 0o444} {
				if err := os.Chmod(name, mode); err != nil {
					t.Fatal(err)
				}
			}
			save := Write
			if tt.rewrite {
				save = Rewrite
			}
			if err := save(tt.path, []byte("new")); err == nil != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error is %v, want %q", err, tt.want)
			}
			for _, path := range []string{"real", "new", "link", "out", "nothing", "null", "folder/x", "folder/new", "inside/x", "dir/x", "locked", outside + "/x"} {
				text, _ := os.ReadFile(path)
				if (string(text) == "new") != slices.Contains(tt.changed, path) {
					t.Errorf("%s holds %q", path, text)
				}
			}
			for name, mode := range map[string]os.FileMode{"real": 0o600, "locked": 0o444} {
				if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
					t.Errorf("the mode of %s is %v, %v", name, info.Mode(), err)
				}
			}
			if left, _ := filepath.Glob(".*loonglint*"); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestWriteLeavesOtherNamesOfAFile(t *testing.T) {
	tree(t, map[string]string{"a": "old"})
	if err := os.Link("a", "b"); err != nil {
		t.Skip(err)
	}
	if err := Rewrite("a", []byte("new")); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile("a")
	b, _ := os.ReadFile("b")
	if string(a) != "new" || string(b) != "old" {
		t.Errorf("a holds %q, b %q", a, b)
	}
}
