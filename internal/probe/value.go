package probe

import (
	"encoding/json"
	"iter"
	"strings"
)

// value is a valid JSON value as it is written, without blanks around it; "" is none. Nothing of it
// is decoded before it is asked for, so a list of any length takes no room of its own.
type value string

// elements yields the elements of an array; of other values there are none.
func (v value) elements() iter.Seq[value] {
	return func(yield func(value) bool) {
		if !v.isArray() {
			return
		}
		for i := v.next(1); v[i] != ']'; i = v.next(i) {
			end := v.end(i)
			if !yield(v[i:end]) {
				return
			}
			i = end
		}
	}
}

// members yields the keys and values of an object in order; of other values there are none.
func (v value) members() iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		if v == "" || v[0] != '{' {
			return
		}
		for i := v.next(1); v[i] != '}'; i = v.next(i) {
			end := v.end(i)
			key, _ := v[i:end].text()
			i = v.next(end)
			end = v.end(i)
			if !yield(key, v[i:end]) {
				return
			}
			i = end
		}
	}
}

// get is the last member of a name, or "".
func (v value) get(name string) (found value) {
	for key, member := range v.members() {
		if key == name {
			found = member
		}
	}
	return found
}

func (v value) isArray() bool { return v != "" && v[0] == '[' }

func (v value) isObject() bool { return v != "" && v[0] == '{' }

// text is what a string says.
func (v value) text() (s string, ok bool) {
	if v == "" || v[0] != '"' {
		return "", false
	}
	if strings.IndexByte(string(v), '\\') < 0 {
		return string(v[1 : len(v)-1]), true
	}
	return s, json.Unmarshal([]byte(v), &s) == nil
}

// number is a number as it is written.
func (v value) number() (s string, ok bool) {
	return string(v), v != "" && (v[0] == '-' || '0' <= v[0] && v[0] <= '9')
}

// next is the index of the first byte from i on that is neither blank nor between two values.
func (v value) next(i int) int {
	for strings.IndexByte(" \t\r\n,:", v[i]) >= 0 {
		i++
	}
	return i
}

// end is the index after the value that begins at i.
func (v value) end(i int) int {
	levels := 0
	for ; i < len(v); i++ {
		switch v[i] {
		case '"':
			for i++; v[i] != '"'; i++ {
				if v[i] == '\\' {
					i++
				}
			}
		case '[', '{':
			levels++
			continue
		case ']', '}':
			if levels--; levels < 0 {
				return i // what is around a number or word ends
			}
		case ',', ' ', '\t', '\r', '\n', ':':
			if levels == 0 {
				return i
			}
			continue
		default:
			continue // inside a number or word
		}
		if levels == 0 {
			return i + 1
		}
	}
	return i
}
