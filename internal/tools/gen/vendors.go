package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// vendorFacts is facts/vendors.json.
type vendorFacts struct {
	Requests []struct {
		Kind, Request, Product, Documented string
		BaseURL                            string `json:"base_url"`
	}
	Paths []struct {
		Kinds, Paths []string
		Hosts, Help  string
		AnyHost      bool `json:"any_host"`
		Silent       bool
	}
	Endings []string
}

// makeVendors writes the addresses that vendors document, and the hosts that are known at all.
func makeVendors(f *facts) ([]byte, error) {
	v, err := load[vendorFacts](f, "vendors")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	sites := vendorSites(v)
	for _, list := range [...]struct {
		name string
		star bool
	}{{"vendorSites", false}, {"vendorStarSites", true}} {
		fmt.Fprintf(&b, "var %s = [...]vendorSite{\n", list.name)
		for _, s := range sites {
			if strings.Contains(s.host, "*") == list.star {
				fmt.Fprintf(&b, "{%q, []vendorRequest{\n%s}},\n", s.host, s.requests)
			}
		}
		b.WriteString("}\n\n")
	}
	b.WriteString("var productPaths = [...]productPath{\n")
	for _, p := range v.Paths {
		for _, kind := range p.Kinds {
			fmt.Fprintf(&b, "{kind: %q, paths: %#v, help: %q", kind, p.Paths, p.Help)
			if p.Hosts != "" {
				fmt.Fprintf(&b, ", hosts: %q", p.Hosts)
			}
			if p.AnyHost {
				b.WriteString(", anyHost: true")
			}
			if p.Silent {
				b.WriteString(", silent: true")
			}
			b.WriteString("},\n")
		}
	}
	b.WriteString("}\n\n")
	hosts, err := vendorHosts(f, v)
	if err != nil {
		return nil, err
	}
	b.WriteString("// vendorHosts are the hosts of the catalog and of vendors, and a kind that has each.\nvar vendorHosts = [...][2]string{\n")
	for _, h := range hosts {
		fmt.Fprintf(&b, "{%q, %q},\n", h[0], h[1])
	}
	b.WriteString("}\n\n")
	writeNames(&b, "hostEndings", "are what hosts end in, sorted.", v.Endings)
	return goSource("rules", b.Bytes())
}

// vendorSite is a host with its requests as rows of Go.
type vendorSite struct {
	host     string
	requests []byte
}

// vendorSites lists the requests of vendors by host, in the order in which the facts first have each.
func vendorSites(v *vendorFacts) []vendorSite {
	var list []vendorSite
	for _, r := range v.Requests {
		host := hostOf(r.Request)
		i := slices.IndexFunc(list, func(s vendorSite) bool { return s.host == host })
		if i < 0 {
			i = len(list)
			list = append(list, vendorSite{host: host})
		}
		rows := &list[i].requests
		*rows = fmt.Appendf(*rows, "{request: %q, kind: %q, base: %q, product: %q},\n", r.Request, r.Kind, r.BaseURL, r.Product)
		if _, path, _ := strings.Cut(r.Request, r.Documented); path != "" && path != "/chat/completions" && strings.HasSuffix(r.Request, "/chat/completions") {
			*rows = fmt.Appendf(*rows, "{request: %q, kind: %q, product: %q},\n", r.Documented+"/chat/completions", r.Kind, r.Product)
		}
	}
	return list
}

// hostOf is the host of an address; empty where it has none.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// vendorHosts lists the hosts that are known, those of the catalog first, each with its kind.
func vendorHosts(f *facts, v *vendorFacts) ([][2]string, error) {
	c, err := load[catalogFacts](f, "catalog")
	if err != nil {
		return nil, err
	}
	g, err := load[gatewayFacts](f, "gateway")
	if err != nil {
		return nil, err
	}
	var list [][2]string
	add := func(address, kind string) {
		host := hostOf(address)
		if strings.ContainsAny(host, "<*:") || !strings.Contains(host, ".") {
			return
		}
		if !slices.ContainsFunc(list, func(h [2]string) bool { return h[0] == host }) {
			list = append(list, [2]string{host, kind})
		}
	}
	for _, k := range c.Kinds {
		add(k.BaseURL, k.ID)
	}
	for _, k := range c.Kinds {
		add(k.ModelsPath, k.ID)
		if k.Region != nil {
			for _, variant := range k.Region.Variants {
				add(variant.BaseURL, k.ID)
			}
		}
	}
	for _, r := range v.Requests {
		add(r.Request, r.Kind)
	}
	for _, host := range [...]string{g.Hosts.Rest, g.Hosts.Dashboard} {
		add("https://"+host, g.Kind)
	}
	return list, nil
}
