package lint

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// torn is what of a file was not understood, so that nobody knows what it means.
type torn struct {
	units   map[*document.Node]tear // those that something of is not known
	misread map[*document.Node]bool // tables that are not what they seem: keys of a profile in [providers]
}

// tear tells what of a unit cannot be judged. A unit is a profile, another section, or, as the root, what selects
// among profiles.
type tear uint8

const (
	inPart tear = iota + 1 // the unit as a whole
	hollow                 // it has no keys of its own at all, so nothing but its unknown keys can
)

// findTorn finds what was not understood.
func findTorn(doc *document.Document, cfg *loong.Config) *torn {
	t := &torn{map[*document.Node]tear{}, map[*document.Node]bool{}}
	t.profiles(cfg)
	for i := range cfg.Problems {
		t.problem(&cfg.Problems[i])
	}
	if len(doc.Problems) > 0 {
		t.tables(doc.Root)
		cfg.Root.Walk(func(v, _ schema.Value) {
			if v.Node.Kind == document.Invalid && v.Path != schema.NoPath && !stands(v) {
				t.tear(v.Node)
			}
		})
	}
	return t
}

func (t *torn) tear(n *document.Node) {
	t.units[unitOf(n)] = max(t.units[unitOf(n)], inPart)
}

// problem adds what a value that does not decode leaves unknown.
func (t *torn) problem(p *schema.Problem) {
	if stands(p.Value) {
		return
	}
	t.tear(p.Node)
	if unitOf(p.Node) == p.Node {
		t.tear(p.Node.Parent) // there may be a profile of this name
	}
	if !p.IsLoose() || t.misread[p.Node] {
		return
	}
	for _, n := range p.Node.Parent.Entries {
		if p.Value.Type().Field(n.Name()) != nil {
			t.misread[n] = true
		}
	}
}

// profiles adds what is not known where profiles are written in a wrong place: [provider.x], [profile.x].
func (t *torn) profiles(cfg *loong.Config) {
	if legacy := cfg.Legacy; legacy.Present() && holdsProfile(legacy.Node, legacy.Type()) {
		t.tear(cfg.Document.Root)
		if !slices.ContainsFunc(legacy.Node.Entries, func(n *document.Node) bool { return legacy.Type().Field(n.Name()) != nil }) {
			t.units[legacy.Node] = hollow
		}
	}
	if len(cfg.Saved) > 0 {
		return
	}
	for _, n := range cfg.Document.Root.Entries {
		if cfg.Root.Type().Field(n.Name()) == nil && holdsProfile(n, nil) {
			t.tear(cfg.Document.Root)
		}
	}
}

// holdsProfile reports whether an entry of n that t does not know is a table with the keys of a profile.
func holdsProfile(n *document.Node, t *schema.Type) bool {
	if !n.Kind.IsTable() {
		return false
	}
	return slices.ContainsFunc(n.Entries, func(e *document.Node) bool {
		return e.Kind.IsTable() && (t == nil || t.Field(e.Name()) == nil) && LooksLikeProfile(e)
	})
}

// LooksLikeProfile reports whether a table holds keys that only provider profiles have.
func LooksLikeProfile(n *document.Node) bool {
	return n.Kind.IsTable() && (n.At("kind") != nil || n.At("base_url") != nil || n.At("api_key") != nil || n.At("api_key_env") != nil)
}

// tables adds the units of tables of which a statement is lost.
func (t *torn) tables(n *document.Node) {
	if n.Torn() {
		t.tear(n)
	}
	for _, e := range n.Entries {
		if e.Kind.IsTable() || e.Kind.IsArray() {
			t.tables(e)
		}
	}
}

// stands reports whether nothing else in a unit depends on a value: a number.
func stands(v schema.Value) bool {
	return v.Shape.Op.IsWhole() || v.Shape.Op == schema.OpF64
}

// unitOf is the unit that a node is in.
func unitOf(n *document.Node) *document.Node {
	var below *document.Node // n's ancestor below the section
	for n != nil && n.Parent != nil && n.Parent.Parent != nil {
		below, n = n, n.Parent
	}
	switch {
	case n == nil || n.Parent == nil:
		return n
	case n.Name() == "providers" && below != nil:
		return below
	case n.Name() == "providers" || !n.Kind.IsTable():
		return n.Parent
	}
	return n
}

// drop leaves out findings about what is not known.
func (t *torn) drop(all []*Finding, doc *document.Document) []*Finding {
	if len(t.units) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(f *Finding) bool {
		switch {
		case f.Diagnostic != nil:
			return false
		case f.oneKey:
			return t.isMisread(f.node)
		}
		unit := doc.Root
		if f.node != nil {
			unit = unitOf(f.node)
		}
		return t.units[unit] == hollow || !f.Rule.Anyway && (t.units[unit] == inPart || t.isMisread(f.node))
	})
}

// isMisread reports whether a node is in a table that is not what it seems.
func (t *torn) isMisread(n *document.Node) bool {
	for ; n != nil && len(t.misread) > 0; n = n.Parent {
		if t.misread[n] {
			return true
		}
	}
	return false
}
