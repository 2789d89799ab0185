package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var repeatedPathSegment = lint.Rule{
	Name:    "repeated-path-segment",
	Group:   lint.GroupAddresses,
	Summary: "a base_url that ends with what the path begins with, so that both are sent",
	Doc: `Loong puts base_url and path together as text. Where the base already ends in /v1 and the path of the kind begins
with /v1, the request goes to /v1/v1/…, which no service has. Write the base without the part that the path brings:
for openai the host alone, for volcengine https://ark.cn-beijing.volces.com. Only kind custom takes one /v1 away.

A whole route pasted as base_url, as …/chat/completions, is reported too.`,
	Level:    lint.Error,
	Levels:   "warning where only the models route is wrong",
	Since:    "0.1.0",
	Covers:   []string{"U5"},
	Silences: []string{"models-route-differs"},
	Bad: `[providers.main]
kind = "openai"
base_url = "https://proxy.example/v1"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://proxy.example"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyBaseURL, schema.KeyChatCompletionsPath},
	Profile: runRepeatedPathSegment,
}

func runRepeatedPathSegment(p *lint.Pass, pr *loong.Profile) {
	if strings.IndexByte(pr.Base.Val, '?') >= 0 || strings.IndexByte(pr.Base.Val, '#') >= 0 {
		return // query-in-base-url: nothing is sent twice
	}
	if routeHost(pr.Route, pr.Base.Val) == "" {
		return // invalid-address: nothing is sent at all
	}
	basePath := pathOf(pr.Base.Val)
	path, request := pr.Path.Val, pr.DerivedRequest
	if pr.RoutesByModel() {
		path = pr.Kind.ChatPath
		request = strings.TrimRight(pr.Base.Val, "/") + path
	}
	chat, models := 0, 0
	if chatUsesBase(pr) {
		chat = overlap(basePath, path)
	}
	if modelsUseBase(pr) {
		models = overlap(basePath, orText(pr.Kind.ModelsPath, path))
	}
	text, n := ownBase(pr)
	if chat == 0 && models == 0 {
		if n == nil || !chatUsesBase(pr) {
			return
		}
		if route := pastedRoute(basePath); route != "" {
			p.Report(n.Value(), "base_url ends in a whole route, %s", route).WithNode(n).Claims(n, aRoute).
				WithNote("Loong appends %s, so it asks %s", path, trimmed(request)).
				WithHelp("write the base alone, or write this address as endpoint")
		}
		return
	}
	base := segments(basePath)
	repeated := "/" + strings.Join(base[len(base)-max(chat, models):], "/")
	if n == nil {
		if _, n = profileText(pr, schema.KeyChatCompletionsPath); n == nil {
			return
		}
		p.Report(n.Value(), "%s is sent twice: the address of kind %s already ends with it", repeated, pr.Kind.ID).WithNode(n).
			WithNote("Loong asks %s", trimmed(request)).WithHelp("write the path without %s", repeated)
		return
	}
	f := p.Report(n.Value(), "%s is sent twice: base_url ends with it and the path begins with it", repeated).WithNode(n)
	if pastedRoute(basePath) != "" {
		f.Claims(n, aRoute)
	}
	if chat > 0 {
		f.WithNote("Loong asks %s", trimmed(request))
	} else {
		f.WithSeverity(lint.Warning).WithNote("Loong asks %s for the models", trimmed(pr.Models.Val))
	}
	if short, ok := strings.CutSuffix(strings.TrimRight(text, "/"), repeated); ok {
		offerShortBase(p, pr, f, n, short, repeated)
	}
}

// offerShortBase says to write a base without what is repeated, or the path where the base would then be another one.
func offerShortBase(p *lint.Pass, pr *loong.Profile, f *lint.Finding, n *document.Node, short, repeated string) {
	f.WithHelp("write %q", trimmed(short))
	_, written := profileText(pr, schema.KeyChatCompletionsPath)
	switch {
	case !hasSegments(pathOf(short)) && hasSegments(pathOf(pr.Kind.BaseURL)) && written != nil:
		f.WithHelp("write chat_completions_path without %s", repeated)
	case n.Text() == strings.TrimSpace(n.Text()):
		f.WithFix(lint.Unsafe, "remove "+repeated, replaceText(p.Document, n, short))
	}
}

// overlap is the number of segments in the longest run that one path ends with and another begins with.
func overlap(first, second string) int {
	end := strings.TrimRight(first, "/")
	if end = end[strings.LastIndexByte(end, '/')+1:]; end == "" || !strings.Contains(second, end) {
		return 0 // as for nearly all
	}
	a, b := segments(first), segments(second)
	for n := min(len(a), len(b)); n > 0; n-- {
		if slices.Equal(a[len(a)-n:], b[:n]) {
			return n
		}
	}
	return 0
}

// pastedRoute is the route that a path ends in, "" when it ends in none.
func pastedRoute(path string) string {
	path = strings.Trim(path, "/")
	for _, end := range [...]string{"/chat/completions", "/completions", "/responses", "/messages", "/models"} {
		if strings.HasSuffix(path, end) || path == end[1:] {
			return end
		}
	}
	return ""
}
