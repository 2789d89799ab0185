package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var headerReplacesDefault = lint.Rule{
	Name:    "header-replaces-default",
	Group:   lint.GroupHeaders,
	Summary: "a header that takes the place of one that Loong or its HTTP library sets",
	Doc: `Configured headers win over those that Loong sends by itself. bailian_coding, kimi_coding and github-copilot expect a
certain user agent; anthropic-version and the editor headers of github-copilot are set for you. host only chooses the virtual
host, while the connection still goes to the address; proxy-authorization goes to the service itself when there is no
proxy. Delete the header, unless you want exactly that.`,
	Level:  lint.Warning,
	Levels: "error for a user agent with which kimi_coding refuses every request; info for the other default headers of a kind",
	Since:  "0.1.0",
	Covers: []string{"HD6", "HD7", "HD10", "HD11"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { host = "llm.example.com" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { x-title = "our bot" }
`,
	Writes: []schema.Key{schema.KeyHeaders},
	Table: func(p *lint.Pass, table schema.Value, pr *loong.Profile) {
		for _, h := range headersOf(p, table) {
			replacedHeader(p, pr, &h)
		}
	},
}

func replacedHeader(p *lint.Pass, pr *loong.Profile, h *header) {
	report := func(format string, args ...any) *lint.Finding {
		return p.Report(spanOf(h.node), "header "+h.node.Name()+" "+format, args...).WithNode(h.node).WithHelp("delete it, unless you want exactly that")
	}
	switch h.name {
	case "host":
		report("replaces the computed one").WithNote("it only chooses the virtual host: the connection still goes to the address")
	case "proxy-authorization":
		report("goes to the service itself when there is no proxy").WithNote("with a proxy it wins over the user info of the proxy's address")
	}
	if pr == nil {
		return
	}
	switch {
	case h.name != "user-agent":
	case pr.Kind.RequiresKimiAgent:
		if agent, _, _ := strings.Cut(pr.Kind.UserAgent, "/"); !strings.HasPrefix(strings.TrimSpace(h.text), agent+"/") {
			report("does not begin with %s/", agent).WithSeverity(lint.Error).WithNote("kind %s refuses every request then", pr.Kind.ID)
		}
	case pr.Kind.UserAgent != "":
		f := report("replaces the one that %s expects", pr.Kind.ID).WithNote("Loong sends %q by itself", pr.Kind.UserAgent)
		sameAsDefault(f, h, pr.Kind.UserAgent)
	}
	for _, d := range pr.Kind.Headers {
		if ascii.Lower(d.Name) == h.name {
			f := report("replaces the default of kind %s", pr.Kind.ID).WithSeverity(lint.Info).WithNote("Loong sends %q by itself", d.Value)
			sameAsDefault(f, h, d.Value)
		}
	}
}

// sameAsDefault says so of a header that is what Loong sends anyway, until its default moves.
func sameAsDefault(f *lint.Finding, h *header, value string) {
	if h.text == value {
		f.Message = "header " + h.node.Name() + " has the value that Loong sends anyway"
		f.WithSeverity(lint.Info).WithNote("it stays the same when a later Loong sends another value").WithHelp("delete it")
	}
}
