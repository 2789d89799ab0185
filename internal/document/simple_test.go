package document

import (
	"bufio"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	tomltest "github.com/toml-lang/toml-test/v2"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// checkPlain fails when go-toml, reading all statements of src, gives another document than Parse.
func checkPlain(t *testing.T, name string, src []byte) {
	t.Helper()
	p := newParser(name, src)
	p.usual = false
	want, got := p.parse(), Parse(name, src)
	switch {
	case got.Err != want.Err:
		t.Errorf("%s: error %v, want %v", name, got.Err, want.Err)
	case !slices.Equal(got.Comments, want.Comments):
		t.Errorf("%s: comments %v, want %v", name, got.Comments, want.Comments)
	case !reflect.DeepEqual(got.Problems, want.Problems):
		t.Errorf("%s: problems %v, want %v", name, got.Problems, want.Problems)
	case !sameNode(t, got.Root, want.Root):
		t.Logf("%s: %.200q", name, src)
	}
}

// nodeFacts is all that a node tells of itself.
type nodeFacts struct {
	kind                     Kind
	state                    state
	ord, tables              uint32
	entries                  int
	name, text               string
	key, value, expr, header Span
}

func factsOf(n *Node) nodeFacts {
	return nodeFacts{n.Kind, n.state, n.ord, n.tables, len(n.Entries), n.Name(), n.Text(), n.Key(), n.Value(), n.Expr(), n.Header()}
}

func sameNode(t *testing.T, got, want *Node) bool {
	t.Helper()
	if g, w := factsOf(got), factsOf(want); g != w {
		t.Errorf("%s: %+v, want %+v", want.KeyPath(), g, w)
		return false
	}
	for i, e := range got.Entries {
		if e.Parent != got || !sameNode(t, e, want.Entries[i]) {
			return false
		}
	}
	return true
}

func TestPlainStatementsAreReadAsByGoTOML(t *testing.T) {
	for _, dir := range []fs.FS{tomltest.TestCases(), os.DirFS("../../fixtures"), os.DirFS("../../rules"), os.DirFS("testdata")} {
		err := fs.WalkDir(dir, ".", func(path string, _ fs.DirEntry, err error) error {
			if ext := filepath.Ext(path); err != nil || ext != ".toml" && ext != ".txtar" {
				return err
			}
			src, err := fs.ReadFile(dir, path)
			checkPlain(t, path, src)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRecordedConfigsAreReadAsByGoTOML(t *testing.T) {
	n, every := 0, thorough.Pick(10, 1)
	files, err := filepath.Glob("../../fixtures/loong/*.jsonl.gz")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			if n++; n%every != 0 {
				continue
			}
			var row struct{ ID, TOML, Hex string }
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			raw, err := hex.DecodeString(row.Hex)
			if err != nil {
				t.Fatal(err)
			}
			checkPlain(t, row.ID, append(raw, row.TOML...))
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

// odd are pieces of files that make a statement unusual or wrong.
var odd = strings.Split("\n \r\n \r \t \" ' \"\"\" ''' [ ] [[ ]] { } = , . # #\x00 #é #\xff \\ \\n \\\" \\u00e9 0 00 1 -1 +1 -0 _ 1_0 0x1f 0b1 1.5 1. .5 1e5 "+
	"1979-05-27 07:32:00 1979-05-27T07:32:00Z true false truex inf nan \x00 \x7f \xff é \xEF\xBB\xBF a a.b 'a'.b \"a\".b \"\" '' "+
	"123456789012345678 1234567890123456789 9223372036854775808 0.1234567890123456789 1e400 {} [] [,] [1,] {a=1,} {a=1} [a] [[a]] a=1", " ")

func TestOddPiecesAnywhereAreReadAsByGoTOML(t *testing.T) {
	text := "# c\r\n[a.b]\n\"k\" = \"v\" # c\nl.m = [1, -2.5, # c\n {n = 'v'}]\n[[a.c]]\nd = {e = true, \"f\" = \"\"}\na = 2024\n"
	for _, piece := range append(odd, "", " ", "\n[a.b]\n", "\na = 1\n", "\nl.m.n = 1\n") {
		for i := range len(text) + 1 {
			checkPlain(t, piece, []byte(text[:i]+piece+text[i:]))
			checkPlain(t, piece, []byte(text[:i]+piece+text[min(len(text), i+len(piece)):]))
			checkPlain(t, piece, []byte(text[:i]+piece))
		}
	}
}

func TestManyAreReadAsByGoTOML(t *testing.T) {
	for name, src := range map[string]string{
		"entries":        "a = [" + many(maxItems+1, "%d, ") + "]\n",
		"comments":       "a = [" + many(maxItems+1, "# %d\n") + "]\n",
		"brackets":       "a = " + strings.Repeat("[", maxNested+1) + strings.Repeat("]", maxNested+1) + "\n",
		"parts":          "a" + many(maxParts-1, ".b%d") + " = 1\n[c" + many(maxParts, ".b%d") + "]\n",
		"long lead":      strings.Repeat("x", 300) + ".\"a\\n\" = 1\n",
		"keys":           many(3*indexFrom, "\"k\\u0061%d\" = 1\n") + many(3*indexFrom, "ka%d = 2\n"),
		"tables":         many(100, "[t.x%d]\na = {}\n[t.x%[1]d.y]\n[[t.x%[1]d.z]]\nb.c = 1\n"),
		"long text":      "a = \"" + strings.Repeat("x", maxText-2) + "\"\nb = '" + strings.Repeat("x", maxText-1) + "'\n",
		"long key":       strings.Repeat("x", maxText+1) + " = 1\n",
		"long inner key": "a = {" + strings.Repeat("x", maxText+1) + " = 1}\n",
		"empty tables":   many(maxInTable+1, "k%d={}\n"),
		"after errors":   many(20, "k%d = 1\n?\n[t%[1]d]\n\"\\n\" = \"\\n\" # c\n"),
	} {
		checkPlain(t, name, []byte(src))
	}
}
