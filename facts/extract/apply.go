package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// version is a version of Loong as history.json names it.
type version struct {
	tag, name, date, commit, pkg string
	released                     bool
}

// update brings facts from one version to the next.
type update struct {
	*facts
	prose    *facts // facts that have the version already, for what people wrote of it; may be the same
	old, now *model
	version  version
	last     string   // the tag before
	byHand   []string // what a person has to look at
	keys     []treePlace
}

func (u *update) ask(format string, args ...any) {
	u.byHand = append(u.byHand, fmt.Sprintf(format, args...))
}

// apply writes all that differs between the two models into the facts.
func (u *update) apply() {
	before, _ := u.prose.clone() // what was parsed can be written
	u.prose = before
	was := u.old.places(u.facts)
	u.enums()
	u.types()
	is := u.now.places(u.facts)
	u.paths(was, is)
	u.kinds()
	u.channelList()
	u.describe()
	u.carry()
	u.addVersion(is)
	u.surface.object("types").orderLike(u.prose.surface.object("types"))
}

// types adds types and keys, and changes those that changed.
func (u *update) types() {
	for _, line := range u.now.lines {
		name, rest := cutName(line)
		id, isType := strings.CutPrefix(name, "type ")
		if !isType {
			continue
		}
		if u.typ(id) == nil && rest == "variants" {
			if p := u.prose.typ(id); p != nil {
				u.surface.object("types").set(id, p)
				continue
			}
			u.ask("the keys of `%s` show in no shape: read them and write them into surface.json", id)
		}
		if u.typ(id) == nil {
			u.surface.object("types").set(id, newObject("kind", "struct", "deny_unknown", false, "positional_array", false, "fields", []any{}))
		} else if before := u.old.named[name]; before != rest && before != "" {
			u.ask("`%s` was `%s`, is `%s`: the tables hold this for all versions alike", id, before, rest)
		}
		if rest != "variants" {
			u.typ(id).set("deny_unknown", strings.Contains(rest, "refuses-unknown-keys"))
			u.typ(id).set("positional_array", strings.HasSuffix(rest, " array"))
		}
	}
	for _, flattened := range []bool{false, true} { // what is flattened stands elsewhere first
		for _, line := range u.now.lines {
			name, _ := cutName(line)
			if id, isType := strings.CutPrefix(name, "type "); isType && (u.now.named["order "+id] == "") == flattened {
				u.fields(id)
			}
		}
	}
}

func (u *update) fields(typ string) {
	order, behind := u.now.order[typ], ""
	if p := u.prose.typ(typ); p != nil && u.now.named["order "+typ] == "" {
		order = namesOf(likeBefore(asNames(order), p.list("fields"), "name"))
	}
	if !sameOrder(u.old.order[typ], u.now.order[typ]) {
		u.ask("keys of `%s` change places: the tables hold one order for all versions", typ)
	}
	for _, name := range order {
		now, _ := u.now.key(typ, name)
		before, had := u.old.key(typ, name)
		field := u.field(typ, name)
		switch {
		case field == nil:
			u.insert(typ, behind, order, u.newField(typ, name, now))
		case !had && u.old.named["type "+typ] != "":
			u.ask("the key `%s` of `%s` is there again: history.json cannot say that of a key that had gone", name, typ)
		case had:
			u.change(typ, name, field, before, now)
		}
		behind = name
	}
}

// newField is a key that came, as people have it already or as the program shows it.
func (u *update) newField(typ, name string, k key) *object {
	if p := u.prose.field(typ, name); p != nil {
		return p
	}
	present, without := u.defaultOf(k.present, k.shape), u.defaultOf(k.without, k.shape)
	field := newObject("name", name, "type", u.shapeJSON(k.shape), "required", k.required)
	if k.present == notShown {
		present, without = nil, nil
		for other, keys := range u.now.order {
			if o, has := u.now.key(other, name); has && slices.Contains(keys, name) && o.present != notShown && u.now.shapeOf(o.shape, name) == k.shape {
				present, without = u.defaultOf(o.present, k.shape), u.defaultOf(o.present, k.shape)
			}
		}
		switch wrap, _, wrapped := strings.Cut(k.shape, "("); {
		case present != nil || k.required || wrap == "option":
		case wrapped && wrap == "map":
			present, without = newObject(), newObject()
		case wrapped && wrap == "list":
			present, without = []any{}, []any{}
		default:
			u.ask("the program does not write out the default of `%s` of `%s`: it stands as null", name, typ)
		}
	}
	field.set("default", present)
	if k.shape == notShown {
		for _, other := range u.surface.object("types").keys {
			if of := u.field(other, name); of != nil && other != typ && u.now.named["order "+other] != "" {
				field = newObject("name", name, "type", of.values["type"], "required", of.values["required"], "default", of.values["default"], "via_flatten", other)
			}
		}
		return field
	}
	setWithout(field, without)
	return field
}

// defaultOf is the default of a line as surface.json has it.
func (u *update) defaultOf(text, shape string) any {
	if text == "its-type" {
		return newObject("type_default", shape)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := parseValue(d)
	if err != nil {
		return nil
	}
	if s, isText := v.(string); isText && strings.HasPrefix(s, "<loong_home>") {
		return newObject("expr", s)
	}
	return v
}

// insert puts a key behind another, or first, and behind those that had stood there and went.
func (u *update) insert(typ, behind string, order []string, field *object) {
	fields := u.typ(typ).list("fields")
	at := slices.IndexFunc(fields, func(f *object) bool { return f.text("name") == behind }) + 1
	for at < len(fields) && !slices.Contains(order, fields[at].text("name")) {
		at++
	}
	u.typ(typ).setList("fields", slices.Insert(fields, at, field))
}

// change takes over what changed of a key.
func (u *update) change(typ, name string, field *object, before, now key) {
	if before.shape != now.shape {
		field.set("type", u.shapeJSON(now.shape))
		if unwrapped(before.shape, "option") != "string" || unwrapped(now.shape, "option") != "secret" {
			u.ask("`%s` of `%s` was `%s`, is `%s`: the tables hold one type for all versions", name, typ, before.shape, now.shape)
		}
	}
	if before.required != now.required {
		field.set("required", now.required)
		u.ask("`%s` of `%s` is required in one of the versions only", name, typ)
	}
	was, is := u.defaultOf(before.present, now.shape), u.defaultOf(now.present, now.shape)
	wasWithout, isWithout := u.defaultOf(before.without, now.shape), u.defaultOf(now.without, now.shape)
	when := ""
	switch {
	case before.present != now.present:
		when = "always"
	case before.without != now.without:
		when, was, is = "section_absent", wasWithout, isWithout
	default:
		return
	}
	if now.present == notShown || before.present == notShown {
		u.ask("the default of `%s` of `%s` shows in one of the versions only: `%s`, `%s`", name, typ, before.present, now.present)
		return
	}
	if when == "always" {
		if defaultText(exprText(field.values["default"])) != before.present {
			u.ask("the default of `%s` of `%s` was `%s`, is `%s`: surface.json has it otherwise (%s)", name, typ, before.present, now.present, defaultText(field.values["default"]))
			return
		}
		field.set("default", is)
	}
	setWithout(field, isWithout)
	for _, p := range u.placesOf(typ, name) {
		u.note("defaults_changed", newObject("path", p, "version", u.version.tag, "before", was, "after", is, "when", when))
	}
}

// exprText is a default without the mark that it is computed.
func exprText(v any) any {
	if o, table := v.(*object); table && o.values["expr"] != nil {
		return o.values["expr"]
	}
	return v
}

func (u *update) placesOf(typ, key string) (paths []string) {
	for _, p := range u.union() {
		if p.typ == typ && p.key == key {
			paths = append(paths, p.path)
		}
	}
	return paths
}

// paths notes the paths that came and went.
func (u *update) paths(was, is []treePlace) {
	had, has := map[string]*treePlace{}, map[string]*treePlace{}
	for i := range was {
		had[was[i].path] = &was[i]
	}
	for i := range is {
		has[is[i].path] = &is[i]
	}
	first := map[string]string{}
	for _, e := range u.history.object("keys").list("added") {
		first[e.text("path")] = e.text("first_version")
	}
	for i := range is {
		p := &is[i]
		old := had[p.path]
		switch {
		case old == nil && p.path != "":
			u.note("keys/added", newObject("path", p.path, "first_version", u.version.tag, "type", p.text))
		case old != nil && old.text == "string" && p.text == "secret_ref":
			u.note("keys/type_changed", newObject("path", p.path, "version", u.version.tag, "before", old.text, "after", p.text, "old_form_at_head", "accepted", "new_form_on_older", "undecodable"))
		}
	}
	for i := range was {
		p := &was[i]
		if has[p.path] != nil {
			continue
		}
		e := newObject("path", p.path, "type", p.text, "first_version", u.tags()[0], "last_version", u.last, "removed_in", u.version.tag)
		if tag := first[p.path]; tag != "" {
			e.set("first_version", tag)
		}
		if field := u.field(p.typ, p.key); field != nil && p.text != "table" {
			e.set("last_default", field.values["default"])
		}
		for _, name := range []string{"replacement", "removed_by", "removed_on"} {
			e.set(name, nil)
		}
		e.set("note", "The key was removed.")
		e.set("at_head", "ignored")
		if u.note("keys/removed", e) == e {
			u.ask("the key `%s` went: write what takes its place into history.json (replacement, note), and what runs instead of a default (fixed_value_at_head)", p.path)
		}
	}
	keys := u.history.object("keys")
	for _, name := range []string{"added", "removed"} {
		list := keys.list(name)
		slices.SortStableFunc(list, func(a, b *object) int { return strings.Compare(a.text("path"), b.text("path")) })
		keys.setList(name, list)
	}
}

// identity are the members of an entry of history.json that tell it from others.
var identity = []string{"path", "id", "alias", "field", "value", "when", "version", "first_version", "last_version", "removed_in", "type"}

// note adds an entry to history.json and returns it as people wrote it, where they did.
func (u *update) note(part string, e *object) *object {
	table, name := u.prose.entries(part)
	for _, p := range table.list(name) {
		same := true
		for _, key := range identity {
			same = same && p.text(key) == e.text(key)
		}
		if same {
			e = p
			break
		}
	}
	known := table.list(name)
	table, name = u.entries(part)
	table.setList(name, likeBefore(append(table.list(name), e), known, ""))
	return e
}

// carry takes over what people wrote of the version in history.json and no program tells: words that only have another
// name, how words are compared, what a default was under another name or is at run time, and other changes of behavior.
func (u *update) carry() {
	for _, part := range sortedParts() {
		if strings.HasPrefix(part, "keys/") || strings.HasSuffix(part, "/added") && part != "diagnostic_codes/added" ||
			strings.HasSuffix(part, "/removed") && part != "diagnostic_codes/removed" || strings.HasPrefix(part, "kinds/aliases") {
			continue // the program tells
		}
		table, name := u.prose.entries(part)
		for _, e := range table.list(name) {
			if e.text(parts[part]) != u.version.tag || part == "defaults_changed" && e.values["renamed_from"] == nil && e.values["effective"] != true {
				continue
			}
			to, _ := u.entries(part)
			to.setList(name, likeBefore(append(to.list(name), e), table.list(name), ""))
			if k := u.kind(e.text("id")); part == "kinds/changed" && k != nil && k.values[e.text("field")] != nil {
				k.set(e.text("field"), e.values["after"])
			}
			if p := u.placeOf(e.text("path")); part == "defaults_changed" && e.values["effective"] == true && p != nil {
				u.field(p.typ, p.key).set("effective_default", e.values["after"])
			}
		}
	}
}

// likeBefore sorts objects as others stand that are the same, or of the same name; new ones stay last.
func likeBefore(list, before []*object, name string) []*object {
	id := func(o *object) string {
		if name != "" {
			return o.text(name)
		}
		text, _ := plainJSON(o) // of what was parsed it cannot fail
		return text
	}
	place := map[string]int{}
	for i, o := range before {
		place[id(o)] = i
	}
	rank := func(o *object) int {
		if at, known := place[id(o)]; known {
			return at
		}
		return len(before)
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *object) int { return rank(a) - rank(b) })
	return list
}

// orderLike sorts members as another object has them; new ones stay last.
func (o *object) orderLike(before *object) {
	rank := func(key string) int {
		if at := slices.Index(before.keys, key); at >= 0 {
			return at
		}
		return len(before.keys)
	}
	slices.SortStableFunc(o.keys, func(a, b string) int { return rank(a) - rank(b) })
}

func asNames(names []string) (list []*object) {
	for _, n := range names {
		list = append(list, newObject("name", n))
	}
	return list
}

func namesOf(list []*object) (names []string) {
	for _, o := range list {
		names = append(names, o.text("name"))
	}
	return names
}

// sameOrder reports whether the keys that both lists have stand in the same order.
func sameOrder(a, b []string) bool {
	in := func(other []string) func(string) bool {
		return func(k string) bool { return !slices.Contains(other, k) }
	}
	return slices.Equal(slices.DeleteFunc(slices.Clone(a), in(b)), slices.DeleteFunc(slices.Clone(b), in(a)))
}
