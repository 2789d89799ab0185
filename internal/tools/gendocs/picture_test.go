package main

import (
	"encoding/xml"
	"strings"
	"testing"
)

// The picture shows, line by line, what the page of the rule shows in plain text.
func TestPictureShowsTheExample(t *testing.T) {
	_, files := made(t)
	text := map[string]string{}
	for _, f := range files {
		text[f.Path] = string(f.Content)
	}
	var svg struct {
		Lines []struct {
			Spans []string `xml:"tspan"`
		} `xml:"g>text"`
	}
	if err := xml.Unmarshal([]byte(text["docs/finding.svg"]), &svg); err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, l := range svg.Lines[2:] { // below the command
		shown = append(shown, strings.Join(l.Spans, ""))
	}
	if want := strings.Join(shown, "\n"); len(shown) < 5 || !strings.Contains(text["docs/rules/credentials.md"], want) {
		t.Errorf("docs/rules/credentials.md does not show:\n%s", want)
	}
}
