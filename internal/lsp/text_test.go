package lsp

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/loonglint/loonglint/internal/document"
)

// The units of UTF-16 and bytes before places, behind characters of one to four bytes, and behind all ends of lines.
func TestPositions(t *testing.T) {
	source := "\ufeffa\r\né🐉x\rñ\n\r\n日"
	for _, tt := range []struct {
		at           string // what is there
		line         int
		utf16, bytes int
	}{{"a", 0, 1, 3}, {"\r\né", 0, 2, 4}, {"é", 1, 0, 0}, {"🐉", 1, 1, 2}, {"x", 1, 3, 6}, {"ñ", 2, 0, 0}, {"\n\r", 2, 1, 2}, {"\r\n日", 3, 0, 0}, {"日", 4, 0, 0}} {
		offset := strings.Index(source, tt.at)
		for _, is16 := range []bool{true, false} {
			want := Position{tt.line, tt.bytes}
			if is16 {
				want.Character = tt.utf16
			}
			text := newText([]byte(source), is16)
			if got := text.position(offset); got != want {
				t.Errorf("%q is at %v, want %v (utf-16 %v)", tt.at, got, want, is16)
			}
			if got := text.offset(want); got != offset {
				t.Errorf("%v is at %d, want %d (utf-16 %v)", want, got, offset, is16)
			}
		}
	}
}

func TestPlacesBeyondTheTextAreClipped(t *testing.T) {
	source := "ab\né🐉\n"
	for _, tt := range []struct {
		at    Position
		bytes int // offset where characters are bytes
		units int // where they are units of UTF-16
	}{{Position{0, 99}, 2, 2}, {Position{9, 0}, 10, 10}, {Position{-1, 3}, 0, 0}, {Position{1, -2}, 3, 3},
		{Position{1, 1}, 3, 5}, {Position{1, 2}, 5, 5}, {Position{1, 4}, 5, 9}, {Position{2, 5}, 10, 10}} {
		if got := newText([]byte(source), false).offset(tt.at); got != tt.bytes {
			t.Errorf("bytes: %v is at %d, want %d", tt.at, got, tt.bytes)
		}
		if got := newText([]byte(source), true).offset(tt.at); got != tt.units {
			t.Errorf("utf-16: %v is at %d, want %d", tt.at, got, tt.units)
		}
	}
}

// alphabet has characters of all lengths, and all ends of lines.
var alphabet = []string{"a", "=", "\"", "[", "]", " ", "é", "日", "🐉", "\n", "\r\n", "\r", "\ufeff", "#", "kind", "\nmodel = "}

func randomText(r *rand.Rand, most int) string {
	var b strings.Builder
	for range r.IntN(most) {
		b.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// editorLines cuts a text as an editor does that counts in UTF-16, by itself and slowly.
func editorLines(s string) [][]uint16 {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\x00\x01"), "\r", "\r\x00")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", "\n\x00"), "\x00\x01", "\r\n\x00")
	var lines [][]uint16
	for line := range strings.SplitSeq(s, "\x00") {
		lines = append(lines, utf16.Encode([]rune(line)))
	}
	return lines
}

// Any sequence of changes gives the text that an editor has, which keeps its own lines, in both encodings.
func TestChangesGiveTheTextOfTheEditor(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		whole := randomText(r, 300)
		texts := [2]*text{newText([]byte(whole), true), newText([]byte(whole), false)}
		for range 12 {
			a, b := r.IntN(len(whole)+1), r.IntN(len(whole)+1)
			a, b = characterStart(whole, min(a, b)), characterStart(whole, max(a, b))
			with := randomText(r, 8)
			next := whole[:a] + with + whole[b:]
			for i, is16 := range []bool{true, false} {
				from, to := editorPosition(whole, a, is16), editorPosition(whole, b, is16)
				texts[i] = texts[i].apply(change{&Range{from, to}, with})
				if got := texts[i].starts; !slices.Equal(got, newText([]byte(next), is16).starts) {
					t.Fatalf("seed %d: %q with %q at %v to %v has lines at %v", seed, whole, with, from, to, got)
				}
				if got := string(texts[i].source); got != next {
					t.Fatalf("seed %d: %q with %q at %v to %v is %q, want %q (utf-16 %v)", seed, whole, with, from, to, got, next, is16)
				}
			}
			whole = next
		}
	}
}

// characterStart moves an offset to the start of its character; \r\n counts as one, as editors hold it.
func characterStart(s string, at int) int {
	for at > 0 && at < len(s) && (s[at]&0xC0 == 0x80 || s[at] == '\n' && s[at-1] == '\r') {
		at--
	}
	return at
}

func editorPosition(s string, offset int, is16 bool) Position {
	lines := editorLines(s[:offset])
	last := lines[len(lines)-1]
	if offset < len(s) && s[offset] == '\n' && strings.HasSuffix(s[:offset], "\r") {
		panic("between \\r and \\n")
	}
	n := len(last)
	if !is16 {
		n = len(string(utf16.Decode(last)))
	}
	return Position{len(lines) - 1, n}
}

func TestChangedLines(t *testing.T) {
	for _, tt := range []struct{ a, b, inA, inB string }{
		{"a\nb\nc\n", "a\nbx\nc\n", "b", "bx"},
		{"a\nb\n", "a\nb\nc\n", "", "c\n"},
		{"a\nb\nc", "a\nc", "b\nc", "c"},
		{"same", "same", "same", "same"},
		{"", "x", "", "x"},
	} {
		a, b := newText([]byte(tt.a), false), newText([]byte(tt.b), false)
		inA, inB := changedLines(a, b)
		if got := [2]string{cutOut(a, inA), cutOut(b, inB)}; got != [2]string{tt.inA, tt.inB} {
			t.Errorf("%q to %q: changed is %q, want %q", tt.a, tt.b, got, [2]string{tt.inA, tt.inB})
		}
	}
}

func cutOut(t *text, s document.Span) string { return string(t.source[s.Start:s.End]) }
