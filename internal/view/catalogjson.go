package view

import (
	"encoding/json"
	"io"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/schema"
)

// catalogDocument is loonglint.catalog.v1.
type catalogDocument struct {
	Schema string       `json:"schema"`
	Loong  loongVersion `json:"loong"`
	Kinds  []kindObject `json:"kinds"`
}

type loongVersion struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

type kindObject struct {
	Kind              string         `json:"kind"`
	DisplayName       string         `json:"display_name"`
	Group             *string        `json:"group"`
	Aliases           []string       `json:"aliases"`
	ProtocolFamily    string         `json:"protocol_family"`
	FeatureFamily     string         `json:"feature_family"`
	AuthScheme        string         `json:"auth_scheme"`
	APIKeyEnvs        []string       `json:"api_key_envs"`
	OAuthEnvs         []string       `json:"oauth_envs"`
	AuthOptional      bool           `json:"auth_optional"`
	ProbeAuthOptional bool           `json:"model_probe_auth_optional"`
	BaseURL           string         `json:"base_url"`
	RequestURL        string         `json:"request_url"`
	ModelsURL         string         `json:"models_url"`
	Placeholders      []string       `json:"placeholders"`
	RequiresBaseURL   bool           `json:"requires_base_url"`
	RegionEnvs        []string       `json:"region_envs"`
	Regions           []regionObject `json:"regions"`
	DefaultModel      *string        `json:"default_model"`
	ReviewedModel     *string        `json:"reviewed_model"`
	MinimalConfig     string         `json:"minimal_config"`
	Notes             []string       `json:"notes"`
}

type regionObject struct {
	Label   string `json:"label"`
	BaseURL string `json:"base_url"`
	Default bool   `json:"default"`
}

// CatalogJSON writes kinds as a loonglint.catalog.v1 document.
func CatalogJSON(w io.Writer, kinds []*loong.Kind, target schema.Target) error {
	doc := catalogDocument{
		Schema: "loonglint.catalog.v1",
		Loong:  loongVersion{target.String(), target.Commit()},
		Kinds:  make([]kindObject, 0, len(kinds)),
	}
	for i := range kinds {
		doc.Kinds = append(doc.Kinds, describe(kinds[i], target))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func describe(k *loong.Kind, target schema.Target) kindObject {
	o := kindObject{
		Kind: k.ID, DisplayName: k.DisplayName, Group: orNull(k.Group), Aliases: list(k.AliasesIn(target)),
		ProtocolFamily: k.ProtocolFamily, FeatureFamily: k.FeatureFamily, AuthScheme: k.AuthScheme,
		APIKeyEnvs: list(keyNames(k)), OAuthEnvs: list(oauthNames(k)),
		AuthOptional: k.AuthOptional, ProbeAuthOptional: k.ProbeAuthOptional,
		BaseURL: k.BaseURL, RequestURL: k.Endpoints.Request, ModelsURL: k.Endpoints.Models,
		Placeholders: list(k.Placeholders), RequiresBaseURL: k.RequiresOwnBase, RegionEnvs: list(k.RegionEnvNames),
		Regions: []regionObject{}, DefaultModel: orNull(k.DefaultModel), ReviewedModel: orNull(k.OnboardingModel),
		MinimalConfig: sheet.MinimalConfig(k, target, false), Notes: Notes(k),
	}
	if k.Region != nil {
		for _, v := range k.Region.Variants {
			o.Regions = append(o.Regions, regionObject(v))
		}
	}
	return o
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// list makes an absent list an empty one in JSON.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
