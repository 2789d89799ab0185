package main

import (
	"bytes"
	"fmt"
	"slices"
)

// gatewayFacts is facts/gateway.json.
type gatewayFacts struct {
	Kind   string
	Advice struct {
		BaseURL   string `json:"base_url"`
		BaseNote  string `json:"base_note"`
		Model     string
		ModelNote string `json:"model_note"`
		OtherNote string `json:"other_note"`
	}
	IDHeader string `json:"id_header"`
	Hosts    struct{ Gateway, Rest, Dashboard string }
	Routes   []struct {
		Route, Protocol, Write, Prefix string
		Bases                          []string
		Any, Plain, Broken, Responses  bool
	}
	Meant           []struct{ Written, Route string }
	OtherPrefixes   []string `json:"other_prefixes"`
	ForeignPrefixes []string `json:"foreign_prefixes"`
	NoModelList     struct {
		Routes []string
		Rest   bool
	} `json:"no_model_list"`
}

// makeGateway writes what is known of the addresses of Cloudflare AI Gateway.
func makeGateway(f *facts) ([]byte, error) {
	g, err := load[gatewayFacts](f, "gateway")
	if err != nil {
		return nil, err
	}
	protocols := map[string]string{"chat": "speaksChat", "messages": "speaksMessages", "native": "speaksNative", "none": "speaksNoChat"}
	var b bytes.Buffer
	fmt.Fprintf(&b, "const (\ngatewayKind = %q\ngatewayIDHeader = %q\ngatewayHost = %q\ngatewayRESTHost = %q\ngatewayDashboard = %q\n)\n\n", g.Kind, g.IDHeader, g.Hosts.Gateway, g.Hosts.Rest, g.Hosts.Dashboard)
	b.WriteString("var gatewayRoutes = [...]gatewayRoute{\n")
	for _, r := range g.Routes {
		protocol, ok := protocols[r.Protocol]
		if !ok {
			return nil, fmt.Errorf("facts/gateway.json: route %s has no known protocol", r.Route)
		}
		fmt.Fprintf(&b, "{name: %q, protocol: %s", r.Route, protocol)
		for _, text := range [...]struct{ field, value string }{{"write", r.Write}, {"prefix", r.Prefix}} {
			if text.value != "" {
				fmt.Fprintf(&b, ", %s: %q", text.field, text.value)
			}
		}
		if len(r.Bases) > 0 {
			fmt.Fprintf(&b, ", bases: %#v", r.Bases)
		}
		for _, flag := range [...]struct {
			field string
			set   bool
		}{{"anyBase", r.Any}, {"plainModels", r.Plain}, {"broken", r.Broken}, {"responses", r.Responses}, {"noModelList", slices.Contains(g.NoModelList.Routes, r.Route)}} {
			if flag.set {
				fmt.Fprintf(&b, ", %s: true", flag.field)
			}
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n\n// gatewayMeant are names written for routes, and the routes.\nvar gatewayMeant = [...][2]string{\n")
	for _, m := range g.Meant {
		fmt.Fprintf(&b, "{%q, %q},\n", m.Written, m.Route)
	}
	fmt.Fprintf(&b, "}\n\nvar gatewayOtherPrefixes = %#v\n\nvar gatewayForeignPrefixes = %#v\n", g.OtherPrefixes, g.ForeignPrefixes)
	return goSource("rules", b.Bytes())
}
