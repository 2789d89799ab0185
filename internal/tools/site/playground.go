package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/tools/playground"
)

// tryIt links to the playground with a rule's example, read as the rule's page reads it.
func (s *site) tryIt(r *lint.Rule) string {
	state := playground.State{Text: r.Bad, Settings: r.Settings, Variables: r.Env}
	if r.Level == lint.Info {
		state.Level = r.Level.String()
	}
	if r.OptIn {
		state.Enable = []string{r.Name}
	}
	return fmt.Sprintf("<a class=\"md-button\" href=\"../%s%s\">Try it in the browser</a>", s.playground, playground.Fragment(state))
}

func groupTitle(name string) string { return lint.Group(name).Title() }

var notInSlug = regexp.MustCompile(`[^\w\s-]`)

// slug is the anchor that MkDocs gives a heading of ASCII.
func slug(heading string) string {
	return strings.Join(strings.Fields(strings.ToLower(notInSlug.ReplaceAllString(heading, ""))), "-")
}
