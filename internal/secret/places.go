package secret

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Places is where the secrets of a document stand.
type Places struct {
	Spans []document.Span // in order, without overlap; quotes around a secret are no part of it

	src    string
	quoted []document.Span // those whose text must not be shown elsewhere either
	merged []document.Span // the same in order, without overlap
	texts  []string
}

// Of finds the secrets of a document.
func Of(d *document.Document) *Places { return With(d, Find(d.Text())) }

// With is Of where the keys are known that Find lists in the text of the document.
func With(d *document.Document, keys []Match) *Places {
	w := walk(d, keys)
	return &Places{Spans: merge(slices.Concat(w.spans, w.hidden)), src: w.src, quoted: w.spans, merged: merge(slices.Clone(w.spans)), texts: w.texts}
}

// Texts lists the secrets of at most so many bytes as texts, as written and as decoded.
func (p *Places) Texts(most int) []string {
	texts := slices.Clone(p.texts)
	for _, s := range p.quoted {
		if s.Len() <= most {
			texts = append(texts, strings.TrimSpace(p.src[s.Start:s.End]))
		}
	}
	return texts
}

// Quoted is the text of a span within a secret that messages could quote, or "".
func (p *Places) Quoted(at document.Span) string {
	if in := p.Overlapping(at); len(in) == 0 || !in[0].Contains(at) {
		return ""
	}
	return p.src[at.Start:at.End]
}

// Overlapping lists, in order and apart, the secrets that messages could quote and that a span has a byte of.
func (p *Places) Overlapping(at document.Span) []document.Span {
	i := firstBehind(p.merged, at.Start)
	n := i
	for n < len(p.merged) && p.merged[n].Start < at.End {
		n++
	}
	return p.merged[i:n]
}

// Moves reports whether a text has the first of what is hidden within a span, as one that is written elsewhere has all of it.
func (p *Places) Moves(at document.Span, text string) bool {
	i := firstBehind(p.Spans, at.Start)
	return i < len(p.Spans) && at.Contains(p.Spans[i]) && strings.Contains(text, p.src[p.Spans[i].Start:p.Spans[i].End])
}

// hashedMost is the length up to which a value is hashed.
const hashedMost = 1 << 12

// IsKind reports whether a text is the name of a provider kind, which is no secret elsewhere.
func IsKind(text string) bool {
	_, ok := slices.BinarySearch(kindWords[:], text)
	return ok
}

// Hashable returns what a fingerprint may hold of a value: nothing of one that is or could
// be a secret, nor of one whose key Loong does not know, so that nothing can be guessed from the hash.
func (p *Places) Hashable(n *document.Node) string {
	if n == nil || n.Value().Len() == 0 || n.Value().Len() > hashedMost || Within(p.Spans, n.Value()) {
		return ""
	}
	text := p.src[n.Value().Start:n.Value().End]
	if n.Kind == document.String {
		text = n.Text()
	}
	path := schema.PathOfNode(n)
	if path == schema.NoPath || LooksRandom(text) || path.IsEnvPointer() && !upperSnake(text) {
		return ""
	}
	return text
}

// upperSnake reports whether a text is written as variables are by custom: TEAM_KEY_2.
func upperSnake(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '_' && setsOf[c]&setUpnum == 0 {
			return false
		}
	}
	return strings.Contains(s, "_")
}
