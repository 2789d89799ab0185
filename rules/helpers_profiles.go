package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// profileText is a text key of a profile, trimmed, and its value; "" and nil where it is blank
// or not written.
func profileText(pr *loong.Profile, key schema.Key) (string, *document.Node) {
	n := pr.Table.NodeOf(key)
	if n == nil || n.Kind != document.String {
		return "", nil
	}
	s := strings.TrimSpace(n.Text())
	if s == "" {
		return "", nil
	}
	return s, n
}

// kindNode is where a profile's kind is written, else its table; nil for the profile of an
// empty file.
func kindNode(pr *loong.Profile) *document.Node {
	if n := pr.Table.NodeOf(schema.KeyKind); n != nil {
		return n
	}
	return pr.Node
}

// ownBase is base_url where it is written, is not the kind's default and is not ignored.
func ownBase(pr *loong.Profile) (string, *document.Node) {
	if pr.OwnBase == "" {
		return "", nil
	}
	return pr.OwnBase, pr.Base.From.Node
}

// chatUsesBase reports whether chat requests go to the base address.
func chatUsesBase(pr *loong.Profile) bool { return !pr.EndpointOverrides || pr.RoutesByModel() }

// chatAddress is the address that chat goes to, or where the model chooses it, the base address that it is below; Request is then
// only shown.
func chatAddress(pr *loong.Profile) string {
	if pr.RoutesByModel() {
		return pr.Base.Val
	}
	return pr.Request.Val
}

// modelsUseBase reports whether the models route is below the base address.
func modelsUseBase(pr *loong.Profile) bool {
	return !pr.ModelsEndpointOverrides && !pr.Kind.ModelsPathAbsolute
}

// trimmed is an address as messages quote it. What is secret in it is hidden with the rest of the message,
// whole: a part that is hidden before would keep the others from being found.
func trimmed(address string) string { return strings.TrimSpace(address) }

// urlOf reads an address as Loong's HTTP client does; nil where it gives up.
func urlOf(address string) *weburl.URL {
	u, ok := weburl.Parse(address)
	if !ok || !u.HasHost {
		return nil
	}
	return &u
}

// urlAt is urlOf for the address at a key; one that a profile sends to is read once for all rules.
func urlAt(p *lint.Pass, v schema.Value, address string) *weburl.URL {
	pr := p.Config.ProfileOf(v.Node.Parent)
	if pr == nil {
		return urlOf(address)
	}
	if u := pr.ReadURL(address); u != nil && u.HasHost {
		return u
	}
	return nil
}

// routeHost is the host of an address of a profile with a route, "" where it has none. A region to be filled in counts as
// any name.
func routeHost(r *loong.Route, address string) string {
	if u := r.ReadURL(replaceRegion(address)); u != nil && u.HasHost {
		return u.Host
	}
	return ""
}

// replaceRegion puts a name in the place of a region to be filled in.
func replaceRegion(address string) string { return strings.ReplaceAll(address, "<region>", "region") }

// urlHost is the host of an address, "" where it has none. A region to be filled in counts as
// any name.
func urlHost(address string) string {
	if u := urlOf(replaceRegion(address)); u != nil {
		return u.Host
	}
	return ""
}

// addressKeys are the keys of a profile that hold an address.
var addressKeys = [...]schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint}

// segments lists the parts of a path between slashes, empty ones at its ends left out.
func segments(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// hasSegments reports whether a path has any.
func hasSegments(path string) bool { return strings.Trim(path, "/") != "" }

// pathOf is what follows the host in an address as written, whether it is one or not.
func pathOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	for _, end := range [...]byte{'?', '#'} {
		if i := strings.IndexByte(address, end); i >= 0 {
			address = address[:i]
		}
	}
	if i := strings.IndexByte(address, '/'); i >= 0 {
		return address[i:]
	}
	return ""
}

// removeKey attaches a fix that deletes the line of a key, where it stands alone on it.
func removeKey(p *lint.Pass, f *lint.Finding, n *document.Node, safety lint.Safety) {
	safety = comparedSafety(p, safety)
	if edit, ok := removeLine(p.Document, n); ok && n.Parent.Kind == document.Table {
		f.WithFix(safety, "delete "+n.Name(), edit)
	}
}

// comparedSafety is a safety where Loong may compare profiles with [provider] field by field
// (behaviour.md 2.4): a key without effect of its own then decides which one is chosen.
func comparedSafety(p *lint.Pass, safety lint.Safety) lint.Safety {
	if p.Config.Basis == loong.LegacyTable {
		return lint.Unsafe
	}
	return safety
}

// eachProfile calls judge for each profile, for a rule that judges them in End.
func eachProfile(p *lint.Pass, judge func(*lint.Pass, *loong.Profile)) {
	for i := range p.Config.Profiles {
		judge(p, &p.Config.Profiles[i])
	}
}
