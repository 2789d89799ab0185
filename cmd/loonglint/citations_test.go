package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/rules"
)

var (
	citedPage    = regexp.MustCompile(`([\w-]+)\.md(?: ([0-9]+(?:\.[0-9]+)*|[A-Z]{1,2}[0-9]+)\b)?`)
	goComment    = regexp.MustCompile(`(?m)//.*$`)
	anchorOfPage = regexp.MustCompile(`<a id="([^"]+)">`)
)

// TestCitations holds that each page, section and entry that a comment cites exists, and each entry
// that a rule covers.
func TestCitations(t *testing.T) {
	anchors := map[string]map[string]bool{}
	for _, pattern := range []string{"../../*.md", "../../docs/*.md", "../../docs/*/*.md", "../../fixtures/*/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range pages {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, ids := strings.TrimSuffix(filepath.Base(path), ".md"), map[string]bool{}
			for _, m := range anchorOfPage.FindAllStringSubmatch(string(src), -1) {
				if ids[m[1]] {
					t.Errorf("%s has the anchor %s twice", path, m[1])
				}
				ids[m[1]] = true
			}
			anchors[name] = ids
		}
	}
	cited := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, comment := range goComment.FindAllString(string(src), -1) {
			for _, m := range citedPage.FindAllStringSubmatch(comment, -1) {
				page, section := m[1], m[2]
				if anchors[page] == nil {
					t.Errorf("%s cites %s.md, which is not in docs", path, page)
				} else if section != "" {
					cited++
					if !anchors[page][section] {
						t.Errorf("%s cites %s.md %s, which is not there", path, page, section)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cited < 100 {
		t.Errorf("only %d citations were found", cited)
	}
	for _, r := range rules.All() {
		for _, id := range r.Covers {
			if !anchors["behaviour"][id] && !anchors["traps"][id] && !anchors["traps-2"][id] {
				t.Errorf("rule %s covers %s, which docs/loong does not describe", r.Name, id)
			}
		}
	}
}
