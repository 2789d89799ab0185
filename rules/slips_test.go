package rules_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// A slip is one mistake of a hand in a line of a good file.
type slip struct {
	name string
	make func(line string) (string, bool) // false: not in this line
}

var (
	textLine    = regexp.MustCompile(`^([A-Za-z0-9_.-]+) = "([^"\\]+)"$`)
	boolLine    = regexp.MustCompile(`^([a-z_]+) = (true|false)$`)
	numberLine  = regexp.MustCompile(`^([a-z_]+) = ([0-9.]+)$`)
	listLine    = regexp.MustCompile(`^([a-z_]+) = \[("[^"]+"), ("[^"]+".*)\]$`)
	shortList   = regexp.MustCompile(`^([a-z_]+) = \[("[^"\\]+")\]$`)
	tableLine   = regexp.MustCompile(`^([a-z_]+) = \{ (.*) \}$`)
	trueLine    = regexp.MustCompile(`^([a-z_]+) = true$`)
	plainLine   = regexp.MustCompile(`^([a-z_]+) = "([^"\\]+)"$`)
	kindLine    = regexp.MustCompile(`^(kind) = "([^"]+)"$`)
	profileLine = regexp.MustCompile(`^\[providers\.([a-z0-9_-]+)\]$`)
	envLine     = regexp.MustCompile(`^([a-z_]+) = \{ env = ("[^"]+") \}$`)
	headerLine  = regexp.MustCompile(`^\[([A-Za-z0-9_.-]+)\]$`)
)

// rewrite is a slip in lines that match.
func rewrite(name string, line *regexp.Regexp, to string) slip {
	return slip{name, func(s string) (string, bool) {
		if !line.MatchString(s) {
			return "", false
		}
		return line.ReplaceAllString(s, to), true
	}}
}

// secondKey is written after another key.
const secondKey = "retry_max_attempts"

var slips = []slip{
	rewrite("no closing quote", textLine, `$1 = "$2`),
	rewrite("no closing quote, comment", textLine, `$1 = "$2 # why`),
	rewrite("no opening quote", textLine, `$1 = $2"`),
	rewrite("no quotes", textLine, `$1 = $2`),
	rewrite("other closing quote", textLine, `$1 = "$2'`),
	rewrite("other opening quote", textLine, `$1 = '$2"`),
	rewrite("smart quotes", textLine, `$1 = “$2”`),
	rewrite("smart closing quote", textLine, `$1 = "$2”`),
	rewrite("backquotes", textLine, "$1 = `$2`"),
	rewrite("colon", textLine, `$1: "$2"`),
	rewrite("colon for a truth", boolLine, `$1: $2`),
	rewrite("colon for a list", listLine, `$1: [$2, $3]`),
	rewrite("colon for a table", tableLine, `$1: { $2 }`),
	rewrite("colon, no quotes", textLine, `$1: $2`),
	rewrite("colon and equals sign", textLine, `$1 := "$2"`),
	rewrite("quoted colon with comma", plainLine, `"$1": "$2",`),
	rewrite("no equals sign", textLine, `$1 "$2"`),
	rewrite("two equals signs", textLine, `$1 == "$2"`),
	rewrite("arrow", textLine, `$1 => "$2"`),
	rewrite("comma after", textLine, `$1 = "$2",`),
	rewrite("semicolon after", textLine, `$1 = "$2";`),
	rewrite("doubled closing quote", textLine, `$1 = "$2""`),
	rewrite("slashes", textLine, `$1 = "$2" // why`),
	rewrite("no-break space", textLine, "$1\u00a0= \"$2\""),
	rewrite("no-break space in the value", textLine, "$1 =\u00a0\"$2\""),
	rewrite("no-break indent", textLine, "\u00a0$1 = \"$2\""),
	rewrite("zero width space", textLine, "$1 = \"$2\"\u200b"),
	rewrite("unclosed long string", textLine, `$1 = """$2`),
	rewrite("no value", textLine, `$1 =`),
	rewrite("no value, no sign", textLine, `$1`),
	rewrite("null", textLine, `$1 = null`),
	rewrite("one table in braces not closed", tableLine, `$1 = { $2`),
	rewrite("bracket for brace", tableLine, `$1 = { $2 ]`),
	rewrite("colon in braces", envLine, `$1 = { env: $2 }`),
	rewrite("quoted colon in braces", envLine, `$1 = { "env": $2 }`),
	rewrite("no sign in braces", envLine, `$1 = { env $2 }`),
	rewrite("no quote in braces", envLine, `$1 = { env = "NAME }`),
	rewrite("no braces", envLine, `$1 = env = $2`),
	rewrite("True", trueLine, `$1 = True`),
	rewrite("yes", trueLine, `$1 = yes`),
	rewrite("leading zero", numberLine, `$1 = 0$2`),
	rewrite("unit", numberLine, `$1 = ${2}s`),
	rewrite("no comma", listLine, `$1 = [$2 $3]`),
	rewrite("two commas", listLine, `$1 = [$2,, $3]`),
	rewrite("semicolon in a list", listLine, `$1 = [$2; $3]`),
	rewrite("list not closed", listLine, `$1 = [$2, $3`),
	rewrite("list not opened", listLine, `$1 = $2, $3]`),
	rewrite("list without brackets", listLine, `$1 = $2, $3`),
	rewrite("short list not closed", shortList, `$1 = [$2`),
	rewrite("brace for bracket", shortList, `$1 = [$2}`),
	rewrite("no closing bracket", headerLine, `[$1`),
	rewrite("no opening bracket", headerLine, `$1]`),
	rewrite("one bracket too many", headerLine, `[$1]]`),
	rewrite("one bracket too many before", headerLine, `[[$1]`),
	rewrite("no brackets", headerLine, `$1`),
	rewrite("colon after the header", headerLine, `[$1]:`),
	rewrite("brace for header", headerLine, `{$1}`),
	rewrite("dot at the end of the header", headerLine, `[$1.]`),
	rewrite("curly after the header", headerLine, `[$1] {`),
	rewrite("provider for providers", profileLine, `[provider.$1]`),
	rewrite("profiles for providers", profileLine, `[profiles.$1]`),
	rewrite("brackets doubled", profileLine, `[[providers.$1]]`),
	rewrite("no name of a profile", profileLine, `[providers]`),
	rewrite("header twice", headerLine, "[$1]\n[$1]"),
	rewrite("key twice", textLine, "$1 = \"$2\"\n$1 = \"$2\""),
	rewrite("key twice, otherwise", textLine, "$1 = \"$2\"\n$1 = \"other\""),
	rewrite("merge", textLine, "<<<<<<< HEAD\n$1 = \"$2\"\n=======\n$1 = \"other\"\n>>>>>>> theirs"),
	rewrite("merge with base", textLine, "<<<<<<< HEAD\n$1 = \"$2\"\n||||||| 1234567\n=======\n$1 = \"other\"\n>>>>>>> theirs"),
	rewrite("number for text", textLine, `$1 = 7`),
	rewrite("list for text", textLine, `$1 = ["$2"]`),
	rewrite("text for a truth", boolLine, `$1 = "$2"`),
	rewrite("text for a number", numberLine, `$1 = "$2"`),
	rewrite("text for a list", shortList, `$1 = $2`),
	rewrite("export", textLine, `export $1="$2"`),
	rewrite("set", textLine, `set $1 = "$2"`),
	rewrite("dash", textLine, `- $1 = "$2"`),
	rewrite("two in a line", kindLine, `$1 = "$2" `+secondKey+` = 3`),
}

// plant is a mistake of its own in a section that the file does not have.
func plant(src string) string {
	for _, name := range []string{"slack", "line", "mattermost"} {
		if !strings.Contains(src, name) {
			return "\n[" + name + "]\nenabled = false\nplanted_mistake = 1\n"
		}
	}
	return "\n[planted_mistake]\nenabled = false\n"
}

// A slip in a good file is one finding where it was made, and mistakes elsewhere are still found.
func TestOneMistakeOneFinding(t *testing.T) {
	tried, every := 0, thorough.Pick(29, 1)
	eachTOML(t, filepath.Join(fixtures, "clean"), func(path string) {
		src := strings.TrimRight(readFile(t, path), "\n") + "\n"
		if len(src) > 6000 || strings.Contains(src, "'''") || strings.Contains(src, `"""`) {
			return
		}
		lines := strings.Split(src+plant(src), "\n")
		before := rulesOf(check(nil, path, strings.Join(lines, "\n"), static()))
		for i := range strings.Count(src, "\n") {
			for _, s := range slips {
				line, ok := s.make(lines[i])
				if !ok || isTwofold(s.name, src, lines, i) {
					continue
				}
				if tried++; tried%every != 0 {
					continue
				}
				edited := strings.Join(slices.Concat(lines[:i], []string{line}, lines[i+1:]), "\n")
				for _, wrong := range judgeSlip(s.name, check(nil, path, edited, static()), i+1, line, before) {
					t.Errorf("%s, %s:%d: %s: %s", s.name, path, i+1, line, wrong)
				}
			}
		}
	})
	if tried < 60_000 {
		t.Errorf("only %d slips were tried", tried)
	}
}

// isTwofold lists the slips that are more than one mistake, or may mean something else.
func isTwofold(name, src string, lines []string, i int) bool {
	above := ""
	if i > 0 {
		above = lines[i-1]
	}
	switch name {
	case "no brackets": // a word alone below another line may as well be a key without a value
		return above != "" && above[0] != '#' && !strings.Contains(lines[i], ".")
	case "no value, no sign": // and below a comment a header
		return strings.HasPrefix(above, "#")
	case "two in a line": // the second key would be there twice
		return strings.Contains(src, secondKey)
	}
	id := profileLine.FindStringSubmatch(lines[i])
	return id != nil && strings.Contains(src, "[providers."+id[1]+".") // what is below its other headers stays
}

// judgeSlip says what is wrong with the findings of a file with a slip in a line.
func judgeSlip(name string, res *lint.FileResult, at int, line string, before map[string]bool) (wrong []string) {
	here, planted := 0, 0
	for _, f := range res.Findings {
		start := f.Start.Line
		if name == "no name of a profile" && f.Rule.Name == "wrong-type" {
			start = f.Related[0].Start.Line // at the first key below
		}
		switch {
		case f.Diagnostic != nil || name == "profiles for providers" && f.Rule.Name == "unknown-last-provider":
			// The file decodes, and Loong itself misses the profile.
		case name == "number for text" && f.Rule.Name == "key-in-file":
			// A number in the place of a secret is one that is in the file.
		case f.Severity < lint.Warning:
			if !before[f.Rule.Name] {
				wrong = append(wrong, "brings "+f.Rule.Name)
			}
		case strings.Contains(f.Message, "planted_mistake"):
			planted++
		case start < at || start > at+strings.Count(line, "\n"):
			wrong = append(wrong, fmt.Sprintf("reports %s at line %d: %s", f.Rule.Name, start, f.Message))
		default:
			if here++; here > 1 {
				wrong = append(wrong, "also reports "+f.Rule.Name+": "+f.Message)
			}
		}
	}
	if here == 0 {
		wrong = append(wrong, "is not reported")
	}
	if planted == 0 {
		wrong = append(wrong, "hides the mistake in another section")
	}
	return wrong
}

func rulesOf(res *lint.FileResult) map[string]bool {
	names := map[string]bool{}
	for _, f := range res.Findings {
		names[f.Rule.Name] = true
	}
	return names
}
