package loong

import (
	"slices"
	"sort"
	"strconv"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// NormalID is the form of a profile id that Loong keeps, or "" when it has none (behaviour.md 2.1).
func NormalID(id string) string {
	id = ascii.Lower(trim(id))
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
func kindOf(table schema.Value) *Kind { return kindNamed(table.At(schema.KeyKind)) }

// kindNamed is kindOf for the value of the key.
func kindNamed(v schema.Value) *Kind {
	if !v.Present() {
		return defaultKind()
	}
	if w, ok := v.Word(); ok {
		return KindByName(w)
	}
	if t, ok := v.WrittenWord(); ok {
		if k := FoldKind(t); k != nil && !k.Missing.Has(v.Target()) {
			return k
		}
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
		for _, p := range all {
			if p.Kind == nil {
				p.Route = new(Route)
				c.KindUnknown = append(c.KindUnknown, p)
			}
		}
		all = slices.DeleteFunc(all, func(p Profile) bool { return p.Kind == nil })
	}
	c.Profiles = all
}

// readSaved lists the profile tables in byte order of their written ids.
func (c *Config) readSaved() {
	providers := c.Root.At(schema.KeyProviders)
	if providers.Len() == 0 {
		return
	}
	table := providers.EntryAt(0).Value // of each in turn
	loose := slices.ContainsFunc(providers.Node.Entries, func(n *document.Node) bool {
		return !n.Kind.IsTable() && !n.Kind.IsDatetime() // a key of a profile, which then are other entries, too
	})
	c.Saved = make([]Saved, 0, providers.Len())
	var kind *Kind
	var word string // that kind was found by
	for _, n := range byName(providers.Node.Entries) {
		if !n.Kind.IsTable() && !n.Kind.IsDatetime() {
			continue // does not decode
		}
		if loose && table.Type().Index(n.Name()) >= 0 {
			continue
		}
		table.Node = n
		written := table.At(schema.KeyKind)
		if w, ok := written.Word(); !ok || w != word {
			kind, word = kindNamed(written), w
		}
		s := Saved{Written: n.Name(), ID: NormalID(n.Name()), Table: table, Fields: table.Fields(), Kind: kind}
		if s.ID == "" {
			s.Renamed = true
			if s.Kind != nil {
				s.ID = s.Kind.ID
			}
		}
		c.Saved = append(c.Saved, s)
	}
}

// legacyOnly is 2.3: [provider], or the defaults, are the only profile.
func (c *Config) legacyOnly(active, last schema.Value) {
	s := &Saved{Table: c.Legacy, Fields: c.Legacy.Fields(), Kind: kindOf(c.Legacy)}
	p := Profile{Saved: s, Node: c.Legacy.Node, Legacy: true, Active: true, DefaultForKind: true}
	if s.Kind != nil {
		s.ID = s.Kind.ID
	}
	c.ActiveProvider = Value[string]{Val: s.ID, From: Origin{Source: FromKind, note: noteOnlyKind}}
	if c.Legacy.Present() {
		c.ActiveProvider.From.Node = c.Legacy.Node
	}
	if text, ok := active.Text(); ok {
		if id := NormalID(text); id != "" {
			s.ID = id
			c.ActiveProvider = Value[string]{Val: id, From: Origin{Source: FromFile, Node: active.Node, note: noteOnlyID}}
		} else {
			c.ActiveProvider.From.Ignored = active.Node
			c.ActiveProvider.From.note = noteNoActiveID
		}
	}
	if text, ok := last.Text(); ok {
		c.LastProvider = Value[string]{Val: NormalID(text), From: Origin{Source: FromFile, Node: last.Node}}
		if c.LastProvider.Val == "" {
			c.LastProvider.From = Origin{Ignored: last.Node, note: noteNoID}
		}
	}
	if s.Kind == nil {
		p.Route = new(Route)
		c.KindUnknown = append(c.KindUnknown, p)
		return
	}
	c.Profiles = append(c.Profiles, p)
}

// buildMap is step 1 of 2.4: the profiles by new id; a later table replaces an earlier one.
func (c *Config) buildMap() []Profile {
	all := make([]Profile, len(c.Saved))
	ordered := true // each id is the key as written, so they are in order and differ
	for i := range c.Saved {
		s := &c.Saved[i]
		p := &all[i]
		p.Saved, p.Node = s, s.Table.Node
		ordered = ordered && s.ID == s.Written
	}
	if !ordered {
		all = c.dropLost(all)
		sort.SliceStable(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	}
	return all
}

// dropLost keeps the last profile of each id, in the place of the first.
func (c *Config) dropLost(all []Profile) []Profile {
	kept := all[:0]
	index := make(map[string]int, len(all))
	for _, p := range all {
		key := p.ID
		if key == "" {
			key = "\x00" + p.Written // no id is known; it replaces nothing
		}
		if at, ok := index[key]; ok {
			c.Lost = append(c.Lost, Lost{Node: kept[at].Node, By: p.Node, ID: p.ID})
			kept[at] = p
			continue
		}
		index[key] = len(kept)
		kept = append(kept, p)
	}
	return kept
}

// ProfileOf returns the profile that a provider table makes, or nil where another replaces it.
func (c *Config) ProfileOf(table *document.Node) *Profile {
	providers := c.Root.NodeOf(schema.KeyProviders)
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
			c.ActiveProvider = Value[string]{Val: id, From: Origin{Source: FromFile, Node: active.Node}}
			return id
		}
	}
	c.ActiveUnknown = active.Present()
	legacy, first := noteLegacyUnwritten, noteFirstUnwritten
	if c.ActiveUnknown {
		legacy, first = noteLegacyUnknown, noteFirstUnknown
	}
	if c.Legacy.Present() {
		c.Basis = LegacyTable
		id := c.recover(all)
		c.ActiveProvider = Value[string]{Val: id, From: Origin{Source: FromFile, Node: c.Legacy.Node, Ignored: active.Node, note: legacy}}
	} else {
		c.Basis = FirstProfile
		p := &(*all)[0]
		c.ActiveProvider = Value[string]{Val: p.ID, From: Origin{Source: FromFile, Node: p.Node, Ignored: active.Node, note: first}}
	}
	c.ActiveImplicit = !c.ActiveUnknown && len(*all) > 1
	return c.ActiveProvider.Val
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
	p := Profile{Saved: &Saved{Table: c.Legacy, Fields: c.Legacy.Fields(), Kind: kind}, Node: c.Legacy.Node, Legacy: true, DefaultForKind: true}
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
			c.LastProvider = Value[string]{Val: id, From: Origin{Source: FromFile, Node: last.Node}}
			return
		}
	}
	c.LastProvider.From = Origin{Ignored: last.Node, note: noteNoProfile}
}
