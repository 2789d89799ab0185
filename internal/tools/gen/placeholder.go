package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// placeholderFacts is facts/placeholders.json.
type placeholderFacts struct {
	Placeholders []placeholderFact `json:"placeholders"`
	Words        []string          `json:"words"`
	Segments     []string          `json:"segments"`
	Real         []string          `json:"real"`
}

type placeholderFact struct {
	Text  string `json:"text"`
	Match string `json:"match"`
	Where string `json:"where"`
}

// placeholderTables writes the tables of internal/placeholder.
func placeholderTables(f *facts) ([]byte, error) {
	p, err := load[placeholderFacts](f, "placeholders")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	var open []byte
	at := func(w placeholderFact, i int) byte { // counted from the end where it is found
		text := strings.ToLower(w.Text)
		if w.Match == "repeat" {
			text += text
		}
		if w.Match == "suffix" {
			i = len(text) - 1 - i
		}
		return text[i]
	}
	by := func(w placeholderFact) byte { return at(w, 0) } // the byte by which it is found
	slices.SortStableFunc(p.Placeholders, func(a, b placeholderFact) int {
		return cmp.Or(cmp.Compare(leftoverGroup(a.Match), leftoverGroup(b.Match)), cmp.Compare(by(a), by(b)))
	})
	var groups [3][]string
	b.WriteString("// leftovers are the words that stand where a value was to be filled in, those that a word begins with\n" +
		"// before those that it ends with.\nvar leftovers = [...]leftover{\n")
	for i, w := range p.Placeholders {
		fmt.Fprintf(&b, "{text: %q, how: match%s, token: %t},\n", w.Text, upperFirst(w.Match), w.Where == "token")
		if w.Match == "brackets" {
			open = append(open, w.Text[0])
		}
		g, last := leftoverGroup(w.Match), len(p.Placeholders)-1
		if i == 0 || leftoverGroup(p.Placeholders[i-1].Match) != g || by(p.Placeholders[i-1]) != by(w) {
			to, beside := i, uint64(0)
			for to <= last && leftoverGroup(p.Placeholders[to].Match) == g && by(p.Placeholders[to]) == by(w) {
				for _, c := range bothCases(at(p.Placeholders[to], 1)) {
					beside |= 1 << (c & 63)
				}
				to++
			}
			for _, c := range bothCases(by(w)) {
				groups[g] = append(groups[g], fmt.Sprintf("%q: {%d, %d, %#x},\n", rune(c), i, to, beside))
			}
		}
	}
	slices.Sort(open)
	var brackets []string
	for _, c := range slices.Compact(open) {
		brackets = append(brackets, fmt.Sprintf("%q: true", rune(c)))
	}
	fmt.Fprintf(&b, "}\n\n// firstBrackets is the index of the first pair of brackets, which come last.\nconst firstBrackets = %d\n\n",
		slices.IndexFunc(p.Placeholders, func(w placeholderFact) bool { return w.Match == "brackets" }))
	fmt.Fprintf(&b, "// firstLeftovers and lastLeftovers tell which leftovers have a byte, as a letter in any case, at their beginning or end.\n"+
		"var (\nfirstLeftovers = [256]leftoverSpan{\n%s}\nlastLeftovers = [256]leftoverSpan{\n%s}\n)\n\n"+
		"// leftoverOpen are the bytes that open brackets.\nvar leftoverOpen = [256]bool{%s}\n\n",
		strings.Join(groups[0], ""), strings.Join(groups[1], ""), strings.Join(brackets, ", "))
	b.WriteString("// isToken tells letters, digits, dashes and underscores.\nvar isToken = [256]bool{\n")
	for _, c := range []byte(charSet("token")) {
		fmt.Fprintf(&b, "%q: true,\n", rune(c))
	}
	b.WriteString("}\n\n")
	kinds, err := load[catalogFacts](f, "catalog")
	if err != nil {
		return nil, err
	}
	words := p.Words
	for _, k := range kinds.Kinds {
		for _, name := range append([]string{k.ID}, k.Aliases...) {
			words = append(words, strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })...)
		}
	}
	writeNames(&b, "words", "are the words of templates, sorted.", words)
	writeNames(&b, "segments", "are segments of a path that only templates have, sorted.", p.Segments)
	lengths := make([]int, len(p.Segments))
	for i, s := range p.Segments {
		lengths[i] = len(s)
	}
	fmt.Fprintf(&b, "// The lengths of the shortest and of the longest of segments.\nconst (\nshortestSegment = %d\nlongestSegment = %d\n)\n\n",
		slices.Min(lengths), slices.Max(lengths))
	writeNames(&b, "realDomains", "are domains whose name looks like a placeholder, sorted.", p.Real)
	return goSource("placeholder", b.Bytes())
}

// bothCases is a byte that is no capital, and where it is a letter of ASCII its capital.
func bothCases(c byte) []byte {
	if 'a' <= c && c <= 'z' {
		return []byte{c, c - 'a' + 'A'}
	}
	return []byte{c}
}

// leftoverGroup is how a leftover is looked for: by its first byte, its last, or its brackets.
func leftoverGroup(match string) int {
	switch match {
	case "suffix":
		return 1
	case "brackets":
		return 2
	}
	return 0
}
