package schema

import (
	"fmt"
	"slices"
	"strings"
)

// manyWords is the number of words above which a message counts them instead of listing them.
const manyWords = 8

// Want says in words what is accepted in the place of v, as an operator should write it.
func (v Value) Want() string {
	s := v.Shape
	switch s.Op {
	case OpString, OpPath:
		return "a string"
	case OpBool:
		return "true or false"
	case OpF64:
		return "a number"
	case OpI64:
		return "a whole number"
	case OpU64, OpUsize:
		return "a whole number from 0 to 9223372036854775807"
	case OpU8, OpU16, OpU32:
		_, hi, _ := s.Op.bounds()
		return fmt.Sprintf("a whole number from 0 to %d", hi)
	case OpSecret:
		if v.IsPlain() {
			return "a string"
		}
		return "a string or a table with just one of env, file and exec"
	case OpList:
		return "a list of " + describeItems(s.Item())
	case OpMap:
		if s.Item().Op == OpType {
			return "a table of tables"
		}
		return "a table of " + describeItems(s.Item())
	}
	if t := s.Type(); t != nil && t.Kind == Enum {
		return words(t.Words(v.target))
	}
	return "a table"
}

// Describe is Want without a bound that nobody meets.
func (v Value) Describe() string { return WithoutFarBound(v.Want()) }

// WithoutFarBound leaves out of a Want a bound that nobody meets.
func WithoutFarBound(want string) string {
	return strings.TrimSuffix(want, " from 0 to 9223372036854775807")
}

func describeItems(s Shape) string {
	switch s.Op {
	case OpString, OpPath:
		return "strings"
	case OpBool:
		return "truth values"
	case OpF64:
		return "numbers"
	}
	return "whole numbers"
}

// Words lists the words of an enum that a version knows, each with the spellings that it knows.
func (t *Type) Words(target Target) []Word {
	all := t.Values
	for i := range all {
		w := &all[i]
		if w.isWhole(target) {
			continue
		}
		known := w.known(target)
		if &all[0] == &t.Values[0] {
			all = slices.Clone(all)
			w = &all[i]
		}
		*w = Word{}
		if len(known) > 0 {
			*w = Word{Value: known[0], Aliases: known[1:]}
		}
	}
	if len(all) > 0 && &all[0] != &t.Values[0] {
		all = slices.DeleteFunc(all, func(w Word) bool { return w.Value == "" })
	}
	return all
}

// isWhole reports whether a version knows every spelling of a word, as most do.
func (w *Word) isWhole(target Target) bool {
	return !w.Missing.Has(target) && !slices.ContainsFunc(w.aliasMissing, func(missing Targets) bool { return missing.Has(target) })
}

// known lists the spellings of a word that a version knows.
func (w *Word) known(target Target) []string {
	var list []string
	for _, s := range append([]string{w.Value}, w.Aliases...) {
		if !w.Lacks(s).Has(target) {
			list = append(list, s)
		}
	}
	return list
}

func words(list []Word) string {
	if len(list) > manyWords {
		return fmt.Sprintf("one of %d words", len(list))
	}
	quoted := make([]string, len(list))
	for i := range list {
		quoted[i] = `"` + list[i].Value + `"`
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "one of " + strings.Join(quoted, ", ")
}
