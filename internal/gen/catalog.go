package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// catalogFacts is catalog.json as far as the program reads it.
type catalogFacts struct {
	Source struct{ Version, Commit string }
	Marker struct {
		BaseURL string `json:"base_url"`
		Path    string `json:"chat_completions_path"`
	} `json:"openai_marker"`
	Fields []struct {
		Name    string
		Type    string
		Values  []string
		Default any
	} `json:"provider_fields"`
	Kinds []catalogKind
}

type catalogKind struct {
	ID             string
	DisplayName    string `json:"display_name"`
	Group          string
	IsDefault      bool     `json:"is_default_kind"`
	Aliases        []string `json:"toml_aliases"`
	ProfileAliases []string `json:"profile_aliases"`
	BaseURL        string   `json:"base_url"`
	ChatPath       string   `json:"chat_completions_path"`
	ModelsPath     string   `json:"models_path"`
	ModelsAbsolute bool     `json:"models_path_is_absolute"`
	Endpoints      map[string]struct {
		Request string `json:"request_endpoint"`
		Models  string `json:"models_endpoint"`
	} `json:"default_endpoints"`
	Placeholders   []string
	Parameters     []string                       `json:"request_path_parameters"`
	CustomBase     bool                           `json:"requires_custom_base_url"`
	ProtocolFamily string                         `json:"protocol_family"`
	FeatureFamily  string                         `json:"feature_family"`
	FeatureGate    string                         `json:"feature_gate"`
	AuthScheme     string                         `json:"auth_scheme"`
	AuthHeader     string                         `json:"auth_header"`
	DefaultHeaders []struct{ Name, Value string } `json:"default_headers"`
	UserAgent      string                         `json:"default_user_agent"`
	APIKeyEnv      string                         `json:"api_key_env"`
	APIKeyAliases  []string                       `json:"api_key_env_aliases"`
	OAuthEnv       string                         `json:"oauth_env"`
	OAuthAliases   []string                       `json:"oauth_env_aliases"`
	HintNames      []string                       `json:"auth_hint_env_names"`
	RequiresAuth   bool                           `json:"requires_explicit_auth_by_default"`
	AuthOptional   bool                           `json:"auth_optional"`
	ProbeOptional  bool                           `json:"model_probe_auth_optional"`
	Region         *struct {
		Family   string `json:"family_label"`
		Setup    string `json:"setup_family_label"`
		Variants []struct {
			Label   string
			BaseURL string `json:"base_url"`
			Default bool
		}
	}
	DefaultModel    string   `json:"default_model"`
	OnboardingModel string   `json:"recommended_onboarding_model"`
	Efforts         []string `json:"allowed_reasoning_efforts"`
	MaxCompletion   bool     `json:"prefers_max_completion_tokens"`
	Routes          *struct {
		Fingerprints []struct{ Value, Match string } `json:"canonical_fingerprints"`
		Required     []string                        `json:"required_path_fragments"`
		Forbidden    []string                        `json:"forbidden_path_fragments"`
		Exceptions   []string                        `json:"forbidden_path_exceptions"`
	} `json:"route_rules"`
	WireAPI map[string]struct {
		DoctorLevel string `json:"doctor_level"`
		Readiness   string
		Payload     string
		Follows     bool `json:"payload_follows_wire_api"`
		Claims      bool `json:"doctor_claims_chat_fallback"`
		Fallback    bool `json:"automatic_chat_fallback"`
	} `json:"wire_api"`
	ModelRoutes []struct {
		Prefix  string `json:"model_prefix"`
		Path    string
		Payload string
		Auth    string `json:"auth_scheme"`
	} `json:"model_routes"`
	RegionEnv []string `json:"region_env_names"`
	SigV4     *struct {
		Required []string `json:"required_env_names"`
		Optional []string `json:"optional_env_names"`
		Models   string   `json:"signing_name_models_route"`
		Request  string   `json:"signing_name_request_route"`
	} `json:"sigv4"`
	Exchange *struct {
		Method, URL string
		Prefix      string `json:"authorization_prefix"`
		Accept      string
		Connect     int      `json:"connect_timeout_seconds"`
		Total       int      `json:"total_timeout_seconds"`
		Buffer      int      `json:"refresh_buffer_seconds"`
		Fields      []string `json:"response_fields"`
	} `json:"token_exchange"`
	Runtime struct {
		ForbidKimi  bool `json:"forbid_kimi_coding_endpoint"`
		RequireKimi bool `json:"require_kimi_cli_user_agent_prefix"`
	} `json:"runtime_validation"`
}

func readCatalog(f *facts) (*catalogFacts, error) {
	b, err := os.ReadFile(filepath.Join(f.root, "internal", "gen", "facts", "catalog.json"))
	if err != nil {
		return nil, err
	}
	var c catalogFacts
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, fmt.Errorf("catalog.json: %w", err)
	}
	return &c, nil
}

// makeCatalog writes the kinds, the sorted table of their names and the provider keys.
func makeCatalog(f *facts) ([]byte, error) {
	c, err := readCatalog(f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("// Code generated by internal/gen from catalog.json. DO NOT EDIT.\n\npackage loong\n\n")
	fmt.Fprintf(&b, "// The version of Loong that the facts describe.\nconst (\n\tVersion = %q\n\tCommit = %q\n)\n\n", c.Source.Version, c.Source.Commit)
	fmt.Fprintf(&b, "// The address and path that mean \"not set\" for every kind (behaviour.md 0).\nconst (\n\tOpenAIBase = %q\n\tOpenAIPath = %q\n)\n\n", c.Marker.BaseURL, c.Marker.Path)
	writeProviderFields(&b, c)
	if err := writeKindNames(&b, c); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "var kinds = [%d]Kind{\n", len(c.Kinds))
	for i := range c.Kinds {
		writeKind(&b, &c.Kinds[i])
	}
	b.WriteString("}\n")
	return format.Source(b.Bytes())
}

// writeKindNames writes the accepted names in byte order with the kind of each, and the default kind.
func writeKindNames(b *bytes.Buffer, c *catalogFacts) error {
	type name struct {
		text string
		kind int
	}
	var names []name
	def := -1
	for i, k := range c.Kinds {
		if k.IsDefault {
			def = i
		}
		names = append(names, name{k.ID, i})
		for _, a := range k.Aliases {
			names = append(names, name{a, i})
		}
	}
	if def < 0 {
		return fmt.Errorf("no default kind")
	}
	slices.SortFunc(names, func(a, b name) int { return strings.Compare(a.text, b.text) })
	fmt.Fprintf(b, "const defaultKindIndex = %d\n\nvar kindNames = [%d]kindName{\n", def, len(names))
	for i, n := range names {
		if i > 0 && names[i-1].text == n.text {
			return fmt.Errorf("kind name %q is given twice", n.text)
		}
		fmt.Fprintf(b, "{%q, %d},\n", n.text, n.kind)
	}
	b.WriteString("}\n\n")
	return nil
}

func writeProviderFields(b *bytes.Buffer, c *catalogFacts) {
	fmt.Fprintf(b, "var providerFields = [%d]providerField{\n", len(c.Fields))
	for _, f := range c.Fields {
		form := "formText"
		switch {
		case f.Type == "kind name":
			form = "formKind"
		case len(f.Values) > 0:
			form = "formWord"
		case strings.HasPrefix(f.Type, "string or secret"):
			form = "formSecret"
		case f.Type == "array of strings":
			form = "formList"
		case f.Type == "table of strings":
			form = "formTable"
		case f.Type == "float":
			form = "formFloat"
		case strings.Contains(f.Type, "integer"):
			form = "formInteger"
		}
		text, number, has := "", "0", false
		switch d := f.Default.(type) {
		case string:
			text, has = d, true
		case float64:
			number, has = fmt.Sprint(d), true
			if d == float64(int64(d)) {
				number = fmt.Sprint(int64(d))
			}
		}
		fmt.Fprintf(b, "{%q, %s, %t, %q, %s},\n", f.Name, form, has, text, number)
	}
	b.WriteString("}\n\n")
}

// literal collects the fields of a composite literal, leaving out zero values.
type literal struct{ b *bytes.Buffer }

func (l literal) text(name, v string) {
	if v != "" {
		fmt.Fprintf(l.b, "%s: %q,\n", name, v)
	}
}

func (l literal) truth(name string, v bool) {
	if v {
		fmt.Fprintf(l.b, "%s: true,\n", name)
	}
}

func (l literal) list(name string, v []string) {
	if len(v) > 0 {
		fmt.Fprintf(l.b, "%s: %#v,\n", name, v)
	}
}

func writeKind(b *bytes.Buffer, k *catalogKind) {
	l := literal{b}
	b.WriteString("{\n")
	l.text("ID", k.ID)
	l.text("DisplayName", k.DisplayName)
	l.text("Group", k.Group)
	l.truth("IsDefault", k.IsDefault)
	l.list("Aliases", k.Aliases)
	l.list("ProfileAliases", k.ProfileAliases)
	l.text("BaseURL", k.BaseURL)
	l.text("ChatPath", k.ChatPath)
	l.text("ModelsPath", k.ModelsPath)
	l.truth("ModelsPathAbsolute", k.ModelsAbsolute)
	chat, resp := k.Endpoints["chat_completions"], k.Endpoints["responses"]
	fmt.Fprintf(b, "Endpoints: Endpoints{%q, %q},\n", chat.Request, chat.Models)
	fmt.Fprintf(b, "ResponsesEndpoints: Endpoints{%q, %q},\n", resp.Request, resp.Models)
	l.list("Placeholders", k.Placeholders)
	l.list("PathParameters", k.Parameters)
	l.truth("RequiresOwnBase", k.CustomBase)
	l.text("ProtocolFamily", k.ProtocolFamily)
	l.text("FeatureFamily", k.FeatureFamily)
	l.text("FeatureGate", k.FeatureGate)
	l.text("AuthScheme", k.AuthScheme)
	l.text("AuthHeader", k.AuthHeader)
	if len(k.DefaultHeaders) > 0 {
		b.WriteString("Headers: []Header{\n")
		for _, h := range k.DefaultHeaders {
			fmt.Fprintf(b, "{%q, %q},\n", h.Name, h.Value)
		}
		b.WriteString("},\n")
	}
	l.text("UserAgent", k.UserAgent)
	l.text("APIKeyEnv", k.APIKeyEnv)
	l.list("APIKeyEnvAliases", k.APIKeyAliases)
	l.text("OAuthEnv", k.OAuthEnv)
	l.list("OAuthEnvAliases", k.OAuthAliases)
	l.list("EnvNames", k.HintNames)
	l.truth("RequiresAuth", k.RequiresAuth)
	l.truth("AuthOptional", k.AuthOptional)
	l.truth("ProbeAuthOptional", k.ProbeOptional)
	writeKindRegion(b, k)
	l.text("DefaultModel", k.DefaultModel)
	l.text("OnboardingModel", k.OnboardingModel)
	l.list("ReasoningEfforts", k.Efforts)
	l.truth("PrefersMaxCompletionTokens", k.MaxCompletion)
	writeKindRoutes(b, k)
	for _, w := range [][2]string{{"ChatWire", "chat_completions"}, {"ResponsesWire", "responses"}} {
		v := k.WireAPI[w[1]]
		fmt.Fprintf(b, "%s: Wire{DoctorLevel: %q, Readiness: %q, Payload: %q, FollowsWireAPI: %t, ClaimsFallback: %t, Fallback: %t},\n",
			w[0], v.DoctorLevel, v.Readiness, v.Payload, v.Follows, v.Claims, v.Fallback)
	}
	l.list("RegionEnvNames", k.RegionEnv)
	writeKindExtras(b, k)
	l.truth("ForbidsKimiCoding", k.Runtime.ForbidKimi)
	l.truth("RequiresKimiAgent", k.Runtime.RequireKimi)
	b.WriteString("},\n")
}

func writeKindRegion(b *bytes.Buffer, k *catalogKind) {
	if k.Region == nil {
		return
	}
	fmt.Fprintf(b, "Region: &RegionFamily{Label: %q, SetupLabel: %q, Variants: []RegionVariant{\n", k.Region.Family, k.Region.Setup)
	for _, v := range k.Region.Variants {
		fmt.Fprintf(b, "{%q, %q, %t},\n", v.Label, v.BaseURL, v.Default)
	}
	b.WriteString("}},\n")
}

func writeKindRoutes(b *bytes.Buffer, k *catalogKind) {
	l := literal{b}
	if r := k.Routes; r != nil {
		b.WriteString("Routes: &RouteRules{\nFingerprints: []Fingerprint{\n")
		for _, f := range r.Fingerprints {
			fmt.Fprintf(b, "{%q, %t},\n", f.Value, f.Match == "exact_base_url_only")
		}
		b.WriteString("},\n")
		l.list("Required", r.Required)
		l.list("Forbidden", r.Forbidden)
		l.list("Exceptions", r.Exceptions)
		b.WriteString("},\n")
	}
	if len(k.ModelRoutes) > 0 {
		b.WriteString("ModelRoutes: []ModelRoute{\n")
		for _, r := range k.ModelRoutes {
			fmt.Fprintf(b, "{%q, %q, %q, %q},\n", r.Prefix, r.Path, r.Payload, r.Auth)
		}
		b.WriteString("},\n")
	}
}

func writeKindExtras(b *bytes.Buffer, k *catalogKind) {
	if s := k.SigV4; s != nil {
		fmt.Fprintf(b, "SigV4: &SigV4{Required: %#v, Optional: %#v, ModelsName: %q, RequestName: %q},\n",
			s.Required, s.Optional, s.Models, s.Request)
	}
	if x := k.Exchange; x != nil {
		fmt.Fprintf(b, "TokenExchange: &TokenExchange{Method: %q, URL: %q, AuthorizationPrefix: %q, Accept: %q, ConnectSeconds: %d, TotalSeconds: %d, RefreshSeconds: %d, Fields: %#v},\n",
			x.Method, x.URL, x.Prefix, x.Accept, x.Connect, x.Total, x.Buffer, x.Fields)
	}
}
