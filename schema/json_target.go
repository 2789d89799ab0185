package schema

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// JSONFor is JSON for a version: the published schema for the newest release, which is JSON itself, and for others what
// the tables say of the difference. Keys are then in alphabetical order.
func JSONFor(target Target) string {
	if target == 0 {
		return JSON
	}
	var root map[string]any
	if err := json.Unmarshal([]byte(JSON), &root); err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	root["$id"] = "urn:loonglint:loong-config:" + target.String()
	root["title"] = "Configuration of " + target.Title()
	definitions, _ := root["definitions"].(map[string]any)
	for i := range Types {
		t := &Types[i]
		def, _ := definitions[t.Name].(map[string]any)
		if i == 0 {
			def = root
		}
		fresh := def == nil // the newest release has no such table
		if fresh {
			def = map[string]any{"type": "object", "additionalProperties": false, "properties": map[string]any{}}
			definitions[t.Name] = def
		}
		if t.Kind == Enum {
			keepWords(def, t, target)
		} else if properties, _ := def["properties"].(map[string]any); properties != nil {
			changeProperties(properties, t, target, fresh)
		}
	}
	pruneDefinitions(root, definitions)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic(err) // it was decoded
	}
	return b.String()
}

// changeProperties makes the properties of a table those that the version has; a fresh table has none yet.
func changeProperties(properties map[string]any, t *Type, target Target, fresh bool) {
	for i := range t.Fields {
		f := &t.Fields[i]
		old, _ := properties[f.Name].(map[string]any)
		switch {
		case f.Missing.Has(target):
			if old["deprecated"] == nil || !wasRemoved(f, target) {
				delete(properties, f.Name)
			}
		case fresh || f.Missing.Has(0):
			p := f.Shape.schema()
			if old["description"] != nil {
				p["description"] = strings.Replace(old["description"].(string), ", ignored since", "", 1) //nolint:forcetypeassert // a text
			}
			properties[f.Name] = p
		case f.Plain.Has(target):
			properties[f.Name] = map[string]any{"type": "string", "description": old["description"]}
		}
		p, _ := properties[f.Name].(map[string]any)
		if p != nil && f.moved.Has(target) {
			delete(p, "default")
		}
	}
}

// wasRemoved reports whether a version lacks a key that an older one had.
func wasRemoved(f *Field, target Target) bool {
	return (AllTargets &^ f.Missing).First().Before(target)
}

// schema is the JSON Schema of a shape.
func (s Shape) schema() map[string]any {
	switch s.Op {
	case OpBool:
		return map[string]any{"type": "boolean"}
	case OpF64:
		return map[string]any{"type": "number"}
	case OpList:
		return map[string]any{"type": "array", "items": s.Item().schema()}
	case OpMap:
		return map[string]any{"type": "object", "additionalProperties": s.Item().schema()}
	case OpType, OpSecret:
		return map[string]any{"allOf": []any{map[string]any{"$ref": "#/definitions/" + s.Type().Name}}}
	}
	if lo, hi, ok := s.Op.bounds(); ok {
		return map[string]any{"type": "integer", "minimum": lo, "maximum": hi}
	}
	return map[string]any{"type": "string"}
}

// keepWords leaves out the words of an enum that the version does not know.
func keepWords(def map[string]any, t *Type, target Target) {
	words, _ := def["enum"].([]any)
	choices, _ := def["anyOf"].([]any)
	var kept, texts, described []any
	for i, w := range words {
		word, _ := w.(string)
		if slices.ContainsFunc(t.Values, func(v Word) bool { return v.is(word) && v.Lacks(word).Has(target) }) {
			continue
		}
		choice, _ := choices[i].(map[string]any)
		kept, described, texts = append(kept, w), append(described, choice), append(texts, choice["description"])
	}
	def["enum"], def["anyOf"] = kept, append(described, map[string]any{})
	def["x-taplo"] = map[string]any{"docs": map[string]any{"enumValues": texts}}
}

// pruneDefinitions leaves out the definitions that nothing refers to.
func pruneDefinitions(root, definitions map[string]any) {
	used := map[string]bool{}
	var follow func(v any)
	follow = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				if name := strings.TrimPrefix(ref, "#/definitions/"); !used[name] {
					used[name] = true
					follow(definitions[name])
				}
			}
			for _, item := range v {
				follow(item)
			}
		case []any:
			for _, item := range v {
				follow(item)
			}
		}
	}
	follow(root["properties"])
	for name := range definitions {
		if !used[name] {
			delete(definitions, name)
		}
	}
}
