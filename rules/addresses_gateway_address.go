package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var gatewayAddress = lint.Rule{
	Name:    "gateway-address",
	Group:   lint.GroupAddresses,
	Summary: "an address of Cloudflare AI Gateway that the gateway does not answer",
	Doc: `An address of the gateway is https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/ROUTE: the account id (32 hexadecimal
digits), the gateway's name, and compat or a provider. Loong appends its path and sends whatever comes out, so a part that
is missing, swapped or cut shows only as an error of every request. The first fault from the left is reported.

Cloudflare documents /compat for all providers and https://api.cloudflare.com/client/v4/accounts/ACCOUNT/ai/v1 as its REST
API. Loong's own default ends in /openai/compat, which no page of Cloudflare describes; nobody has measured that it fails,
so it is not reported, and loonglint init writes /compat. Another host may be a domain of your own for a gateway, and is not judged.`,
	Level:    lint.Error,
	Levels:   "warning for what Cloudflare does not document, where nobody knows that it fails",
	Since:    "0.1.0",
	Address:  true,
	Silences: []string{"missing-base-path", "address-of-other-kind", "repeated-path-segment"},
	Bad: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod"
model = "openai/gpt-5-mini"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Good: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/compat"
model = "openai/gpt-5-mini"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	After:  []string{"repeated-path-segment"},
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if g := gatewayOf(p, pr); g != nil {
			list, _ := p.State.([]gatewayReport)
			p.State = append(list, gatewayReport{p, pr, g})
		}
	},
	End: func(p *lint.Pass) {
		list, _ := p.State.([]gatewayReport)
		for i := range list {
			list[i].judge()
		}
	},
}

func (r *gatewayReport) judge() {
	switch r.host {
	case gatewayDashboard:
		r.dashboard()
	case gatewayRESTHost:
		r.restAPI()
	default:
		r.gateway()
	}
}

// gatewayReport reports the first fault of one address.
type gatewayReport struct {
	p  *lint.Pass
	pr *loong.Profile
	*gatewayRequest
}

func (r *gatewayReport) fault(format string, args ...any) *lint.Finding {
	return r.p.Report(r.node.Value(), format, args...).WithNode(r.node).WithNote("Loong asks %s", trimmed(r.pr.Request.Val))
}

const (
	gatewayForm    = "https://" + gatewayHost + "/v1/ACCOUNT/GATEWAY/compat"
	accountIDPlace = "an account id has 32 hexadecimal digits; copy it in the dashboard: account menu, Copy account ID"
)

// gateway judges the parts of the path from left to right (gateway.md, "Grammar").
func (r *gatewayReport) gateway() {
	parts := r.parts
	if slices.Contains(parts, "") {
		r.fault("the path of %s has an empty part", r.node.Name()).WithHelp("remove the extra slash")
		return
	}
	if len(parts) == 0 || parts[0] != "v1" {
		r.version()
		return
	}
	if len(parts) > 1 && parts[1] == "v1" {
		r.fault("/v1 appears twice in %s", r.node.Name()).WithHelp("write /v1 once, before the account id")
		return
	}
	if len(parts) == 1 {
		r.fault("%s has no account id, no gateway and no route", r.node.Name()).WithHelp("write %s", gatewayForm)
		return
	}
	if !isAccountID(parts[1]) {
		r.account()
		return
	}
	r.name()
}

// version reports a path that does not begin with /v1.
func (r *gatewayReport) version() {
	switch {
	case len(r.parts) > 0 && r.parts[0] == "V1":
		r.fault("%s has /V1, but Cloudflare documents /v1", r.node.Name()).WithSeverity(lint.Warning).WithHelp("write /v1")
	case slices.Contains(r.parts, "v1") && isAccountID(r.parts[0]) && len(r.parts) > 3:
		r.fault("%s does not begin with /v1", r.node.Name()).WithHelp("write %s", gatewayForm)
	default:
		r.fault("%s has no /v1 before the account id", r.node.Name()).WithHelp("write %s", gatewayForm)
	}
}

// account reports a second part that is not an account id.
func (r *gatewayReport) account() {
	account := r.parts[1]
	switch {
	case len(r.parts) > 2 && isAccountID(r.parts[2]):
		f := r.fault("account id and gateway are swapped in %s", r.node.Name()).
			WithHelp("write /v1/%s/%s", r.parts[2], account)
		swapped := strings.Replace(r.written, "/"+account+"/"+r.parts[2], "/"+r.parts[2]+"/"+account, 1)
		if swapped != r.written {
			f.WithFix(lint.Unsafe, "swap them", replaceText(r.p.Document, r.node, swapped))
		}
	case isHex(account) && len(account) >= 8:
		r.fault("the account id in %s has %d of 32 digits", r.node.Name(), len(account)).WithHelp(accountIDPlace)
	default:
		r.fault("%q in %s is not an account id", trimmed(account), r.node.Name()).WithHelp(accountIDPlace)
	}
}

// name judges the gateway's name, then the route.
func (r *gatewayReport) name() {
	parts := r.parts
	switch {
	case len(parts) == 2:
		r.fault("%s has no gateway and no route", r.node.Name()).WithHelp("write /v1/%s/default/compat, or your gateway's name", parts[1])
	case isGatewayRoute(parts[2]) && (len(parts) == 3 || !isGatewayRoute(parts[3])):
		r.fault("%s has no gateway: %q is a route", r.node.Name(), parts[2]).
			WithHelp("write /v1/%s/default/%s, or your gateway's name instead of default", parts[1], strings.Join(parts[2:], "/"))
	case len(parts[2]) > 64:
		r.fault("the gateway's name in %s has %d characters, but Cloudflare allows 64", r.node.Name(), len(parts[2])).
			WithSeverity(lint.Warning).WithHelp("write the name that the dashboard shows")
	case len(parts) == 3:
		r.fault("%s has no route after the gateway", r.node.Name()).
			WithNote("this is the universal endpoint, which takes no chat request: Loong asks %s", trimmed(r.pr.Request.Val)).WithHelp("add %s", r.instead("compat"))
	default:
		r.routeFault()
	}
}

// routeFault judges route and protocol.
func (r *gatewayReport) routeFault() {
	route, rest := r.route()
	switch {
	case route == nil:
		r.unknownRoute()
	case r.operation == "" || r.p.Told(r.node, aRoute):
		return // an operation of its own, or the address is a whole route
	case slices.Contains(route.bases, rest) || route.anyBase:
		if route.protocol == speaksMessages && r.operation != "messages" {
			r.otherProtocol(route)
		}
	case route.protocol == speaksMessages:
		r.otherProtocol(route)
	case route.protocol == speaksNative && r.operation == "messages":
		return // some of these routes have one for Messages
	case route.protocol == speaksNative:
		f := r.fault("the route %s of the gateway does not take chat requests", route.name).WithSeverity(lint.Warning)
		if route.prefix != "" {
			f.WithHelp("write %s, and a model that begins with %s/", r.instead("compat"), route.prefix)
		} else {
			f.WithHelp("choose another provider: /compat does not list it")
		}
	case route.protocol == speaksNoChat:
		r.fault("the route %s of the gateway takes no chat requests in any format", route.name).WithSeverity(lint.Warning).
			WithHelp("write %s, or the route of a provider with chat models", r.instead("compat"))
	default:
		r.otherBase(route, rest)
	}
}

func (r *gatewayReport) unknownRoute() {
	name := r.parts[3]
	if strings.HasPrefix(name, "custom-") {
		return
	}
	f := r.fault("the gateway has no route %q", trimmed(name)).WithSeverity(lint.Warning).
		WithHelp("write %s, or the name that Cloudflare documents for the provider", r.instead("compat"))
	if near := nearestGatewayRoute(name); near != nil {
		f.WithHelp("did you mean %q?", near.name)
	} else if name == "chat" || name == "v1" {
		f.WithHelp("the gateway's name or the route is missing: write %s", gatewayForm)
	}
}

func (r *gatewayReport) otherProtocol(route *gatewayRoute) {
	if r.operation == "messages" {
		return
	}
	base := "keep this base_url"
	if !strings.HasSuffix(strings.TrimRight(r.written, "/"), "/"+route.name) {
		base = "/" + route.name
	}
	r.fault("the route %s of the gateway takes messages, and kind %s sends chat requests", route.name, r.pr.Kind.ID).
		WithHelp("write kind = %q and %s, or write %s, and a model that begins with %s/", "anthropic", base, r.instead("compat"), route.prefix)
}

// otherBase reports a path after a route for chat.
func (r *gatewayReport) otherBase(route *gatewayRoute, rest string) {
	f := r.fault("the route %s of the gateway has no path %q", route.name, rest)
	if rest == "" {
		f.Message = "the route " + route.name + " of the gateway needs /" + strings.TrimPrefix(route.write, route.name+"/")
	}
	f.WithHelp("write %s", r.instead(route.write))
	if !route.broken {
		f.WithSeverity(lint.Warning)
	}
	if !r.kindAdds() {
		return
	}
	f.Message = "kind " + r.pr.Kind.ID + " asks for /" + route.name + "/" + rest + ", which the gateway does not have"
	if _, own, _ := strings.Cut(r.written, "/"+r.parts[2]+"/"+route.name); slices.Contains(route.bases, strings.Trim(own, "/")) {
		f.WithSeverity(lint.Error).WithHelp("write kind = %q and keep this base_url", gatewayKind)
	}
}

// kindAdds reports whether the kind adds more to base_url than the name of the operation.
func (r *gatewayReport) kindAdds() bool {
	return chatUsesBase(r.pr) && !strings.HasSuffix(strings.TrimRight(r.written, "/"), strings.Join(r.parts, "/"))
}

// instead is a route to write in place of what is there, with the kind that asks for just that.
func (r *gatewayReport) instead(route string) string {
	if r.kindAdds() {
		return "kind = " + quoted(gatewayKind) + " and /" + route
	}
	return "/" + route
}

// restAPI judges an address of the REST API (gateway.md, "Hosts").
func (r *gatewayReport) restAPI() {
	parts := r.parts
	form := "https://" + gatewayRESTHost + "/client/v4/accounts/ACCOUNT/ai/v1"
	if len(parts) < 4 || strings.Join(parts[:3], "/") != "client/v4/accounts" {
		r.fault("%s is not an address of a model: the REST API of Cloudflare needs an account", r.node.Name()).WithHelp("write %s", form)
		return
	}
	if !isAccountID(parts[3]) {
		r.fault("%q in %s is not an account id", trimmed(parts[3]), r.node.Name()).WithHelp(accountIDPlace)
		return
	}
	form = strings.Replace(form, "ACCOUNT", parts[3], 1)
	rest := strings.Join(parts[4:], "/")
	switch {
	case rest == "ai/v1", r.p.Told(r.node, aRoute):
	case strings.HasPrefix(rest, "ai-gateway/"):
		r.fault("%s is an address for managing gateways", r.node.Name()).
			WithHelp("write %s, or https://%s/v1/%s/GATEWAY/compat", form, gatewayHost, parts[3])
	default:
		r.fault("%s does not lead to /ai/v1", r.node.Name()).WithHelp("write %s", form)
	}
}

// dashboard reports an address of the dashboard, and takes account and gateway out of it.
func (r *gatewayReport) dashboard() {
	account, gateway := "ACCOUNT", "GATEWAY"
	for i, part := range r.parts {
		if isAccountID(part) {
			account = part
		}
		if part == "gateways" && i+1 < len(r.parts) {
			gateway = r.parts[i+1]
		}
	}
	r.fault("%s is an address of the dashboard, not of the gateway", r.node.Name()).
		WithHelp("write https://%s/v1/%s/%s/compat", gatewayHost, account, gateway)
}
