package schema

import _ "embed"

// JSON is the published JSON Schema (draft-07). It says what an operator should write, and so is
// stricter than Check: unknown keys, numbers that Loong's validation refuses.
//
//go:embed loong.schema.json
var JSON string

// ConfigJSON is the JSON Schema (draft-07) of loonglint's own settings, loonglint.toml.
//
//go:embed loonglint-config.schema.json
var ConfigJSON string
