package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var gatewayModel = lint.Rule{
	Name:    "gateway-model",
	Group:   lint.GroupModels,
	Summary: "a model that this route of Cloudflare AI Gateway does not take by that name",
	Doc: `The route /compat serves all providers, so a model is named provider/model there, and Workers AI's own models
workers-ai/@cf/author/model. The route of one provider takes the provider's own names, without that prefix. Cloudflare
documents no list of models for /compat, workers-ai and the REST API, so model = "auto" finds nothing there: pin a model.

The list of providers grows; one that is not known is an info, and only where it is close to a known one.`,
	Level:    lint.Warning,
	Levels:   "info for a prefix that is close to a known one, and for a model of Workers AI at the REST API without the header that names the gateway",
	Since:    "0.1.0",
	Silences: []string{"model-chosen-by-service"},
	Bad: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/compat"
model = "gpt-5-mini"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Good: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/compat"
model = "openai/gpt-5-mini"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		g := gatewayOf(p, pr)
		if g == nil || g.operation == "" || g.operation == "messages" {
			return
		}
		m := gatewayModels{p, pr, *g}
		if g.host == gatewayRESTHost {
			m.restAPI()
			return
		}
		if route, rest := g.route(); route != nil && rest != gatewayKindsRest && slices.Contains(route.bases, rest) {
			m.onRoute(route)
		}
	},
}

// gatewayKindsRest follows the route openai in the default address of the kind; what it takes is not known.
const gatewayKindsRest = "compat"

// gatewayModels judges the models of one profile.
type gatewayModels struct {
	p  *lint.Pass
	pr *loong.Profile
	gatewayRequest
}

// each calls judge for every model that the profile names.
func (m *gatewayModels) each(judge func(name string, n *document.Node)) {
	if n := m.pr.Model.From.Node; n != nil && !m.pr.Auto {
		judge(m.pr.Model.Val, n)
	}
	if m.pr.Auto {
		for _, v := range m.pr.Table.At(schema.KeyPreferredModels).Items() {
			if name, ok := v.Text(); ok && strings.TrimSpace(name) != "" {
				judge(strings.TrimSpace(name), v.Node)
			}
		}
	}
}

// unlisted reports that the model is to come from a list that is not documented.
func (m *gatewayModels) unlisted() {
	if !m.pr.Auto || m.pr.Kind.ID != gatewayKind || m.pr.ModelsEndpointOverrides || len(m.pr.PreferredModels) > 0 {
		return
	}
	n := m.pr.Table.At(schema.KeyModel).Node
	at := m.pr.Node.Place()
	if n == nil {
		n = m.pr.Node
	} else {
		at = spanOf(n)
	}
	m.p.Report(at, "%s asks %s for its models, and no model list is documented there", profileLabel(m.pr), trimmed(m.pr.Models.Val)).WithNode(n).
		WithHelp("name a model: model = \"openai/…\"")
}

// onRoute judges the models on a known route.
func (m *gatewayModels) onRoute(route *gatewayRoute) {
	if route.noModelList {
		m.unlisted()
	}
	m.each(func(name string, n *document.Node) {
		prefix, model, slash := strings.Cut(name, "/")
		switch {
		case strings.Contains(name, "<"):
			return
		case route.name != "compat":
			if route.plainModels && slash && prefix == route.prefix {
				m.rename(m.p.Report(n.Value(), "%q has the prefix %s/, and the route %s takes the provider's own names", trimmed(name), prefix, route.name), n, name, model)
			}
		case strings.HasPrefix(name, "@cf/"):
			m.rename(m.p.Report(n.Value(), "%q is a name of Workers AI, and /compat needs the provider before it", trimmed(name)), n, name, "workers-ai/"+name)
		case !slash:
			m.p.Report(n.Value(), "%q does not name a provider, and /compat needs provider/model", trimmed(name)).WithNode(n).
				WithHelp("write the provider before it, such as openai/%s", trimmed(name))
		case slices.Contains(gatewayForeignPrefixes, prefix):
			m.p.Report(n.Value(), "%q begins with %s/, which is not a provider of the gateway", trimmed(name), prefix).WithNode(n).
				WithHelp("write the provider instead of %s, such as openai/ or anthropic/", prefix)
		case !knownGatewayPrefix(prefix):
			m.nearPrefix(n, name, prefix)
		}
	})
}

func (m *gatewayModels) rename(f *lint.Finding, n *document.Node, from, to string) {
	f.WithNode(n).WithHelp("write %q", trimmed(to))
	if n.Text() == from {
		f.WithFix(lint.Unsafe, "write "+trimmed(to), replaceText(m.p.Document, n, to))
	}
}

// nearPrefix reports a prefix that is close to a known one; others may be new.
func (m *gatewayModels) nearPrefix(n *document.Node, name, prefix string) {
	near := suggest.Nearest(prefix, gatewayPrefixes)
	if len(near) > 0 {
		m.p.Report(n.Value(), "%q begins with %q, which is not a known provider of the gateway", trimmed(name), trimmed(prefix)).WithNode(n).
			WithSeverity(lint.Info).WithHelp("%s", suggest.Question(near))
	}
}

func gatewayPrefixes(yield func(string) bool) {
	for i := range gatewayRoutes {
		if p := gatewayRoutes[i].prefix; p != "" && !yield(p) {
			return
		}
	}
	for _, p := range gatewayOtherPrefixes {
		if !yield(p) {
			return
		}
	}
}

func knownGatewayPrefix(prefix string) bool {
	known := strings.HasPrefix(prefix, "custom-")
	gatewayPrefixes(func(p string) bool {
		known = known || p == prefix
		return !known
	})
	return known
}

// restAPI judges the models of the REST API.
func (m *gatewayModels) restAPI() {
	m.unlisted()
	for _, header := range m.pr.Table.At(schema.KeyHeaders).Entries() {
		if strings.EqualFold(header.Name, gatewayIDHeader) {
			return
		}
	}
	m.each(func(name string, n *document.Node) {
		if strings.HasPrefix(name, "@cf/") {
			m.p.Report(n.Value(), "models of Workers AI need the header %s here", gatewayIDHeader).WithNode(n).WithSeverity(lint.Info).
				WithHelp("write headers = { %s = \"GATEWAY\" }", gatewayIDHeader)
		}
	})
}
