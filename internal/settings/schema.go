package settings

import (
	"bytes"
	"encoding/json"

	"github.com/loonglint/loonglint/internal/lint"
)

// Schema is the JSON Schema (draft-07) of loonglint.toml, for editors.
func Schema(rules []*lint.Rule) ([]byte, error) {
	levels := map[string]any{"type": "object", "additionalProperties": false, "properties": ruleProperties(rules)}
	top := object(keys)
	top["$schema"] = "http://json-schema.org/draft-07/schema#"
	top["$id"] = "https://github.com/loonglint/loonglint/raw/main/schema/loonglint-config.schema.json"
	top["title"] = "loonglint.toml"
	top["description"] = "Settings of loonglint, the linter for the config of the Loong agent."
	top["definitions"] = map[string]any{"rules": levels}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(top)
	return b.Bytes(), err
}

func ruleProperties(rules []*lint.Rule) map[string]any {
	all := map[string]any{}
	for _, r := range rules {
		all[r.Name] = map[string]any{"description": r.Summary + " (" + r.Level.String() + ")", "enum": levelsOf(r)}
	}
	return all
}

func object(keys []key) map[string]any {
	properties := map[string]any{}
	for i := range keys {
		k := &keys[i]
		p := map[string]any{"description": k.doc}
		switch k.kind {
		case isText:
			p["type"] = "string"
			if k.words != nil {
				p["enum"] = k.words
			}
		case isTexts:
			p["type"], p["items"] = "array", map[string]any{"type": "string", "minLength": 1}
		case isBool:
			p["type"] = "boolean"
		case isRules:
			p["allOf"] = []any{map[string]any{"$ref": "#/definitions/rules"}}
		case isOverrides:
			o := object(overrideKeys)
			o["required"] = []string{"paths"}
			p["type"], p["items"] = "array", o
		case isPolicy, isList:
			o := object(k.kind.below())
			p["type"], p["properties"], p["additionalProperties"] = "object", o["properties"], false
			if k.kind == isList {
				p["required"] = []string{"because"}
			}
		case isSettings:
			o := object(settingKeys)
			o["required"] = []string{"key", "because"}
			p["type"], p["items"] = "array", o
		case isNumber:
			p["type"] = "number"
		case isScalars:
			p["type"], p["minItems"], p["items"] = "array", 1, map[string]any{"type": []string{"string", "number", "boolean"}}
		}
		properties[k.name] = p
	}
	return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
}
