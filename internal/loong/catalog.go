package loong

import (
	"sort"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/schema"
)

// Kind is a provider kind of the catalog. Strings are as in catalog.json; absent ones are empty.
type Kind struct {
	ID             string
	DisplayName    string
	Group          string
	IsDefault      bool     // what a table without kind is
	Aliases        []string // the other spellings that TOML accepts, exact
	ProfileAliases []string // those that selectors accept, trimmed and lower-cased

	BaseURL            string
	ChatPath           string
	ModelsPath         string // may be an absolute address; empty: derived (behaviour.md 3.4)
	ModelsPathAbsolute bool
	Endpoints          Endpoints // of a table with only kind, no region variable set
	ResponsesEndpoints Endpoints // the same with wire_api = "responses"
	Placeholders       []string  // "<region>"
	PathParameters     []string  // "{modelId}": filled for each request
	RequiresOwnBase    bool      // the default address is a template for people to fill
	Advice             *Advice   // what to write instead of defaults; nil: the defaults

	ProtocolFamily string
	FeatureFamily  string
	FeatureGate    string

	AuthScheme        string // "bearer" or "x_api_key"
	AuthHeader        string
	Headers           []Header // sent unless configured
	UserAgent         string
	APIKeyEnv         string
	APIKeyEnvAliases  []string
	OAuthEnv          string
	OAuthEnvAliases   []string
	EnvNames          []string // all of them, in the program's order (4.5)
	apiNames          []string // APIKeyEnv and its aliases
	oauthNames        []string
	RequiresAuth      bool // with nothing configured (4.5)
	AuthOptional      bool // a mark that nothing reads (D5)
	ProbeAuthOptional bool // the same

	Region                     *RegionFamily
	DefaultModel               string // used by setup only (M6)
	OnboardingModel            string // the reviewed model
	ReasoningEfforts           []string
	PrefersMaxCompletionTokens bool
	Routes                     *RouteRules
	ChatWire                   Wire
	ResponsesWire              Wire
	ModelRoutes                []ModelRoute // 3.6; first match wins
	RegionEnvNames             []string
	SigV4                      *SigV4
	TokenExchange              *TokenExchange
	ForbidsKimiCoding          bool // 6, check 1
	RequiresKimiAgent          bool // 6, check 2

	Missing schema.Targets // that do not know the kind

	index uint8 // in kinds
}

// Advice is what the vendor documents where Loong's own defaults differ (gateway.md, "What Loong does").
// BaseURL has the same placeholders as the kind's.
type Advice struct{ BaseURL, BaseNote, Model, ModelNote, OtherNote string }

// OwnBase is the address to write for a kind whose default is a template: the documented one, with placeholders.
func (k *Kind) OwnBase() string {
	if k.Advice != nil {
		return k.Advice.BaseURL
	}
	return k.BaseURL
}

// Endpoints are the two addresses of a profile.
type Endpoints struct{ Request, Models string }

// Header is a request header.
type Header struct{ Name, Value string }

// RegionFamily lists the regional addresses of a kind.
type RegionFamily struct {
	Label, SetupLabel string
	Variants          []RegionVariant
}

// RegionVariant is one regional address.
type RegionVariant struct {
	Label, BaseURL string
	Default        bool
}

// RouteRules tell a kind's addresses from those of its siblings (behaviour.md 5, H1 and H2).
type RouteRules struct {
	Fingerprints []Fingerprint // the first is the kind's default base
	Required     []string
	Forbidden    []string
	Exceptions   []string
}

// Fingerprint is an address that belongs to a kind: itself or, unless Exact, anything below it.
type Fingerprint struct {
	Value string
	Exact bool // compared with the base address only
}

// Wire is what becomes of a wire_api for a kind.
type Wire struct {
	DoctorLevel    string
	Readiness      string // empty for chat_completions
	Payload        string
	FollowsWireAPI bool // the payload becomes a Responses payload
	ClaimsFallback bool // what reports promise
	Fallback       bool // what happens
}

// ModelRoute is the path and payload of models with a prefix; the last has none.
type ModelRoute struct{ Prefix, Path, Payload, AuthScheme string }

// SigV4 is what signing needs and the two names it signs with.
type SigV4 struct {
	Required, Optional      []string
	ModelsName, RequestName string
}

// TokenExchange is the request that turns an OAuth token into a short-lived one (4.7).
type TokenExchange struct {
	Method, URL, AuthorizationPrefix, Accept     string
	ConnectSeconds, TotalSeconds, RefreshSeconds int
	Fields                                       []string
}

type kindName struct {
	text    string
	kind    uint8
	missing schema.Targets // that do not know the name
}

// Kinds lists the catalog of all versions in the program's order. It is shared: do not change it.
func Kinds() []Kind { return kinds[:] }

// KindsOf lists the kinds that a version knows.
func KindsOf(target schema.Target) []*Kind {
	var list []*Kind
	for i := range kinds {
		if !kinds[i].Missing.Has(target) {
			list = append(list, kinds[i].As(target))
		}
	}
	return list
}

// olderKind is what of a kind was otherwise in some versions.
type olderKind struct {
	kind                       uint8
	in                         schema.Targets
	userAgent, onboardingModel string
	oneRegion                  bool
}

// As is the kind as a version has it.
func (k *Kind) As(target schema.Target) *Kind {
	is := k
	for i := range olderKinds {
		o := &olderKinds[i]
		if o.kind != k.index || !o.in.Has(target) {
			continue
		}
		old := *is
		if o.userAgent != "" {
			old.UserAgent = o.userAgent
		}
		if o.onboardingModel != "" {
			old.OnboardingModel = o.onboardingModel
		}
		if o.oneRegion {
			old.Region = nil
		}
		is = &old
	}
	return is
}

// AliasesIn lists the other spellings of a kind that TOML accepts in a version.
func (k *Kind) AliasesIn(target schema.Target) []string {
	var list []string
	for _, a := range k.ProfileAliases { // the same words, in the order that people are shown
		if !NameLacks(a).Has(target) {
			list = append(list, a)
		}
	}
	return list
}

// NameLacks is the set of the versions that do not know a name of a kind; of all for what is no name.
func NameLacks(name string) schema.Targets {
	if i := findKindName(name); i >= 0 {
		return kindNames[i].missing
	}
	return schema.AllTargets
}

// KindByName returns the kind with exactly this id or alias, as TOML reads it in some version (1.4), or nil.
func KindByName(name string) *Kind {
	if i := findKindName(name); i >= 0 {
		return &kinds[kindNames[i].kind]
	}
	return nil
}

// findKindName is the index of a name in kindNames, or -1.
func findKindName(name string) int {
	i := sort.Search(len(kindNames), func(i int) bool { return kindNames[i].text >= name })
	if i == len(kindNames) || kindNames[i].text != name {
		return -1
	}
	return i
}

// FoldKind returns the kind that a selector or a careless spelling means: trimmed and
// lower-cased (1.4), or nil.
func FoldKind(name string) *Kind { return KindByName(ascii.Lower(strings.TrimSpace(name))) }

// KindNames lists every spelling that a version accepts, in byte order.
func KindNames(target schema.Target) []string {
	names := make([]string, 0, len(kindNames))
	for i := range kindNames {
		if !kindNames[i].missing.Has(target) {
			names = append(names, kindNames[i].text)
		}
	}
	return names
}

func defaultKind() *Kind { return &kinds[defaultKindIndex] }

// Bearer reports whether the kind authenticates with a bearer token.
func (k *Kind) Bearer() bool { return k.AuthScheme == "bearer" }

func trim(s string) string { return strings.TrimSpace(s) }

func blank(s string) bool { return trim(s) == "" }
