package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

var unknownSearchProvider = lint.Rule{
	Name:    "unknown-search-provider",
	Group:   lint.GroupValidation,
	Summary: "tools.web_search.default_provider is not a search service that Loong knows",
	Doc: `While web search is on, as it is by default, Loong's own validation refuses the file for a service that it does
not know. While it is off the value is replaced by duckduckgo without a message; see value-clamped.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[tools.web_search]
default_provider = "google"
`,
	Good: `[tools.web_search]
default_provider = "brave"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.web_search.unknown_provider", reportSearchProvider)
	},
}

func reportSearchProvider(p *lint.Pass, d *loong.Diagnostic) {
	f := reportDiagnostic(p, d, "default_provider is not a search service that Loong knows")
	if d.Node == nil || d.Node.Kind != document.String {
		return
	}
	f.Message = quoted(d.Node.Text()) + " is not a search service that Loong knows"
	suggestWord(p, f, d.Node, d.Node.Text(), slices.Values(searchProviders[:]))
	if f.Help == "" {
		f.WithHelp("write %s", suggest.Or(searchProviders[:]))
	}
}
