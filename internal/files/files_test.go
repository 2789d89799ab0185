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

func TestWriteKeepsModeAndLinks(t *testing.T) {
	tree(t, map[string]string{"real.toml": "old", "link.toml": "->real.toml"})
	if err := os.Chmod("real.toml", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write("link.toml", []byte("new")); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile("real.toml"); string(text) != "new" {
		t.Errorf("the link's target holds %q", text)
	}
	info, err := os.Lstat("real.toml")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat("link.toml"); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(".*loonglint*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if err := Write(filepath.Join("nowhere", "x"), nil); err == nil {
		t.Error("no error for a folder that is missing")
	}
}
