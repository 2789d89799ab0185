package main

import (
	"fmt"
	"slices"
	"strings"
)

// cut takes out of the facts all that came with versions newer than a tag, and puts back what they changed. So a version
// can be written again, and facts about an older one be brought up to date for a test.
func (f *facts) cut(last string) error {
	tags := f.tags()
	at := slices.Index(tags, last)
	if at < 0 {
		return fmt.Errorf("history.json has no version %q", last)
	}
	gone := tags[at+1:]
	came := map[string]bool{}
	for _, part := range sortedParts() {
		table, name := f.entries(part)
		kept := []*object{}
		for _, e := range slices.Backward(table.list(name)) {
			if !slices.Contains(gone, e.text(parts[part])) {
				kept = append(kept, e)
				continue
			}
			if part == "keys/added" {
				came[e.text("path")] = true
			}
			if err := f.undo(part, e); err != nil {
				return err
			}
		}
		slices.Reverse(kept)
		table.setList(name, kept)
	}
	f.dropKeys(came)
	versions := f.history.list("versions")[:at+1]
	f.history.setList("versions", versions)
	for _, tag := range gone {
		f.history.object("locations").remove(tag)
	}
	f.nameSource(versions[at])
	return f.cutTargets(gone)
}

// undo puts back what an entry of history.json says was before.
func (f *facts) undo(part string, e *object) error {
	switch part {
	case "keys/type_changed":
		return fmt.Errorf("%s: a changed type cannot be put back", e.text("path"))
	case "defaults_changed":
		return f.undoDefault(e)
	case "enum_values/added":
		p := f.placeOf(e.text("path"))
		if p == nil {
			return fmt.Errorf("surface.json has no %s", e.text("path"))
		}
		f.dropWord(refOf(f.field(p.typ, p.key).values["type"]), e.text("value"))
	case "kinds/added":
		f.dropWord(kindType, e.text("id"))
		f.catalog.setList("kinds", slices.DeleteFunc(f.catalog.list("kinds"), func(k *object) bool { return k.text("id") == e.text("id") }))
	case "kinds/aliases_added":
		f.dropWord(kindType, e.text("alias"))
		if k := f.kind(e.text("id")); k != nil {
			k.set("toml_aliases", without(k.values["toml_aliases"], e.text("alias")))
		}
	case "kinds/changed":
		if k := f.kind(e.text("id")); k != nil {
			if _, has := k.values[e.text("field")]; has {
				k.set(e.text("field"), e.values["before"])
			}
		}
	}
	return nil
}

// kindType is the enum of provider kinds.
const kindType = "ProviderKind"

func (f *facts) kind(id string) *object {
	for _, k := range f.catalog.list("kinds") {
		if k.text("id") == id {
			return k
		}
	}
	return nil
}

func (f *facts) undoDefault(e *object) error {
	if _, renamed := e.values["renamed_from"]; renamed {
		return nil
	}
	p := f.placeOf(e.text("path"))
	if p == nil {
		return fmt.Errorf("surface.json has no %s", e.text("path"))
	}
	field := f.field(p.typ, p.key)
	switch {
	case e.values["effective"] == true:
		field.set("effective_default", e.values["before"])
	case e.text("when") == "section_absent":
		setWithout(field, e.values["before"])
	default:
		field.set("default", e.values["before"])
	}
	return nil
}

// setWithout sets the default of a key without the table around it, which is left out where it is the same.
func setWithout(field *object, v any) {
	if defaultText(v) == defaultText(field.values["default"]) {
		field.remove("default_when_section_absent")
		return
	}
	field.setAfter("default", "default_when_section_absent", v)
}

// dropWord takes a word out of an enum.
func (f *facts) dropWord(enum, word string) {
	t := f.typ(enum)
	if t == nil {
		return
	}
	var values []*object
	for _, v := range t.list("values") {
		if v.text("value") != word {
			v.set("aliases", without(v.values["aliases"], word))
			values = append(values, v)
		}
	}
	t.setList("values", values)
}

// without is a list of texts but for one.
func without(list any, text string) []any {
	kept := []any{}
	for _, v := range list.([]any) {
		if v != text {
			kept = append(kept, v)
		}
	}
	return kept
}

// refOf is the name of the type in a type expression, "" for none.
func refOf(v any) string {
	o, table := v.(*object)
	if !table {
		return ""
	}
	if name := o.text("ref"); name != "" {
		return name
	}
	return refOf(o.values[o.keys[0]])
}

// dropKeys takes out the keys that came with paths, and the types that nothing needs any more.
func (f *facts) dropKeys(came map[string]bool) {
	stays := map[string]bool{}
	all := f.union()
	for _, p := range all {
		if !came[p.path] && !came[p.path+".<id>"] {
			stays[p.typ+"."+p.key] = true
		}
	}
	types := f.surface.object("types")
	for _, p := range all {
		if t := types.object(p.typ); t != nil && !stays[p.typ+"."+p.key] {
			t.setList("fields", slices.DeleteFunc(t.list("fields"), func(field *object) bool { return field.text("name") == p.key }))
		}
	}
	used := map[string]bool{f.surface.text("root"): true, "SecretRef": true}
	for _, p := range f.union() {
		if field := f.field(p.typ, p.key); field != nil {
			used[refOf(field.values["type"])] = true
		}
		if p.of != "" {
			used[p.of] = true
		}
	}
	for _, name := range slices.Clone(types.keys) {
		if !used[name] {
			types.remove(name)
		}
	}
}

// factPlace is a path of surface.json, with the key of a type that it is; of is the type of a table that stands there.
type factPlace struct{ path, typ, key, of string }

// union lists all paths of surface.json, those of all versions.
func (f *facts) union() []factPlace {
	var list []factPlace
	var walk func(path string, shape any, typ, key string)
	walk = func(path string, shape any, typ, key string) {
		o, _ := shape.(*object)
		if o != nil && o.values["option"] != nil {
			walk(path, o.values["option"], typ, key)
			return
		}
		p := factPlace{path, typ, key, ""}
		switch {
		case o != nil && o.values["map"] != nil:
			list = append(list, p)
			walk(path+".<id>", o.values["map"], "", "")
			return
		case o != nil && o.text("ref") != "":
			p.of = o.text("ref")
		}
		list = append(list, p)
		for _, field := range f.variantFields(p.of) {
			walk(strings.TrimPrefix(path+"."+field.text("name"), "."), field.values["type"], p.of, field.text("name"))
		}
	}
	walk("", newObject("ref", f.surface.text("root")), "", "")
	return list
}

func (f *facts) placeOf(path string) *factPlace {
	for _, p := range f.union() {
		if p.path == path {
			return &p
		}
	}
	return nil
}

// nameSource names the version that the facts are about.
func (f *facts) nameSource(v *object) {
	for _, o := range []*object{f.surface, f.catalog, f.channels} {
		if s := o.object("source"); s != nil {
			s.set("version", v.text("package_version"))
			s.set("commit", v.text("commit"))
		}
	}
}

// cutTargets takes versions out of versions.json; the default is the newest release.
func (f *facts) cutTargets(gone []string) error {
	names := map[string]bool{}
	var kept []*object
	for _, t := range f.versions.list("targets") {
		if slices.Contains(gone, t.text("tag")) {
			names[t.text("name")] = true
			continue
		}
		kept = append(kept, t)
	}
	if len(kept) == 0 {
		return fmt.Errorf("no target is left")
	}
	f.versions.setList("targets", kept)
	if names[f.versions.text("default")] {
		f.versions.set("default", kept[len(kept)-1].text("name"))
	}
	for _, b := range f.versions.list("behavior") {
		in := []any{}
		for _, name := range b.values["in"].([]any) {
			if !names[name.(string)] {
				in = append(in, name)
			}
		}
		b.set("in", in)
	}
	return nil
}
