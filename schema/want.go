package schema

import (
	"fmt"
	"strings"
)

// manyWords is the number of words above which a message counts them instead of listing them.
const manyWords = 8

// want says in words what a shape accepts, as an operator should write it.
func want(s Shape) string {
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
	case OpU16, OpU32:
		_, hi, _ := s.Op.bounds()
		return fmt.Sprintf("a whole number from 0 to %d", hi)
	case OpSecret:
		return "a string, or a table with just one of env, file and exec"
	case OpList:
		return "a list of " + several(s.Item())
	case OpMap:
		if s.Item().Op == OpType {
			return "a table of tables"
		}
		return "a table of " + several(s.Item())
	}
	if t := s.Type(); t != nil && t.Kind == Enum {
		return words(t)
	}
	return "a table"
}

func several(s Shape) string {
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

func words(t *Type) string {
	if len(t.Values) > manyWords {
		return fmt.Sprintf("one of %d words", len(t.Values))
	}
	quoted := make([]string, len(t.Values))
	for i := range t.Values {
		quoted[i] = `"` + t.Values[i].Value + `"`
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "one of " + strings.Join(quoted, ", ")
}
