package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// versionFacts is facts/versions.json: the versions of Loong that may be asked for, oldest first, and in what they
// behave differently where no table says it.
type versionFacts struct {
	Targets  []struct{ Name, Tag string }
	Default  string
	Behavior []struct {
		Name string
		In   []string
		Text string
	}
}

// history is facts/history.json as far as it says which version has what.
type history struct {
	Versions []struct {
		Tag, Commit string
		Released    bool
	}
	Keys struct {
		Removed []struct {
			Path string
			Last string `json:"last_version"`
		}
		Added []struct {
			Path  string
			First string `json:"first_version"`
		}
		Changed []struct{ Path, Version, Before, After string } `json:"type_changed"`
	}
	Words struct {
		Added []struct {
			Path, Value string
			First       string `json:"first_version"`
		}
		Removed []struct {
			Path, Value string
			Last        string `json:"last_version"`
		}
		Matching []struct{ Path, Version, Before string } `json:"matching_changed"`
	} `json:"enum_values"`
	Kinds struct {
		Added []struct {
			ID      string
			First   string   `json:"first_version"`
			Aliases []string `json:"toml_aliases"`
		}
		Aliases []struct {
			ID, Alias string
			First     string `json:"first_version"`
		} `json:"aliases_added"`
		Removed []struct {
			ID   string
			Last string `json:"last_version"`
		}
		AliasesRemoved []struct {
			ID, Alias string
			Last      string `json:"last_version"`
		} `json:"aliases_removed"`
	}
	Defaults []struct {
		Path, Version, When string
		Before              json.RawMessage
		Effective           bool
		RenamedFrom         string `json:"renamed_from"`
		SameEffect          bool   `json:"same_effect"`
	} `json:"defaults_changed"`
	Codes struct {
		Added []struct {
			Code  string
			First string `json:"first_version"`
		}
	} `json:"diagnostic_codes"`
}

// olderKinds is what history.json says of kinds that were otherwise.
type olderKinds struct {
	Kinds struct {
		Changed []struct {
			ID, Field, Version string
			Before             json.RawMessage
		}
	}
}

// writeOlderKinds writes what of kinds was otherwise in some targets.
func writeOlderKinds(b *bytes.Buffer, f *facts, v *versions, c *catalogFacts) error {
	h, err := load[olderKinds](f, "history")
	if err != nil {
		return err
	}
	b.WriteString("\n// olderKinds says what of kinds was otherwise in some versions.\nvar olderKinds = [...]olderKind{\n")
	for _, k := range h.Kinds.Changed {
		i := slices.IndexFunc(c.Kinds, func(one catalogKind) bool { return one.ID == k.ID })
		if i < 0 {
			return fmt.Errorf("history.json: no kind %q", k.ID)
		}
		if k.Field == "route hint" {
			continue // Target.HintsByPath
		}
		fmt.Fprintf(b, "{kind: %d, in: %#b, ", i, v.before(k.Version))
		switch k.Field {
		case "default_user_agent":
			fmt.Fprintf(b, "userAgent: %s", k.Before)
		case "recommended_onboarding_model":
			fmt.Fprintf(b, "onboardingModel: %s", k.Before)
		case "region_alternative":
			b.WriteString("oneRegion: true")
		default:
			return fmt.Errorf("history.json: unknown change of %s of %s", k.Field, k.ID)
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	return nil
}

// targetSet is a set of versions: bit 0 is the default one, the others follow from bit 1, oldest first.
type targetSet uint8

// versions knows which version has what.
type versions struct {
	*versionFacts
	*history
	tags []string // of all versions, oldest first
	tree *pathTree

	added, last map[string]string // by path
}

func loadVersions(f *facts) (*versions, error) {
	v, err := load[versionFacts](f, "versions")
	if err != nil {
		return nil, err
	}
	h, err := load[history](f, "history")
	if err != nil {
		return nil, err
	}
	tree, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	w := &versions{versionFacts: v, history: h, tree: tree, added: map[string]string{}, last: map[string]string{}}
	for _, one := range h.Versions {
		w.tags = append(w.tags, one.Tag)
	}
	for _, k := range h.Keys.Added {
		w.added[k.Path] = k.First
	}
	for _, k := range h.Keys.Removed {
		if tree.byPath[k.Path] == nil {
			return nil, fmt.Errorf("surface.json lacks the removed key %s", k.Path)
		}
		w.last[k.Path] = k.Last
	}
	return w, nil
}

// number is that of a target as schema.Target has it.
func (v *versions) number(i int) int {
	def := slices.IndexFunc(v.Targets, func(t struct{ Name, Tag string }) bool { return t.Name == v.Default })
	switch {
	case i == def:
		return 0
	case i < def:
		return i + 1
	}
	return i
}

// where is the set of the targets for which is holds of their place among all versions.
func (v *versions) where(is func(at int) bool) (set targetSet) {
	for i, t := range v.Targets {
		if is(slices.Index(v.tags, t.Tag)) {
			set |= 1 << v.number(i)
		}
	}
	return set
}

// before is the set of the targets older than a tag; none for an empty one.
func (v *versions) before(tag string) targetSet {
	first := slices.Index(v.tags, tag)
	return v.where(func(at int) bool { return at < first })
}

// after is the set of the targets newer than a tag; none for an empty one.
func (v *versions) after(tag string) targetSet {
	last := slices.Index(v.tags, tag)
	return v.where(func(at int) bool { return last >= 0 && at > last })
}

// upTo is the set of the targets up to a tag; none for an empty one.
func (v *versions) upTo(tag string) targetSet {
	last := slices.Index(v.tags, tag)
	return v.where(func(at int) bool { return at <= last })
}

// section is the set of the targets that lack a top-level table.
func (v *versions) section(name string) targetSet {
	if p := v.tree.byPath[name]; p != nil {
		return v.missing(p)
	}
	return 0
}

// code is the set of the targets that lack a diagnostic.
func (v *versions) code(code string) targetSet {
	for _, c := range v.Codes.Added {
		if c.Code == code {
			return v.before(c.First)
		}
	}
	return 0
}

// named is the set of the targets of these names.
func (v *versions) named(names []string) (set targetSet, err error) {
	for _, n := range names {
		i := slices.IndexFunc(v.Targets, func(t struct{ Name, Tag string }) bool { return t.Name == n })
		if i < 0 {
			return 0, fmt.Errorf("no target %q", n)
		}
		set |= 1 << v.number(i)
	}
	return set, nil
}

// missing is the set of the targets that lack the key at a path although they have the table around it.
func (v *versions) missing(p *schemaPath) targetSet {
	lack := v.before(v.added[p.path]) | v.after(v.last[p.path])
	for up := p.parent; up != nil; up = up.parent {
		lack &^= v.before(v.added[up.path]) | v.after(v.last[up.path])
	}
	return lack
}

// missingFields is missing for each field of each type. A field lacks the same at all paths where its type stands.
func (v *versions) missingFields() (map[fieldKey]targetSet, error) {
	sets := map[fieldKey]targetSet{}
	for _, p := range v.tree.all {
		if p.decl == nil {
			continue
		}
		key, set := fieldKey{p.owner, p.decl.Name}, v.missing(p)
		if was, seen := sets[key]; seen && was != set {
			return nil, fmt.Errorf("%s: versions that lack it differ from those of %v elsewhere", p.path, key)
		}
		sets[key] = set
	}
	return sets, nil
}

// plainFields are the targets in which a field that is a secret reference was a text.
func (v *versions) plainFields() (map[fieldKey]targetSet, error) {
	sets := map[fieldKey]targetSet{}
	for _, c := range v.Keys.Changed {
		p := v.tree.byPath[c.Path]
		if p == nil || c.Before != "string" || c.After != "secret_ref" {
			return nil, fmt.Errorf("unknown change of type: %v", c)
		}
		sets[fieldKey{p.owner, p.decl.Name}] = v.before(c.Version)
	}
	return sets, nil
}

// missingWords are the targets that lack a spelling of an enum, by type and spelling.
func (v *versions) missingWords() (map[fieldKey]targetSet, error) {
	sets := map[fieldKey]targetSet{}
	for _, w := range v.Words.Added {
		p := v.tree.byPath[w.Path]
		if p == nil {
			return nil, fmt.Errorf("no schema path %q", w.Path)
		}
		sets[fieldKey{p.expr.Ref, w.Value}] = v.before(w.First)
	}
	for _, w := range v.Words.Removed {
		p := v.tree.byPath[w.Path]
		if p == nil {
			return nil, fmt.Errorf("no schema path %q", w.Path)
		}
		sets[fieldKey{p.expr.Ref, w.Value}] |= v.after(w.Last)
	}
	for _, k := range v.Kinds.Added {
		for _, name := range append(k.Aliases, k.ID) {
			sets[fieldKey{kindType, name}] = v.before(k.First)
		}
	}
	for _, a := range v.Kinds.Aliases {
		sets[fieldKey{kindType, a.Alias}] = v.before(a.First)
	}
	for _, k := range v.Kinds.Removed {
		sets[fieldKey{kindType, k.ID}] |= v.after(k.Last)
	}
	for _, a := range v.Kinds.AliasesRemoved {
		sets[fieldKey{kindType, a.Alias}] |= v.after(a.Last)
	}
	return sets, nil
}

// kindType is the enum of provider kinds.
const kindType = "ProviderKind"

// exactWords are the targets that compare the words of an enum exactly, and those that take a table for a word,
// although the newest version does not.
func (v *versions) exactWords() (exact, table map[string]targetSet) {
	exact, table = map[string]targetSet{}, map[string]targetSet{}
	for _, m := range v.Words.Matching {
		name := v.tree.byPath[m.Path].expr.Ref
		if m.Before == "exact" {
			exact[name] = v.before(m.Version)
		} else if strings.Contains(m.Before, "one-key table") {
			table[name] = v.before(m.Version)
		}
	}
	return exact, table
}

// olderDefault is a default that some targets have and the newest does not.
type olderDefault struct {
	path                       *schemaPath
	in                         targetSet
	present, absent, effective json.RawMessage
	same                       bool // nothing that a file could pin differs
}

// olderDefaults lists the defaults that changed, the newest change first.
func (v *versions) olderDefaults() ([]olderDefault, error) {
	var list []olderDefault
	for _, d := range slices.Backward(v.Defaults) {
		if d.RenamedFrom != "" {
			continue // it is the default of another key
		}
		p := v.tree.byPath[d.Path]
		if p == nil || p.decl == nil {
			return nil, fmt.Errorf("no schema path %q", d.Path)
		}
		in := v.before(d.Version)
		for i := range list {
			if list[i].path == p {
				list[i].in &^= in
			}
		}
		old := olderDefault{path: p, in: in, present: p.decl.Default, absent: p.decl.AbsentDefault, effective: p.decl.EffectiveDefault, same: d.SameEffect}
		switch {
		case d.Effective:
			old.effective = d.Before
		case d.When == "section_absent":
			old.absent = d.Before
		default:
			old.present = d.Before
		}
		list = append(list, old)
	}
	return list, nil
}

// targetTables makes schema/targets_gen.go.
func targetTables(f *facts) ([]byte, error) {
	v, err := loadVersions(f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("// The versions of Loong, oldest first; the zero Target is the default.\nconst (\n")
	for i, t := range v.Targets {
		fmt.Fprintf(&b, "%s Target = %d\n", targetName(t.Name), v.number(i))
	}
	fmt.Fprintf(&b, ")\n\n// AllTargets is the set of all targets.\nconst AllTargets Targets = %#b\n\n", targetSet(1)<<len(v.Targets)-1)
	b.WriteString("// targets describes each target, by its number.\nvar targets = [...]targetInfo{\n")
	for i, t := range v.Targets {
		at := slices.Index(v.tags, t.Tag)
		if at < 0 {
			return nil, fmt.Errorf("history.json has no version %q", t.Tag)
		}
		one := &v.Versions[at]
		fmt.Fprintf(&b, "%d: {name: %q, commit: %q, released: %t, order: %d},\n", v.number(i), t.Name, one.Commit, one.Released, i)
	}
	b.WriteString("}\n\n// inOrder lists the targets, oldest first.\nvar inOrder = [...]Target{")
	for i := range v.Targets {
		fmt.Fprintf(&b, "%d, ", v.number(i))
	}
	b.WriteString("}\n")
	for _, p := range v.Behavior {
		set, err := v.named(p.In)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		fmt.Fprintf(&b, "\n// %s reports whether the version %s.\nfunc (t Target) %s() bool { return Targets(%#b).Has(t) }\n", p.Name, p.Text, p.Name, set)
	}
	return goSource("schema", b.Bytes())
}

// targetName is the Go name of a target: V012Alpha2, Dev.
func targetName(name string) string {
	if name[0] < '0' || name[0] > '9' {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	number, pre, _ := strings.Cut(name, "-")
	pre = strings.ReplaceAll(pre, ".", "")
	if pre != "" {
		pre = strings.ToUpper(pre[:1]) + pre[1:]
	}
	return "V" + strings.ReplaceAll(number, ".", "") + pre
}
