package document

import (
	"encoding/json"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"testing"

	tomltest "github.com/toml-lang/toml-test/v2"
)

// suite calls f for each file of toml-test's list for TOML 1.1 whose name begins with prefix.
func suite(t *testing.T, prefix string, f func(t *testing.T, name string, src []byte)) {
	t.Helper()
	files := tomltest.TestCases()
	list, err := fs.ReadFile(files, "files-toml-1.1.0")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, name := range strings.Fields(string(list)) {
		if !strings.HasPrefix(name, prefix) || !strings.HasSuffix(name, ".toml") {
			continue
		}
		count++
		src, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { f(t, name, src) })
	}
	if count < 100 {
		t.Errorf("only %d files begin with %s", count, prefix)
	}
}

func TestTomlTestValid(t *testing.T) {
	suite(t, "valid/", func(t *testing.T, name string, src []byte) {
		d := Parse(name, src)
		if len(d.Problems) > 0 {
			t.Fatalf("problems in a valid file: %v", d.Problems)
		}
		checkSpans(t, d)
		tagged, err := fs.ReadFile(tomltest.TestCases(), strings.TrimSuffix(name, ".toml")+".json")
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(tagged, &want); err != nil {
			t.Fatal(err)
		}
		equalTagged(t, d.Root, want)
	})
}

func TestTomlTestInvalid(t *testing.T) {
	suite(t, "invalid/", func(t *testing.T, name string, src []byte) {
		d := Parse(name, src)
		if len(d.Problems) == 0 {
			t.Error("no problem in an invalid file")
		}
		checkSpans(t, d)
	})
}

// equalTagged compares a node with toml-test's JSON, in which each scalar is {"type", "value"}.
func equalTagged(t *testing.T, n *Node, want any) {
	t.Helper()
	switch want := want.(type) {
	case []any:
		if !n.Kind.IsArray() || len(n.Entries) != len(want) {
			t.Fatalf("%s: kind %d with %d entries, want %d in an array", n.KeyPath(), n.Kind, len(n.Entries), len(want))
		}
		for i, w := range want {
			equalTagged(t, n.Entries[i], w)
		}
	case map[string]any:
		tag, isScalar := want["type"].(string)
		text, hasValue := want["value"].(string)
		if isScalar && hasValue && len(want) == 2 {
			if !equalScalar(n, tag, text) {
				t.Errorf("%s: kind %d %q, want %s %q", n.KeyPath(), n.Kind, n.Text(), tag, text)
			}
			return
		}
		if !n.Kind.IsTable() || len(n.Entries) != len(want) {
			t.Fatalf("%s: kind %d with %d entries, want %d in a table", n.KeyPath(), n.Kind, len(n.Entries), len(want))
		}
		for name, w := range want {
			e := n.At(name)
			if e == nil {
				t.Fatalf("%s: no entry %q", n.KeyPath(), name)
			}
			equalTagged(t, e, w)
		}
	}
}

func equalScalar(n *Node, tag, text string) bool {
	switch tag {
	case "string":
		return n.Kind == String && n.Text() == text
	case "integer":
		return n.Kind == Integer && strconv.FormatInt(n.Int(), 10) == text
	case "bool":
		return n.Kind == Bool && strconv.FormatBool(n.Bool()) == text
	case "float":
		want, err := strconv.ParseFloat(text, 64)
		got := n.Float()
		return err == nil && n.Kind == Float && (got == want || math.IsNaN(got) && math.IsNaN(want))
	}
	kinds := map[string]Kind{"datetime": OffsetDateTime, "datetime-local": LocalDateTime, "date-local": LocalDate, "time-local": LocalTime}
	return n.Kind == kinds[tag] && normalTime(n.Text()) == normalTime(text)
}

// normalTime writes a date or time as toml-test does: T and Z in capitals, seconds given, no zeros at the end of a fraction.
func normalTime(s string) string {
	s = strings.ReplaceAll(strings.ToUpper(s), " ", "T")
	date, clock, both := strings.Cut(s, "T")
	if !both {
		date, clock = "", s
	}
	if strings.Count(clock, ":") == 0 {
		return s
	}
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	if strings.Count(clock, ":") == 1 {
		clock += ":00"
	}
	if strings.Contains(clock, ".") {
		clock = strings.TrimRight(strings.TrimRight(clock, "0"), ".")
	}
	return date + "T" + clock + zone
}
