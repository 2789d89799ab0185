package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var missingBasePath = lint.Rule{
	Name:    "missing-base-path",
	Group:   lint.GroupAddresses,
	Summary: "a base_url without the path that this kind keeps in its base",
	Doc: `Some kinds keep the version in the base address, as custom (/v1) and gemini (/v1beta/openai). A base_url
without any path then lacks it on every route: Loong adds nothing. Write the path after the host.

With a chat_completions_path that brings the version the chat address is right, and only the models route lacks it.`,
	Level:   lint.Warning,
	Levels:  "error at the vendor's own host",
	Since:   "0.1.0",
	Covers:  []string{"U6"},
	Address: true,
	Bad: `[providers.main]
kind = "custom"
base_url = "https://llm.example"
api_key = { env = "LLM_API_KEY" }
`,
	Good: `[providers.main]
kind = "custom"
base_url = "https://llm.example/v1"
api_key = { env = "LLM_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyBaseURL},
	Profile: runMissingBasePath,
}

func runMissingBasePath(p *lint.Pass, pr *loong.Profile) {
	base, n := ownBase(pr)
	if n == nil || hasSegments(pathOf(base)) {
		return
	}
	want := pathOf(pr.Kind.BaseURL)
	if !hasSegments(want) || takenForOpenAI(pr) || routeHost(pr.Route, base) == "" {
		return
	}
	_, path := profileText(pr, schema.KeyChatCompletionsPath)
	bringsOwn := path != nil && pr.Path.Val != pr.Kind.ChatPath && !pr.RoutesByModel()
	chat := chatUsesBase(pr) && !bringsOwn
	if !chat && !modelsUseBase(pr) {
		return
	}
	f := p.Report(n.Value(), "base_url has no path, but kind %s needs one, such as %s", pr.Kind.ID, want).WithNode(n).
		WithHelp("write it as https://HOST%s", want)
	if !strings.ContainsAny(want+base, "<?#") {
		f.WithHelp("write %q, or the path that the service has", trimmed(strings.TrimRight(base, "/")+want))
	}
	asked := trimmed(chatAddress(pr))
	if pr.RoutesByModel() {
		asked = "addresses below " + asked
	}
	switch {
	case !chat:
		f.WithNote("Loong asks %s for the models", trimmed(pr.Models.Val))
	case routeHost(pr.Route, base) == urlHost(pr.Kind.BaseURL):
		f.WithSeverity(lint.Error).WithNote("Loong adds nothing: it asks %s", asked).
			WithHelp("delete base_url, so that %s is used", pr.Kind.BaseURL)
		if strings.Contains(want, "<") {
			f.WithHelp("write %s, with your own values", pr.Kind.BaseURL)
		}
	default:
		f.WithNote("Loong adds nothing: it asks %s", asked)
	}
}
