package secret

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// comments hides the value of settings that are commented out, and what follows a secret in its line,
// which a quote at the wrong place may have made a comment. A comment that is no prose is shown as text that was
// not understood; in a broken document no comment is shown.
func (w *walker) comments(spans []document.Span) {
	slices.Sort(w.literals)
	slices.SortFunc(w.closed, func(a, b document.Span) int { return a.Start - b.Start })
	slices.SortFunc(w.sections, func(a, b section) int { return a.start - b.start })
	below, commented := public, public
	torn := false // a quote of an earlier line of comments is open
	next := 0
	for i, c := range spans {
		for ; next < len(w.sections) && w.sections[next].start < c.Start; next++ {
			below, commented = w.sections[next].at, public
		}
		inner := document.Span{Start: c.Start + 1, End: c.End}
		if i > 0 && strings.Count(w.src[spans[i-1].End:c.Start], "\n") != 1 {
			commented, torn = public, false
		}
		if p, ok := sectionOf(w.src[inner.Start:inner.End]); ok {
			commented = p
		}
		directive := strings.HasPrefix(w.src[inner.Start:inner.End], " loonglint:")
		plain, open := w.prose(w.src[inner.Start:inner.End])
		switch {
		case w.broken || w.words > mostUnread || !directive && (torn || w.behindLiteral(c.Start)) || Within(w.closed, inner):
			w.hide(inner)
		case !directive && !plain:
			w.unreadLine(w.src[inner.Start:inner.End], inner.Start)
		}
		torn = torn != open
		expected := max(commented, secretSection(below))
		if directive {
			expected = public
		}
		w.line(inner, expected)
		w.addressIn(inner)
		w.random(inner)
	}
}

// addressIn hides user-info and parameters of the first address in a comment, also where blanks are in
// them, unless a host stands where user-info would.
func (w *walker) addressIn(comment document.Span) {
	text := w.src[comment.Start:comment.End]
	_, rest, ok := strings.Cut(text, "://")
	if !ok || !strings.Contains(rest, "@") {
		return
	}
	if i := strings.IndexAny(rest, " \t/?#@"); i >= 0 && rest[i] != '@' && isHost(rest[:i]) && strings.Contains(rest[:i], ".") {
		return
	}
	for _, s := range wholeAddress(text, false) {
		w.hide(document.Span{Start: comment.Start + s.Start, End: comment.Start + s.End})
	}
}

// random hides words of a comment that could be keys of unknown shape.
func (w *walker) random(comment document.Span) {
	text := w.src[comment.Start:comment.End]
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && setsOf[text[end]]&setWord != 0 {
			end++
		}
		if end-start >= shortestRandom && LooksRandom(text[start:end]) {
			w.hide(document.Span{Start: comment.Start + start, End: comment.Start + end})
		}
		start = end + 1
	}
}

// secretSection is values where all values of a section are secret.
func secretSection(at place) place {
	if at == secret || at == values || at == literal {
		return values
	}
	return public
}

// behindLiteral reports whether a secret ends in the line before a place.
func (w *walker) behindLiteral(at int) bool {
	i, _ := slices.BinarySearch(w.literals, at+1)
	return i > 0 && strings.Trim(w.src[w.literals[i-1]:at], " \t") == ""
}
