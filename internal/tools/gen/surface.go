package main

import (
	"encoding/json"
	"fmt"
	"slices"
)

// surface is facts/surface.json: what Loong decodes.
type surface struct {
	Root  string                  `json:"root"`
	Types map[string]*surfaceType `json:"types"`
}

type surfaceType struct {
	Kind            string
	DenyUnknown     bool `json:"deny_unknown"`
	PositionalArray bool `json:"positional_array"`
	CaseSensitive   bool `json:"case_sensitive"`
	TableForm       bool `json:"table_form"`
	Normalize       string
	Fields          []*surfaceField
	Values          []surfaceWord
	Variants        []surfaceVariant
	Table           struct{ Fields []*surfaceField } // of a secret_ref
}

type surfaceField struct {
	Name             string
	Type             typeExpr
	Required         bool
	Default          json.RawMessage
	AbsentDefault    json.RawMessage `json:"default_when_section_absent"`
	EffectiveDefault json.RawMessage `json:"effective_default"`
	ViaFlatten       string          `json:"via_flatten"`
}

type surfaceWord struct {
	Value   string
	Aliases []string
}

type surfaceVariant struct {
	Name   string
	Fields []*surfaceField
}

// typeExpr is a type expression: Op is "string", "u16", "list", "map", "ref", "secret_ref", …
type typeExpr struct {
	Op       string
	Optional bool
	Elem     *typeExpr // of a list or map
	Ref      string    // of a ref
}

func (e *typeExpr) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &e.Op) == nil {
		return nil
	}
	var x struct {
		Option, List, Map *typeExpr
		Ref               string
		SecretRef         bool `json:"secret_ref"`
	}
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	switch {
	case x.Option != nil:
		*e = *x.Option
		e.Optional = true
	case x.List != nil:
		*e = typeExpr{Op: "list", Elem: x.List}
	case x.Map != nil:
		*e = typeExpr{Op: "map", Elem: x.Map}
	case x.Ref != "":
		*e = typeExpr{Op: "ref", Ref: x.Ref}
	case x.SecretRef:
		*e = typeExpr{Op: "secret_ref", Ref: secretType}
	default:
		return fmt.Errorf("unknown type expression %s", b)
	}
	return nil
}

// secretType is the name of the one secret_ref type.
const secretType = "SecretRef"

// loadSurface reads facts/surface.json.
func loadSurface(f *facts) (*surface, error) { return load[surface](f, "surface") }

// typeNames lists the types in the order of the generated table: the root, then by name.
func (s *surface) typeNames() []string {
	names := []string{s.Root}
	for name := range s.Types {
		if name != s.Root {
			names = append(names, name)
		}
	}
	slices.Sort(names[1:])
	return names
}

// allFields lists the keys that a table of this type may have: of a variant_struct the common
// ones and then those of each variant, of a secret_ref those of its table form.
func (t *surfaceType) allFields() []*surfaceField {
	fields := slices.Concat(t.Fields, t.Table.Fields)
	for _, v := range t.Variants {
		fields = append(fields, v.Fields...)
	}
	return fields
}
