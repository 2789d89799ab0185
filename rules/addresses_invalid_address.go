package rules

import (
	"strings"
	"unicode"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

var invalidAddress = lint.Rule{
	Name:    "invalid-address",
	Group:   lint.GroupAddresses,
	Summary: "an address that no request can be sent to",
	Doc: `The file loads with any text as an address, and every request then fails: one without a scheme, as
proxy.example/v1 or localhost:8080, one with another scheme than http and https, a blank or quote in the host, a port
above 65535. A chat_completions_path that is a whole address is put after the base. A blank inside a path is sent as
%20.

Forms that Loong's HTTP library repairs, such as http:/host or backslashes, are not reported.`,
	Level:    lint.Error,
	Levels:   "warning in models_endpoint, where chat does not use the address, and for a blank in the path",
	Since:    "0.1.0",
	Covers:   []string{"U8", "U18"},
	Silences: []string{"models-route-differs", "value-clamped"},
	Bad: `[providers.main]
kind = "openai"
base_url = "proxy.example"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://proxy.example"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint, schema.KeyChatCompletionsPath},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for _, key := range addressKeys {
			checkAddress(p, pr, key)
		}
		checkPath(p, pr)
	},
}

func checkAddress(p *lint.Pass, pr *loong.Profile, key schema.Key) {
	text, n := profileText(pr, key)
	chat := key == schema.KeyEndpoint
	if key == schema.KeyBaseURL {
		if _, own := ownBase(pr); own == nil || !chatUsesBase(pr) && !modelsUseBase(pr) {
			return
		}
		chat = chatUsesBase(pr)
	}
	if n == nil || key == schema.KeyEndpoint && (!pr.EndpointOverrides || pr.RoutesByModel()) || key == schema.KeyModelsEndpoint && !pr.ModelsEndpointOverrides {
		return
	}
	fault := addressFault(pr, text)
	if fault == "" {
		if hasSpace(text) {
			p.Report(n.Value(), "%s contains a blank", key).WithNode(n).WithSeverity(lint.Warning).
				WithNote("it is sent as %%20, or dropped").WithHelp("delete the blank")
		}
		return
	}
	f := p.Report(n.Value(), "%s is not a valid address: %s", key, fault).WithNode(n)
	if !chat {
		f.WithSeverity(lint.Warning).WithNote("the models route fails; chat does not use it")
	} else {
		f.WithNote("Loong loads the file, but every request fails")
	}
	addressHelp(p, f, n, text)
}

// hasSpace reports whether there is white space in a text.
func hasSpace(text string) bool {
	return ascii.Plain(text, ' ', ' ') < len(text) && strings.ContainsFunc(text, unicode.IsSpace)
}

// addressFault says why no request can be sent to an address; "" where one can. The path that Loong puts after a base
// begins with a slash, so that it makes no other host or port.
func addressFault(pr *loong.Profile, address string) string {
	if len(pr.Kind.RegionEnvNames) > 0 {
		address = replaceRegion(address)
	}
	u := pr.ReadURL(address)
	switch {
	case u == nil:
		return weburl.Fault(address)
	case u.Scheme != "http" && u.Scheme != "https" && (u.HasHost || strings.Contains(address, "://")):
		return "its scheme is neither http nor https"
	case u.Scheme != "http" && u.Scheme != "https":
		return "it has no scheme"
	case u.Port == 0:
		return "its port is 0"
	}
	return ""
}

// quoteMarks are what editors and chats make of quotes.
const quoteMarks = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"

func addressHelp(p *lint.Pass, f *lint.Finding, n *document.Node, text string) {
	bare := strings.TrimSpace(strings.Trim(text, quoteMarks))
	switch {
	case bare != text && urlOf(bare) != nil:
		f.WithHelp("delete the quotes inside the value")
		f.WithFix(lint.Unsafe, "delete the quotes inside the value", replaceText(p.Document, n, bare))
	case !strings.Contains(text, "://") && !strings.HasPrefix(text, "/") && plainHost(text):
		scheme := "https://"
		if u := urlOf("http://" + text); u != nil && (u.Loopback() || u.Private()) {
			scheme = "http://"
		}
		f.WithHelp("write the scheme: %q", scheme+trimmed(text))
		if n.Text() == text {
			f.WithFix(lint.Unsafe, "write "+scheme+" in front", replaceText(p.Document, n, scheme+text))
		}
	case strings.HasPrefix(text, "/"):
		f.WithHelp("write the whole address, with https:// and the host")
	default:
		f.WithHelp("write it as https://HOST/PATH")
	}
}

// plainHost reports whether a text would be an address with a scheme in front.
func plainHost(text string) bool {
	u := urlOf("https://" + text)
	return u != nil && !u.HasUser && !strings.Contains(text, "<") && (strings.Contains(u.Host, ".") || u.Port > 0 || u.Loopback())
}

// checkPath reports U18.
func checkPath(p *lint.Pass, pr *loong.Profile) {
	path, n := profileText(pr, schema.KeyChatCompletionsPath)
	if n == nil || pr.Path.From.Node != n {
		return
	}
	if !strings.HasPrefix(path, "http://") && !strings.HasPrefix(path, "https://") {
		return
	}
	f := p.Report(n.Value(), "chat_completions_path is a whole address").WithNode(n).
		WithNote("Loong puts it after the base: %s", trimmed(pr.DerivedRequest)).
		WithHelp("write it as endpoint, or write the path alone")
	if !chatUsesBase(pr) {
		f.WithSeverity(lint.Warning)
	}
}
