package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var endpointHostsDiffer = lint.Rule{
	Name:    "endpoint-hosts-differ",
	Group:   lint.GroupAddresses,
	Summary: "endpoint or models_endpoint alone, so that chat and model list use different hosts",
	Doc: `endpoint moves chat only, models_endpoint the list of models only. With endpoint alone the probe, and the list
that model = "auto" needs, still go to the base address, the vendor's if base_url is not set, with the credential of
this profile. With models_endpoint alone chat still goes there. Write base_url, or both.

Silent for the two OpenCode kinds, whose chat does not use endpoint, and for bedrock at AWS, whose routes have two hosts.`,
	Level:    lint.Error,
	Levels:   "warning where base_url names the other host, and for models_endpoint alone",
	Since:    "0.1.0",
	Covers:   []string{"U14", "U15"},
	Address:  true,
	Silences: []string{"models-route-differs"},
	Bad: `[providers.main]
kind = "openai"
endpoint = "https://proxy.example/v1/chat/completions"
api_key = { env = "PROXY_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://proxy.example"
api_key = { env = "PROXY_KEY" }
`,
	Writes:  []schema.Key{schema.KeyEndpoint, schema.KeyModelsEndpoint},
	Profile: runEndpointHostsDiffer,
}

func runEndpointHostsDiffer(p *lint.Pass, pr *loong.Profile) {
	request := chatAddress(pr)
	chat, models := routeHost(pr.Route, request), routeHost(pr.Route, pr.Models.Val)
	if chat == models || chat == "" || models == "" || isAWS(request) && isAWS(pr.Models.Val) {
		return
	}
	_, base := ownBase(pr)
	switch {
	case pr.EndpointOverrides && !pr.ModelsEndpointOverrides && !pr.RoutesByModel():
		_, n := profileText(pr, schema.KeyEndpoint)
		f := p.Report(n.Value(), "endpoint moves chat to %s, but the list of models still comes from %s", chat, models).WithNode(n).
			WithNote("the probe and model = \"auto\" send this profile's credential to %s", trimmed(pr.Models.Val)).
			WithHelp("write base_url instead, or models_endpoint too")
		if pr.Credential.Resolved == loong.No && !pr.Credential.Required {
			f.WithSeverity(lint.Warning).WithNote("the probe and model = \"auto\" still ask %s", trimmed(pr.Models.Val))
		}
		if base != nil && !pr.Kind.ModelsPathAbsolute {
			f.WithSeverity(lint.Warning).WithRelated(spanOf(base), "the list comes from here")
		}
	case pr.ModelsEndpointOverrides && !(pr.EndpointOverrides && !pr.RoutesByModel()):
		_, n := profileText(pr, schema.KeyModelsEndpoint)
		f := p.Report(n.Value(), "models_endpoint moves the list of models to %s, but chat still goes to %s", models, chat).WithNode(n).
			WithSeverity(lint.Warning).WithNote("a successful probe proves nothing about chat")
		if pr.RoutesByModel() {
			f.WithHelp("write base_url instead")
		} else {
			f.WithHelp("write base_url instead, or endpoint too")
		}
	}
}

// isAWS reports whether an address is on one of the two hosts that bedrock has in a region.
func isAWS(address string) bool {
	return loong.AddressRegion(replaceRegion(address)) != ""
}
