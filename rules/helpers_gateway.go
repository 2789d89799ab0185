package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// gatewayProtocol is what a route of Cloudflare AI Gateway speaks (gateway.md, "Routes").
type gatewayProtocol uint8

const (
	speaksChat gatewayProtocol = iota
	speaksMessages
	speaksNative
	speaksNoChat
)

// gatewayRoute is a row of facts/gateway.json.
type gatewayRoute struct {
	name        string
	protocol    gatewayProtocol
	bases       []string // what may follow the route, before /chat/completions or /messages
	anyBase     bool
	write       string // the route and path that Cloudflare documents
	prefix      string // names the provider in a model on compat
	plainModels bool   // its own model names have no such prefix
	broken      bool   // another base than bases is answered by an error
	responses   bool   // wire_api = "responses" is documented, or used
	noModelList bool
}

// gatewayRequest is a profile's chat request to a host of Cloudflare.
type gatewayRequest struct {
	node      *document.Node // the value that gives the address
	written   string         // its text, trimmed
	host      string
	parts     []string // of the path, without operation
	operation string   // "chat/completions", "messages", "responses"; empty: another
}

// gatewayOf is the request of a profile that goes to a host of Cloudflare's gateway; nil where it does
// not, or where something in its address is still to be filled in.
func gatewayOf(p *lint.Pass, pr *loong.Profile) *gatewayRequest {
	key := schema.KeyBaseURL
	if !chatUsesBase(pr) {
		key = schema.KeyEndpoint
	}
	written, n := profileText(pr, key)
	if n == nil || pr.RoutesByModel() || !strings.Contains(written, "cloudflare.com") {
		return nil
	}
	return lint.Once(p, n, func() *gatewayRequest { return readGateway(p, pr, gatewayRequest{node: n, written: written}) })
}

func readGateway(p *lint.Pass, pr *loong.Profile, g gatewayRequest) *gatewayRequest {
	u := pr.ReadURL(pr.Request.Val)
	if u == nil || u.Host != gatewayHost && u.Host != gatewayRESTHost && u.Host != gatewayDashboard {
		return nil
	}
	if _, unfilled := p.Unfilled(g.written); unfilled {
		return nil
	}
	g.host = u.Host
	path := strings.TrimPrefix(u.Path, "/")
	for _, end := range [...]string{"chat/completions", "messages", "responses"} {
		if before, found := strings.CutSuffix(path, end); found && (before == "" || strings.HasSuffix(before, "/")) {
			g.operation, path = end, strings.TrimSuffix(before, "/")
			break
		}
	}
	if path != "" {
		g.parts = strings.Split(path, "/")
	}
	return &g
}

// route is the route of the address and what follows it; nil where the address has none, or no known one.
func (g *gatewayRequest) route() (r *gatewayRoute, rest string) {
	if g.host != gatewayHost || len(g.parts) < 4 {
		return nil, ""
	}
	return gatewayRouteNamed(g.parts[3]), strings.Join(g.parts[4:], "/")
}

func gatewayRouteNamed(name string) *gatewayRoute {
	for i := range gatewayRoutes {
		if gatewayRoutes[i].name == name {
			return &gatewayRoutes[i]
		}
	}
	return nil
}

// isGatewayRoute reports whether a part of a path is a route, known or of the account's own.
func isGatewayRoute(part string) bool {
	return gatewayRouteNamed(part) != nil || strings.HasPrefix(part, "custom-")
}

// nearestGatewayRoute is the route that was probably meant, or nil.
func nearestGatewayRoute(written string) *gatewayRoute {
	for _, m := range gatewayMeant {
		if m[0] == written {
			return gatewayRouteNamed(m[1])
		}
	}
	near := suggest.Nearest(written, func(yield func(string) bool) {
		for i := range gatewayRoutes {
			if !yield(gatewayRoutes[i].name) {
				return
			}
		}
	})
	if len(near) == 0 {
		return nil
	}
	return gatewayRouteNamed(near[0])
}

// isAccountID reports whether a text has the form of an account id of Cloudflare (gateway.md, "Grammar").
func isAccountID(s string) bool { return len(s) == 32 && isHex(s) }

func isHex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
