package loong

import (
	"sort"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
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
	Advice             *Advice   // what to write in place of defaults; nil: the defaults

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
	text string
	kind uint8
}

// Kinds lists the catalog in the program's order. It is shared: do not change it.
func Kinds() []Kind { return kinds[:] }

// KindByName returns the kind with exactly this id or alias, as TOML reads it (1.4), or nil.
func KindByName(name string) *Kind {
	i := sort.Search(len(kindNames), func(i int) bool { return kindNames[i].text >= name })
	if i == len(kindNames) || kindNames[i].text != name {
		return nil
	}
	return &kinds[kindNames[i].kind]
}

// FoldKind returns the kind that a selector or a careless spelling means: trimmed and
// lower-cased (1.4), or nil.
func FoldKind(name string) *Kind { return KindByName(ascii.Lower(strings.TrimSpace(name))) }

// KindNames lists every accepted spelling in byte order.
func KindNames() []string {
	names := make([]string, len(kindNames))
	for i, n := range kindNames {
		names[i] = n.text
	}
	return names
}

func defaultKind() *Kind { return &kinds[defaultKindIndex] }

// Bearer reports whether the kind authenticates with a bearer token.
func (k *Kind) Bearer() bool { return k.AuthScheme == "bearer" }

func trim(s string) string { return strings.TrimSpace(s) }

func blank(s string) bool { return trim(s) == "" }
