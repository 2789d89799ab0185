package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// model is a version of Loong as the lines of structureFile describe it.
type model struct {
	root  string
	lines []string
	named map[string]string   // the rest of a line by its first two words
	order map[string][]string // the keys of each type
}

// newModel reads lines. The keys of a type with a flattened part come in the order of what is flattened into it.
func newModel(root string, lines []string) *model {
	m := &model{root: root, lines: lines, named: byName(lines), order: map[string][]string{}}
	for _, line := range lines {
		name, _ := cutName(line)
		what, id, _ := strings.Cut(name, " ")
		typ, key, isKey := strings.Cut(id, ".")
		if what == "key" && isKey && m.named["order "+typ] == "" {
			m.order[typ] = append(m.order[typ], key)
		}
		if what == "order" {
			m.order[id] = strings.Fields(m.named[name])
		}
	}
	return m
}

// key is what a line says of a key: its type, its default when the table around it is there and when it is not, each
// notShown where the program does not tell.
type key struct {
	shape            string
	required         bool
	present, without string
}

func (m *model) key(typ, name string) (k key, known bool) {
	line, known := m.named["key "+typ+"."+name]
	k.shape, line, _ = strings.Cut(line, " ")
	k.required = line == "required"
	_, defaults, _ := strings.Cut(" "+line, " default ")
	k.present, k.without, _ = strings.Cut(defaults, " without-section ")
	if k.without == "" {
		k.without = k.present
	}
	return k, known
}

// place is a path that the program reads.
type treePlace struct {
	path, typ, key string // typ and key are empty for an entry of a map
	text           string // its type as history.json has it
}

// places lists all paths below the root. Types whose keys do not show (notShown) are looked up in the facts.
func (m *model) places(f *facts) []treePlace {
	var list []treePlace
	var walk func(path, shape, typ, key string, depth int)
	below := func(path, typ string, depth int) {
		for _, key := range m.order[typ] {
			k, _ := m.key(typ, key)
			walk(strings.TrimPrefix(path+"."+key, "."), m.shapeOf(k.shape, key), typ, key, depth+1)
		}
		if m.named["type "+typ] == "variants" {
			for _, field := range f.variantFields(typ) {
				walk(path+"."+field.text("name"), f.expression(field.values["type"]), typ, field.text("name"), depth+1)
			}
		}
	}
	walk = func(path, shape, typ, key string, depth int) {
		shape = unwrapped(shape, "option")
		switch inner := unwrapped(shape, "map"); {
		case inner != shape:
			walk(path+".<id>", inner, "", "", depth+1)
			return
		case m.named["type "+shape] != "" && depth < 20:
			list = append(list, treePlace{path, typ, key, "table"})
			below(path, shape, depth)
			return
		}
		list = append(list, treePlace{path, typ, key, m.text(path, shape)})
	}
	below("", m.root, 0)
	slices.SortFunc(list, func(a, b treePlace) int { return strings.Compare(a.path, b.path) })
	return list
}

// unwrapped is what stands in "wrap(…)", or the shape itself.
func unwrapped(shape, wrap string) string {
	if inner, found := strings.CutPrefix(shape, wrap+"("); found {
		return strings.TrimSuffix(inner, ")")
	}
	return shape
}

// shapeOf is a shape, or that of the key elsewhere where it does not show.
func (m *model) shapeOf(shape, name string) string {
	if shape != notShown {
		return shape
	}
	for _, line := range m.lines {
		id, rest := cutName(line)
		if found, _, _ := strings.Cut(rest, " "); strings.HasPrefix(id, "key ") && strings.HasSuffix(id, "."+name) && found != notShown {
			return found
		}
	}
	return notShown
}

// text is a type as history.json has it.
func (m *model) text(path, shape string) string {
	switch inner := unwrapped(shape, "list"); {
	case inner != shape:
		return "list<" + m.text("", inner) + ">"
	case shape == "secret":
		return "secret_ref"
	case m.named["words "+shape] != "" || m.named["words "+path] != "":
		return "enum"
	}
	return shape
}

// documents try values at all that changed from an older version to this one: keys that came, went or are of another type
// or default, words and kinds.
func (m *model) documents(older *model, f *facts) []string {
	differs := func(name string) bool { return m.named[name] != older.named[name] }
	found := map[string]bool{}
	for _, v := range []*model{m, older} {
		for _, p := range v.places(f) {
			at := place(strings.Split(p.path, "."))
			if p.typ != "" && differs("key "+p.typ+"."+p.key) {
				k, _ := v.key(p.typ, p.key)
				for _, value := range values(p.key, v.shapeOf(k.shape, p.key)) {
					found[at.document(value)] = true
				}
			}
			k, _ := v.key(p.typ, p.key)
			for _, name := range []string{"words " + p.path, "words " + unwrapped(v.shapeOf(k.shape, p.key), "option")} {
				if differs(name) && name != "words "+kindType {
					for word := range wordsOf(v.named[name]) {
						found[at.document(strconv.Quote(word))] = true
					}
				}
			}
		}
		for name := range v.named {
			if word, isKind := strings.CutPrefix(name, "kind "); isKind && differs(name) {
				found[place{"providers", "<id>", "kind"}.document(strconv.Quote(word))] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
