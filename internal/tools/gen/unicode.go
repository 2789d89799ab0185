package main

import (
	"bytes"
	"fmt"
	"strconv"
)

// unicodeFacts is unicode.json: code points in hexadecimal.
type unicodeFacts struct {
	Hosts []struct {
		First, Last, To string
		Like            []string
	}
	Alphanumeric [][2]string
}

// hostTables makes internal/weburl/unicode_gen.go.
func hostTables(f *facts) ([]byte, error) {
	u, err := load[unicodeFacts](f, "unicode")
	if err != nil {
		return nil, err
	}
	w := runWriter{}
	w.b.WriteString("// newerHosts lists the runes that Loong's build reads otherwise in a host than package idna (unicode.json).\nvar newerHosts = [...]runeRun{\n")
	for _, h := range u.Hosts {
		switch {
		case len(h.Like) == 2:
			w.run(h.First, h.Last, h.Like[0], h.Like[1])
		case h.To != "":
			w.run(h.First, h.Last, h.To, "0")
		default:
			w.run(h.First, h.Last, "0", "0")
		}
	}
	w.b.WriteString("}\n")
	if w.err != nil {
		return nil, w.err
	}
	return goSource("weburl", w.b.Bytes())
}

// letterTables makes internal/loong/unicode_gen.go.
func letterTables(f *facts) ([]byte, error) {
	u, err := load[unicodeFacts](f, "unicode")
	if err != nil {
		return nil, err
	}
	w := runWriter{}
	w.b.WriteString("import \"unicode\"\n\n// newerAlphanumeric has the letters and numbers of Rust's char that package unicode does not know (unicode.json).\n" +
		"var newerAlphanumeric = &unicode.RangeTable{\n\tR16: []unicode.Range16{\n")
	wide := false
	for _, a := range u.Alphanumeric {
		if !wide && len(a[0]) > 4 {
			wide = true
			w.b.WriteString("},\n\tR32: []unicode.Range32{\n")
		}
		w.run(a[0], a[1], "1")
	}
	w.b.WriteString("},\n}\n")
	if w.err != nil {
		return nil, w.err
	}
	return goSource("loong", w.b.Bytes())
}

// runWriter writes runs of runes, which must ascend.
type runWriter struct {
	b    bytes.Buffer
	last uint64
	err  error
}

// run writes the runes first to last, and what else is known of them.
func (w *runWriter) run(hex ...string) {
	w.b.WriteByte('{')
	for i, h := range hex {
		n, err := strconv.ParseUint(h, 16, 21)
		if err != nil {
			w.err = fmt.Errorf("facts/unicode.json: %w", err)
		}
		if i < 2 && n < w.last || i == 0 && n == w.last {
			w.last = 0
			w.err = fmt.Errorf("facts/unicode.json: %s is out of order", h)
		}
		if i < 2 {
			w.last = n
		}
		fmt.Fprintf(&w.b, "%#x, ", n)
	}
	w.b.WriteString("},\n")
}
