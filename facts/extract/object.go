package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// object is a JSON object that keeps the order of its members, so that a file that is read and written again is the same.
// Its values are *object, []any, string, json.Number, bool and nil.
type object struct {
	keys   []string
	values map[string]any
}

// newObject makes an object of names and values that take turns.
func newObject(members ...any) *object {
	o := &object{values: map[string]any{}}
	for i := 0; i+1 < len(members); i += 2 {
		o.set(members[i].(string), members[i+1])
	}
	return o
}

func (o *object) set(key string, value any) {
	if _, known := o.values[key]; !known {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// setAfter is set, but a key that is new stands behind another.
func (o *object) setAfter(before, key string, value any) {
	_, known := o.values[key]
	o.set(key, value)
	if at := slices.Index(o.keys, before); !known && at >= 0 {
		o.keys = slices.Insert(o.keys[:len(o.keys)-1], at+1, key)
	}
}

func (o *object) remove(key string) {
	delete(o.values, key)
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
}

// text is the string of a key, "" where there is none.
func (o *object) text(key string) string {
	s, _ := o.values[key].(string)
	return s
}

// object is the object of a key, nil where there is none.
func (o *object) object(key string) *object {
	v, _ := o.values[key].(*object)
	return v
}

// list is the objects of a list of objects.
func (o *object) list(key string) []*object {
	all, _ := o.values[key].([]any)
	var list []*object
	for _, v := range all {
		if one, ok := v.(*object); ok {
			list = append(list, one)
		}
	}
	return list
}

func (o *object) setList(key string, list []*object) {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	o.set(key, all)
}

// MarshalJSON writes the members in order.
func (o *object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range o.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := plainJSON(k)
		if err != nil {
			return nil, err
		}
		value, err := plainJSON(o.values[k])
		if err != nil {
			return nil, err
		}
		b.WriteString(name + ":" + value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON writes a value in one line, without escapes that only HTML needs.
func plainJSON(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), err
}

// parseObject reads a document that is one object.
func parseObject(text []byte) (*object, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := parseValue(d)
	if err != nil {
		return nil, err
	}
	o, ok := v.(*object)
	if _, more := d.Token(); !ok || more != io.EOF {
		return nil, fmt.Errorf("not one JSON object")
	}
	return o, nil
}

func parseValue(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := newObject()
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := parseValue(d)
			if err != nil {
				return nil, err
			}
			o.set(key.(string), value)
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := parseValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}
