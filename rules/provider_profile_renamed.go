package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var profileRenamed = lint.Rule{
	Name:    "profile-renamed",
	Group:   lint.GroupProvider,
	Summary: "a profile whose id Loong replaces by the name of its kind",
	Doc: `The id of a profile begins with a letter or digit and holds only letters, digits, - and _ (ASCII). One with a dot,
a blank in it or another letter is renamed to the id of its kind: it may replace a profile of that name or be replaced
by it, and active_provider with the spelling of the file cannot select it.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Covers:   []string{"A9"},
	Silences: []string{"missing-kind"},
	Bad: `active_provider = "groq"

[providers."my.profile"]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `active_provider = "my-profile"

[providers.my-profile]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		lost := map[*document.Node][]*loong.Lost{} // what a table loses, and what is lost by it
		for i := range p.Config.Lost {
			l := &p.Config.Lost[i]
			lost[l.Node], lost[l.By] = append(lost[l.Node], l), append(lost[l.By], l)
		}
		for i := range p.Config.Saved {
			if s := &p.Config.Saved[i]; s.Renamed && s.ID != "" {
				reportRenamed(p, s, lost[s.Table.Node])
			}
		}
	},
}

func reportRenamed(p *lint.Pass, s *loong.Saved, lost []*loong.Lost) {
	n := s.Table.Node
	f := p.Report(n.Place(), "profile id %s is not valid, so Loong calls the profile %q", quoteKey(n), s.ID).WithNode(n).
		WithNote("an id has only letters, digits, - and _; Loong replaces any other by the id of the kind")
	for _, l := range lost {
		switch n {
		case l.Node:
			f.WithIgnored(l.Node).WithRelated(l.By.Place(), "replaces it, so it is lost")
		case l.By:
			f.WithIgnored(l.Node).WithRelated(l.Node.Place(), "this profile is replaced, so it is lost")
		}
	}
	id := plainID(s.Written)
	if id == "" {
		f.WithHelp("choose an id of letters, digits, - and _")
		return
	}
	f.WithHelp("write [providers.%s]", id)
	if p.Document.Root.At("providers", id) == nil && mentionedOnce(n) {
		edits := []document.Edit{renameKey(n, id)}
		if a := p.Document.Root.At("active_provider"); a != nil && a.Kind == document.String {
			if text := loong.NormalID(a.Text()); a.Text() == s.Written || text == s.ID && p.Config.Basis == loong.Explicit && ownerOf(p.Config, s.ID) == n {
				edits = append(edits, replaceText(p.Document, a, id))
			}
		}
		f.WithFix(lint.Unsafe, "write the id "+id, edits...)
	}
}

// ownerOf is the table that an id ends up with.
func ownerOf(c *loong.Config, id string) *document.Node {
	for i := range c.Profiles {
		if c.Profiles[i].ID == id {
			return c.Profiles[i].Node
		}
	}
	return nil
}

// plainID is the nearest id to a text that Loong keeps: other characters become a dash.
func plainID(text string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, strings.TrimSpace(text))
	for strings.Contains(id, "--") {
		id = strings.ReplaceAll(id, "--", "-")
	}
	return loong.NormalID(strings.Trim(id, "-_"))
}

// mentionedOnce reports whether a table's key is written in one place only, so that it can be
// renamed there.
func mentionedOnce(n *document.Node) bool {
	if n.Kind == document.InlineTable {
		return true
	}
	if n.Header().IsZero() {
		return false
	}
	for _, e := range n.Entries {
		if !e.Header().IsZero() || inHeader(e) {
			return false
		}
	}
	return true
}
