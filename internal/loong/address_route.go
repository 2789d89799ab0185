package loong

import (
	"strings"
	"sync/atomic"

	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// reader fills in the profiles of one configuration. What follows from a kind alone is worked out
// once and shared.
type reader struct {
	env      *Environment
	regional [2]*Route // of the last kind that has a region, by wire_api
	region   *Kind
	sources  [len(kinds)][]NameSource
	room     []NameSource
}

// fill computes everything that follows from the tables of the profiles.
func (c *Config) fill() {
	r := reader{env: c.Environment}
	for i := range c.Profiles {
		p := &c.Profiles[i]
		if !p.Legacy {
			p.DefaultForKind, _ = p.Table.At(schema.KeyDefaultForKind).Bool()
		}
		p.headers = p.Table.At(schema.KeyHeaders)
		p.fillModel()
		r.route(p)
		p.Hint = p.findHint()
		r.credential(p)
	}
}

// kindRoutes are the routes of profiles that write nothing about it, by wire_api; of kinds without
// a region, as those are the same for every file.
var kindRoutes [len(kinds)][2]atomic.Pointer[Route]

// route finds or makes the route of a profile.
func (r *reader) route(p *Profile) {
	wire := p.wireAPI()
	if p.writesRoute() || wire != wireChat && wire != wireResponses {
		p.makeRoute(wire, r.env)
		return
	}
	at := 0
	if wire == wireResponses {
		at = 1
	}
	if len(p.Kind.RegionEnvNames) == 0 {
		shared := &kindRoutes[p.Kind.index][at]
		if p.Route = shared.Load(); p.Route == nil {
			p.makeRoute(wire, r.env)
			shared.Store(p.Route)
		}
		return
	}
	if r.region != p.Kind {
		r.region, r.regional = p.Kind, [2]*Route{}
	}
	if p.Route = r.regional[at]; p.Route == nil {
		p.makeRoute(wire, r.env)
		r.regional[at] = p.Route
	}
}

// writesRoute reports whether the profile writes anything but wire_api about its route.
func (p *Profile) writesRoute() bool {
	for _, key := range [...]schema.Key{schema.KeyBaseURL, schema.KeyChatCompletionsPath, schema.KeyEndpoint, schema.KeyModelsEndpoint} {
		if p.Table.Has(key) {
			return true
		}
	}
	return false
}

func (p *Profile) wireAPI() string {
	if w, ok := p.Table.At(schema.KeyWireAPI).Word(); ok {
		return w
	}
	return wireChat
}

// makeRoute works a route out.
func (p *Profile) makeRoute(wire string, env *Environment) {
	p.Route = &Route{WireAPI: wire}
	p.fillRegion(env)
	baseNode, base := p.text(schema.KeyBaseURL)
	pathNode, path := p.text(schema.KeyChatCompletionsPath)
	p.fillBase(baseNode, base, path)
	p.fillPath(pathNode, base, path)
	p.fillRequest()
	p.fillModels()
	p.fillTransport(base, path)
	p.Route.hint = p.routeHint()
}

// parsed is an address that was read at most once; any number of goroutines may ask for it.
type parsed struct{ is atomic.Pointer[weburl.URL] }

// noURL stands for an address that is none.
var noURL weburl.URL

func (c *parsed) of(text string) *weburl.URL {
	u := c.is.Load()
	if u == nil {
		u = &noURL
		if read, ok := weburl.Parse(text); ok {
			u = &read
		}
		c.is.Store(u)
	}
	if u == &noURL {
		return nil
	}
	return u
}

// RequestURL is the request address as Loong's HTTP client reads it, or nil where it gives up. It
// is read once, for all profiles that share the route.
func (r *Route) RequestURL() *weburl.URL { return r.request.of(r.Request.Val) }

// baseURL is RequestURL for the base. Where the request is the base with a path after it, nothing is read twice.
func (r *Route) baseURL() *weburl.URL {
	if path, below := strings.CutPrefix(r.Request.Val, r.Base.Val); below && r.base.is.Load() == nil {
		if u := r.RequestURL(); u != nil {
			r.base.is.Store(u.Above(r.Request.Val, path))
		}
	}
	return r.base.of(r.Base.Val)
}

// ReadURL reads an address as Loong's HTTP client does, nil where it gives up; those of the route, which may be
// nil, once.
func (r *Route) ReadURL(address string) *weburl.URL {
	switch {
	case r == nil:
	case address == r.Request.Val:
		return r.RequestURL()
	case address == r.Models.Val:
		return r.ModelsURL()
	case address == r.Base.Val:
		return r.baseURL()
	}
	if u, ok := weburl.Parse(address); ok {
		return &u
	}
	return nil
}

// ModelsURL is RequestURL for the models address.
func (r *Route) ModelsURL() *weburl.URL { return r.models.of(r.Models.Val) }
