package loong

import (
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// numericRange judges a number, or each number of a map in byte order of the keys. Of numbers
// that are not written only those with a moving minimum can be out of range.
func (v *validator) numericRange(k *check, s *scope) {
	if k.minKey == 0 && !s.table.Has(k.key) {
		return
	}
	value := k.value(s.table)
	if value.Shape.Op == schema.OpMap {
		v.numbers(k, s, value)
		return
	}
	low := k.min
	var related []*document.Node
	if k.minKey != 0 {
		other := s.table.At(k.minKey)
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

// numbers judges each number of a map.
func (v *validator) numbers(k *check, s *scope, value schema.Value) {
	if value.Len() == 0 {
		return
	}
	entry := value.EntryAt(0).Value // each in turn
	path := strings.TrimSuffix(k.field, "<id>")
	for _, entry.Node = range byName(value.Node.Entries) {
		if n, ok := entry.Int(); ok && (n < k.min || n > k.max) {
			at := s.path(k, path+entry.Node.Name())
			v.add(k, at, at, entry.Node)
		}
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
