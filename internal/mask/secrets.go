package mask

import (
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// Secrets is what must not be printed of one document. It is used by one goroutine at a time.
type Secrets struct {
	Spans []document.Span

	src      string
	texts    []string
	paired   bool              // replacer is made
	replacer *strings.Replacer // nil when there is nothing to replace
}

// Of collects the secrets of a document.
func Of(d *document.Document) *Secrets {
	w := walk(d)
	return &Secrets{Spans: w.spans, src: w.src, texts: w.texts}
}

// None is for texts that speak of no document at hand.
func None() *Secrets { return &Secrets{} }

// wide is the length in bytes from which a secret is looked for anywhere in a text; a shorter
// one, which could be part of any word, only in quotes.
const wide = 6

// longest is the length up to which a secret is looked for in texts; messages quote no more.
const longest = 1 << 12

// Text makes a message that speaks of the document printable: no secret of it, nothing secret
// by itself, harmless to terminals.
func (s *Secrets) Text(text string) string {
	if text == "" {
		return ""
	}
	if !s.paired {
		s.paired = true
		if pairs := s.pairs(); len(pairs) > 0 {
			s.replacer = strings.NewReplacer(pairs...)
		}
	}
	if s.replacer != nil {
		text = s.replacer.Replace(text)
	}
	return Harmless(Text(text))
}

// Holds reports whether a text quotes a secret.
func (s *Secrets) Holds(text string) bool { return s.Text(text) != Harmless(text) }

func (s *Secrets) pairs() []string {
	texts := slices.Clone(s.texts)
	for _, sp := range s.Spans {
		if sp.Len() <= longest {
			texts = append(texts, strings.TrimSpace(s.src[sp.Start:sp.End]))
		}
	}
	slices.SortFunc(texts, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, t := range slices.Compact(texts) {
		switch {
		case t == "" || isKind(t): // as in api_key = "ollama"
		case len(t) >= wide:
			pairs = append(pairs, t, Mask)
			if q := strconv.Quote(t); q[1:len(q)-1] != t {
				pairs = append(pairs, q[1:len(q)-1], Mask)
			}
		default:
			pairs = append(pairs, strconv.Quote(t), `"`+Mask+`"`, "'"+t+"'", "'"+Mask+"'")
		}
	}
	return pairs
}

// isKind reports whether a text is the name of a provider kind, which is no secret elsewhere.
func isKind(text string) bool {
	_, ok := slices.BinarySearch(kindWords[:], text)
	return ok
}

// Hashable returns what a fingerprint may hold of a value: nothing of one that is or could
// be a secret, so that nothing can be guessed from the hash.
func (s *Secrets) Hashable(n *document.Node) string {
	if n == nil || n.Value().Len() == 0 || n.Value().Len() > longest || Within(s.Spans, n.Value()) {
		return ""
	}
	text := s.src[n.Value().Start:n.Value().End]
	if n.Kind == document.String {
		text = n.Text()
	}
	if LooksRandom(text) || placeOf(n.Name()) == variable && !upperSnake(text) {
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
