package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// conditions is facts/conditions.json: the prose of other facts as cases.
type conditions struct {
	Normalization  []condition
	LateRejections []condition `json:"late_rejections"`
	WiderDefaults  []condition `json:"wider_defaults"`
	OptionalEnv    []struct {
		Field  string
		Unless []string
	} `json:"optional_credentials"`
	OtherKinds [][2]string `json:"other_kinds"`
	OtherNames []struct {
		Key     string
		Written []string
	} `json:"other_names"`
}

type condition struct {
	ID, Path, Case string
	By, Why        string
	Instead        string
	MinOf          string `json:"min_of"`
	Parent         string
	Words, Replace []string

	Trim, Lower, Blanks, Repeats, Account bool
}

// limits are the numbers of a row of validation.json.
type limits struct {
	Path     string
	Min, Max json.RawMessage
}

type validationRows struct {
	Normalization  []limits
	LateRejections []limits `json:"late_rejections"`
}

// makeConditions writes the tables of the rules that judge single values: limits and other
// rewriting, late rejections, removed keys, two-level defaults.
func makeConditions(f *facts) ([]byte, error) {
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	c, err := load[conditions](f, "conditions")
	if err != nil {
		return nil, err
	}
	rows, err := load[validationRows](f, "validation")
	if err != nil {
		return nil, err
	}
	w := &conditionWriter{facts: f, paths: paths}
	w.b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\n")
	w.cases("normalization", c.Normalization, rows.Normalization)
	w.cases("lateRejection", c.LateRejections, rows.LateRejections)
	w.removed()
	w.sectionDefaults(c)
	w.otherNames(c)
	w.words("searchProviders", "web_search_providers")
	w.words("pluginBridges", "runtime_plugin_bridges")
	if w.err != nil {
		return nil, w.err
	}
	return goSource("rules", w.b.Bytes())
}

type conditionWriter struct {
	b     bytes.Buffer
	facts *facts
	paths *pathTree
	texts map[string]typeTexts // by type, once they are needed
	err   error
}

// cases writes the table of one list of conditions and its index by path.
func (w *conditionWriter) cases(name string, list []condition, rows []limits) {
	if len(list) != len(rows) {
		w.fail("%s: %d cases for %d rows of validation.json", name, len(list), len(rows))
		return
	}
	index := map[int]int{}
	n := 1
	fmt.Fprintf(&w.b, "var %sCases = [...]condition{\n{},\n", name)
	for i, c := range list {
		if c.Path != rows[i].Path || c.Case == "" && c.By == "" && c.Why == "" {
			w.fail("%s: row %d is %q, not %q, or says nothing", name, i, c.Path, rows[i].Path)
			return
		}
		if c.Case == "" {
			continue
		}
		for _, p := range w.places(c.Path) {
			index[p.id] = n
		}
		w.condition(c, rows[i])
		n++
	}
	w.b.WriteString("}\n\n")
	w.index(name, index)
}

func (w *conditionWriter) condition(c condition, row limits) {
	min, hasMin := number(row.Min)
	max, hasMax := number(row.Max)
	if !hasMin {
		min = 0
	}
	if !hasMax {
		max = -1
	}
	fmt.Fprintf(&w.b, "{id: %q, kind: case%s, min: %d, max: %d", c.ID, camel(c.Case), min, max)
	for _, flag := range []struct {
		name string
		on   bool
	}{{"trim", c.Trim}, {"lower", c.Lower}, {"blanks", c.Blanks}, {"repeats", c.Repeats}, {"account", c.Account}} {
		if flag.on {
			fmt.Fprintf(&w.b, ", %s: true", flag.name)
		}
	}
	if c.Instead != "" {
		fmt.Fprintf(&w.b, ", instead: %q", c.Instead)
	}
	if c.MinOf != "" {
		p := w.paths.byPath[c.Path].parent
		d, _ := number(w.paths.byPath[below(p.path, c.MinOf)].decl.Default)
		fmt.Fprintf(&w.b, ", other: %q, otherDefault: %d", c.MinOf, d)
	}
	if c.Parent != "" {
		p := w.paths.byPath[c.Parent]
		if p == nil {
			w.fail("no path %q", c.Parent)
			return
		}
		d, _ := number(p.decl.Default)
		section, key := cutLast(c.Parent)
		fmt.Fprintf(&w.b, ", section: %q, other: %q, otherDefault: %d", section, key, d)
	}
	if words := slices.Concat(c.Words, c.Replace); len(words) > 0 {
		fmt.Fprintf(&w.b, ", words: %#v", words)
	}
	w.b.WriteString("},\n")
}

// places lists the schema paths that a path of validation.json stands for: a profile's key is
// [provider]'s too, a channel's key its accounts' too, <channel> is each of them.
func (w *conditionWriter) places(path string) []*schemaPath {
	var found []*schemaPath
	add := func(path string) {
		if p := w.paths.byPath[path]; p != nil {
			found = append(found, p)
		}
	}
	if rest, ok := strings.CutPrefix(path, "<channel>."); ok {
		for _, p := range w.paths.all {
			if top, below, ok := strings.Cut(p.path, "."); ok && below == rest && w.paths.byPath[top+".accounts"] != nil {
				add(p.path)
			}
		}
		if rest == "account_id" {
			found = append(found, w.places("<channel>.accounts.<id>.account_id")...)
		}
		return found
	}
	add(path)
	if rest, ok := strings.CutPrefix(path, "providers.<id>."); ok {
		add("provider." + rest)
	}
	if top, rest, ok := strings.Cut(path, "."); ok && !strings.Contains(rest, ".") {
		add(top + ".accounts.<id>." + rest)
	}
	if len(found) == 0 {
		w.fail("no schema path %q", path)
	}
	return found
}

// index writes a table from PathID to an element of another table; 0 is none.
func (w *conditionWriter) index(name string, index map[int]int) {
	fmt.Fprintf(&w.b, "var %sAt = [schema.PathCount]uint8{", name)
	ids := make([]int, 0, len(index))
	for id := range index {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for i, id := range ids {
		if i%12 == 0 {
			w.b.WriteByte('\n')
		}
		fmt.Fprintf(&w.b, "%d: %d, ", id, index[id])
	}
	w.b.WriteString("\n}\n\n")
}

// removedRow is a key of history.json that no longer is one.
type removedRow struct {
	Path, Type, Replacement, Note string
	RemovedIn                     string          `json:"removed_in"`
	Fixed                         json.RawMessage `json:"fixed_value_at_head"`
}

func (w *conditionWriter) removed() {
	h, err := load[struct {
		Keys struct{ Removed []removedRow }
	}](w.facts, "history")
	if err != nil {
		w.err = err
		return
	}
	v, err := load[versionFacts](w.facts, "versions")
	if err != nil {
		w.err = err
		return
	}
	name := func(tag string) string { // of a version for people
		for _, t := range v.Targets {
			if t.Tag == tag {
				return t.Name
			}
		}
		return strings.TrimPrefix(tag, "v")
	}
	list := slices.Clone(h.Keys.Removed)
	slices.SortFunc(list, func(a, b removedRow) int { return cmp.Compare(a.Path, b.Path) })
	w.b.WriteString("var removedKeys = [...]removedEntry{\n")
	for _, k := range list {
		fixed := ""
		if len(k.Fixed) > 40 {
			fixed = "a list of its own"
		} else if string(k.Fixed) != "null" {
			fixed = string(k.Fixed)
		}
		fmt.Fprintf(&w.b, "{%q, %v, %q, %q, %q, %q},\n", k.Path, k.Type == "table", k.Replacement, fixed, name(k.RemovedIn), sentence(k.Note))
	}
	w.b.WriteString("}\n\n")
}

// sectionDefaults writes the fields whose value hangs on whether their section is written.
func (w *conditionWriter) sectionDefaults(c *conditions) {
	w.b.WriteString("var sectionDefaults = [...]sectionDefault{\n")
	for _, p := range w.paths.all {
		if p.decl == nil || len(p.decl.AbsentDefault) == 0 || string(p.decl.EffectiveDefault) == string(p.decl.AbsentDefault) {
			continue
		}
		kind := ""
		_, unread := w.unread(p)
		switch {
		case unread && strings.HasSuffix(p.decl.Name, "_env"):
			kind = "defaultUnread"
		case p.expr.Op == "bool":
			kind = "defaultRight"
		case strings.HasSuffix(p.decl.Name, "_env"):
			kind = "defaultVariable"
		default:
			continue // the same value is in effect either way
		}
		unless, word := "", ""
		for _, o := range c.OptionalEnv {
			if o.Field == p.path {
				kind = "defaultOptional"
				if len(o.Unless) == 2 {
					_, unless = cutLast(o.Unless[0])
					word = o.Unless[1]
				}
			}
		}
		var absent any
		if err := json.Unmarshal(p.decl.AbsentDefault, &absent); err != nil {
			w.err = err
			return
		}
		top, _, _ := strings.Cut(p.parent.path, ".")
		fmt.Fprintf(&w.b, "{schema.%s, %q, %q, %q, %s, %q, %q},\n", keyName(top), p.parent.path, p.decl.Name, fmt.Sprint(absent), kind, unless, word)
	}
	w.b.WriteString("}\n\n")
}

func (w *conditionWriter) otherNames(c *conditions) {
	w.b.WriteString("var otherNames = [...][2]string{\n")
	for _, n := range c.OtherNames {
		for _, written := range n.Written {
			fmt.Fprintf(&w.b, "{%q, %q},\n", written, n.Key)
		}
	}
	w.b.WriteString("}\n\nvar otherKinds = [...][2]string{\n")
	for _, k := range c.OtherKinds {
		fmt.Fprintf(&w.b, "{%q, %q},\n", k[0], k[1])
	}
	w.b.WriteString("}\n")
}

// words writes the accepted spellings of one of surface.json's catalogs.
func (w *conditionWriter) words(name, catalog string) {
	s, err := load[struct {
		Catalogs map[string]json.RawMessage
	}](w.facts, "surface")
	if err != nil {
		w.err = err
		return
	}
	var entries []struct{ Accepted []string }
	if err := json.Unmarshal(s.Catalogs[catalog], &entries); err != nil {
		w.err = err
		return
	}
	fmt.Fprintf(&w.b, "\nvar %s = [...]string{", name)
	for _, e := range entries {
		for _, word := range e.Accepted {
			fmt.Fprintf(&w.b, "%q, ", word)
		}
	}
	w.b.WriteString("}\n")
}

func (w *conditionWriter) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// number reads a JSON whole number.
func number(raw json.RawMessage) (int64, bool) {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	return n, err == nil
}

// camel turns "recent-turns" into "RecentTurns".
func camel(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(s, "-") {
		switch part {
		case "id", "ids": // initialisms, as Go writes them
			b.WriteString("ID" + part[2:])
		default:
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// cutLast cuts the last key off a path.
func cutLast(path string) (before, last string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}

// sentence is a note as it stands after "= note:": no capital, no full stop, nothing about
// the code of a version or single commits.
func sentence(s string) string {
	clauses := strings.SplitAfter(s, ". ")
	s = strings.TrimSpace(strings.Join(slices.DeleteFunc(clauses, func(c string) bool { return strings.Contains(c, "HEAD") }), ""))
	if before, after, ok := strings.Cut(s, "; "); ok && strings.Contains(after, " gone with ") {
		s = before
	}
	s = strings.TrimSuffix(s, ".")
	return strings.ToLower(s[:1]) + s[1:]
}
