package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
)

// tryIt links to the playground with a rule's example, read as the rule's page reads it.
func (s *site) tryIt(r *lint.Rule) string {
	state := shared{Text: r.Bad, Settings: r.Settings, Variables: r.Env}
	if r.OptIn {
		state.Enable = []string{r.Name}
	}
	return fmt.Sprintf("<a class=\"md-button\" href=\"../%s%s\">Try it in the browser</a>", s.playground, state.fragment())
}

// shared is what a link to the playground holds.
type shared struct {
	Text      string   `json:"text"`
	Settings  string   `json:"settings,omitempty"`
	Variables []string `json:"variables,omitzero"` // nil says that nothing is known
	Enable    []string `json:"enable,omitempty"`
}

// fragment is the fragment by which the playground takes a state: JSON, compressed as by deflate-raw of browsers, in base64url.
func (s shared) fragment() string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts are JSON
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err) // the level is one
	}
	w.Write(text)
	w.Close()
	return "#v1=" + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func groupTitle(name string) string { return lint.Group(name).Title() }

var notInSlug = regexp.MustCompile(`[^\w\s-]`)

// slug is the anchor that MkDocs gives a heading of ASCII.
func slug(heading string) string {
	return strings.Join(strings.Fields(strings.ToLower(notInSlug.ReplaceAllString(heading, ""))), "-")
}
