// Package describe has the words of the JSON Schemas about keys and values, for editors: of Loong those of the newest release. They are read from the schemas when
// they are first asked for, so that a check does not pay for them.
package describe

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/schema"
)

// Key is what a key of Loong's configuration is for; "" for one that Loong does not know, and for the entries of maps.
func Key(path schema.PathID) string {
	owner := path.Owner()
	if owner == nil {
		return ""
	}
	s := loong()
	if path.Parent() != schema.RootPath {
		s = s.Definitions[owner.Name]
	}
	return s.property(path.Name()).text()
}

// Table is what a table of Loong's configuration is for; "" where nothing is known.
func Table(path schema.PathID) string {
	if t := path.Type(); t != nil {
		return loong().Definitions[t.Name].text()
	}
	return ""
}

// Word is what a word of an enum means; "" where nothing is known.
func Word(t *schema.Type, word string) string {
	if s := loong().Definitions[t.Name]; s != nil {
		for _, o := range s.AnyOf {
			if o.Const == word {
				return o.Description
			}
		}
	}
	return ""
}

// Setting is a key of loonglint.toml; nil stands for one that it does not have.
type Setting struct{ s *object }

// Settings are the keys of loonglint.toml.
func Settings() *Setting { return &Setting{own()} }

// At is a key of a table of settings.
func (k *Setting) At(name string) *Setting {
	if k == nil {
		return nil
	}
	s := own().resolve(k.s).property(name)
	if s == nil {
		return nil
	}
	return &Setting{s}
}

// Item is what the entries of a list are.
func (k *Setting) Item() *Setting {
	if k == nil || k.s.Items.object == nil {
		return nil
	}
	return &Setting{k.s.Items.object}
}

// Text is what the key is for.
func (k *Setting) Text() string {
	if k == nil {
		return ""
	}
	return k.s.text()
}

// Keys lists the keys of the table, in order.
func (k *Setting) Keys() []string {
	if k == nil {
		return nil
	}
	return own().resolve(k.s).order
}

// Words lists the texts that the key takes; none where it takes others, too.
func (k *Setting) Words() []string {
	if k == nil {
		return nil
	}
	return k.s.Enum
}

// Type is "string", "boolean", "array" or "object"; "" for what there is not.
func (k *Setting) Type() string {
	if k == nil {
		return ""
	}
	switch s := own().resolve(k.s); {
	case s.Type != "":
		return string(s.Type)
	case len(s.order) > 0:
		return "object"
	}
	return "string"
}

// object is a part of a JSON Schema, as far as it is of use here.
type object struct {
	Description string
	Properties  properties
	Definitions map[string]*object
	Enum        []string
	AnyOf       []struct{ Const, Description string }
	AllOf       []*object
	Ref         string `json:"$ref"`
	Type        textOrList
	Items       oneObject

	order []string
}

func (s *object) text() string {
	if s == nil {
		return ""
	}
	return s.Description
}

func (s *object) property(name string) *object {
	if s == nil {
		return nil
	}
	return s.Properties.all[name]
}

// resolve is what a part refers to, or itself.
func (s *object) resolve(part *object) *object {
	for _, o := range part.AllOf {
		if name, ok := strings.CutPrefix(o.Ref, "#/definitions/"); ok {
			part = s.Definitions[name]
		}
	}
	part.order = part.Properties.order
	return part
}

// textOrList is a text; of a list of texts it is none.
type textOrList string

func (t *textOrList) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = textOrList(s)
	}
	return nil
}

// oneObject is a part; of a list of parts it is none.
type oneObject struct{ *object }

func (o *oneObject) UnmarshalJSON(raw []byte) error {
	s := &object{}
	if json.Unmarshal(raw, s) == nil {
		o.object = s
	}
	return nil
}

// properties are keys in the order of the schema.
type properties struct {
	order []string
	all   map[string]*object
}

func (p *properties) UnmarshalJSON(raw []byte) error {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	if _, err := dec.Token(); err != nil {
		return err
	}
	p.all = map[string]*object{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		o := &object{}
		if err := dec.Decode(o); err != nil {
			return err
		}
		p.order = append(p.order, name.(string))
		p.all[name.(string)] = o
	}
	return nil
}

// lazy is a schema that is read when it is first asked for.
type lazy struct {
	once sync.Once
	s    *object
}

var loongSchema, ownSchema lazy

func loong() *object { return loongSchema.get(schema.JSON) }

func own() *object { return ownSchema.get(schema.ConfigJSON) }

func (l *lazy) get(text string) *object {
	l.once.Do(func() { l.s = read(text) })
	return l.s
}

// read reads a schema that the program carries, which a test has read before.
func read(text string) *object {
	s := &object{}
	if err := json.Unmarshal([]byte(text), s); err != nil {
		panic(err)
	}
	return s
}
