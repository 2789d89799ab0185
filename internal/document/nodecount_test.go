package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestFilesThatHoldTooMuchAreNotRead(t *testing.T) {
	for name, src := range map[string]string{
		"array":            "a = [" + strings.Repeat("1,", maxInStatement) + "1]\n",
		"inline table":     "a = {" + many(maxInStatement, "k%d=1,") + "z=1}\n",
		"over lines":       "a = {\n" + many(maxInStatement, "k%d=1,\n") + "z=1}\n",
		"comments":         "a = [" + strings.Repeat("#\n", maxInStatement) + "1, 2]\n",
		"header":           "[a" + strings.Repeat(".a", maxInStatement+1) + "]\n",
		"key":              "a" + strings.Repeat(".a", maxInStatement+1) + " = 1\n",
		"after an error":   "a = @ \"\"\"\nb = [" + strings.Repeat("1,", maxInStatement) + "1]\n",
		"keys":             many(maxThings+1, "k%d=1\n"),
		"headers":          many(maxInTable+1, "[t%d]\n"),
		"entries":          strings.Repeat("[[t]]\n", maxInTable+1),
		"inline":           many(maxInTable+1, "k%d={}\n"),
		"dotted tables":    many(maxInTable+1, "k%d.a=1\n"),
		"nested":           "[a]\n" + many(maxInTable, "k%d={}\n") + "[b]\n" + many(maxInTable, "k%d={}\n"),
		"comment lines":    strings.Repeat("#\n", maxThings+1),
		"after a \"string": "a = \"\nb = [" + strings.Repeat("1,", maxInStatement) + "1]\n",
	} {
		d := Parse(name, []byte(src))
		if !errors.Is(d.Err, ErrTooManyNodes) || len(d.Root.Entries)+len(d.Comments)+len(d.Problems) > 0 {
			t.Errorf("%s: error %v, %d entries, %d problems", name, d.Err, len(d.Root.Entries), len(d.Problems))
		}
	}
}

func TestLongTextsAreNotRead(t *testing.T) {
	text := strings.Repeat("x", maxText)
	for _, src := range []string{
		"a = \"" + text + "\"\n", "a = '''" + text + "'''\n", text + "x = 1\n", "[" + text + "x]\n", "a = [1, { b = '" + text + "' }]\n",
	} {
		if d := Parse("", []byte(src)); !errors.Is(d.Err, ErrLong) {
			t.Errorf("%.20s…: error %v", src, d.Err)
		}
	}
	if d := Parse("", []byte("# "+text+text+"\na = 1 #"+text+text+"\n")); d.Err != nil || d.Root.At("a").Int() != 1 {
		t.Errorf("long comments: error %v", d.Err)
	}
}

func TestManySmallStatementsAreRead(t *testing.T) {
	const n = maxInStatement / 2
	for name, src := range map[string]string{
		"arrays":     many(n, "k%d = [1, 2, '''[[[''', \"\\\"{{\"] # [,,,\n"),
		"over lines": many(n, "k%d = [\n  1,\n  2,\n]\n"),
		"dotted":     many(n, "a.b.c.k%d = 1.5\n"),
		"texts":      "a = '''" + strings.Repeat(",", 2*n+1) + "'''\nb = \"" + strings.Repeat(".", 2*n+1) + "\"\n",
		"long texts": "a = ['''\n" + strings.Repeat(",\n", 2*n+1) + "''']\nb = [\"\"\"\n" + strings.Repeat(",\n", 2*n+1) + "\"\"\"]\n",
	} {
		if d := Parse(name, []byte(src)); d.Err != nil || len(d.Problems) > 0 {
			t.Errorf("%s: error %v, problems %v", name, d.Err, d.Problems)
		}
	}
	src := many(maxInStatement, "k%d = [\n[t]\n")
	if d := Parse("unclosed", []byte(src)); d.Err != nil || len(d.Problems) == 0 {
		t.Errorf("unclosed brackets: error %v, %d problems", d.Err, len(d.Problems))
	}
}

func TestNamesAreFoundInLargeTables(t *testing.T) {
	for n := range 4 * indexFrom {
		d := Parse("", []byte(many(n, "k%d = %[1]d\n")))
		for i := range n {
			if got := d.Root.At(fmt.Sprintf("k%d", i)); got.Int() != int64(i) || got == nil {
				t.Fatalf("of %d keys, k%d is %v", n, i, got)
			}
		}
		if d.Root.At("k") != nil || d.Root.At(fmt.Sprintf("k%d", n)) != nil {
			t.Fatalf("of %d keys, one is found that is not there", n)
		}
	}
}
