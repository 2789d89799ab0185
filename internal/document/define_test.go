package document

import (
	"slices"
	"strings"
	"testing"
)

// thing is a table, array of tables or value in a plain model of what may be defined beside what.
type thing struct {
	value   bool
	closed  bool // a table with a header of its own, which no dotted key adds to
	dotted  bool // a dotted key added to it, so that it gets no header
	entries map[string]*thing
	array   []*thing // not nil: an array of tables
}

// descend follows path from t and makes what is missing; nil where a value, or a table that a dotted key
// cannot add to, is in the way.
func (t *thing) descend(path []string, dotted bool) *thing {
	for _, name := range path {
		next := t.entries[name]
		if next == nil {
			next = &thing{entries: map[string]*thing{}}
			t.entries[name] = next
		}
		switch {
		case next.array != nil:
			next = next.array[len(next.array)-1]
		case next.value || dotted && next.closed:
			return nil
		default:
			next.dotted = next.dotted || dotted
		}
		t = next
	}
	return t
}

// header returns the table of a header, nil where there cannot be one.
func (t *thing) header(path []string, double bool) *thing {
	last := len(path) - 1
	if t = t.descend(path[:last], false); t == nil {
		return nil
	}
	old := t.entries[path[last]]
	own := &thing{closed: true, entries: map[string]*thing{}}
	switch {
	case double && old == nil:
		t.entries[path[last]] = &thing{array: []*thing{own}}
	case double && old.array != nil:
		old.array = append(old.array, own)
	case double:
		return nil
	case old == nil:
		t.entries[path[last]] = own
	case old.value || old.array != nil || old.closed || old.dotted:
		return nil
	default:
		old.closed = true
		return old
	}
	return own
}

// set adds a value, and reports whether it may.
func (t *thing) set(path []string) bool {
	last := len(path) - 1
	in := t.descend(path[:last], true)
	if in == nil || last > 0 && in.closed || in.entries[path[last]] != nil {
		return false
	}
	in.entries[path[last]] = &thing{value: true}
	return true
}

// decoded is what toml.Unmarshal would make of t.
func (t *thing) decoded() any {
	switch {
	case t.value:
		return int64(1)
	case t.array != nil:
		var list []any
		for _, e := range t.array {
			list = append(list, e.decoded())
		}
		return list
	}
	table := map[string]any{}
	for name, e := range t.entries {
		table[name] = e.decoded()
	}
	return table
}

// definitions returns what the lines make, headers and keys that are set to 1; nil when they contradict
// each other.
func definitions(lines []string) *thing {
	root := &thing{closed: true, entries: map[string]*thing{}}
	table := root
	for _, line := range lines {
		if key, ok := strings.CutSuffix(line, " = 1"); ok {
			if !table.set(strings.Split(key, ".")) {
				return nil
			}
			continue
		}
		if table = root.header(strings.Split(strings.Trim(line, "[]"), "."), strings.HasPrefix(line, "[[")); table == nil {
			return nil
		}
	}
	return root
}

// TestDefinitions tries documents of up to three headers with a key each against the model, which agrees
// with Loong's reader on every one of them.
func TestDefinitions(t *testing.T) {
	var sections [][]string
	for _, header := range strings.Fields("[a] [a.b] [a.b.c] [a.b.c.d] [[a]] [[a.b]] [[a.b.c]]") {
		sections = append(sections, []string{header})
		for _, key := range strings.Fields("b b.c b.x b.c.d c.x c.d.x") {
			sections = append(sections, []string{header, key + " = 1"})
		}
	}
	tried, good := 0, 0
	var try func(lines []string, depth int)
	try = func(lines []string, depth int) {
		tried++
		src := strings.Join(lines, "\n") + "\n"
		d := Parse("", []byte(src))
		want := definitions(lines)
		if (want != nil) != (len(d.Problems) == 0) {
			t.Fatalf("%s: problems %v", src, d.Problems)
		}
		if want != nil {
			good++
			equalDecoded(t, d.Root, want.decoded())
		}
		if depth < 3 {
			checkPlain(t, "", []byte(src))
			checkSpans(t, d)
		}
		if depth < 3 && want != nil { // what contradicts itself does so whatever follows
			for _, s := range sections {
				try(slices.Concat(lines, s), depth+1)
			}
		}
	}
	try(nil, 0)
	for _, key := range []string{"a = 1", "a.b = 1", "a.b.c = 1", "a.b.c.d = 1"} {
		try([]string{key}, 1)
	}
	if tried < 50000 || good < 10000 {
		t.Errorf("%d documents, %d of them good", tried, good)
	}
}
