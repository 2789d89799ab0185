package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var searchWithoutKey = lint.Rule{
	Name:    "search-without-key",
	Group:   lint.GroupCredentials,
	Summary: "web search with a service that has no key, or a key of a service that is not the one in use",
	Doc: `Searches go to tools.web_search.default_provider; without it, to DuckDuckGo, which needs no key. The key of another service is its own
field (brave_api_key and so on), or where that is blank or not written, its own variables. A reference in the field that gives
nothing does not fall back to them.

Whether a variable is set is judged only in a world that knows variables (--env=live, or a declared list). Silent while
web search is off.`,
	Level:   lint.Warning,
	Levels:  "info for a reference that gives nothing to a service that is not the default, and for a key without default_provider",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X64", "X65", "X66", "X67"},
	Bad: `[tools.web_search]
default_provider = "tavily"
`,
	Good: `[tools.web_search]
default_provider = "duckduckgo"
`,
	Env: []string{"HOME=/root"},
	Run: func(p *lint.Pass) {
		search := p.Config.Root.At(schema.KeyTools).At(schema.KeyWebSearch)
		if on, written := search.At(schema.KeyEnabled).Bool(); !search.Present() || written && !on {
			return
		}
		chosen := search.At(schema.KeyDefaultProvider)
		text, _ := chosen.Text()
		inUse := searchServiceOf(text)
		var others []*document.Node // fields with a key
		for i := range searchServices {
			s := &searchServices[i]
			v := search.At(s.field)
			if text, _ := v.Text(); s.field == 0 || strings.TrimSpace(text) == "" {
				continue
			}
			if emptyReference(p, s, v, s == inUse) || s == inUse {
				continue
			}
			others = append(others, v.Node)
		}
		switch {
		case !chosen.Present() && len(others) == 1:
			p.Report(others[0].Place(), "searches go to DuckDuckGo, not to %s: default_provider is not written", serviceOfField(others[0].Name()).id).WithNode(others[0]).WithSeverity(lint.Info).
				WithNote("the key serves only where the model asks for this service").WithHelp("write default_provider = %q", serviceOfField(others[0].Name()).id)
		case inUse != nil && inUse.field != 0:
			noSearchKey(p, inUse, search, chosen.Node, others)
		}
	},
}

// searchServiceOf is the service of a text, the default one of a blank text, or nil.
func searchServiceOf(text string) *searchService {
	text = ascii.Lower(strings.TrimSpace(text))
	if text == "" {
		return &searchServices[0]
	}
	for i := range searchServices {
		if slices.Contains(searchServices[i].accepted, text) {
			return &searchServices[i]
		}
	}
	return nil
}

func serviceOfField(name string) *searchService {
	i := slices.IndexFunc(searchServices[:], func(s searchService) bool { return s.field != 0 && s.field.String() == name })
	return &searchServices[i]
}

// emptyReference reports X65, and whether it did.
func emptyReference(p *lint.Pass, s *searchService, v schema.Value, inUse bool) bool {
	text, _ := v.Text()
	variable, isReference := schema.EnvReference(text, v.Target())
	if !isReference || !isUnset(p.Environment, variable) {
		return false
	}
	f := p.Report(spanOf(v.Node), "%s gives no key: %s is not set", v.Node.Name(), variable).WithNode(v.Node).
		WithNote("a reference that gives nothing does not fall back to %s", joinAnd(s.variables)).WithHelp("set %s, or delete the line", variable)
	if !inUse {
		f.WithSeverity(lint.Info)
	}
	return true
}

// noSearchKey reports X64 and X66.
func noSearchKey(p *lint.Pass, s *searchService, search schema.Value, chosen *document.Node, others []*document.Node) {
	if text, _ := search.At(s.field).Text(); strings.TrimSpace(text) != "" || slices.ContainsFunc(s.variables, func(name string) bool { return !isUnset(p.Environment, name) }) {
		return
	}
	f := p.Report(spanOf(chosen), "web search has no key for %s", s.id).WithNode(chosen).
		WithNote("%s is not written, and no variable gives a key (%s), so every search that names no other service fails", s.field, strings.Join(s.variables, ", ")).
		WithHelp("set %s, or write %s", s.variables[0], s.field)
	for _, n := range others {
		f.WithRelated(n.Place(), "the key of another service")
	}
	if len(others) == 1 {
		f.WithHelp("write default_provider = %q, or the key of %s", serviceOfField(others[0].Name()).id, s.id)
	}
}
