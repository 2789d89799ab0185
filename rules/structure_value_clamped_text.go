package rules

import (
	"fmt"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// normalizeText reports a text or word that is trimmed, lower-cased or replaced.
func normalizeText(p *lint.Pass, c *condition, v, parent schema.Value) {
	n := v.Node
	if n.Kind != document.String {
		return
	}
	text := strings.TrimSpace(n.Text())
	if c.lower || c.kind == caseSearchProvider {
		text = ascii.Lower(text)
	}
	switch c.kind {
	case caseText:
		if text == "" {
			if c.instead != "" {
				replaced(p, v, valueText(p.Document, n, v.Path), c.instead).WithHelp("delete the line, or fill it in")
			}
			return
		}
	case caseModel:
		if ascii.Lower(text) == "auto" || text == "" {
			return
		}
	case caseRoute:
		if text == "" {
			return
		}
		if !strings.HasPrefix(text, "/") {
			text = "/" + text
		}
	case caseSearchProvider:
		if on, ok := parent.At(schema.KeyEnabled).Bool(); !ok || on || isSearchProvider(text) {
			break
		}
		replaced(p, v, valueText(p.Document, n, v.Path), "duckduckgo").
			WithNote("Loong replaces a service that it does not know while web search is off, and refuses the file once it is on").
			WithHelp("write %s", suggest.Or(searchProviders[:]))
		return
	case caseWord:
		word, ok := v.Word()
		if !ok || isSpelling(v.Type(), n.Text()) {
			return
		}
		text = word
	case caseShellMode:
		if l := ascii.Lower(n.Text()); l != "allow" && l != "deny" {
			replaced(p, v, valueText(p.Document, n, v.Path), `"deny"`).WithSeverity(lint.Warning).
				WithNote(`every text but "allow" means deny`).WithHelp(`write "allow" or "deny"`)
		}
		return
	}
	if text != n.Text() {
		rewritten(p, n, n.Text(), text)
	}
}

// rewritten reports a text that Loong reads in another spelling, with that spelling as a fix.
func rewritten(p *lint.Pass, n *document.Node, written, used string) {
	name := n.Name()
	if n.InArray() {
		name = n.Parent.Name()
	}
	p.Report(n.Value(), "%q in %s is read as %q", written, name, used).WithNode(n).
		WithHelp("write %q", used).
		WithFix(safeIn(p.Document, n), "write "+fmt.Sprintf("%q", used), replaceText(p.Document, n, used))
}

// normalizeEntries reports the entries of a list that are changed, dropped or repeated.
func normalizeEntries(p *lint.Pass, c *condition, v schema.Value) {
	if v.Node.Kind != document.Array {
		return
	}
	var seen map[string]bool
	if c.repeats && len(v.Node.Entries) > 1 {
		seen = make(map[string]bool, len(v.Node.Entries))
	}
	for _, n := range v.Node.Entries {
		if n.Kind != document.String {
			continue
		}
		text := n.Text()
		if c.trim {
			text = strings.TrimSpace(text)
		}
		if c.lower {
			text = ascii.Lower(text)
		}
		if c.account {
			text = loong.NormalAccountID(text)
		}
		if len(c.words) == 2 && text == c.words[0] {
			text = c.words[1]
		}
		switch {
		case c.blanks && text == "":
			p.Report(n.Value(), "a blank entry of %s is dropped", v.Node.Name()).WithNode(n).WithHelp("delete it")
		case c.repeats && seen[text]:
			p.Report(n.Value(), "%q appears twice in %s", text, v.Node.Name()).WithNode(n).WithHelp("delete one of them")
		case text != n.Text():
			rewritten(p, n, n.Text(), text)
		}
		if seen != nil {
			seen[text] = true
		}
	}
}

func isSpelling(t *schema.Type, text string) bool {
	for word := range enumWords(t.Values) {
		if word == text {
			return true
		}
	}
	return false
}

func isSearchProvider(text string) bool {
	for _, s := range searchProviders {
		if s == text {
			return true
		}
	}
	return false
}

func isASCIIAlnum(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80
}
