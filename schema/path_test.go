package schema_test

import (
	"slices"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

func TestPathsAreFoundByName(t *testing.T) {
	for p := schema.RootPath; int(p) < schema.PathCount; p++ {
		if got := schema.PathOf(p.String()); got != p {
			t.Errorf("PathOf(%q) = %d, want %d", p, got, p)
		}
		if p != schema.RootPath && (p.Parent().Child(p.Name()) != p || !p.Under(p.Parent()) || p.Parent().Under(p)) {
			t.Errorf("%s is not below %s", p, p.Parent())
		}
	}
	for _, path := range []string{"nothing", "provider.nothing", "provider.model.x", "provider..model"} {
		if got := schema.PathOf(path); got != schema.NoPath {
			t.Errorf("PathOf(%q) = %s", path, got)
		}
	}
}

func TestEveryTypeIsReachable(t *testing.T) {
	seen := map[*schema.Type]bool{}
	for p := schema.RootPath; int(p) < schema.PathCount; p++ {
		shape := p.Shape()
		if shape.Op == schema.OpList {
			shape = shape.Item()
		}
		seen[shape.Type()] = true
	}
	fields := 0
	for i := range schema.Types {
		typ := &schema.Types[i]
		if !seen[typ] {
			t.Errorf("%s has no path", typ.Name)
		}
		if typ.Index("no such key") != -1 || typ.Field("") != nil {
			t.Errorf("%s has a key that nothing has", typ.Name)
		}
		for j := range typ.Fields {
			fields++
			if typ.Index(typ.Fields[j].Name) != j || typ.Field(typ.Fields[j].Name) != &typ.Fields[j] {
				t.Errorf("%s.%s is not found by name", typ.Name, typ.Fields[j].Name)
			}
		}
	}
	if len(schema.Types) != 120 || fields != 910 { // 834 of dev, 73 removed ones and the three of a secret table
		t.Errorf("%d types with %d fields", len(schema.Types), fields)
	}
}

func TestPathPredicates(t *testing.T) {
	for _, c := range []struct {
		path string
		want []string
	}{
		{"providers.<id>.api_key", []string{"secret"}},
		{"providers.<id>.api_key.env", []string{"pointer"}},
		{"providers.<id>.api_key_env", []string{"pointer"}},
		{"providers.<id>.headers", []string{"headers"}},
		{"providers.<id>.headers.<id>", []string{"headers"}},
		{"providers.<id>.base_url", []string{"address"}},
		{"providers.<id>.model", nil},
		{"tools.web_search.brave_api_key", []string{"secret"}},
		{"dingtalk.webhook_url", []string{"secret", "address"}},
		{"nostr.relay_urls", []string{"address"}},
		{"mcp.servers", nil},
		{"mcp.servers.<id>.env.<id>", []string{"variables"}},
		{"mcp.servers.<id>.http_headers.<id>", []string{"headers"}},
		{"mcp.servers.<id>.env_http_headers.<id>", []string{"pointer"}},
		{"mcp.servers.<id>.bearer_token_env_var", []string{"pointer"}},
	} {
		p := schema.PathOf(c.path)
		var got []string
		for _, is := range []struct {
			name string
			on   bool
		}{
			{"secret", p.IsSecret()}, {"pointer", p.IsEnvPointer()}, {"headers", p.IsHeaders()},
			{"variables", p.IsVariables()}, {"address", p.IsAddress()},
		} {
			if is.on {
				got = append(got, is.name)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s is %v, want %v", c.path, got, c.want)
		}
	}
}
