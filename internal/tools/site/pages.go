package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
	"github.com/loonglint/loonglint/rules"
)

// config is mkdocs.yml without the navigation.
//
//go:embed mkdocs.yml
var config []byte

//go:embed assets/site.css
var styles []byte

//go:embed assets/logo.svg
var logo []byte

// published are links of README.md to the playground of the newest release.
var published = regexp.MustCompile(`\[([^\]]*)\]\(https://loonglint\.github\.io/loonglint/play/\)`)

// pictures are what pages of the repository show.
var pictures = []string{"docs/finding.svg", "docs/vscode.png"}

// section is a part of the navigation: pages of the repository in their order. Of a pattern, those that no section names count.
type section struct {
	title string
	pages []string
}

var sections = []section{
	{"", []string{"README.md"}},
	{"Use", []string{"docs/install.md", "docs/ci.md", "docs/editors.md", "docs/files.md", "docs/settings.md", "docs/formats.md", "docs/audit.md",
		"docs/upgrade.md", "docs/probe.md", "docs/*.md"}},
	{"Rules", []string{"docs/rules.md"}}, // and a page of each rule
	{"Loong", []string{"docs/loong/README.md", "docs/loong/*.md"}},
	{"Project", []string{"CHANGELOG.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md"}},
	{"Decisions", []string{"docs/adr/*.md"}},
}

// site is what the pages of one version of the site are made from.
type site struct {
	root, version string
	playground    string            // from the top of the site, or ""
	target        map[string]string // from a page of the repository to one of the site
	files         []writefiles.File
	nav           bytes.Buffer
}

func writePages(root, version, out, playground string) error {
	s := &site{root: root, version: version, playground: playground, target: map[string]string{}}
	parts, err := s.plan()
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := s.addSection(p); err != nil {
			return err
		}
	}
	for _, name := range pictures {
		picture, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		s.add(path.Base(name), picture)
	}
	s.add("assets/site.css", styles)
	s.add("assets/logo.svg", logo)
	text := append(bytes.ReplaceAll(config, []byte("VERSION"), []byte(version)), "nav:\n"...)
	s.files = append(s.files, writefiles.File{Path: "mkdocs.yml", Content: append(text, s.nav.Bytes()...)})
	if err := os.RemoveAll(filepath.Join(out, "docs")); err != nil {
		return err
	}
	return writefiles.All(out, s.files)
}

// add writes a file of the site.
func (s *site) add(name string, content []byte) {
	s.files = append(s.files, writefiles.File{Path: "docs/" + name, Content: content})
}

// plan replaces patterns by pages, and gives each page its place in the site.
func (s *site) plan() ([]section, error) {
	named := map[string]bool{"docs/rules.md": true}
	for _, part := range sections {
		for _, page := range part.pages {
			named[page] = true
		}
	}
	var parts []section
	for _, part := range sections {
		var pages []string
		for _, page := range part.pages {
			if !strings.Contains(page, "*") {
				pages = append(pages, page)
				continue
			}
			found, err := filepath.Glob(filepath.Join(s.root, filepath.FromSlash(page)))
			if err != nil {
				return nil, err
			}
			for _, name := range found {
				if page := path.Join(path.Dir(page), filepath.Base(name)); !named[page] {
					pages = append(pages, page)
				}
			}
		}
		for _, page := range pages {
			s.target[page] = placeOf(page)
		}
		parts = append(parts, section{part.title, pages})
	}
	return parts, nil
}

// placeOf is where the site has a page of the repository.
func placeOf(page string) string {
	switch page {
	case "README.md":
		return "index.md"
	case "docs/rules.md":
		return "rules/index.md"
	case "docs/loong/README.md":
		return "loong/index.md"
	}
	if dir, name := path.Split(page); dir == "" {
		return "project/" + strings.ToLower(name)
	}
	return strings.TrimPrefix(page, "docs/")
}

func (s *site) addSection(part section) error {
	indent := "  "
	if part.title != "" {
		fmt.Fprintf(&s.nav, "  - %s:\n", part.title)
		indent = "      "
	}
	for _, page := range part.pages {
		text, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(page)))
		if err != nil {
			return err
		}
		head, title := "", ""
		if part.title == "" {
			head, title = "---\nhide: [navigation]\n---\n\n", "Home: "
		}
		if err := s.addPage(page, s.target[page], head+string(text)); err != nil {
			return err
		}
		fmt.Fprintf(&s.nav, "%s- %s%s\n", indent, title, s.target[page])
	}
	if part.title == "Rules" {
		return s.addRules(indent)
	}
	return nil
}

func (s *site) addPage(page, target, text string) error {
	text, err := s.translate(page, target, text)
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	if s.playground != "" && path.Dir(target) == "." {
		// As HTML, since MkDocs does not know the playground.
		text = published.ReplaceAllString(text, `<a href="`+s.playground+`">$1</a>`)
	}
	s.add(target, []byte(text))
	return nil
}

// addRules makes a page of each rule, of what the page of its group says.
func (s *site) addRules(indent string) error {
	for _, group := range lint.Groups() {
		page := "docs/rules/" + string(group) + ".md"
		text, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(page)))
		if err != nil {
			return err
		}
		fmt.Fprintf(&s.nav, "%s- %q:\n", indent, group.Title())
		_, rest, _ := strings.Cut(string(text), "\n## ")
		for part := range strings.SplitSeq(rest, "\n## ") {
			name, body, _ := strings.Cut(part, "\n")
			rule := ruleNamed(name)
			if rule == nil {
				return fmt.Errorf("%s: there is no rule %q", page, name)
			}
			body = strings.ReplaceAll(body, "\n### ", "\n## ")
			if s.playground != "" && rule.Bad != "" {
				body = strings.Replace(body, "\n## Corrected\n", "\n"+s.tryIt(rule)+"\n\n## Corrected\n", 1)
			}
			head := fmt.Sprintf("---\ndescription: %q\n---\n\n", "loonglint reports "+rule.Summary)
			if err := s.addPage(page, "rules/"+name+".md", head+"# "+name+"\n"+body); err != nil {
				return err
			}
			fmt.Fprintf(&s.nav, "%s    - %q: rules/%s.md\n", indent, name, name)
		}
	}
	return nil
}

func ruleNamed(name string) *lint.Rule {
	i := slices.IndexFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return rules.All()[i]
}
