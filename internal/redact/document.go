package redact

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/secret"
)

// Document redacts what is said about one document. It is used by one goroutine at a time.
type Document struct {
	*secret.Places

	paired   bool              // pairs are listed
	pairs    []string          // texts that quote a secret, each with what is shown instead
	replacer *strings.Replacer // of pairs; made for the first text that may hold one
}

// Of redacts by the secrets of a document.
func Of(d *document.Document) *Document { return &Document{Places: secret.Of(d)} }

// With is Of where the keys are known that secret.Find lists in the text of the document.
func With(d *document.Document, keys []secret.Match) *Document {
	return &Document{Places: secret.With(d, keys)}
}

// None is for texts that are about no document.
func None() *Document { return &Document{Places: &secret.Places{}} }

// wide is the length in bytes from which a secret is looked for anywhere in a text; a shorter
// one, which could be part of any word, only in quotes.
const wide = 6

// longest is the length up to which a secret is looked for in texts; messages quote no more.
const longest = 1 << 12

// Text makes a message that names the document printable: no secret of it, nothing secret
// by itself, harmless to terminals.
func (s *Document) Text(text string) string {
	if text == "" {
		return ""
	}
	return Printable(s.mask(text))
}

// Keeps reports that Text leaves each of some texts as it is, and Holds is false for each of others; it may be false all the
// same. To ask for many short texts at once takes less than half as long.
func (s *Document) Keeps(shown, held []string) bool {
	size := len(shown) + len(held)
	for _, text := range shown {
		size += len(text)
	}
	for _, text := range held {
		size += len(text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, text := range shown {
		if !isPlain(text) {
			return false
		}
		b.WriteString(text)
		b.WriteByte('\n')
	}
	for _, text := range held {
		b.WriteString(text)
		b.WriteByte('\n')
	}
	// No secret that is known by itself goes over lines, and what is before a line does not hide one in it.
	all := b.String()
	return s.mask(all) == all && len(secret.In(all)) == 0
}

// few is up to how many texts are looked for one by one before a text is taken apart for all of them at once.
const few = 16

// mask hides the secrets of the document in a text.
func (s *Document) mask(text string) string {
	if !s.paired {
		s.paired, s.pairs = true, s.listPairs()
	}
	if len(s.pairs) == 0 || len(s.pairs) <= 2*few && !s.quotes(text) {
		return text
	}
	if s.replacer == nil {
		// A Replacer of one text alone takes quadratic time to prepare for a long one that repeats itself.
		s.replacer = strings.NewReplacer(append(s.pairs, Mask, Mask)...)
	}
	return s.replacer.Replace(text)
}

// quotes reports whether a text holds any of the pairs.
func (s *Document) quotes(text string) bool {
	for i := 0; i < len(s.pairs); i += 2 {
		if strings.Contains(text, s.pairs[i]) {
			return true
		}
	}
	return false
}

// Piece is the text of a span within a secret, which Text does not know by itself: part of a password in an address. It
// is empty for what is no secret, and for what is too short to tell anything.
func (s *Document) Piece(at document.Span) string {
	if at.Len() < shortestPiece {
		return ""
	}
	return s.Quoted(at)
}

// shortestPiece is the length in bytes from which a piece of a secret is hidden.
const shortestPiece = 4

// Holds reports whether a text quotes a secret.
func (s *Document) Holds(text string) bool { return s.Text(text) != Harmless(text) }

// Source is the text of the document as it may be shown, line by line, so that lines keep their numbers and ends: without
// its secrets, those of others, and harmless. It need not be TOML.
func (s *Document) Source(d *document.Document, others ...*Document) []byte {
	var b bytes.Buffer
	at := 0
	for _, span := range s.Spans {
		b.Write(d.Source[at:span.Start])
		b.WriteString(Mask + strings.Repeat("\n"+Mask, bytes.Count(d.Source[span.Start:span.End], []byte{'\n'})))
		at = span.End
	}
	b.Write(d.Source[at:])
	var out bytes.Buffer
	for line := range strings.Lines(b.String()) {
		text := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		end := line[len(text):]
		text = s.Text(text)
		for _, other := range others {
			text = other.Text(text)
		}
		out.WriteString(text)
		out.WriteString(end)
	}
	return out.Bytes()
}

// escaped is a text as messages have it between quotes.
func escaped(text string) string {
	if isPlain(text) && !strings.ContainsAny(text, `"\`) { // as most are
		return text
	}
	q := strconv.Quote(text)
	return q[1 : len(q)-1]
}

// listPairs lists the texts that quote a secret, the longest first, each with what is shown instead.
func (s *Document) listPairs() []string {
	texts := s.Texts(longest)
	slices.SortFunc(texts, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, t := range slices.Compact(texts) {
		switch {
		case t == "" || secret.IsKind(t): // as in api_key = "ollama"
		case len(t) >= wide:
			pairs = append(pairs, t, Mask)
			if q := escaped(t); q != t {
				pairs = append(pairs, q, Mask)
			}
		default:
			pairs = append(pairs, strconv.Quote(t), `"`+Mask+`"`, "'"+t+"'", "'"+Mask+"'")
		}
	}
	return pairs
}
