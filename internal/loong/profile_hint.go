package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/schema"
)

// source is an address that a hint may be about, with its name in Hint.Source.
type source struct{ name, address string }

func (p *Profile) sources() [3]source {
	return [3]source{{"request", p.Request.Val}, {"models", p.Models.Val}, {"base", p.Base.Val}}
}

// findHint is the first of H1 to H4 that applies (behaviour.md 5).
func (p *Profile) findHint() *Hint {
	if p.Kind.Routes == nil && (p.Kind.ID == kindOpenCodeZen || p.Kind.ID == kindOpenCodeGo) {
		return p.openCode()
	}
	return p.Route.hint
}

// routeHint is findHint for what follows from the route alone.
func (p *Profile) routeHint() *Hint {
	if p.Kind.Routes != nil {
		if p.Table.Target().HintsByPath() {
			return p.siblingPath()
		}
		if h := p.crossRoute(); h != nil {
			return h
		}
		if h := p.ownPath(); h != nil {
			return h
		}
		return p.siblingPath()
	}
	if p.Kind.RequiresOwnBase && p.hasTenantTemplate() {
		return &Hint{Rule: "tenant_base_url", Source: "base"}
	}
	return nil
}

// crossRoute is H1: an address that belongs to a sibling and not to this kind.
func (p *Profile) crossRoute() *Hint {
	for _, s := range p.sources() {
		if matchLength(p.Kind, s) > 0 {
			continue
		}
		var other *Kind
		longest := 0
		for i := range kinds {
			k := &kinds[i]
			if k.Routes == nil || k == p.Kind {
				continue
			}
			if n := matchLength(k, s); n > longest {
				other, longest = k, n
			}
		}
		if other != nil {
			return &Hint{Rule: "cross_route", Source: s.name, Suggest: other.ID}
		}
	}
	return nil
}

// matchLength is the length of the longest fingerprint of a kind that matches, 0 for none.
func matchLength(k *Kind, s source) int {
	longest := 0
	plain := ascii.Lower(strings.TrimRight(trim(s.address), "/"))
	for _, f := range k.Routes.Fingerprints {
		matches := plain == f.Value || strings.HasPrefix(plain, f.Value) && plain[len(f.Value)] == '/'
		if f.Exact {
			matches = s.name == "base" && SameAddress(s.address, f.Value)
		}
		if matches {
			longest = max(longest, len(f.Value))
		}
	}
	return longest
}

// ownPath is the first half of H2: an address that lacks the fragment of this kind.
func (p *Profile) ownPath() *Hint {
	r := p.Kind.Routes
	for _, s := range p.sources() {
		if len(r.Required) > 0 && !holdsAny(s.address, r.Required) {
			return &Hint{Rule: "route_path", Source: s.name}
		}
	}
	return nil
}

// siblingPath is the second half of H2: an address that holds a sibling's fragment.
func (p *Profile) siblingPath() *Hint {
	r := p.Kind.Routes
	for _, s := range p.sources() {
		if !holdsAny(s.address, r.Exceptions) && holdsAny(s.address, r.Forbidden) {
			return &Hint{Rule: "route_path", Source: s.name}
		}
	}
	return nil
}

func holdsAny(address string, fragments []string) bool {
	address = ascii.Lower(address)
	for _, f := range fragments {
		if strings.Contains(address, f) {
			return true
		}
	}
	return false
}

// openCode is H3: a model or address of the other OpenCode kind.
func (p *Profile) openCode() *Hint {
	_, written := p.text(schema.KeyBaseURL)
	written = ascii.Lower(trim(written))
	base := ascii.Lower(p.Base.Val)
	model := ""
	if !p.Auto {
		model = ascii.Lower(p.Model.Val)
	}
	if p.Kind.ID == kindOpenCodeZen {
		if strings.HasPrefix(model, "opencode-go/") {
			return &Hint{Rule: "opencode", Source: "model", Suggest: kindOpenCodeGo}
		}
		if strings.Contains(written, "/zen/go/") || strings.Contains(base, "/zen/go/") {
			return &Hint{Rule: "opencode", Source: "base", Suggest: kindOpenCodeGo}
		}
		return nil
	}
	if strings.HasPrefix(model, "opencode/") {
		return &Hint{Rule: "opencode", Source: "model", Suggest: kindOpenCodeZen}
	}
	if strings.HasSuffix(written, "/zen/v1") || strings.HasSuffix(base, "/zen/v1") && !strings.Contains(base, "/zen/go/") {
		return &Hint{Rule: "opencode", Source: "base", Suggest: kindOpenCodeZen}
	}
	return nil
}

// hasTenantTemplate is H4.
func (p *Profile) hasTenantTemplate() bool {
	b := p.Base.Val
	return b == p.Kind.BaseURL || strings.Contains(b, "<") && strings.Contains(b, ">")
}
