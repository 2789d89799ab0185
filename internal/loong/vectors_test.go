package loong

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// vectors is vectors.json: inputs with what the original functions computed.
type vectors struct {
	URL []struct {
		fieldsAndEnv
		Request   string `json:"request_endpoint"`
		Models    string `json:"models_endpoint"`
		Base      string `json:"resolved_base_url"`
		Transport string `json:"transport_level"`
	}
	Credentials []struct {
		fieldsAndEnv
		Secret     *string
		OAuth      *string
		Candidates []string `json:"api_key_candidates"`
		Names      []string `json:"hint_env_names"`
		Required   bool     `json:"requires_explicit_auth"`
	}
	EnvPointer []struct {
		fieldsAndEnv
		Code *string
	} `json:"env_pointer"`
	Hint []struct {
		fieldsAndEnv
		Result *struct {
			Hint   string
			Source string
			Kind   string `json:"belongs_to_kind"`
		}
	} `json:"configuration_hint"`
	Selection []selectionVector
}

type fieldsAndEnv struct {
	Fields map[string]any
	Env    map[string]string
}

type selectionVector struct {
	Input struct {
		Active    *string `json:"active_provider"`
		Last      *string `json:"last_provider"`
		Provider  map[string]any
		Providers map[string]map[string]any
	}
	Active   string  `json:"active_provider"`
	Last     *string `json:"last_provider"`
	Profiles map[string]struct {
		Kind    string
		Model   string
		Default bool `json:"default_for_kind"`
	}
	Basis       string
	Diagnostics []string
	Inserted    bool `json:"legacy_inserted"`
}

func readVectors(t *testing.T) *vectors {
	t.Helper()
	b, err := os.ReadFile("../../facts/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	v := new(vectors)
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
	return v
}

// writeTOML writes keys with their values, in order of the keys.
func writeTOML(fields map[string]any) string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(fields)) {
		b.WriteString(k + " = " + inlineTOML(fields[k]) + "\n")
	}
	return b.String()
}

func inlineTOML(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, strconv.Quote(k)+" = "+inlineTOML(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, inlineTOML(e))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		b, _ := json.Marshal(v)
		return strings.ReplaceAll(string(b), "\x7f", `\u007f`)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	panic("no TOML for this value")
}

func (f *fieldsAndEnv) read(t *testing.T) *Config {
	t.Helper()
	var env []string
	for k, v := range f.Env {
		env = append(env, k+"="+v)
	}
	return read(t, "[provider]\n"+writeTOML(f.Fields), env...)
}

func TestAddressVectors(t *testing.T) {
	for i, v := range readVectors(t).URL {
		p := only(t, v.read(t))
		if p.Request.Val != v.Request || p.Models.Val != v.Models || p.Base.Val != v.Base || string(p.Transport) != v.Transport {
			t.Errorf("%d: %v %v:\nhave %s %s %s %s\nwant %s %s %s %s", i, v.Fields, v.Env,
				p.Base.Val, p.Request.Val, p.Models.Val, p.Transport, v.Base, v.Request, v.Models, v.Transport)
		}
	}
}

func TestCredentialVectors(t *testing.T) {
	for i, v := range readVectors(t).Credentials {
		p := only(t, v.read(t))
		c := &p.Credential
		if c.Resolved == Yes != (v.Secret != nil) || c.Candidates != len(v.Candidates) ||
			!slices.Equal(c.EnvNames(), v.Names) || c.Required != v.Required {
			t.Errorf("%d: %v %v: %+v, want %+v", i, v.Fields, v.Env, c, v)
		}
	}
}

func TestEnvPointerVectors(t *testing.T) {
	for i, v := range readVectors(t).EnvPointer {
		var codes []string
		for _, d := range v.read(t).Diagnostics {
			codes = append(codes, d.Code)
		}
		var want []string
		if v.Code != nil {
			want = []string{*v.Code}
		}
		if !slices.Equal(codes, want) {
			t.Errorf("%d: %v: %v, want %v", i, v.Fields, codes, want)
		}
	}
}

func TestHintVectors(t *testing.T) {
	sources := map[string]string{"endpoint": "request", "models endpoint": "models", "base url": "base"}
	for i, v := range readVectors(t).Hint {
		h := only(t, v.read(t)).Hint
		switch {
		case h == nil || v.Result == nil:
			if (h == nil) != (v.Result == nil) {
				t.Errorf("%d: %v: %+v, want %+v", i, v.Fields, h, v.Result)
			}
		case !strings.HasPrefix(v.Result.Hint, h.Rule):
			t.Errorf("%d: %v: rule %s, want %s", i, v.Fields, h.Rule, v.Result.Hint)
		case h.Rule == "cross_route" && (h.Suggest != v.Result.Kind || h.Source != sources[v.Result.Source]):
			t.Errorf("%d: %v: %+v, want %+v", i, v.Fields, h, v.Result)
		}
	}
}

func TestSelectionVectors(t *testing.T) {
	bases := map[string]Basis{"legacy_only": LegacyOnly, "explicit_active": Explicit, "explicit_legacy": LegacyTable, "first_profile": FirstProfile}
	for i, v := range readVectors(t).Selection {
		c := read(t, v.toml())
		basis, ok := bases[v.Basis]
		if !ok {
			t.Fatalf("%d: basis %q", i, v.Basis)
		}
		if c.ActiveProvider.Val != v.Active || c.LastProvider.Val != deref(v.Last) || c.Basis != basis {
			t.Errorf("%d: %q %q %d, want %+v", i, c.ActiveProvider.Val, c.LastProvider.Val, c.Basis, v)
		}
		if len(c.Profiles) != len(v.Profiles) {
			t.Errorf("%d: %d profiles, want %+v", i, len(c.Profiles), v.Profiles)
		}
		inserted := false
		for _, p := range c.Profiles {
			want, ok := v.Profiles[p.ID]
			if !ok || p.Kind.ID != want.Kind || p.Model.Val != want.Model || p.DefaultForKind != want.Default || p.Active != (p.ID == v.Active) {
				t.Errorf("%d: profile %s is %s %s %t, want %+v", i, p.ID, p.Kind.ID, p.Model.Val, p.DefaultForKind, want)
			}
			inserted = inserted || p.Legacy && c.Basis == LegacyTable
		}
		var codes []string
		for _, d := range c.Diagnostics {
			codes = append(codes, d.Code)
		}
		if inserted != v.Inserted || !slices.Equal(codes, v.Diagnostics) {
			t.Errorf("%d: inserted %t, diagnostics %v, want %+v", i, inserted, codes, v)
		}
	}
}

func (v *selectionVector) toml() string {
	top := map[string]any{}
	if v.Input.Active != nil {
		top["active_provider"] = *v.Input.Active
	}
	if v.Input.Last != nil {
		top["last_provider"] = *v.Input.Last
	}
	if v.Input.Provider != nil {
		top["provider"] = v.Input.Provider
	}
	profiles := map[string]any{}
	for id, p := range v.Input.Providers {
		profiles[id] = p
	}
	top["providers"] = profiles
	return writeTOML(top)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestVectorsAreComplete(t *testing.T) {
	v := readVectors(t)
	got := []int{len(v.URL), len(v.Credentials), len(v.EnvPointer), len(v.Hint), len(v.Selection)}
	if want := []int{284, 49, 70, 34, 19}; !slices.Equal(got, want) {
		t.Errorf("%v vectors, want %v", got, want)
	}
	if !sort.SliceIsSorted(kindNames[:], func(i, j int) bool { return kindNames[i].text < kindNames[j].text }) {
		t.Error("kindNames is not sorted")
	}
}
