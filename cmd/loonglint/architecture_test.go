package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ARCHITECTURE.md lists every package, and no import runs against the order of its floors.
func TestArchitectureIsTrue(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	described, floor := readArchitecture(string(page))
	imports := modulePackages(t)
	for pkg := range described {
		if imports[pkg] == nil {
			t.Errorf("ARCHITECTURE.md describes %s, which is not a package", pkg)
		}
	}
	for pkg := range floor {
		if imports[pkg] == nil {
			t.Errorf("ARCHITECTURE.md has %s on a floor, which is not a package", pkg)
		}
	}
	for pkg, used := range imports {
		if !described[pkg] {
			t.Errorf("ARCHITECTURE.md does not describe %s in its table", pkg)
		}
		level, placed := floor[pkg]
		switch {
		case !placed && !isWorkshop(pkg):
			t.Errorf("ARCHITECTURE.md has %s on no floor", pkg)
		case placed && isWorkshop(pkg):
			t.Errorf("ARCHITECTURE.md has %s on a floor, which is no part of the program", pkg)
		}
		for _, other := range used {
			switch below, found := floor[other]; {
			case isWorkshop(pkg):
			case isWorkshop(other):
				t.Errorf("%s imports %s, which is for tools and tests only", pkg, other)
			case found && below >= level:
				t.Errorf("%s imports %s, which is not on a floor below it", pkg, other)
			}
		}
	}
}

// isWorkshop reports whether a package is no part of the program.
func isWorkshop(pkg string) bool {
	return strings.HasPrefix(pkg, "internal/tools/") || strings.HasPrefix(pkg, "internal/testing/") || strings.HasPrefix(pkg, "facts/")
}

// readArchitecture returns the packages of the table, and the floor of each in the block "floors", counted from below.
func readArchitecture(page string) (described map[string]bool, floor map[string]int) {
	described, floor = map[string]bool{}, map[string]int{}
	for line := range strings.Lines(page) {
		if row, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(row, "`")
			described[name] = true
		}
	}
	_, rest, _ := strings.Cut(page, "```floors\n")
	block, _, _ := strings.Cut(rest, "```")
	floors := strings.Split(block, "\n")
	for i, line := range floors {
		for _, pkg := range strings.Fields(line) {
			floor[pkg] = len(floors) - i
		}
	}
	return described, floor
}

// modulePackages lists the packages of the module, each with those that it imports itself, tests left out; the root
// package is "loonglint".
func modulePackages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "../../...").Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		own := []string{}
		for _, path := range strings.Fields(line) {
			if pkg, ok := strings.CutPrefix(path, "github.com/loonglint/"); ok {
				own = append(own, strings.TrimPrefix(pkg, "loonglint/"))
			}
		}
		all[own[0]] = own[1:]
	}
	return all
}

// namedFile is a file or folder of the repository as a page names it.
var namedFile = regexp.MustCompile("`((?:cmd|facts|fixtures|internal|rules|schema)/[a-z0-9_/.-]*[a-z0-9_])`")

// Files that the pages for authors name are where the pages say.
func TestPagesNameFilesThatExist(t *testing.T) {
	named := 0
	for _, pattern := range []string{"../../*.md", "../../docs/*.md", "../../docs/adr/*.md", "../../docs/loong/*.md", "../../fixtures/*/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range namedFile.FindAllStringSubmatch(string(text), -1) {
				named++
				if _, err := os.Stat(filepath.Join("../..", found[1])); err != nil {
					t.Errorf("%s names %s: %v", page, found[1], err)
				}
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d files are named", named)
	}
}
