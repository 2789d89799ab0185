package main

import (
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
)

const root = "../../.."

// longestName leaves room for a folder within the 260 characters that Windows takes by default.
const longestName = 150

// TestNamesAreLegalEverywhere holds the names of all files to what Go's module zip and Windows accept.
func TestNamesAreLegalEverywhere(t *testing.T) {
	names, err := treeNames()
	if err != nil || len(names) == 0 {
		t.Fatalf("no names: %v", err)
	}
	for _, err := range badNames(names) {
		t.Error(err)
	}
}

func TestBadNames(t *testing.T) {
	for _, names := range [][]string{
		{"fixtures/nul.toml"}, {"NUL"}, {"com1.txt/a"}, {"CONIN$"}, {"lpt¹.toml"}, {"a:b"}, {"a\\b"}, {"what?"}, {`"a"`}, {"tab\t"}, {"a "}, {"a /b"},
		{"a."}, {"\xff"}, {strings.Repeat("a/", 80)}, {"README", "readme"}, {"A/x", "a/y"}, {"a", "A/x"},
	} {
		if len(badNames(names)) == 0 {
			t.Errorf("%q is accepted", names)
		}
	}
	if errs := badNames([]string{"a/b.toml", "a/c.toml", ".git-a", "nully.toml", "a b.toml", "ü.toml"}); len(errs) > 0 {
		t.Errorf("good names are refused: %v", errs)
	}
}

// treeNames lists the files of the repository, with slashes; where it is no checkout of git, of the folder.
func treeNames() ([]string, error) {
	if out, err := exec.Command("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output(); err == nil {
		return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), nil
	}
	var names []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			p, err = filepath.Rel(root, p)
			names = append(names, filepath.ToSlash(p))
		}
		return err
	})
	return names, err
}

// badNames says what is wrong with names of files that are to lie in one tree.
func badNames(names []string) []error {
	var errs []error
	spelled := map[string]string{}
	for _, name := range names {
		if err := badName(name); err != nil {
			errs = append(errs, err)
		}
		for p := name; p != "." && p != "/"; p = path.Dir(p) {
			folded := strings.ToLower(strings.ToUpper(p))
			if other, ok := spelled[folded]; ok && other != p {
				errs = append(errs, fmt.Errorf("%q and %q are one name where case does not count", other, p))
			}
			spelled[folded] = p
		}
	}
	return errs
}

func badName(name string) error {
	if len(name) > longestName {
		return fmt.Errorf("%q has more than %d bytes", name, longestName)
	}
	for element := range strings.SplitSeq(name, "/") {
		stem, _, _ := strings.Cut(strings.ToUpper(element), ".")
		switch {
		case strings.HasSuffix(element, " "):
			return fmt.Errorf("%q: Windows drops a blank at the end", name)
		case strings.ContainsAny(stem, "¹²³") && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")), stem == "CONIN$", stem == "CONOUT$":
			return fmt.Errorf("%q: %s is a device of Windows", name, stem)
		}
	}
	return module.CheckFilePath(name)
}
