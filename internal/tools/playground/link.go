// Package playground makes links into the page of web/playground. Its tests drive the page in a browser.
package playground

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
)

// State is what a link holds: a document and how it is checked. web/playground/link.js reads it.
type State struct {
	Text      string   `json:"text"`
	Settings  string   `json:"settings,omitempty"` // a loonglint.toml
	Variables []string `json:"variables,omitzero"` // all that exist, as NAME or NAME=value; nil: nothing is known
	Target    string   `json:"target,omitempty"`
	Level     string   `json:"level,omitempty"`
	Enable    []string `json:"enable,omitempty"`
	Disable   []string `json:"disable,omitempty"`
}

// Fragment is the part of a link after the address of the page, # included.
func Fragment(s State) string {
	var raw, packed bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	e.Encode(s)                                             // texts always have a JSON form
	w, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is one that there is
	w.Write(bytes.TrimSuffix(raw.Bytes(), []byte("\n")))
	w.Close()
	return "#v1=" + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}
