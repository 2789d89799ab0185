package files

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// repo is a repository of git for a test.
type repo struct {
	t    *testing.T
	root string // without links
	git  string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	r := &repo{t, realPath(t.TempDir()), git}
	r.run(nil, "init", "-q")
	return r
}

func (r *repo) run(stdin []string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command(r.git, append([]string{"-c", "core.excludesFile=/dev/null"}, args...)...)
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	cmd.Stdin = strings.NewReader(strings.Join(stdin, "\x00"))
	out, err := cmd.Output()
	if e, ok := err.(*exec.ExitError); err != nil && (!ok || e.ExitCode() != 1) { // 1: nothing is ignored
		r.t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}

// ignored are those of some paths that git ignores.
func (r *repo) ignored(paths []string) map[string]bool {
	r.t.Helper()
	all := map[string]bool{}
	for path := range strings.SplitSeq(r.run(paths, "check-ignore", "--no-index", "-z", "--stdin"), "\x00") {
		all[path] = true
	}
	return all
}

var gitPatterns = []string{
	"*.toml", "/a.toml", "a.toml", "dir/", "dir", "dir/*.toml", "**/a.toml", "dir/**", "a/**/z.toml", "*.toml\n!keep.toml", "!keep.toml\n*.toml",
	"*.toml\n!/dir/a.toml", "[ab].toml", "[!a].toml", "[^a-c].toml", "[]].toml", "[a-].toml", "[", "[a", "[a-", "[[:alpha:]].toml", "[[:nope:]].toml",
	"[[:digit:]a].toml", "[\\]].toml", "[\\a-c].toml", "[a-\\c].toml", "[c-a].toml", "[[:a].toml", "?.toml", "*", "**", "***", "**/", "/**", "/*", "/", "//", "!",
	"\\!odd.toml", "#comment", "\\#hash.toml", "trailing.toml   ", "trailing.toml\t", "trailing\\ ", "trailing\\\\ ", " lead.toml", "a*b*c.toml", "/dir/a.toml",
	"dir//a.toml", "//a.toml", "é?.toml", "é??.toml", "??a.toml", "a/b/", "/a", "b/z.toml", "/*\n!/a\n/a/*\n!/a/b", "x\\", "*.toml\r", "\r", "", "a/b", "a\\/b", "a[/]b",
	"a[!x]b", "a?b", "a/***/z.toml", "***/z.toml", "a/**z.toml", "a**/z.toml", "?**/z.toml", "a/b**/z.toml", "/a**", "\\a**/z.toml", "**/b/**", "**/**/z.toml", "a/**/**/z.toml", "**/b", "a/*/z.toml", "a/*", "/a/*/*",
	"dir/\n!dir/a.toml", "dir/*\n!dir/keep.toml", "*/a.toml", "\xef\xbb\xbfa.toml", "a.toml\x00b", "\\a.toml", "d[i]r/", "DIR/", ".", "./a.toml", "../a.toml", "a/../b.toml",
	"*.toml\n!*/", "*/\n!dir/", "sp ace.toml", "sp\\ ace.toml", "A.toml", "**a.toml", "a.toml**", "*a*", "**/*.toml", "a/**/", "!a.toml\n!b.toml",
}

var gitPaths = []string{
	"a.toml", "b.toml", "c.toml", "].toml", "-.toml", "keep.toml", "dir/a.toml", "dir/keep.toml", "dir/sub/a.toml", "a/z.toml", "a/b/z.toml", "a/b/c/z.toml",
	"!odd.toml", "#hash.toml", "trailing.toml", "trailing ", "trailing\\ ", " lead.toml", "aXbYc.toml", "abc.toml", "éa.toml", "é.toml", "x", "sp ace.toml", "1.toml", "a/b.toml",
	"a/dir/a.toml",
}

// TestIgnoredAsGitDoes asks git about every pattern and path; the patterns are in the repository's root, in a
// folder, and in the list that is not shared.
func TestIgnoredAsGitDoes(t *testing.T) {
	r := newRepo(t)
	for _, path := range gitPaths {
		write(t, filepath.Join(r.root, path), "")
	}
	every := 1 // in the first place; the places differ little
	for _, place := range []string{".gitignore", "a/.gitignore", "dir/.gitignore", ".git/info/exclude"} {
		file := filepath.Join(r.root, place)
		for i, p := range gitPatterns {
			if i%every != 0 {
				continue
			}
			write(t, file, p)
			git := r.ignored(gitPaths)
			for _, path := range gitPaths {
				if got := ignoredInRepository(t, r.root, path); got != git[path] {
					t.Errorf("pattern %q in %s: %q ignored = %v, git says %v", p, place, path, got, git[path])
				}
			}
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		every = thorough.Pick(5, 1)
	}
}

// ignoredInRepository asks as a walk does.
func ignoredInRepository(t *testing.T, root, path string) bool {
	t.Helper()
	s := &search{left: map[string]reason{}}
	full := filepath.ToSlash(filepath.Join(root, path))
	dir := filepath.ToSlash(filepath.Dir(full))
	lists, ignored := s.outerIgnores(dir)
	if ignored {
		return true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s.ignoresOf(dir, entries, lists).ignored(full, false, &s.effort)
}

// TestRandomPatternsAreMatchedAsGitDoes makes patterns of the characters that mean something.
func TestRandomPatternsAreMatchedAsGitDoes(t *testing.T) {
	r := newRepo(t)
	rnd := rand.New(rand.NewSource(1))
	pick := func(from string, most int) string {
		b := make([]byte, 1+rnd.Intn(most))
		for i := range b {
			b[i] = from[rnd.Intn(len(from))]
		}
		return string(b)
	}
	var paths []string
	patterns := map[string]string{}
	count := thorough.Pick(200, 1200)
	for i := range count {
		dir := fmt.Sprintf("p%d", i)
		patterns[dir] = pick(`aabb/**?[]!\^- .`, 9)
		write(t, filepath.Join(r.root, dir, ".gitignore"), patterns[dir])
		for range 20 {
			name := strings.Trim(pick("aaabb//-].! \\", 7), "/")
			name = strings.ReplaceAll(strings.ReplaceAll(name, "//", "/"), "//", "/")
			if parts := strings.Split(name, "/"); !slices.ContainsFunc(parts, func(p string) bool { return strings.Trim(p, ".") == "" }) {
				paths = append(paths, dir+"/"+name)
			}
		}
	}
	git := r.ignored(paths)
	for _, path := range paths {
		dir, rel, _ := strings.Cut(path, "/")
		list := parseIgnore("/x", []byte(patterns[dir]))
		if got := list.covers("/x/"+rel, false, &effort{}); got != git[path] {
			t.Errorf("pattern %q: %q ignored = %v, git says %v", patterns[dir], rel, got, git[path])
		}
	}
	if len(git) < len(paths)/50 {
		t.Errorf("git ignores only %d of %d paths: the test compares nothing", len(git), len(paths))
	}
}

// TestEverySpellingOfAFolder looks for the same files by all the ways in which a folder can be named.
func TestEverySpellingOfAFolder(t *testing.T) {
	r := newRepo(t)
	link := filepath.Join(realPath(t.TempDir()), "link")
	var all []string
	for _, path := range gitPaths {
		write(t, filepath.Join(r.root, path), "")
		if strings.HasSuffix(path, ".toml") {
			all = append(all, path)
		}
	}
	if err := os.Symlink(r.root, link); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("../a", filepath.Join(r.root, "dir", "to-a")); err != nil {
		t.Fatal(err)
	}
	forms := []string{"", "*.toml", "/a.toml", "a.toml", "/a/b", "a/", "a/b/", "**/z.toml", "a/**", "a/**/z.toml", "*.toml\n!a.toml", "/*\n!/a\n/a/*\n!/a/b", "dir/\n!dir/a.toml",
		"\\!odd.toml", "keep.toml  ", "sp\\ ace.toml", "[ab].toml", "dir/sub", "z.toml\r"}
	wds := []string{"", "a/b", "dir"}
	if !thorough.Asked() {
		wds = wds[1:2]
	}
	for _, p := range forms {
		write(t, filepath.Join(r.root, ".gitignore"), p)
		write(t, filepath.Join(r.root, "dir", ".gitignore"), "keep.toml\n")
		git := r.ignored(all)
		for _, wd := range wds {
			for _, start := range []string{r.root, link} {
				t.Chdir(filepath.Join(start, wd))
				for _, folder := range []string{"", "a", "a/b", "dir", "dir/sub"} {
					want := keptBelow(all, folder, git)
					for _, spelling := range spellings(r.root, link, wd, folder) {
						if got := realFound(t, r.root, spelling); !slices.Equal(got, want) {
							t.Fatalf("pattern %q, in %s: %q gives %q, git keeps %q", p, filepath.Join(start, wd), spelling, got, want)
						}
					}
				}
			}
		}
	}
}

// keptBelow are the paths below a folder that are not ignored.
func keptBelow(paths []string, folder string, ignored map[string]bool) []string {
	var list []string
	for _, path := range paths {
		if !ignored[path] && (folder == "" || strings.HasPrefix(path, folder+"/")) {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	return list
}

func spellings(root, link, wd, folder string) []string {
	rel, _ := filepath.Rel(filepath.Join(root, wd), filepath.Join(root, folder))
	abs := filepath.Join(root, folder)
	list := []string{rel, "./" + rel, rel + "/", rel + "/.", rel + "//", "./" + rel + "/./", rel + "/../" + filepath.Base(abs), abs, abs + "/", abs + "/.", filepath.Join(link, folder),
		link + "/./" + folder + "/"}
	if folder == "a" {
		up, _ := filepath.Rel(filepath.Join(root, wd), root)
		list = append(list, up+"/dir/to-a", up+"/dir/to-a/", root+"/dir/to-a/.", up+"/dir/to-a/../a")
	}
	if folder == "" {
		up, _ := filepath.Rel(filepath.Join(root, wd), root)
		list = append(list, up+"/dir/to-a/..")
	}
	return list
}

// realFound is what is found in a folder, from the root.
func realFound(t *testing.T, root, folder string) []string {
	t.Helper()
	found, err := Find([]string{folder}, Options{AllTOML: true})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range found.Files {
		rel, ok := below(root, realPath(f.Path))
		if !ok || f.Err != nil {
			t.Fatalf("%q in %q: %v", f.Path, folder, f.Err)
		}
		list = append(list, rel)
	}
	slices.Sort(list)
	return list
}

// TestIgnoreFilesOfSpecialRepositories has a work tree, whose list is kept elsewhere, a repository in another, and
// a .gitignore that is a link.
func TestIgnoreFilesOfSpecialRepositories(t *testing.T) {
	r := newRepo(t)
	write(t, filepath.Join(r.root, "loong.toml"), "")
	r.run(nil, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "x")
	r.run(nil, "worktree", "add", "-q", "tree")
	write(t, filepath.Join(r.root, ".git", "info", "exclude"), "private.loong.toml\n")
	write(t, filepath.Join(r.root, ".gitignore"), "sub.loong.toml\n")
	write(t, filepath.Join(r.root, "linked", "sub.loong.toml"), "")
	write(t, filepath.Join(r.root, "linked", "linked.loong.toml"), "")
	write(t, filepath.Join(r.root, "patterns"), "*.toml\n")
	if err := os.Symlink("../patterns", filepath.Join(r.root, "linked", ".gitignore")); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"loong.toml", "private.loong.toml", "sub.loong.toml"} {
		write(t, filepath.Join(r.root, "tree", name), "")
		write(t, filepath.Join(r.root, "nested", name), "")
	}
	write(t, filepath.Join(r.root, "nested", ".git", "HEAD"), "ref: refs/heads/main\n")
	t.Chdir(r.root)
	want := []string{"linked/linked.loong.toml", "loong.toml", "nested/loong.toml", "nested/private.loong.toml", "nested/sub.loong.toml", "tree/loong.toml",
		"tree/sub.loong.toml"}
	if got := found(t, Options{}, "."); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := found(t, Options{}, "tree"); !slices.Equal(got, []string{"tree/loong.toml", "tree/sub.loong.toml"}) {
		t.Errorf("found %q", got)
	}
}

func TestCounts(t *testing.T) {
	tree(t, map[string]string{".gitignore": "build/\nb.loong.toml\n*.txt\n", "build/loong.toml": "", "b.loong.toml": "", "notes.txt": "", "loong.toml": "",
		"vendor/loong.toml": "", "x/c.loong.toml": "", "x/loonglint.toml": ""})
	found, err := Find([]string{".", "./build", "x"}, Options{Exclude: []string{"vendor", "/x/*.toml"}})
	if err != nil {
		t.Fatal(err)
	}
	if found.Ignored != (Count{1, 1}) || found.Excluded != (Count{1, 1}) {
		t.Errorf("ignored %v, excluded %v", found.Ignored, found.Excluded)
	}
	if found, _ = Find([]string{"."}, Options{NoGitignore: true}); found.Ignored != (Count{}) || len(found.Files) != 5 {
		t.Errorf("without .gitignore: %v", found)
	}
}

// TestExcludesHoldInsideTheFolder is about patterns of a folder above the working directory.
func TestExcludesHoldInsideTheFolder(t *testing.T) {
	root := tree(t, map[string]string{"vendor/loong.toml": "", "vendor/x/loong.toml": "", "own/loong.toml": ""})
	for _, wd := range []string{"", "vendor", "vendor/x", "own"} {
		t.Chdir(filepath.Join(root, wd))
		up, _ := filepath.Rel(filepath.Join(root, wd), root)
		for _, patterns := range [][]string{{"vendor/"}, {"vendor"}, {"/vendor/**"}, {"vendor/*"}} {
			o := Options{Also: NewPatterns(root, patterns)}
			for path, want := range map[string]int{up + "/vendor": 0, up + "/vendor/x": 0, up: 1, up + "/own": 1, root: 1, root + "/vendor/x": 0} {
				if got := found(t, o, path); len(got) != want {
					t.Errorf("in %q with %q: %q gives %q, want %d", wd, patterns, path, got, want)
				}
			}
			if got := found(t, o, "."); (len(got) == 0) != strings.HasPrefix(wd, "vendor") {
				t.Errorf("in %q with %q: %q", wd, patterns, got)
			}
		}
	}
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

// TestGlobWorkStaysLow counts steps, for patterns that make a matcher go back again and again.
func TestGlobWorkStaysLow(t *testing.T) {
	for pattern, name := range map[string]string{
		strings.Repeat("*a", 2000) + "b":   strings.Repeat("a", 4000),
		strings.Repeat("**/a/", 500) + "b": strings.Repeat("a/", 2000) + "c",
		strings.Repeat("*?", 2000) + "b":   strings.Repeat("a", 4000),
		"**/" + strings.Repeat("a*", 1000): strings.Repeat("a/", 2000) + "c",
	} {
		g, ok := compileGlob(pattern)
		yes, steps := g.match(name)
		if !ok || yes || steps > int64(len(pattern)*len(name)) {
			t.Errorf("%.10s…: compiles %v, matches %v, %d steps", pattern, ok, yes, steps)
		}
	}
}

func TestTooManyPatternsAreTold(t *testing.T) {
	many := strings.Repeat("x\n", MaxPatterns) + "*.toml\n"
	tree(t, map[string]string{".git/HEAD": "", ".gitignore": many, "loong.toml": ""})
	found, err := Find([]string{"."}, Options{})
	if err != nil || len(found.Files) != 1 || len(found.Notes) != 1 || !strings.Contains(found.Notes[0], "10000 patterns of") {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestWorkOnPatternsEnds has patterns and files that would take minutes.
func TestWorkOnPatternsEnds(t *testing.T) {
	list := map[string]string{".git/HEAD": "", ".gitignore": strings.Repeat("*"+strings.Repeat("a", 90)+"b*c\n", 9000)}
	for i := range 300 {
		list[fmt.Sprintf("%s%03d.loong.toml", strings.Repeat("a", 200), i)] = ""
	}
	tree(t, list)
	found, err := Find([]string{"."}, Options{})
	if err != nil || len(found.Files) != 300 {
		t.Fatalf("%d files, %v", len(found.Files), err)
	}
	if len(found.Notes) != 1 || !strings.Contains(found.Notes[0], "take too long") {
		t.Errorf("notes: %q", found.Notes)
	}
}
