package files

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestIgnoredAsGitDoes compares every decision with git's own.
func TestIgnoredAsGitDoes(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	patterns := []string{
		"*.toml", "/a.toml", "a.toml", "dir/", "dir", "dir/*.toml", "**/a.toml", "dir/**", "a/**/z.toml", "!keep.toml\n*.toml\n!keep.toml",
		"*.toml\n!/dir/a.toml", "[ab].toml", "[!a].toml", "[^a-c].toml", "[]].toml", "[a-].toml", "[", "?.toml", "*", "**", "**/", "/**",
		"\\!odd.toml", "#comment", "\\#hash.toml", "trailing.toml   ", "trailing\\ ", "a*b*c.toml", "/dir/a.toml", "dir//a.toml", "é?.toml",
		"a/b/", "/a", "b/z.toml", "/*\n!/a\n/a/*\n!/a/b", "x\\", "*.toml\r", "",
	}
	paths := []string{
		"a.toml", "b.toml", "c.toml", "].toml", "-.toml", "keep.toml", "dir/a.toml", "dir/keep.toml", "dir/sub/a.toml",
		"a/z.toml", "a/b/z.toml", "a/b/c/z.toml", "!odd.toml", "#hash.toml", "trailing.toml", "trailing ", "aXbYc.toml", "abc.toml", "éa.toml", "x",
	}
	for _, p := range patterns {
		root := t.TempDir()
		run(t, root, nil, git, "init", "-q")
		for _, path := range paths {
			write(t, filepath.Join(root, path), "")
		}
		write(t, filepath.Join(root, ".gitignore"), p)
		listed := run(t, root, nil, git, "-c", "core.quotepath=off", "-c", "core.excludesFile=/dev/null", "ls-files", "-z", "--others", "--exclude-standard")
		kept := map[string]bool{}
		for _, path := range strings.Split(listed, "\x00") {
			kept[path] = true
		}
		list := ignores{parseIgnore(root, []byte(p))}
		for _, path := range paths {
			if got := !ignoredBelow(list, root, path); got != kept[path] {
				t.Errorf("pattern %q: %q kept = %v, git says %v", p, path, got, kept[path])
			}
		}
	}
}

// ignoredBelow asks as a walk does: a folder that is ignored hides all below it.
func ignoredBelow(list ignores, root, path string) bool {
	for i, c := range path {
		if c == '/' && list.ignored(root+"/"+path[:i], true) {
			return true
		}
	}
	return list.ignored(root+"/"+path, false)
}

func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestGlobCostStaysLow(t *testing.T) {
	name := strings.Repeat("a", 4000)
	if globMatch(strings.Repeat("*a", 2000)+"b", name) {
		t.Error("matched what does not end in b")
	}
	if globMatch(strings.Repeat("**/a/", 500)+"b", strings.Repeat("a/", 2000)+"c") {
		t.Error("matched what does not end in b")
	}
}
