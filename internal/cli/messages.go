package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/redact"
)

// messages is stderr: every message goes through tell.
type messages struct{ io.Writer }

// tell writes a message, its further lines indented. Text from outside may stand anywhere in it: it is
// redacted, and a line break in it is shown, so that it begins no line.
func (m messages) tell(first string, more ...string) {
	text := "loonglint: " + redact.Printable(first) + "\n"
	for _, line := range more {
		text += "  " + redact.Printable(line) + "\n"
	}
	_, _ = io.WriteString(m, text) // nobody could be told
}

// note is tell with one line.
func (m messages) note(format string, args ...any) { m.tell(fmt.Sprintf(format, args...)) }

// own writes text that is all the program's.
func (m messages) own(format string, args ...any) { fmt.Fprintf(m, format, args...) }

// linesOf is what an error has to say, a line each.
func linesOf(err error) []string {
	var many interface{ Lines() []string }
	if errors.As(err, &many) {
		return many.Lines()
	}
	return []string{err.Error()}
}

// guard passes on what is written, and keeps lines of text from being commands to the servers that run
// CI: those begin with "::", after blanks of any kind, and text such as a path may begin a line.
type guard struct {
	w      io.Writer
	off    bool // commands are wanted
	inLine bool // more than blanks were written since the last line break
}

// escapedColon stands for a colon that a line begins with.
const escapedColon = `\u{3a}`

func (g *guard) Write(p []byte) (int, error) {
	if g.off {
		return g.w.Write(p)
	}
	var out []byte
	from := 0
	for i := 0; i < len(p); {
		if g.inLine {
			end := bytes.IndexByte(p[i:], '\n')
			if end < 0 {
				break
			}
			i, g.inLine = i+end+1, false
			continue
		}
		for i < len(p) && p[i] == ' ' { // as lines of indented JSON begin
			i++
		}
		if i == len(p) {
			break
		}
		if c := p[i]; ' ' < c && c < utf8.RuneSelf && c != ':' { // as most lines begin
			g.inLine = true
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		g.inLine = !unicode.IsSpace(r) && r != utf8.RuneError // the rest of a cut blank may follow
		if r == ':' {
			out = append(append(out, p[from:i]...), escapedColon...)
			from = i + 1
		}
		i += size
	}
	if from == 0 {
		return g.w.Write(p)
	}
	if _, err := g.w.Write(append(out, p[from:]...)); err != nil {
		return 0, err
	}
	return len(p), nil
}
