package lint

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/redact"
)

// askedAtOnce is how many findings are asked about together whether they hold a secret, for most hold none.
const askedAtOnce = 16

// maskKeyPaths makes the key paths of findings those that are shown.
func maskKeyPaths(all []*Finding, s *redact.Document) {
	paths := make([]string, 0, askedAtOnce)
	for some := range slices.Chunk(all, askedAtOnce) {
		paths = paths[:0]
		for _, f := range some {
			paths = append(paths, f.KeyPath)
		}
		if s.Keeps(paths, nil) {
			continue
		}
		for _, f := range some {
			f.KeyPath = s.Text(f.KeyPath)
		}
	}
}

// redactAll masks every text of findings; keysDone: but their key paths, which are masked. A piece of a secret that a finding
// points at is quoted nowhere in it.
func redactAll(all []*Finding, s *redact.Document, keysDone bool) {
	for some := range slices.Chunk(all, askedAtOnce) {
		kept := keeps(some, s, keysDone)
		for _, f := range some {
			if !kept && !keeps([]*Finding{f}, s, keysDone) {
				f.mask(s, keysDone)
			}
			f.markMoves(s)
			f.shorten(s.Piece(f.Span))
		}
	}
}

// keeps reports whether mask would surely change nothing of some findings.
func keeps(some []*Finding, s *redact.Document, keysDone bool) bool {
	shown, held := make([]string, 0, 8*askedAtOnce), make([]string, 0, 2*askedAtOnce)
	for i, f := range some {
		shown = append(shown, f.Message, f.Label, f.Help)
		if i == 0 || f.Note != some[i-1].Note { // many of one rule have the same
			shown = append(shown, f.Note)
		}
		if !keysDone {
			shown = append(shown, f.KeyPath)
		}
		for i := range f.Related {
			shown = append(shown, f.Related[i].Message)
		}
		if d := f.Diagnostic; d != nil {
			shown = append(shown, d.FieldPath, d.InlineFieldPath, d.SuggestedEnvName)
		}
		for i := range f.Fixes {
			shown = append(shown, f.Fixes[i].Message)
			for _, e := range f.Fixes[i].Edits {
				held = append(held, e.Text)
			}
		}
	}
	return s.Keeps(shown, held)
}

// mask hides the secrets in what is shown, and marks the fixes that write one.
func (f *Finding) mask(s *redact.Document, keyDone bool) {
	if !keyDone {
		f.KeyPath = s.Text(f.KeyPath)
	}
	for _, t := range [...]*string{&f.Message, &f.Label, &f.Note, &f.Help} {
		*t = s.Text(*t)
	}
	for i := range f.Related {
		f.Related[i].Message = s.Text(f.Related[i].Message)
	}
	if f.Diagnostic != nil {
		d := *f.Diagnostic // the one of the configuration says what Loong says
		d.FieldPath, d.InlineFieldPath, d.SuggestedEnvName = s.Text(d.FieldPath), s.Text(d.InlineFieldPath), s.Text(d.SuggestedEnvName)
		if d.FieldPath != f.Diagnostic.FieldPath || d.InlineFieldPath != f.Diagnostic.InlineFieldPath || d.SuggestedEnvName != f.Diagnostic.SuggestedEnvName {
			f.Diagnostic = &d
		}
	}
	for i := range f.Fixes {
		x := &f.Fixes[i]
		x.Message = s.Text(x.Message)
		for _, e := range x.Edits {
			x.Secret = x.Secret || s.Holds(e.Text)
		}
	}
}

// markMoves marks the fixes that write elsewhere what is hidden where they take it away.
func (f *Finding) markMoves(s *redact.Document) {
	for i := range f.Fixes {
		x := &f.Fixes[i]
		for _, e := range x.Edits {
			if e.Text == "" && e.Span.Len() > 0 && !x.Secret {
				x.Secret = slices.ContainsFunc(x.Edits, func(o document.Edit) bool { return o.Text != "" && s.Moves(e.Span, o.Text) })
			}
		}
	}
}

// shorten cuts the texts of a finding that are too long, and hides a piece of a secret in all of them.
func (f *Finding) shorten(piece string) {
	for _, t := range [...]*string{&f.Message, &f.Label, &f.Note, &f.Help, &f.KeyPath} {
		if piece != "" {
			*t = strings.ReplaceAll(*t, piece, redact.Mask)
		}
		*t = cut(*t)
	}
}
