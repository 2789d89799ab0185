package lint

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
)

// silence drops the findings that a more specific one explains (Rule.Silences), and those of rules that are switched off.
// Two findings have one cause when their spans share a byte or they are about one key.
func silence(all []*Finding) []*Finding {
	if !slices.ContainsFunc(all, func(f *Finding) bool { return f.muted || len(f.Rule.Silences) > 0 }) {
		return all
	}
	byRule := map[string][]*Finding{}
	for _, f := range all {
		byRule[f.Rule.Name] = append(byRule[f.Rule.Name], f)
	}
	byKey := map[string]map[string]*Finding{}
	gone := map[*Finding]bool{}
	for _, list := range byRule {
		slices.SortStableFunc(list, Compare)
	}
	for _, f := range all {
		for _, name := range f.Rule.Silences {
			general := byRule[name]
			if len(general) == 0 || name == f.Rule.Name {
				continue
			}
			if byKey[name] == nil {
				byKey[name] = keyed(general)
			}
			resolveOverlap(f, general, byKey[name], gone)
		}
	}
	return slices.DeleteFunc(all, func(f *Finding) bool { return gone[f] || f.muted })
}

func keyed(list []*Finding) map[string]*Finding {
	m := make(map[string]*Finding, len(list))
	for _, f := range list {
		if f.KeyPath != "" {
			m[f.KeyPath] = f
		}
	}
	return m
}

// lookBack bounds how many findings before a place are asked whether they reach into it.
const lookBack = 16

// resolveOverlap drops the general findings that share f's cause, or f in favor of Loong's own.
func resolveOverlap(f *Finding, general []*Finding, byKey map[string]*Finding, gone map[*Finding]bool) {
	if g := byKey[f.KeyPath]; g != nil {
		prefer(f, g, gone)
	}
	i, _ := slices.BinarySearchFunc(general, max(f.Span.End, f.Span.Start+1), func(g *Finding, end int) int { return g.Span.Start - end })
	for n := 0; i > 0 && n < lookBack; n++ {
		i--
		if g := general[i]; touch(g.Span, f.Span) && !gone[g] {
			prefer(f, g, gone)
		}
	}
}

func touch(a, b document.Span) bool {
	return a.Start < max(b.End, b.Start+1) && b.Start < max(a.End, a.Start+1)
}

// prefer keeps the specific finding, or the general one with what the specific one says when
// that one is Loong's own.
func prefer(f, g *Finding, gone map[*Finding]bool) {
	if g.Diagnostic == nil || f.Diagnostic != nil {
		if g.Diagnostic == nil {
			gone[g] = true
		}
		return
	}
	if gone[f] || f.muted {
		return
	}
	gone[f] = true
	if f.Note != "" {
		g.Note = f.Note
	}
	if f.Help != "" {
		g.Help = f.Help
	}
	if len(g.Fixes) == 0 {
		g.Fixes = f.Fixes
	}
	g.Related = append(g.Related, f.Related...)
	g.Severity = max(g.Severity, f.Severity)
}
