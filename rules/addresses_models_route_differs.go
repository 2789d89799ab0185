package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var modelsRouteDiffers = lint.Rule{
	Name:    "models-route-differs",
	Group:   lint.GroupAddresses,
	Summary: "a models route, or a request path, that does not follow what the file sets",
	Doc: `Loong derives the models route from the chat path by its end: /chat/completions, /completions or /responses. With
any other end, including a final slash or a query, the route becomes /v1/models, and with wire_api = "responses" the request
path becomes /v1/responses; what came before is dropped. Kinds with a models route of their own keep it whatever
the chat path is. For cohere and bedrock it is a whole address of the vendor: a proxy in base_url is bypassed, and the
vendor gets the credential. Write models_endpoint.`,
	Level:   lint.Warning,
	Levels:  "error where the vendor gets the credential past a proxy; info where only the chat path was changed",
	Since:   "0.1.0",
	Covers:  []string{"U19", "U20", "U21", "U22"},
	Address: true,
	Bad: `[providers.main]
kind = "openai"
base_url = "https://az.example"
chat_completions_path = "/openai/deployments/d1/chat/completions?api-version=1"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://az.example"
chat_completions_path = "/openai/deployments/d1/chat/completions?api-version=1"
models_endpoint = "https://az.example/openai/models?api-version=1"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyChatCompletionsPath},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		proxyBypassed(p, pr)
		routeNotDerived(p, pr)
	},
}

// proxyBypassed reports U22.
func proxyBypassed(p *lint.Pass, pr *loong.Profile) {
	base, n := ownBase(pr)
	if n == nil || !pr.Kind.ModelsPathAbsolute || pr.ModelsEndpointOverrides {
		return
	}
	host := routeHost(pr.Route, base)
	if host == "" || host == routeHost(pr.Route, pr.Models.Val) || host == urlHost(pr.Kind.BaseURL) || isAmazon(host) && len(pr.Kind.RegionEnvNames) > 0 {
		return
	}
	p.Report(n.Value(), "the list of models of kind %s does not come from base_url", pr.Kind.ID).WithNode(n).WithSeverity(lint.Error).
		WithNote("for the models Loong sends this profile's credential to %s, not to %s", trimmed(pr.Models.Val), host).
		WithHelp("write models_endpoint too")
}

// isAmazon reports whether a host belongs to AWS and is open to all, unlike an endpoint of a VPC.
func isAmazon(host string) bool {
	if strings.Contains(host, ".vpce.") {
		return false
	}
	return strings.HasSuffix(host, ".amazonaws.com") || strings.HasSuffix(host, ".amazonaws.com.cn")
}

// routeNotDerived reports U19, U20 and U21, which are about one key.
func routeNotDerived(p *lint.Pass, pr *loong.Profile) {
	_, n := profileText(pr, schema.KeyChatCompletionsPath)
	if n == nil || pr.Path.From.Node != n || pr.RoutesByModel() {
		return
	}
	odd := !hasKnownEnd(pr.Path.Val)
	request := odd && pr.WireAPI == "responses" && !pr.EndpointOverrides
	models := odd && pr.Kind.ModelsPath == "" && !pr.ModelsEndpointOverrides
	switch {
	case request || models:
		reportDropped(p, pr, n, request, models)
	case pr.Kind.ModelsPath != "" && !pr.ModelsEndpointOverrides && !sameChatPath(pr):
		p.Report(n.Value(), "the models route of kind %s does not follow chat_completions_path", pr.Kind.ID).WithNode(n).WithSeverity(lint.Info).
			WithNote("Loong still asks %s", trimmed(pr.Models.Val)).WithHelp("write models_endpoint if you want another list")
	}
}

func reportDropped(p *lint.Pass, pr *loong.Profile, n *document.Node, request, models bool) {
	f := p.Report(n.Value(), "chat_completions_path ends in none of /chat/completions, /completions and /responses").WithNode(n)
	var asks []string
	if request {
		asks = append(asks, trimmed(pr.Request.Val)+" for chat")
	}
	if models {
		asks = append(asks, trimmed(pr.Models.Val)+" for the models")
	}
	f.WithNote("Loong drops it and asks %s", strings.Join(asks, " and "))
	switch {
	case request && models:
		f.WithHelp("write endpoint and models_endpoint, or a path with such an end")
	case request:
		f.WithHelp("write endpoint, or a path with such an end")
	default:
		f.WithHelp("write models_endpoint too, or a path with such an end")
	}
}

// hasKnownEnd reports whether the other routes can be derived from a chat path (behaviour.md 3.3, 3.4).
func hasKnownEnd(path string) bool {
	return strings.HasSuffix(path, "/completions") || strings.HasSuffix(path, "/responses")
}

// sameChatPath reports whether the chat path is the kind's, after the rule for custom (3.2).
func sameChatPath(pr *loong.Profile) bool {
	return loong.NormalPath(pr.Path.Val) == loong.NormalPath(pr.Kind.ChatPath)
}
