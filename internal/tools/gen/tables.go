package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// schemaTables makes schema/tables_gen.go: types, shapes and paths as static data.
func schemaTables(f *facts) ([]byte, error) {
	s, err := loadSurface(f)
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	classes, err := loadClasses(f, paths)
	if err != nil {
		return nil, err
	}
	t := &tableWriter{s: s, names: s.typeNames()}
	if err := t.loadVersions(f); err != nil {
		return nil, err
	}
	t.writeTypes()
	t.writePaths(paths, classes)
	t.writeShapes()
	t.writeOlderDefaults()
	return goSource("schema", t.Bytes())
}

type tableWriter struct {
	bytes.Buffer
	s      *surface
	names  []string
	shapes []string // Go source of Shapes, in order

	missing, plain, words, moved map[fieldKey]targetSet // see versions.go
	exact, table                 map[string]targetSet
	older                        []olderDefault
}

// loadVersions reads which version has what.
func (t *tableWriter) loadVersions(f *facts) error {
	v, err := loadVersions(f)
	if err != nil {
		return err
	}
	if t.missing, err = v.missingFields(); err != nil {
		return err
	}
	if t.plain, err = v.plainFields(); err != nil {
		return err
	}
	if t.words, err = v.missingWords(); err != nil {
		return err
	}
	if t.older, err = v.olderDefaults(); err != nil {
		return err
	}
	t.exact, t.table = v.exactWords()
	t.moved = map[fieldKey]targetSet{}
	for _, d := range t.older {
		t.moved[fieldKey{d.path.owner, d.path.decl.Name}] |= d.in
	}
	return nil
}

// set writes a set of targets, if there are any.
func (t *tableWriter) set(name string, set targetSet) {
	if set != 0 {
		t.printf("%s: %#b, ", name, set)
	}
}

// writeOlderDefaults writes the defaults of older versions, in the order of paths.
func (t *tableWriter) writeOlderDefaults() {
	slices.SortStableFunc(t.older, func(a, b olderDefault) int { return cmp.Compare(a.path.id, b.path.id) })
	t.printf("\n// olderDefaults lists the defaults that differ in some targets, in the order of paths.\nvar olderDefaults = [...]olderDefault{\n")
	for _, d := range t.older {
		if d.in == 0 {
			continue
		}
		t.printf("{path: %d, in: %#b, ", d.path.id, d.in)
		t.text("present", d.present)
		t.text("absent", d.absent)
		t.text("effective", d.effective)
		t.flag("same", d.same)
		t.printf("}, // %s\n", d.path.path)
	}
	t.printf("}\n")
}

func (t *tableWriter) printf(format string, args ...any) { fmt.Fprintf(t, format, args...) }

func (t *tableWriter) writeTypes() {
	t.printf("// Types lists the types of the configuration; the first is that of the whole file.\n")
	t.printf("var Types = [...]Type{\n")
	for _, name := range t.names {
		t.writeType(name, t.s.Types[name])
	}
	t.printf("}\n\n")
}

func (t *tableWriter) writeType(name string, typ *surfaceType) {
	kinds := map[string]string{"struct": "Struct", "enum": "Enum", "variant_struct": "Variants", "secret_ref": "Secret"}
	t.printf("{Name: %q, Kind: %s, ", name, kinds[typ.Kind])
	t.flag("DenyUnknown", typ.DenyUnknown || typ.Kind == "secret_ref")
	t.flag("Positional", typ.PositionalArray)
	table := t.table[name]
	if typ.TableForm {
		table = ^targetSet(0)
	}
	t.set("TableForm", table)
	if typ.Kind == "enum" {
		t.printf("Compare: %s, ", compareMode(typ))
		t.set("exactIn", t.exact[name])
	}
	if fields := typ.allFields(); len(fields) > 0 {
		t.writeFields(name, fields)
	}
	if len(typ.Values) > 0 {
		t.printf("Values: []Word{\n")
		for _, w := range typ.Values {
			t.writeWord(name, w)
		}
		t.printf("}, wordSlots: %q, ", wordSlots(typ.Values))
	}
	if len(typ.Variants) > 0 {
		from := len(typ.Fields)
		t.printf("Common: %d, Variants: []Variant{\n", from)
		for _, v := range typ.Variants {
			t.printf("{Name: %q, From: %d, To: %d},\n", v.Name, from, from+len(v.Fields))
			from += len(v.Fields)
		}
		t.printf("}, ")
	}
	t.printf("},\n")
}

func (t *tableWriter) flag(name string, on bool) {
	if on {
		t.printf("%s: true, ", name)
	}
}

// writeWord writes a word; where versions lack one of its other spellings, the targets that lack each.
func (t *tableWriter) writeWord(owner string, w surfaceWord) {
	t.printf("{Value: %q, Aliases: %#v, ", w.Value, w.Aliases)
	t.set("Missing", t.words[fieldKey{owner, w.Value}])
	if slices.ContainsFunc(w.Aliases, func(a string) bool { return t.words[fieldKey{owner, a}] != 0 }) {
		t.printf("aliasMissing: []Targets{")
		for _, a := range w.Aliases {
			t.printf("%#b, ", t.words[fieldKey{owner, a}])
		}
		t.printf("}, ")
	}
	t.printf("},\n")
}

func (t *tableWriter) writeFields(owner string, fields []*surfaceField) {
	t.printf("Fields: []Field{\n")
	for _, f := range fields {
		t.printf("{Name: %q, Key: %s, Shape: %s, ", f.Name, keyName(f.Name), t.shape(&f.Type))
		t.flag("Required", f.Required)
		t.flag("Optional", f.Type.Optional)
		t.flag("Flattened", f.ViaFlatten != "")
		t.text("Default", f.Default)
		t.text("AbsentDefault", f.AbsentDefault)
		t.text("EffectiveDefault", f.EffectiveDefault)
		key := fieldKey{owner, f.Name}
		t.set("Missing", t.missing[key])
		t.set("Plain", t.plain[key])
		t.set("moved", t.moved[key])
		t.printf("},\n")
	}
	t.printf("}, slots: %q, ", nameSlots(fields))
	var required []byte
	for i, f := range fields {
		if f.Required {
			required = append(required, byte(i)) //nolint:gosec // see nameSlots
		}
	}
	if len(required) > 0 {
		t.printf("required: %q, ", required)
	}
}

// nameSlots makes the hash table that schema.Type.Index searches, half of it free.
func nameSlots(fields []*surfaceField) []byte {
	s := newSlots(len(fields))
	for i, f := range fields {
		s.put(f.Name, i)
	}
	return s
}

// wordSlots makes the one that schema.Type.Word searches: all spellings of a word lead to it.
func wordSlots(words []surfaceWord) []byte {
	n := len(words)
	for _, w := range words {
		n += len(w.Aliases)
	}
	s := newSlots(n)
	for i, w := range words {
		s.put(w.Value, i)
		for _, a := range w.Aliases {
			s.put(a, i)
		}
	}
	return s
}

// nameTable is a hash table of names: the index of each from 1, 0 where a slot is free.
type nameTable []byte

func newSlots(names int) nameTable {
	if names == 0 {
		return nil
	}
	size := 2
	for size < 2*names {
		size *= 2
	}
	return make(nameTable, size)
}

func (s nameTable) put(name string, i int) {
	at := int(document.NameHash(name)) % len(s)
	for s[at] != 0 {
		at = (at + 1) % len(s)
	}
	s[at] = byte(i + 1) //nolint:gosec // a test finds every name
}

func (t *tableWriter) text(name string, json []byte) {
	if len(json) > 0 && string(json) != "null" {
		var b bytes.Buffer
		if err := compactJSON(&b, json); err != nil {
			panic(err) // it was decoded before
		}
		t.printf("%s: %q, ", name, b.String())
	}
}

// shape returns the Go source of a type expression and enters element shapes into Shapes.
func (t *tableWriter) shape(e *typeExpr) string {
	ops := map[string]string{
		"string": "OpString", "path": "OpPath", "bool": "OpBool", "u8": "OpU8", "u16": "OpU16", "u32": "OpU32", "u64": "OpU64",
		"usize": "OpUsize", "i64": "OpI64", "f64": "OpF64",
	}
	switch e.Op {
	case "ref":
		return fmt.Sprintf("Shape{OpType, %d}", slices.Index(t.names, e.Ref))
	case "secret_ref":
		return fmt.Sprintf("Shape{OpSecret, %d}", slices.Index(t.names, e.Ref))
	case "list":
		return fmt.Sprintf("Shape{OpList, %d}", t.shapeIndex(e.Elem))
	case "map":
		return fmt.Sprintf("Shape{OpMap, %d}", t.shapeIndex(e.Elem))
	}
	return fmt.Sprintf("Shape{%s, 0}", ops[e.Op])
}

func (t *tableWriter) shapeIndex(e *typeExpr) int {
	src := t.shape(e)
	if i := slices.Index(t.shapes, src); i >= 0 {
		return i
	}
	t.shapes = append(t.shapes, src)
	return len(t.shapes) - 1
}

func (t *tableWriter) writeShapes() {
	t.printf("// Shapes lists the element shapes of lists and maps.\nvar Shapes = [...]Shape{\n")
	for _, s := range t.shapes {
		t.printf("%s,\n", strings.TrimPrefix(s, "Shape"))
	}
	t.printf("}\n")
}

func (t *tableWriter) writePaths(tree *pathTree, classes map[int]string) {
	t.printf("var paths = [...]pathInfo{\n{},\n")
	for _, p := range tree.all {
		t.printf("{path: %q, shape: %s, ", p.path, t.shape(&p.expr))
		if p.parent != nil {
			t.printf("parent: %d, ", p.parent.id)
		}
		if p.first > 0 {
			t.printf("first: %d, ", p.first)
		}
		if p.decl != nil {
			t.printf("owner: %d, field: %d, isField: true, ", slices.Index(t.names, p.owner), p.field)
		}
		if classes[p.id] != "" {
			t.printf("class: %s, ", classes[p.id])
		}
		t.printf("},\n")
	}
	t.printf("}\n\n")
}

// compareMode names how the words of an enum are compared (surface.json, "normalize").
func compareMode(t *surfaceType) string {
	switch {
	case t.CaseSensitive:
		return "CompareExact"
	case strings.Contains(t.Normalize, "runs of `_` collapse"):
		return "CompareSlug"
	case t.Normalize == "trim; ASCII lower-case":
		return "CompareLower"
	}
	panic("unknown enum normalization: " + t.Normalize)
}
