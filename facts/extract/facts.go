package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// facts are the files of facts/ that a run rewrites.
type facts struct {
	surface, history, catalog, channels, versions, descriptions *object
}

// file is one of them, with the indentation it is kept in; versions.json has an entry a line.
type file struct {
	name   string
	indent string
	root   **object
}

func (f *facts) files() []file {
	return []file{
		{"surface", " ", &f.surface}, {"history", " ", &f.history}, {"catalog", "  ", &f.catalog},
		{"channels", " ", &f.channels}, {"versions", "", &f.versions}, {"descriptions", " ", &f.descriptions},
	}
}

func readFacts(dir string) (*facts, error) {
	f := new(facts)
	for _, one := range f.files() {
		b, err := os.ReadFile(filepath.Join(dir, one.name+".json"))
		if err != nil {
			return nil, err
		}
		if *one.root, err = parseObject(b); err != nil {
			return nil, fmt.Errorf("%s.json: %w", one.name, err)
		}
	}
	return f, nil
}

// texts are the files as they are written, by name.
func (f *facts) texts() (map[string]string, error) {
	texts := map[string]string{}
	for _, one := range f.files() {
		plain, err := plainJSON(*one.root)
		if err != nil {
			return nil, err
		}
		if one.indent == "" {
			texts[one.name], err = entryPerLine(*one.root)
			if err != nil {
				return nil, err
			}
			continue
		}
		var b bytes.Buffer
		if err := json.Indent(&b, []byte(plain), "", one.indent); err != nil {
			return nil, err
		}
		texts[one.name] = b.String() + "\n"
	}
	return texts, nil
}

func (f *facts) write(dir string) error {
	texts, err := f.texts()
	if err != nil {
		return err
	}
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name+".json"), []byte(text), 0o644); err != nil { //nolint:gosec // a file of the repository
			return err
		}
	}
	return nil
}

// clone copies all.
func (f *facts) clone() (*facts, error) {
	c := new(facts)
	to := c.files()
	for i, one := range f.files() {
		text, err := plainJSON(*one.root)
		if err != nil {
			return nil, err
		}
		if *to[i].root, err = parseObject([]byte(text)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// entryPerLine writes an object whose lists have an entry a line.
func entryPerLine(o *object) (string, error) {
	var b strings.Builder
	separator := "{"
	for _, name := range o.keys {
		b.WriteString(separator + "\n " + quoteJSON(name) + ": ")
		separator = ","
		if _, isList := o.values[name].([]any); !isList {
			text, err := spacedJSON(o.values[name])
			if err != nil {
				return "", err
			}
			b.WriteString(text)
			continue
		}
		var entries []string
		for _, entry := range o.list(name) {
			text, err := spacedJSON(entry)
			if err != nil {
				return "", err
			}
			entries = append(entries, "\n  "+text)
		}
		b.WriteString("[" + strings.Join(entries, ",") + "\n ]")
	}
	b.WriteString("\n}\n")
	return b.String(), nil
}

func quoteJSON(text string) string {
	quoted, _ := plainJSON(text) // of a string it cannot fail
	return quoted
}

// spacedJSON is a value in one line with a blank behind commas and colons.
func spacedJSON(v any) (string, error) {
	switch v := v.(type) {
	case *object:
		parts := make([]string, len(v.keys))
		for i, k := range v.keys {
			text, err := spacedJSON(v.values[k])
			if err != nil {
				return "", err
			}
			parts[i] = quoteJSON(k) + ": " + text
		}
		return "{" + strings.Join(parts, ", ") + "}", nil
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			text, err := spacedJSON(v[i])
			if err != nil {
				return "", err
			}
			parts[i] = text
		}
		return "[" + strings.Join(parts, ", ") + "]", nil
	}
	return plainJSON(v)
}

// typ is a type of surface.json, nil for none.
func (f *facts) typ(name string) *object { return f.surface.object("types").object(name) }

// field is a key of a type, nil for none.
func (f *facts) field(typ, key string) *object {
	if t := f.typ(typ); t != nil {
		for _, field := range t.list("fields") {
			if field.text("name") == key {
				return field
			}
		}
	}
	return nil
}

// variantFields are the keys of a type with variants, which no program shows.
func (f *facts) variantFields(typ string) []*object {
	t := f.typ(typ)
	if t == nil {
		return nil
	}
	fields := t.list("fields")
	for _, v := range t.list("variants") {
		fields = append(fields, v.list("fields")...)
	}
	return fields
}

// expression is a type of surface.json as a line has it.
func (f *facts) expression(v any) string {
	o, table := v.(*object)
	if !table {
		return fmt.Sprint(v)
	}
	wrap := o.keys[0]
	switch wrap {
	case "ref":
		if t := f.typ(o.text("ref")); t != nil && t.text("normalize") != "" {
			return "string"
		}
		return o.text("ref")
	case "secret_ref":
		return "secret"
	}
	return wrap + "(" + f.expression(o.values[wrap]) + ")"
}

// shapeJSON is the type of a line as surface.json has it.
func (f *facts) shapeJSON(shape string) any {
	for _, wrap := range []string{"option", "list", "map"} {
		if inner := unwrapped(shape, wrap); inner != shape {
			return newObject(wrap, f.shapeJSON(inner))
		}
	}
	switch {
	case shape == "secret":
		return newObject("secret_ref", true)
	case f.typ(shape) != nil:
		return newObject("ref", shape)
	}
	return shape
}

// tags are the versions of history.json, oldest first.
func (f *facts) tags() []string {
	var tags []string
	for _, v := range f.history.list("versions") {
		tags = append(tags, v.text("tag"))
	}
	return tags
}

// newest is the tag of the newest version.
func (f *facts) newest() string { tags := f.tags(); return tags[len(tags)-1] }

// entries is a list in a part of history.json: keys/added, defaults_changed.
func (f *facts) entries(part string) (in *object, name string) {
	table, name, nested := strings.Cut(part, "/")
	if !nested {
		return f.history, table
	}
	return f.history.object(table), name
}

// parts are the lists of history.json whose entries belong to a version, with the member that names it.
var parts = map[string]string{
	"keys/removed": "removed_in", "keys/added": "first_version", "keys/type_changed": "version",
	"enum_values/added": "first_version", "enum_values/removed": "removed_in", "enum_values/renamed": "version", "enum_values/matching_changed": "version",
	"kinds/added": "first_version", "kinds/removed": "removed_in", "kinds/aliases_added": "first_version", "kinds/aliases_removed": "removed_in", "kinds/changed": "version",
	"defaults_changed": "version", "diagnostic_codes/added": "first_version", "diagnostic_codes/removed": "removed_in", "diagnostic_codes/changed": "version",
	"secret_references/changed": "version", "channels": "version",
}

func sortedParts() []string { return slices.Sorted(maps.Keys(parts)) }
