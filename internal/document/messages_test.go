package document

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write testdata/messages.txtar anew")

// TestMessages compares the problems of each file of the archive with the file NAME.want after it.
func TestMessages(t *testing.T) {
	const golden = "testdata/messages.txtar"
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var files []txtar.File
	for i, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		d := Parse(f.Name, f.Data)
		checkSpans(t, d)
		got := render(d)
		files = append(files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
		if *update {
			continue
		}
		if i+1 == len(archive.Files) || archive.Files[i+1].Name != f.Name+".want" {
			t.Errorf("%s: no .want after it; run go test ./internal/document -update", f.Name)
		} else if want := string(archive.Files[i+1].Data); got != want {
			t.Errorf("%s: got\n%swant\n%srun go test ./internal/document -update if that is right", f.Name, got, want)
		}
	}
	if *update {
		archive.Files = files
		if err := os.WriteFile(golden, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// render shows the problems of d with the text they lie on, and the keys that were read all the same.
func render(d *Document) string {
	var b strings.Builder
	for _, p := range d.Problems {
		fmt.Fprintf(&b, "%s %s\n", place(d, p.Span), p.Message)
		for _, r := range p.Related {
			fmt.Fprintf(&b, "    %s %s\n", place(d, r.Span), r.Message)
		}
		if p.Help != "" {
			fmt.Fprintf(&b, "    help: %s\n", p.Help)
		}
	}
	b.WriteString("read:")
	var keys func(n *Node)
	keys = func(n *Node) {
		for _, e := range n.Entries {
			b.WriteString(" " + e.KeyPath())
			if e.Kind == Invalid {
				b.WriteString("(invalid)")
			}
			keys(e)
		}
	}
	keys(d.Root)
	return b.String() + "\n"
}

func place(d *Document, s Span) string {
	p := d.Position(s.Start)
	return fmt.Sprintf("%d:%d %q", p.Line, p.Column, d.Source[s.Start:s.End])
}

// TestMessagesOnBytes covers what an archive of text cannot hold.
func TestMessagesOnBytes(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"nul in a string", "a = \"x\x00y\"\nb = 1", "1:7 \"\\x00\" control character"},
		{"latin-1", "# caf\xe9\na = \"\xe9t\xe9\"\nb = 1", "1:6 \"\\xe9\" not UTF-8\n2:6 \"\\xe9\" not UTF-8\n2:8 \"\\xe9\" not UTF-8"},
		{"bare key", "a\xff = 1\nb = 2", "1:2 \"\\xff\" not UTF-8"},
		{"utf-16", "\xff\xfea\x00=\x001\x00", "1:1 \"\\xff\\xfe\" file is UTF-16, not UTF-8"},
		{"utf-16 without a mark", "a\x00=\x001\x00\n\x00b\x00", "1:1 \"a\\x00\" file is UTF-16, not UTF-8"},
		{"utf-16, high byte first", "\x00a\x00=\x001", "1:1 \"\\x00a\" file is UTF-16, not UTF-8"},
		{"nul in a short key", "a\x00bc = 1", "1:2 \"\\x00\" control character"},
		{"old mac", "a = 1\rb = x\r", "1:6 \"\\r\" carriage return without a line feed\n1:11 \"x\" text is not quoted"},
		{"return at the end", "a = 1\nb = 2\r", "2:6 \"\\r\" carriage return without a line feed"},
		{"mark inside", "a = 1\n\uFEFFb = 2", "2:1 \"\\ufeff\" byte order mark inside the file"},
		{"two marks", "\uFEFF\uFEFFb = 2", "1:1 \"\\ufeff\" byte order mark inside the file"},
		{"one mark", "\uFEFFb = 2", ""},
		{"delete", "a = 1 # \x7f", "1:9 \"\\x7f\" control character"},
		{"json in latin-1", "{\"name\": \"caf\xe9\"}", "1:1 \"{\\\"name\\\": \\\"caf\\xe9\\\"}\" file is JSON, not TOML"},
		{"crlf", "a = 1\r\nb = [\r\n  1,\r\n]\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Parse("", []byte(c.src))
			var got []string
			for _, p := range d.Problems {
				got = append(got, place(d, p.Span)+" "+p.Message)
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
			checkSpans(t, d)
		})
	}
}
