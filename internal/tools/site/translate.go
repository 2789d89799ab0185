package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/render"
)

var (
	inlineCode = regexp.MustCompile("`[^`]*`")
	inlineLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	listItem   = regexp.MustCompile(`^(?:[-*]|\d+\.) `)
)

// translate writes a page of the repository, in the Markdown of GitHub, as Python's Markdown wants it at its place in the site.
// It refuses links to what is not in the repository.
func (s *site) translate(page, target, text string) (string, error) {
	var b strings.Builder
	var failed error
	previous, fenced := "", false
	for line := range strings.Lines(text) {
		fence := strings.HasPrefix(strings.TrimSpace(line), "```")
		if fence {
			fenced = !fenced
		}
		if !fenced && !fence {
			// A list begins only behind a blank line.
			if listItem.MatchString(line) && previous != "" && !listItem.MatchString(previous) && !strings.HasPrefix(previous, " ") {
				b.WriteByte('\n')
			}
			previous = strings.TrimRight(line, "\n")
			line = outsideCode(line, func(part string) string {
				part = strings.ReplaceAll(part, `\<`, "&lt;")
				return inlineLink.ReplaceAllStringFunc(part, func(link string) string {
					address, err := s.link(page, target, inlineLink.FindStringSubmatch(link)[1])
					if err != nil && failed == nil {
						failed = err
					}
					return "](" + address + ")"
				})
			})
			// A continued line of a list item is indented by four.
			if strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "    ") {
				line = "  " + line
			}
		}
		b.WriteString(line)
	}
	return b.String(), failed
}

// outsideCode changes the parts of a line that are not code.
func outsideCode(line string, change func(string) string) string {
	var b strings.Builder
	at := 0
	for _, code := range inlineCode.FindAllStringIndex(line, -1) {
		b.WriteString(change(line[at:code[0]]))
		b.WriteString(line[code[0]:code[1]])
		at = code[1]
	}
	b.WriteString(change(line[at:]))
	return b.String()
}

// link is the address, in the page of the site that is at target, of what a link in a page of the repository names.
func (s *site) link(page, target, address string) (string, error) {
	if strings.Contains(address, ":") || strings.HasPrefix(address, "#") {
		return address, nil
	}
	name, anchor, _ := strings.Cut(address, "#")
	name = path.Join(path.Dir(page), name)
	to, known := s.target[name]
	switch group, ok := strings.CutPrefix(name, "docs/rules/"); {
	case slices.Contains(pictures, name):
		to, known = path.Base(name), true
	case (ok || name == "docs/rules.md") && ruleNamed(anchor) != nil:
		to, known, anchor = "rules/"+anchor+".md", true, ""
	case ok && anchor == "":
		to, known, anchor = "rules/index.md", true, slug(groupTitle(strings.TrimSuffix(group, ".md")))
	}
	if !known {
		info, err := os.Stat(filepath.Join(s.root, filepath.FromSlash(name)))
		if err != nil {
			return "", fmt.Errorf("the link %s leads nowhere: %w", address, err)
		}
		kind := "blob"
		if info.IsDir() {
			kind = "tree"
		}
		return s.source(kind, name), nil
	}
	relative, err := filepath.Rel(path.Dir(target), to)
	if err != nil {
		return "", err
	}
	if anchor != "" {
		anchor = "#" + anchor
	}
	return filepath.ToSlash(relative) + anchor, nil
}

// source is the address of a file in the repository, as it is in this version.
func (s *site) source(kind, name string) string {
	ref := s.version
	if !strings.HasPrefix(ref, "v") {
		ref = "main"
	}
	return fmt.Sprintf("%s/%s/%s/%s", render.Home, kind, ref, name)
}
