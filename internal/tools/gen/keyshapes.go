package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// keyShapes is facts/keyshapes.json.
type keyShapes struct {
	Shapes []keyShape `json:"shapes"`
}

type keyShape struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Pattern     string   `json:"pattern"`
	Run         int      `json:"run"`
	Fold        bool     `json:"fold"`
	Mixed       bool     `json:"mixed"`
	Digit       bool     `json:"digit"`
	SecretPlace bool     `json:"secret_place"`
	Block       []string `json:"block"`
	Example     string   `json:"example"`
	Source      string   `json:"source"`
}

// charSets names the character sets of patterns; the bits are those of internal/secret.
var charSets = []struct{ name, bytes string }{
	{"digit", "0123456789"},
	{"hex", "0123456789abcdefABCDEF"},
	{"upnum", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
	{"alnum", alnum},
	{"token", alnum + "_-"},
	{"dotted", alnum + "_-."},
	{"base64", alnum + "+/="},
	{"base64url", alnum + "_-/"},
	{"word", alnum + "_-+/=.:"}, // all that keys consist of, but for blanks
}

const alnum = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// segment is a part of a pattern: literal text, or a run of min to max bytes of a set.
type segment struct {
	lit      string
	set      string
	min, max int
}

// parsePattern reads the notation that facts/keyshapes.json explains.
func parsePattern(p string) ([]segment, error) {
	var out []segment
	for p != "" {
		i := strings.IndexByte(p, '<')
		if i < 0 {
			return append(out, segment{lit: p}), nil
		}
		if i > 0 {
			out = append(out, segment{lit: p[:i]})
		}
		end := strings.IndexByte(p, '>')
		if end < i {
			return nil, fmt.Errorf("unclosed run in %q", p)
		}
		s, err := parseRun(p[i+1 : end])
		if err != nil {
			return nil, err
		}
		out, p = append(out, s), p[end+1:]
	}
	return out, nil
}

func parseRun(run string) (segment, error) {
	set, bounds, _ := strings.Cut(run, ":")
	from, to, ok := strings.Cut(bounds, "-")
	if !ok || charSet(set) == "" {
		return segment{}, fmt.Errorf("bad run %q", run)
	}
	s := segment{set: set}
	var err error
	if s.min, err = strconv.Atoi(from); err != nil {
		return segment{}, err
	}
	if to != "" {
		s.max, err = strconv.Atoi(to)
	}
	return s, err
}

func charSet(name string) string {
	for _, s := range charSets {
		if s.name == name {
			return s.bytes
		}
	}
	return ""
}

// writeKeyShapes writes the tables of the search for keys.
func writeKeyShapes(b *bytes.Buffer, f *facts) error {
	k, err := load[keyShapes](f, "keyshapes")
	if err != nil {
		return err
	}
	writeCharSets(b)
	return writeShapes(b, k.Shapes)
}

func writeCharSets(b *bytes.Buffer) {
	b.WriteString("// The character sets of key shapes, a bit each.\nconst (\n")
	for i, s := range charSets {
		fmt.Fprintf(b, "set%s set = 1 << %d\n", upperFirst(s.name), i)
	}
	b.WriteString(")\n\n// setsOf tells the sets that a byte belongs to.\nvar setsOf = [256]set{\n")
	for c := range 128 {
		var in []string
		for _, s := range charSets {
			if strings.IndexByte(s.bytes, byte(c)) >= 0 {
				in = append(in, "set"+upperFirst(s.name))
			}
		}
		if len(in) > 0 {
			fmt.Fprintf(b, "%q: %s,\n", rune(c), strings.Join(in, "|"))
		}
	}
	b.WriteString("}\n\n")
}

func writeShapes(b *bytes.Buffer, shapes []keyShape) error {
	var segs bytes.Buffer
	var first, runs [256][]int // the shapes that may begin with a byte, and those of them without a prefix
	var second [256]uint64     // what may follow it in a prefix
	var third [256]uint64      // what follows two bytes, by their sum
	var pair [256]uint64       // what follows the first or the second byte
	var plain []string         // what the shapes without a prefix begin with
	n := 0
	b.WriteString("// shapes are the known shapes of keys; the first that matches names a key.\nvar shapes = [...]shape{\n")
	for i, s := range shapes {
		parts, err := parsePattern(s.Pattern)
		if err != nil {
			return fmt.Errorf("%s: %w", s.ID, err)
		}
		fmt.Fprintf(b, "{id: %q, name: %q, from: %d, to: %d, run: %d, fold: %t, mixed: %t, digit: %t, secretPlace: %t, least: %d",
			s.ID, s.Name, n, n+len(parts), s.Run, s.Fold, s.Mixed, s.Digit, s.SecretPlace, wordBytes(parts))
		if len(s.Block) == 2 {
			fmt.Fprintf(b, ", holds: %q, until: %q", s.Block[0], s.Block[1])
		}
		b.WriteString("},\n")
		n += len(parts)
		for _, p := range parts {
			if p.lit != "" {
				lit := p.lit
				if s.Fold {
					lit = strings.ToLower(lit)
				}
				fmt.Fprintf(&segs, "{lit: %q},\n", lit)
			} else {
				fmt.Fprintf(&segs, "{set: set%s, min: %d, max: %d},\n", upperFirst(p.set), p.min, p.max)
			}
		}
		for _, c := range prefixBytes(parts, 0, s.Fold) {
			for _, next := range prefixBytes(parts, 1, s.Fold) {
				second[c] |= 1 << (next & 63)
				pair[c] |= 1 << (next & 63)
				for _, last := range prefixBytes(parts, 2, s.Fold) {
					third[c+next] |= 1 << (last & 63)
					pair[next] |= 1 << (last & 63)
				}
			}
		}
		if run := parts[0]; run.lit == "" && !s.SecretPlace {
			next := "0"
			if len(parts) > 1 {
				next = strconv.QuoteRune(rune(parts[1].lit[0]))
			}
			plain = append(plain, fmt.Sprintf("{set%s, %d, %d, %s},\n", upperFirst(run.set), run.min, run.max, next))
		}
		for _, c := range firstBytes(parts[0], s.Fold) {
			if !slices.Contains(first[c], i) {
				first[c] = append(first[c], i)
				if parts[0].lit == "" {
					runs[c] = append(runs[c], i)
				}
			}
		}
	}
	if err := writeShortest(b, shapes); err != nil {
		return err
	}
	fmt.Fprintf(b, "// segments are the parts of all patterns.\nvar segments = [...]segment{\n%s}\n\n", &segs)
	writeBuckets(b, &first, &runs)
	writeByteSets(b, "secondBytes", "has a bit for each byte, of its last six bits, that follows a byte which begins a shape with a prefix", &second)
	writeByteSets(b, "thirdBytes", "is secondBytes for the byte after two bytes, by their sum", &third)
	writeByteSets(b, "pairBytes", "is secondBytes for a byte which is the first or the second of a prefix", &pair)
	slices.Sort(plain)
	fmt.Fprintf(b, "// plainRuns are what the shapes without a prefix begin with that count everywhere.\nvar plainRuns = [...]plainRun{\n%s}\n\n",
		strings.Join(slices.Compact(plain), ""))
	return nil
}

func writeByteSets(b *bytes.Buffer, name, doc string, sets *[256]uint64) {
	fmt.Fprintf(b, "// %s %s.\nvar %s = [256]uint64{\n", name, doc, name)
	for c, set := range sets {
		if set != 0 {
			fmt.Fprintf(b, "%q: %#x,\n", rune(c), set)
		}
	}
	b.WriteString("}\n\n")
}

// writeShortest writes how long the run of word bytes is at least that a shape begins with, and what is before the blank of
// those that hold one.
func writeShortest(b *bytes.Buffer, shapes []keyShape) error {
	shortest, shortestPlain, shortestRun, shortestBlock, shortestSpaced := 1<<30, 1<<30, 1<<30, 1<<30, 1<<30
	holds := ""
	var before []byte
	for _, s := range shapes {
		parts, err := parsePattern(s.Pattern)
		if err != nil {
			return err
		}
		if n := wordBytes(parts); n > 0 {
			shortest, shortestRun = min(shortest, n), min(shortestRun, n)
			if parts[0].lit == "" {
				shortestPlain = min(shortestPlain, n)
			}
			continue
		}
		word, found := strings.CutSuffix(parts[0].lit, " ")
		if n := wordBytes([]segment{{lit: word}}); found && n > 0 {
			before = append(before, firstBytes(segment{lit: word[n-1:]}, s.Fold)...)
			shortestSpaced = min(shortestSpaced, n)
			if len(s.Block) == 0 {
				shortestRun = min(shortestRun, max(n, wordBytes(parts[1:])))
			} else if shortestBlock = min(shortestBlock, n); holds == "" || holds == s.Block[0] {
				holds = s.Block[0]
			} else {
				return fmt.Errorf("%s: blocks hold %q and %q", s.ID, holds, s.Block[0])
			}
			continue
		}
		return fmt.Errorf("%s: a blank is not after the first word", s.ID)
	}
	shortestBlock = min(shortestBlock, shortestRun)
	if shortestBlock < 8 || shortestRun > 16 {
		return fmt.Errorf("shapes have %d or %d bytes of a word in a row at least, and skip looks at eight, twice", shortestBlock, shortestRun)
	}
	slices.Sort(before)
	fmt.Fprintf(b, `}

const (
	// shortest is the least number of word bytes that a shape begins with, but those that hold a blank.
	shortest = %d
	// shortestPlain is shortest of those that begin with no text of their own.
	shortestPlain = %d
	// shortestRun is the least number of word bytes that each shape has in a row, before its blank or after it; shortestBlock is it
	// in a text in which a block may be, which holds blockHolds.
	shortestRun = %d
	shortestBlock = %d
	blockHolds = %q
	// shortestSpaced is the least number of bytes before that blank.
	shortestSpaced = %d
	// leastWord is the least word byte.
	leastWord = %q
)

// beforeBlank are the bytes before that blank.
var beforeBlank = [256]bool{`, shortest, shortestPlain, shortestRun, shortestBlock, holds, shortestSpaced, slices.Min([]byte(charSet("word"))))
	for _, c := range slices.Compact(before) {
		fmt.Fprintf(b, "%q: true, ", rune(c))
	}
	b.WriteString("}\n\n")
	return nil
}

// wordBytes is the least number of bytes of a pattern, all of words; 0 where it holds a blank.
func wordBytes(parts []segment) int {
	n := 0
	for _, p := range parts {
		if strings.Trim(p.lit, charSet("word")) != "" {
			return 0
		}
		n += len(p.lit) + p.min
	}
	return n
}

// prefixBytes are the bytes that may stand at i in a pattern that begins with a literal of two bytes or more; i is at most 2.
func prefixBytes(parts []segment, i int, fold bool) []byte {
	switch n := len(parts[0].lit); {
	case n < 2:
		return nil
	case i == n:
		return firstBytes(parts[1], fold)
	}
	return firstBytes(segment{lit: parts[0].lit[i:]}, fold)
}

func firstBytes(s segment, fold bool) []byte {
	if s.lit == "" {
		return []byte(charSet(s.set))
	}
	c := s.lit[:1]
	if fold {
		return []byte(strings.ToLower(c) + strings.ToUpper(c))
	}
	return []byte(c)
}

// writeBuckets writes which shapes can begin with a byte, and which of them have no prefix; equal lists are one.
func writeBuckets(b *bytes.Buffer, first, runs *[256][]int) {
	buckets := [][]int{nil}
	write := func(doc, name string, lists *[256][]int) {
		fmt.Fprintf(b, "// %s %s; 0: none.\nvar %s = [256]uint8{\n", name, doc, name)
		for c, list := range lists {
			if len(list) == 0 {
				continue
			}
			i := slices.IndexFunc(buckets, func(o []int) bool { return slices.Equal(o, list) })
			if i < 0 {
				i = len(buckets)
				buckets = append(buckets, list)
			}
			fmt.Fprintf(b, "%q: %d,\n", rune(c), i)
		}
		b.WriteString("}\n\n")
	}
	write("is the index in buckets of the shapes that begin with a byte", "bucketOf", first)
	write("is the index in buckets of those without a prefix", "runsOf", runs)
	b.WriteString("var buckets = [...][]uint8{\n")
	for _, l := range buckets {
		b.WriteString("{")
		for _, i := range l {
			fmt.Fprintf(b, "%d, ", i)
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n\n")
}
