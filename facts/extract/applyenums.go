package main

import (
	"slices"
	"strings"
)

// enums adds enums and words, and notes words that came and went.
func (u *update) enums() {
	for _, line := range u.now.lines {
		name, rest := cutName(line)
		id, isWords := strings.CutPrefix(name, "words ")
		before, known := u.old.named[name]
		if !isWords || known && before == rest {
			continue
		}
		enum, path := id, ""
		if strings.Contains(id, ".") {
			enum, path = u.enumAt(id), id
		} else if p := u.firstPlace(id); p != nil {
			path = p.path
		}
		if enum == "" {
			u.ask("`%s` takes only some words (%s): give its type an enum with `normalize` in surface.json", id, rest)
			continue
		}
		had, has := wordsOf(before), wordsOf(rest)
		t := u.typ(enum)
		if t == nil {
			t = newObject("kind", "enum", "case_sensitive", has["folds"] != "true", "table_form", has["table"] == "true", "values", []any{})
			u.surface.object("types").set(enum, t)
		}
		for _, word := range strings.Fields(rest) {
			word, becomes, shown := strings.Cut(word, "=")
			if word == "folds" || word == "table" || had[word] != "" {
				if had[word] != "" && had[word] != becomes && shown {
					u.ask("the word `%s` of `%s` means `%s`, before `%s`", word, enum, becomes, had[word])
				}
				continue
			}
			if !shown {
				becomes = word
			}
			addWord(t, word, becomes)
			if known && enum != kindType {
				e := newObject("path", path, "value", word)
				if word != becomes {
					e.set("alias_of", becomes)
				}
				e.set("first_version", u.version.tag)
				e.set("on_older", "undecodable")
				u.note("enum_values/added", e)
			}
		}
		for word := range had {
			if has[word] == "" && word != "folds" && word != "table" && enum != kindType {
				u.note("enum_values/removed", newObject("path", path, "value", word, "last_version", u.last, "removed_in", u.version.tag))
			}
		}
		if p := u.prose.typ(enum); p != nil {
			t.setList("values", likeBefore(t.list("values"), p.list("values"), "value"))
		}
	}
}

// enumAt is the enum of surface.json at a path of texts.
func (u *update) enumAt(path string) string {
	p := u.placeOf(path)
	if p == nil || u.field(p.typ, p.key) == nil {
		p = u.prose.placeOf(path)
		if p == nil {
			return ""
		}
		return refOf(u.prose.field(p.typ, p.key).values["type"])
	}
	return refOf(u.field(p.typ, p.key).values["type"])
}

// firstPlace is where an enum stands first.
func (u *update) firstPlace(enum string) *treePlace {
	if u.keys == nil {
		u.keys = u.now.places(u.facts)
	}
	for _, p := range u.keys {
		if k, known := u.now.key(p.typ, p.key); known && unwrapped(u.now.shapeOf(k.shape, p.key), "option") == enum {
			return &p
		}
	}
	return nil
}

// wordsOf is what each word of a line becomes; itself where the line does not say.
func wordsOf(line string) map[string]string {
	m := map[string]string{}
	for _, w := range strings.Fields(line) {
		word, becomes, shown := strings.Cut(w, "=")
		if !shown {
			becomes = word
		}
		m[word] = becomes
	}
	return m
}

// addWord adds a word to an enum: a value of its own or an alias of one.
func addWord(t *object, word, becomes string) {
	values := t.list("values")
	at := slices.IndexFunc(values, func(v *object) bool { return v.text("value") == becomes })
	if at < 0 {
		values = append(values, newObject("value", becomes, "aliases", []any{}))
		at = len(values) - 1
	}
	if word != becomes {
		aliases := without(values[at].values["aliases"], word)
		values[at].set("aliases", append(aliases, word))
	}
	t.setList("values", values)
}
