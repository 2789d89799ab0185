package loong

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// NormalID is the form of a profile id that Loong keeps, or "" when it has none (behaviour.md 2.1).
func NormalID(id string) string {
	id = lower(trim(id))
	for i := 0; i < len(id); i++ {
		c := id[i]
		plain := 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !plain && (i == 0 || c != '_' && c != '-') {
			return ""
		}
	}
	return id
}

// kindOf is the kind of a provider table, nil when the word is none. A word that only differs
// by case or blanks does not decode, but tells the rules what is meant.
func kindOf(table schema.Value) *Kind {
	v := table.At(schema.KeyKind)
	if !v.Present() {
		return defaultKind()
	}
	if w, ok := v.Word(); ok {
		return KindByName(w)
	}
	if t, ok := v.WrittenWord(); ok {
		return FoldKind(t)
	}
	return nil
}

// choose fills in profiles and selection (behaviour.md 2.3, 2.4).
func (c *Config) choose() {
	c.Legacy = c.Root.At(schema.KeyProvider)
	active, last := c.Root.At(schema.KeyActiveProvider), c.Root.At(schema.KeyLastProvider)
	c.readSaved()
	if len(c.Saved) == 0 {
		c.legacyOnly(active, last)
		return
	}
	all := c.buildMap()
	chosen := c.chooseFrom(&all, active)
	if last.Present() {
		c.chooseLast(all, last)
	}
	unknown := 0
	for i := range all {
		all[i].Active = all[i].ID == chosen
		if all[i].Kind == nil {
			unknown++
		}
	}
	if unknown > 0 {
		c.KindUnknown = make([]Profile, 0, unknown)
		for i := range all {
			if all[i].Kind == nil {
				c.KindUnknown = append(c.KindUnknown, all[i])
			}
		}
		all = slices.DeleteFunc(all, func(p Profile) bool { return p.Kind == nil })
	}
	c.Profiles = all
}

// readSaved lists the profile tables in byte order of their written ids.
func (c *Config) readSaved() {
	entries := c.Root.At(schema.KeyProviders).Entries()
	c.Saved = make([]Saved, 0, len(entries))
	for _, e := range entries {
		n := e.Value.Node
		if n == nil || !n.Kind.IsTable() && !n.Kind.IsDatetime() {
			continue // does not decode
		}
		s := Saved{Written: e.Name, ID: NormalID(e.Name), Table: e.Value, Kind: kindOf(e.Value)}
		if s.ID == "" {
			s.Renamed = true
			if s.Kind != nil {
				s.ID = s.Kind.ID
			}
		}
		c.Saved = append(c.Saved, s)
	}
	slices.SortStableFunc(c.Saved, func(a, b Saved) int { return strings.Compare(a.Written, b.Written) })
}

// legacyOnly is 2.3: [provider], or the defaults, are the only profile.
func (c *Config) legacyOnly(active, last schema.Value) {
	p := Profile{Table: c.Legacy, Node: c.Legacy.Node, Legacy: true, Active: true, DefaultForKind: true, Kind: kindOf(c.Legacy)}
	if p.Kind != nil {
		p.ID = p.Kind.ID
	}
	c.ActiveProvider = Value[string]{Is: p.ID, From: Origin{Source: FromKind, Note: "the kind of the only profile"}}
	if c.Legacy.Present() {
		c.ActiveProvider.From.Node = c.Legacy.Node
	}
	if text, ok := active.Text(); ok {
		if id := NormalID(text); id != "" {
			p.ID = id
			c.ActiveProvider = Value[string]{Is: id, From: Origin{Source: FromFile, Node: active.Node, Note: "names the only profile, chooses nothing"}}
		} else {
			c.ActiveProvider.From.Ignored = active.Node
			c.ActiveProvider.From.Note = "active_provider is no profile id"
		}
	}
	if text, ok := last.Text(); ok {
		c.LastProvider = Value[string]{Is: NormalID(text), From: Origin{Source: FromFile, Node: last.Node}}
		if c.LastProvider.Is == "" {
			c.LastProvider.From = Origin{Ignored: last.Node, Note: "no profile id"}
		}
	}
	if p.Kind == nil {
		c.KindUnknown = append(c.KindUnknown, p)
		return
	}
	c.Profiles = append(c.Profiles, p)
}

// buildMap is step 1 of 2.4: the profiles by new id; a later table replaces an earlier one.
func (c *Config) buildMap() []Profile {
	all := make([]Profile, 0, len(c.Saved)+1)
	index := make(map[string]int, len(c.Saved))
	for i := range c.Saved {
		s := &c.Saved[i]
		p := Profile{ID: s.ID, Written: s.Written, Node: s.Table.Node, Table: s.Table, Kind: s.Kind}
		p.DefaultForKind, _ = s.Table.At(schema.KeyDefaultForKind).Bool()
		key := s.ID
		if key == "" {
			key = "\x00" + s.Written // no id is known; it replaces nothing
		}
		if at, ok := index[key]; ok {
			c.Lost = append(c.Lost, Lost{Node: all[at].Node, By: p.Node, ID: s.ID})
			all[at] = p
			continue
		}
		index[key] = len(all)
		all = append(all, p)
	}
	if byID := func(i, j int) bool { return all[i].ID < all[j].ID }; !sort.SliceIsSorted(all, byID) {
		sort.Slice(all, byID) // by index, for a profile is large
	}
	return all
}

// ProfileOf returns the profile that a provider table makes, or nil where another replaces it.
func (c *Config) ProfileOf(table *document.Node) *Profile {
	providers := c.Root.At(schema.KeyProviders).Node
	if providers == nil || table.Parent != providers {
		if table != c.Legacy.Node {
			return nil
		}
		for i := range c.Profiles {
			if c.Profiles[i].Node == table {
				return &c.Profiles[i]
			}
		}
		return nil
	}
	c.byTableOnce.Do(func() {
		c.byTable = make([]int32, len(providers.Entries))
		for i := range c.Profiles {
			if n := c.Profiles[i].Node; n != nil && n.Parent == providers {
				c.byTable[n.Index()] = int32(i + 1) //nolint:gosec // no more than document.Parse takes
			}
		}
	})
	i := table.Index()
	if i >= len(c.byTable) || c.byTable[i] == 0 {
		return nil
	}
	if p := &c.Profiles[c.byTable[i]-1]; p.Node == table {
		return p
	}
	return nil
}

// find returns the position of an id among profiles sorted by id, and whether it is there.
func find(all []Profile, id string) (int, bool) {
	i := sort.Search(len(all), func(i int) bool { return all[i].ID >= id })
	return i, i < len(all) && all[i].ID == id
}

// chooseFrom is steps 2 to 5 of 2.4; it may add the legacy table, and returns the chosen id.
func (c *Config) chooseFrom(all *[]Profile, active schema.Value) string {
	text, _ := active.Text()
	if id := NormalID(text); id != "" {
		if _, ok := find(*all, id); ok {
			c.Basis = Explicit
			c.ActiveProvider = Value[string]{Is: id, From: Origin{Source: FromFile, Node: active.Node}}
			return id
		}
	}
	c.ActiveUnknown = active.Present()
	why := "active_provider is not written"
	if c.ActiveUnknown {
		why = "active_provider names no profile"
	}
	if c.Legacy.Present() {
		c.Basis = LegacyTable
		id := c.recover(all)
		c.ActiveProvider = Value[string]{Is: id, From: Origin{Source: FromFile, Node: c.Legacy.Node, Ignored: active.Node, Note: "taken from [provider], because " + why}}
	} else {
		c.Basis = FirstProfile
		first := (*all)[0]
		c.ActiveProvider = Value[string]{Is: first.ID, From: Origin{Source: FromFile, Node: first.Node, Ignored: active.Node, Note: "the first id in byte order, because " + why}}
	}
	c.ActiveImplicit = !c.ActiveUnknown && len(*all) > 1
	return c.ActiveProvider.Is
}

// recover is step 4 of 2.4: the profile that equals the legacy table, or the table as a new one.
func (c *Config) recover(all *[]Profile) string {
	kind := kindOf(c.Legacy)
	id := ""
	if kind != nil {
		id = kind.ID
		if i, ok := find(*all, id); ok && sameProvider((*all)[i].Table, c.Legacy, kind) {
			return id
		}
		for i := range *all {
			if sameProvider((*all)[i].Table, c.Legacy, kind) {
				return (*all)[i].ID
			}
		}
	}
	p := Profile{Node: c.Legacy.Node, Table: c.Legacy, Legacy: true, Kind: kind, DefaultForKind: true}
	for i := range *all {
		if (*all)[i].Kind == kind {
			p.DefaultForKind = false
		}
	}
	p.ID = id
	at, taken := find(*all, id)
	for n := 2; taken; n++ {
		p.ID = id + "-" + strconv.Itoa(n)
		at, taken = find(*all, p.ID)
	}
	*all = slices.Insert(*all, at, p)
	return p.ID
}

// chooseLast is step 6 of 2.4.
func (c *Config) chooseLast(all []Profile, last schema.Value) {
	text, _ := last.Text()
	id := NormalID(text)
	if id != "" {
		if _, ok := find(all, id); ok {
			c.LastProvider = Value[string]{Is: id, From: Origin{Source: FromFile, Node: last.Node}}
			return
		}
	}
	c.LastProvider.From = Origin{Ignored: last.Node, Note: "names no profile"}
}
