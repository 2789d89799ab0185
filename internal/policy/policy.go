// Package policy holds what an organization allows in its configurations: the section [policy]
// of loonglint.toml as values, and how they match. Package config reads it, the rules
// policy-… judge by it.
package policy

import (
	"slices"
	"strconv"
	"strings"
)

// Policy is the section [policy]; a list that is not written allows everything.
type Policy struct {
	Kinds       List
	Hosts       List
	Models      List
	Credentials List // by source: see Sources
	Channels    List
	Settings    []Setting
}

// Parts names what a policy limits, as it is written.
func (p *Policy) Parts() []string {
	parts := []string{}
	if p == nil {
		return parts
	}
	for _, l := range []struct {
		name string
		list *List
	}{{"kinds", &p.Kinds}, {"hosts", &p.Hosts}, {"models", &p.Models}, {"credentials", &p.Credentials}, {"channels", &p.Channels}} {
		if len(l.list.Allow)+len(l.list.Deny) > 0 {
			parts = append(parts, l.name)
		}
	}
	for i := range p.Settings {
		parts = append(parts, p.Settings[i].Path)
	}
	return parts
}

// Sources are the words for where a credential comes from.
func Sources() []string { return []string{"variable", "file", "program", "literal", "header"} }

// List allows and denies names by pattern. What is denied stays so even when it is allowed, too;
// where nothing is allowed by name, everything is that is not denied.
type List struct {
	Allow, Deny []string
	Because     string // the policy's own words
}

// Breach returns the pattern that denies a name; where no list allows it, "" and true.
func (l *List) Breach(name string) (denied string, breach bool) {
	name = strings.ToLower(name)
	for _, p := range l.Deny {
		if Match(strings.ToLower(p), name) {
			return p, true
		}
	}
	if len(l.Allow) == 0 || slices.ContainsFunc(l.Allow, func(p string) bool { return Match(strings.ToLower(p), name) }) {
		return "", false
	}
	return "", true
}

// Setting is what one key of Loong's configuration must be.
type Setting struct {
	Key     []string // its path; "*" stands for any one key
	Path    string   // as written
	Because string

	Required bool     // it must be written
	OneOf    []string // its allowed values as text; nil: any
	Min, Max *float64 // bounds of a number, inclusive; nil: none
}

// Match reports whether a name matches a pattern, in which * stands for any text.
func Match(pattern, name string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, first)
	if !ok {
		return false
	}
	for {
		part, more, star := strings.Cut(rest, "*")
		if !star {
			return strings.HasSuffix(name, part)
		}
		at := strings.Index(name, part)
		if at < 0 {
			return false
		}
		name, rest = name[at+len(part):], more
	}
}

// Wrong says what is wrong with a value, given as its text; empty when the policy allows it.
func (s *Setting) Wrong(value string) string {
	number, err := strconv.ParseFloat(strings.ReplaceAll(value, "_", ""), 64)
	isNumber := err == nil
	if s.OneOf != nil && !slices.ContainsFunc(s.OneOf, func(want string) bool {
		n, err := strconv.ParseFloat(strings.ReplaceAll(want, "_", ""), 64)
		return want == value || isNumber && err == nil && n == number
	}) {
		return "is not allowed"
	}
	switch {
	case s.Min == nil && s.Max == nil:
		return ""
	case !isNumber:
		return "is not a number"
	case s.Min != nil && number < *s.Min:
		return "is below " + strconv.FormatFloat(*s.Min, 'g', -1, 64)
	case s.Max != nil && number > *s.Max:
		return "is above " + strconv.FormatFloat(*s.Max, 'g', -1, 64)
	}
	return ""
}
