package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var addressOfOtherKind = lint.Rule{
	Name:    "address-of-other-kind",
	Group:   lint.GroupAddresses,
	Summary: "an address that belongs to another provider kind than the profile's",
	Doc: `Loong does not compare address and kind. The key of this kind then goes to the other vendor, with the paths and
headers of this kind. Of kinds that share a host, such as volcengine and volcengine_coding, the address decides which
plan pays. Write the kind that the address belongs to, or delete the address.

Nothing is said against a kind of another format whose request the vendor documents, such as anthropic at
https://api.deepseek.com/anthropic. An address is known by the default and regional addresses of the catalog, and by their hosts. The addresses of local
services are compared as a whole, since all share one host. Where kind is missing, missing-kind reports it.`,
	Level:    lint.Error,
	Levels:   "warning where the key is chosen for that vendor too, for kind custom, for local addresses, for openai with its own key where the vendor documents the request and for a path that the kind does not have on a host of your own; info for custom with a key of its own, between local kinds, and where the vendor documents the request and the key is not the kind's own",
	Since:    "0.1.0",
	Covers:   []string{"U4", "U28"},
	Address:  true,
	Silences: []string{"missing-base-path", "default-path-on-own-base"},
	Bad: `[providers.main]
kind = "groq"
base_url = "https://api.deepseek.com"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `[providers.main]
kind = "deepseek"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	After: []string{"endpoint-hosts-differ", "repeated-path-segment"},
	End:   func(p *lint.Pass) { eachProfile(p, runAddressOfOtherKind) },
}

func runAddressOfOtherKind(p *lint.Pass, pr *loong.Profile) {
	base, n := ownBase(pr)
	if n != nil && pr.Table.At(schema.KeyKind).Present() && (pr.Kind.IsDefault || !loong.SameAddress(base, loong.OpenAIBase)) {
		if other := otherKindAt(pr, base); other != nil && (chatUsesBase(pr) || modelsUseBase(pr)) {
			reportOtherKind(p, pr, other, n, base)
			return
		}
	}
	if reportHint(p, pr) {
		return
	}
	if !pr.EndpointOverrides || pr.RoutesByModel() {
		return
	}
	endpoint, n := profileText(pr, schema.KeyEndpoint)
	if p.ToldAt(n) {
		return
	}
	if other := otherKindAt(pr, endpoint); other != nil {
		reportOtherKind(p, pr, other, n, endpoint)
	}
}

// otherKindAt is the kind that an address belongs to, unless the profile's kind has that host.
func otherKindAt(pr *loong.Profile, address string) *loong.Kind {
	if o := originOf(pr.Route, address); !o.isOf(pr.Kind) && o.host != gatewayHost { // that host is for many kinds: gateway-address
		return o.kind()
	}
	return nil
}

// kindAt is the kind whose default or regional address, or host, an address has.
func kindAt(pr *loong.Profile, address string) *loong.Kind { return originOf(pr.Route, address).kind() }

// origin is an address with what tells its kind, read once for all kinds.
type origin struct {
	address string // without blanks around it and slashes at its end
	host    string // empty on this machine: all local kinds share it, so there the whole address counts
}

func originOf(r *loong.Route, address string) origin {
	o := origin{address: strings.TrimRight(strings.TrimSpace(address), "/")}
	if u := r.ReadURL(replaceRegion(address)); u != nil && u.HasHost && !u.Loopback() {
		o.host = u.Host
	}
	return o
}

// kind is the first kind with exactly this address, else the first whose own host it has, else the first that has
// the host in another region.
func (o origin) kind() *loong.Kind {
	all := loong.Kinds()
	for i := range all {
		if o.is(all[i].BaseURL) {
			return &all[i]
		}
	}
	for i := range all {
		if o.equals(all[i].BaseURL) {
			return &all[i]
		}
	}
	for i := range all {
		if o.isOf(&all[i]) {
			return &all[i]
		}
	}
	return nil
}

// isOf reports whether the address is one of a kind's own, or on the host of one.
func (o origin) isOf(k *loong.Kind) bool {
	if o.equals(k.BaseURL) || len(k.RegionEnvNames) > 0 && loong.AddressRegion(o.address) != "" {
		return true
	}
	return k.Region != nil && slices.ContainsFunc(k.Region.Variants, func(v loong.RegionVariant) bool { return o.equals(v.BaseURL) })
}

// is reports whether the address is one of the catalog.
func (o origin) is(own string) bool {
	return strings.HasPrefix(own, o.address) && loong.SameAddress(own, o.address)
}

// equals reports whether the address, or its host, is one of the catalog.
func (o origin) equals(own string) bool {
	return o.is(own) || o.host != "" && strings.Contains(own, o.host) && o.host == catalogHost(own)
}

// catalogHost is the host of an address of the catalog, which is always plain.
func catalogHost(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func reportOtherKind(p *lint.Pass, pr *loong.Profile, other *loong.Kind, n *document.Node, address string) {
	own := keyOfKind(pr, other)
	if isDocumented(pr) && !samePayload(pr.Kind, other) || own && p.ToldAt(n) {
		return // what the vendor documents, or the path alone is wrong
	}
	f := p.Report(n.Value(), "%s is an address of kind %s, but the profile is of kind %s", trimmed(address), other.ID, pr.Kind.ID).WithNode(n).
		WithNote("Loong sends its requests there with the key of this profile, and with the paths of kind %s", pr.Kind.ID)
	if pr.Credential.Resolved == loong.No && !pr.Kind.RequiresAuth {
		f.WithNote("Loong sends its requests there, with the paths of kind %s", pr.Kind.ID)
	}
	if refusedAtRunTime(pr, other) {
		f.WithNote("Loong refuses every request of kind %s to this address", pr.Kind.ID)
	}
	local := false
	if u := pr.ReadURL(address); u != nil && u.HasHost {
		local = u.Loopback()
	}
	switch {
	case refusedAtRunTime(pr, other):
	case pr.Kind.ID == "custom" && pr.Credential.APIKey.Kind != loong.Absent, local && !pr.Kind.RequiresAuth, isDocumented(pr) && foreignKey(pr, own):
		f.WithSeverity(lint.Info)
		if isDocumented(pr) {
			f.WithNote("the vendor documents this request, and kind %s knows its variables and models", other.ID)
		}
	case pr.Kind.ID == "custom", local, own && !(chatUsesBase(pr) && answersNothing(pr)), pr.Kind.IsDefault && isDocumented(pr):
		f.WithSeverity(lint.Warning)
	}
	f.WithHelp("write kind = %q and %s, or write the address of %s", other.ID, addressFor(pr, other, n.Name(), address), pr.Kind.ID)
	if fit := productAt(pr, address); fit != nil && n.Name() == "base_url" && (fit.kind == other.ID || !strings.HasPrefix(other.ChatPath, pathOf(address))) {
		f.WithHelp("write kind = %q and keep %s (%s)", fit.kind, n.Name(), fit.product)
	}
	if k := kindNode(pr); k != nil && k != pr.Node {
		f.WithRelated(spanOf(k), "of another kind")
	}
}

// foreignKey reports whether a profile names a key that is not of its own kind: own tells that it is the other kind's.
func foreignKey(pr *loong.Profile, own bool) bool {
	if own || pr.Credential.APIKey.Kind == loong.Literal {
		return own || vendorOf(strings.TrimSpace(pr.Credential.APIKey.Text)) != pr.Kind
	}
	return (pr.Credential.APIKey.Kind != loong.Absent || pr.Table.At(schema.KeyAPIKeyEnv).Present()) && !keyOfKind(pr, pr.Kind)
}

// samePayload reports whether two kinds send the same kind of request, so that one can stand for the other.
func samePayload(a, b *loong.Kind) bool { return a.ProtocolFamily == b.ProtocolFamily }

// answersNothing reports whether the host is one whose requests are known, and the profile's is none of them.
func answersNothing(pr *loong.Profile) bool {
	return !isDocumented(pr) && isVendorHost(routeHost(pr.Route, pr.Request.Val), "")
}

// addressFor says what becomes of an address beside another kind: deleted where that kind's own has the same host, else
// that host stays.
func addressFor(pr *loong.Profile, other *loong.Kind, key, address string) string {
	u := pr.ReadURL(address)
	if u == nil || !u.HasHost || originOf(pr.Route, address).equals(other.BaseURL) || u.Loopback() || len(other.RegionEnvNames) > 0 {
		return "delete " + key
	}
	scheme, rest, _ := strings.Cut(strings.TrimSpace(address), "://")
	host, _, _ := strings.Cut(rest, "/")
	base := "base_url = " + quoted(trimmed(scheme+"://"+host+strings.TrimRight(pathOf(other.BaseURL), "/")))
	if key != "base_url" {
		base += " instead of " + key
	}
	return base
}

// refusedAtRunTime is the first check of behaviour.md 6: a route that one kind may not use.
func refusedAtRunTime(pr *loong.Profile, other *loong.Kind) bool {
	if !pr.Kind.ForbidsKimiCoding || !other.RequiresKimiAgent {
		return false
	}
	_, host, _ := strings.Cut(other.BaseURL, ":")
	route := ":" + host + "/" + segments(other.ChatPath)[0] + "/"
	return strings.Contains(ascii.Lower(pr.Request.Val), route)
}

// keyOfKind reports whether a profile's key comes from a variable of another kind.
func keyOfKind(pr *loong.Profile, other *loong.Kind) bool {
	name, _ := profileText(pr, schema.KeyAPIKeyEnv)
	if pr.Credential.APIKey.Kind == loong.EnvReference {
		name = pr.Credential.APIKey.Text
	}
	return slices.Contains(other.EnvNames, name)
}

// reportHint reports what Loong's own hints say of kinds that share a host (behaviour.md 5, H1 to H3).
func reportHint(p *lint.Pass, pr *loong.Profile) bool {
	h := pr.Hint
	if h != nil && h.Source != "models" && documented(pr.Request.Val, pr.Kind.ID) {
		return false
	}
	base, baseNode := ownBase(pr)
	if h == nil || h.Rule == "tenant_base_url" || h.Source == "model" || h.Rule == "opencode" && !isZen(pr.Kind) {
		return false
	}
	n := baseNode
	for _, c := range [...]struct {
		source    string
		key       schema.Key
		overrides bool
	}{{"request", schema.KeyEndpoint, pr.EndpointOverrides}, {"models", schema.KeyModelsEndpoint, pr.ModelsEndpointOverrides}} {
		if h.Source == c.source && c.overrides {
			_, n = profileText(pr, c.key)
		}
	}
	if n == nil {
		if _, n = profileText(pr, schema.KeyChatCompletionsPath); n == nil {
			return false
		}
	}
	if h.Rule == "route_path" && n == baseNode && !hasSegments(pathOf(base)) {
		return false // it has no path that could be another plan's
	}
	f := p.Report(n.Value(), "%s = %s does not belong to kind %s", n.Name(), quoted(trimmed(n.Text())), pr.Kind.ID).WithNode(n).
		WithNote("Loong uses it as written: either the quota and price of the other plan apply, or requests fail")
	if h.Suggest != "" {
		f.Message = n.Name() + " = " + quoted(trimmed(n.Text())) + " belongs to kind " + h.Suggest + ", but the profile is of kind " + pr.Kind.ID
		f.WithHelp("write kind = %q, or delete %s", h.Suggest, n.Name())
	} else {
		f.WithHelp("delete %s, so that %s is used", n.Name(), pr.Kind.BaseURL)
		if kindAt(pr, n.Text()) == nil {
			f.WithSeverity(lint.Warning)
		}
	}
	return true
}

// isZen reports whether a kind is the one of the two OpenCode kinds whose default base is not
// below the other's.
func isZen(k *loong.Kind) bool { return k.ID == "opencode_zen" }
