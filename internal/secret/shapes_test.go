package secret

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// keyShape is a shape as facts/keyshapes.json has it.
type keyShape struct {
	ID, Pattern, Example string
	Run                  int
	Mixed, Digit, Fold   bool
	SecretPlace          bool `json:"secret_place"`
	Block                []string
	parts                []keyPart
}

// keyPart is a literal text, or so many bytes of a set.
type keyPart struct {
	literal  string
	bytes    string
	min, max int
}

func readKeyShapes(t *testing.T) []keyShape {
	t.Helper()
	b, err := os.ReadFile("../../facts/keyshapes.json")
	if err != nil {
		t.Fatal(err)
	}
	var facts struct{ Shapes []keyShape }
	if err := json.Unmarshal(b, &facts); err != nil {
		t.Fatal(err)
	}
	const digits, small, capitals = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const alnum = digits + small + capitals
	sets := map[string]string{
		"digit": digits, "hex": digits + "abcdefABCDEF", "upnum": digits + capitals, "alnum": alnum, "token": alnum + "_-",
		"dotted": alnum + "_-.", "base64": alnum + "+/=", "base64url": alnum + "_-/",
	}
	for i := range facts.Shapes {
		s := &facts.Shapes[i]
		for rest := s.Pattern; rest != ""; {
			literal, after, found := strings.Cut(rest, "<")
			if literal != "" {
				s.parts = append(s.parts, keyPart{literal: literal})
			}
			rest = ""
			if found {
				var run string
				run, rest, _ = strings.Cut(after, ">")
				name, limits, _ := strings.Cut(run, ":")
				from, to, _ := strings.Cut(limits, "-")
				p := keyPart{bytes: sets[name], max: 1 << 30}
				p.min, _ = strconv.Atoi(from)
				if to != "" {
					p.max, _ = strconv.Atoi(to)
				}
				if p.bytes == "" || p.min == 0 {
					t.Fatalf("%s: what is %q?", s.ID, run)
				}
				s.parts = append(s.parts, p)
			}
		}
	}
	return facts.Shapes
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// matches is where a key of the shape ends that begins at i, or -1.
func (s *keyShape) matches(src string, i int) int {
	at, body := i, i
	for k, p := range s.parts {
		if p.literal != "" {
			end := at + len(p.literal)
			if end > len(src) || src[at:end] != p.literal && !(s.Fold && strings.EqualFold(src[at:end], p.literal)) {
				return -1
			}
			if at = end; k == 0 {
				body = at
			}
			continue
		}
		n := len(src[at:]) - len(strings.TrimLeft(src[at:], p.bytes))
		if n < p.min || n > p.max {
			return -1
		}
		at += n
	}
	if s.Block != nil {
		if opening, _, _ := strings.Cut(src[at:], "\n"); !strings.Contains(opening, s.Block[0]) {
			return -1
		}
		end := strings.Index(src[at:], s.Block[1])
		if end < 0 {
			return len(src)
		}
		at += end
		return at + strings.IndexAny(src[at:]+"\n", "\n\"'")
	}
	if !strongBody(src[body:at], s.Mixed, s.Digit, s.Run) {
		return -1
	}
	return at
}

// strongBody is what the facts ask for of the part after a literal.
func strongBody(body string, mixed, digit bool, run int) bool {
	count := func(from, to byte) (n int) {
		for i := range len(body) {
			if from <= body[i] && body[i] <= to {
				n++
			}
		}
		return n
	}
	digits := count('0', '9')
	if mixed && (digits < 2 || count('a', 'z') < 2 || count('A', 'Z') < 2) || digit && digits == 0 {
		return false
	}
	if run == 0 {
		return true
	}
	for word := range strings.FieldsFuncSeq(body, func(r rune) bool { return r > 127 || !isAlnum(byte(r)) }) {
		if len(word) >= max(16, 2*run) {
			return true
		}
		if i := strings.LastIndexAny(word, "0123456789"); i >= 0 && len(word) >= run {
			return true
		}
	}
	return false
}

// findSlowly is Find, written for its meaning: at every place every shape is tried, in their order.
func findSlowly(shapes []keyShape, src string, inSecret bool) []Match {
	var out []Match
next:
	for i := 0; i < len(src); i++ {
		boundary := i == 0 || !isAlnum(src[i-1]) || i > 1 && src[i-2] == '\\' ||
			i > 2 && src[i-3] == '%' && strings.Trim(src[i-2:i], "0123456789abcdefABCDEF") == ""
		for k := range shapes {
			s := &shapes[k]
			if s.SecretPlace && !inSecret {
				continue
			}
			end := s.matches(src, i)
			if end < 0 {
				continue
			}
			first := s.parts[0]
			switch {
			case boundary:
			case first.literal != "" && (len(first.literal) > 3 || strongBody(src[i+len(first.literal):end], true, false, 12)):
			case first.bytes == "0123456789" && (src[i-1] < '0' || src[i-1] > '9'):
			default:
				continue
			}
			out = append(out, Match{Start: i, End: end, ID: s.ID})
			i = end - 1
			continue next
		}
	}
	return out
}

// What is found in texts in which keys stand whole, cut off and glued to each other is what the facts say is there.
func TestFindsWhatTheFactsSay(t *testing.T) {
	shapes := readKeyShapes(t)
	r := rand.New(rand.NewPCG(7, 11))
	between := []string{" ", " ", " ", "\n", "=", "\"", "%3D", `\n`, "é", "密", "x", "Z", "9", "12", "_", "-", "/", ".", ":", "token", "%", `\`, "a1B2", "+", "'"}
	piece := func() string {
		s := shapes[r.IntN(len(shapes))].Example
		switch r.IntN(8) {
		case 0:
			return s[:r.IntN(len(s)+1)]
		case 1:
			return s[r.IntN(len(s)):]
		case 2: // a byte more or less
			i := r.IntN(len(s))
			return s[:i] + s[min(len(s), i+1):]
		case 3:
			i := r.IntN(len(s))
			return s[:i] + string("7aZ-_."[r.IntN(6)]) + s[i:]
		case 4:
			return strings.ToUpper(s)
		case 5:
			return strings.ToLower(s)
		case 6: // nothing but letters
			return strings.Map(func(c rune) rune {
				if '0' <= c && c <= '9' {
					return 'q'
				}
				return c
			}, s)
		}
		return s
	}
	found := 0
	for range thorough.Pick(700, 40_000) {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			if r.IntN(3) > 0 {
				b.WriteString(between[r.IntN(len(between))])
			}
			b.WriteString(piece())
		}
		b.WriteString(between[r.IntN(len(between))])
		text := b.String()
		got, want := Find(text), findSlowly(shapes, text, false)
		found += len(want)
		if !sameKeys(got, want) {
			t.Errorf("Find(%q)\n = %v\nwant %v", text, got, want)
		}
		want = findSlowly(shapes, strings.TrimSpace(text), true)
		whole := len(want) > 0 && want[0].Start == 0 && want[0].End == len(strings.TrimSpace(text))
		if _, ok := KeyShape(text); ok != whole {
			t.Errorf("KeyShape(%q) = %v", text, ok)
		}
	}
	if found < 500 {
		t.Errorf("the texts have only %d keys", found)
	}
}

// Each run of a shape has the lengths that the facts give, and no other; so has what its last part needs.
func TestKeysHaveTheLengthsOfTheFacts(t *testing.T) {
	shapes := readKeyShapes(t)
	fill := strings.Repeat("7Kd2Lq9Zr4Xc8Vb1Nm5TyUi0OpAs3DfGh6Jk", 3)
	for _, s := range shapes {
		for k, p := range s.parts {
			if p.literal != "" {
				continue
			}
			for _, n := range []int{p.min - 1, p.min, p.max, p.max + 1} {
				if n > 100 {
					continue
				}
				var b strings.Builder
				for j, other := range s.parts {
					if other.literal != "" {
						b.WriteString(other.literal)
						continue
					}
					length := other.min
					if j == k {
						length = n
					}
					of := strings.Map(func(c rune) rune {
						if strings.ContainsRune(other.bytes, c) {
							return c
						}
						return rune(other.bytes[int(c)%10])
					}, fill)
					b.WriteString(of[:length])
				}
				for _, text := range []string{b.String(), b.String() + ".", "(" + b.String() + ")"} {
					if got, want := Find(text), findSlowly(shapes, text, false); !sameKeys(got, want) {
						t.Errorf("%s: Find(%q)\n = %v\nwant %v", s.ID, text, got, want)
					}
				}
			}
		}
	}
}

func sameKeys(a, b []Match) bool {
	return slices.EqualFunc(a, b, func(x, y Match) bool {
		return fmt.Sprint(x.Start, x.End, x.ID) == fmt.Sprint(y.Start, y.End, y.ID)
	})
}

// A key is found after what only begins like one of its shape, and where the digits of a key are all in its first part.
func TestKeysAfterWhatIsNoKey(t *testing.T) {
	for text, want := range map[string]string{
		"hvs.abcdefghijhvs.7Kd2Lq9Zr4Xc":                              "hvs.7Kd2Lq9Zr4Xc",
		"re_qKdqLqqZ_qKdqLqqZrqXcqVbqre_7Kd2Lq9Z_7Kd2Lq9Zr4Xc8Vb1":    "re_7Kd2Lq9Z_7Kd2Lq9Zr4Xc8Vb1",
		"SG.7Kd2Lq9Zr4Xc8Vb1.SG.7Kd2Lq9Zr4Xc8Vb1.Kd2Lq9Zr4Xc8Vb1Nm5":  "SG.7Kd2Lq9Zr4Xc8Vb1.Kd2Lq9Zr4Xc8Vb1Nm5",
		"MTA3Kd2Lq9Zr4Xc8Vb1Nm5Ty.GkDqLq.ZrqXcqVbqNmqTyUiqOpAsqDfGhq": "MTA3Kd2Lq9Zr4Xc8Vb1Nm5Ty.GkDqLq.ZrqXcqVbqNmqTyUiqOpAsqDfGhq",
	} {
		found := Find(text)
		if len(found) != 1 || text[found[0].Start:found[0].End] != want {
			t.Errorf("Find(%q) = %v", text, found)
		}
	}
}

// A key of letters alone is as long as the facts say: a run of 16 letters, or of twice its run.
func TestKeysOfLettersAlone(t *testing.T) {
	for text, want := range map[string]bool{
		"sk-abcdefghijklmnop": true, "sk-abcdefghijklmno": false, "sk-abcdefg-ijklmno2": true, "sk-abcdefgh-jklmn2o": false, "sk-abcdefgh2-abcde": true, "sk-abcdef-12345678": true,
		"sk-abcdef-1234567-": false, "pypi-abcdefghijklmnopqrstuvwxyzabcdef": true, "pypi-abcdefghijklmnopqrstuvwxyzabcde-": false,
		"Bearer abcdefghijklmnop": false, "Bearer abcdefghijklmno1": true, "Basic aaaaAAAA1111": true, "Basic aaaaAAAAAAA1": false, "Basic aAAAAAAAAA11": false,
		"Basic aaaaaaaaaA11": false,
	} {
		if found := Find(text); (len(found) == 1 && found[0].End == len(text)) != want {
			t.Errorf("Find(%q) = %v", text, found)
		}
	}
	for text, want := range map[string]bool{
		"key-abcdefghijABCDE1-": false, "abc-abcdefghijABCD12": true, "abc-abcdefghijABCD1-2": false, "abc/abcdefghijABCD12": true,
		"abc-abcdefghijABC12x": true, "abcdefghijABCD12-x-": false, "abcdefghijklmnop1-AB2CD": false, "éabcdefghijABCD12-xy": true,
	} {
		if got := LooksRandom(text); got != want {
			t.Errorf("LooksRandom(%q) = %v", text, got)
		}
	}
}

// The search goes over runs of bytes in steps, which are longer in a long text that has no block.
func TestKeysAreFoundBesideGaps(t *testing.T) {
	const block = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----"
	for _, far := range []string{"", strings.Repeat("model = 1\n", 40)} {
		for _, key := range []string{"sk-9f2Kd83Lq0Zr", "Bearer 7Kd2Lq9Zr4Xc", "basic dXNlcjpodW50ZXIyMTIz", "ghp_7Kd2Lq9Zr4Xc8Vb1Nm5T", block} {
			for n := range 20 {
				for gap := range 5 {
					before := far + strings.Repeat("a", n) + " " + strings.Repeat("b", gap) + "\n"
					for _, after := range []string{"", " ", " # the key"} {
						want := Match{Start: len(before), End: len(before) + len(key)}
						if key == block {
							want.End += len(after) // a block goes to the end of its line
						}
						got := Find(before + key + after)
						if len(got) != 1 || got[0].Start != want.Start || got[0].End != want.End {
							t.Fatalf("%q: found %v, want %v", before+key+after, got, want)
						}
					}
				}
			}
		}
	}
}
