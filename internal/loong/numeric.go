package loong

import (
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// numericRange judges a number, or each number of a map in byte order of the keys. Of numbers
// that are not written only those with a moving minimum can be out of range.
func (v *validator) numericRange(k *check, s *scope) {
	if path, ok := strings.CutSuffix(k.field, ".<id>"); ok {
		entries := slices.Clone(get(s.table, path).Entries())
		slices.SortFunc(entries, func(a, b schema.Entry) int { return strings.Compare(a.Name, b.Name) })
		for _, e := range entries {
			if n, ok := e.Value.Int(); ok && (n < k.min || n > k.max) {
				at := s.path(k, path+"."+e.Name)
				v.add(k, at, at, e.Value.Node)
			}
		}
		return
	}
	value := get(s.table, k.field)
	low := k.min
	var related []*document.Node
	if k.minField != "" {
		other := s.table.Field(k.minField)
		if low, _ = intOrDefault(other); other.Present() {
			related = append(related, other.Node)
		}
	} else if !value.Present() {
		return
	}
	if n, ok := intOrDefault(value); ok && (n < low || n > k.max) {
		d := v.addField(k, s, value.Node)
		d.Min, d.Related = low, related
	}
}

// get follows a dotted path of keys.
func get(v schema.Value, path string) schema.Value {
	for {
		name, rest, more := strings.Cut(path, ".")
		v = v.Field(name)
		if !more {
			return v
		}
		path = rest
	}
}

// intOrDefault is a number as written, or as Loong fills it in.
func intOrDefault(v schema.Value) (int64, bool) {
	if v.Present() {
		return v.Int()
	}
	n, err := strconv.ParseInt(v.Default(), 10, 64)
	return n, err == nil
}

// boolOrDefault is a switch as written, or as Loong fills it in.
func boolOrDefault(v schema.Value) bool {
	if v.Present() {
		on, _ := v.Bool()
		return on
	}
	return v.Default() == "true"
}

// textOrDefault is a text as written, or as Loong fills it in.
func textOrDefault(v schema.Value) string {
	if v.Present() {
		text, _ := v.Text()
		return text
	}
	text, err := strconv.Unquote(v.Default())
	if err != nil {
		return ""
	}
	return text
}
