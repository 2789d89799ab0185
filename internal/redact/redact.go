// Package redact shows text without what is secret in it, and without what would steer a terminal.
package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/secret"
)

// Mask stands for a secret in all output; its width tells nothing.
const Mask = "********"

// Text masks everything in a text that is secret by itself: keys of known shape, and
// user-info and query of addresses.
func Text(s string) string {
	spans := secret.In(s)
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(s[at:sp.Start])
		b.WriteString(Mask)
		at = sp.End
	}
	b.WriteString(s[at:])
	return b.String()
}

// Printable is a path or another text of the user's as it may be printed: without secrets, and harmless.
func Printable(s string) string { return Harmless(Text(s)) }

// VariableName is the name of a variable, or the mask where a secret could be written in its place.
func VariableName(name string) string {
	if !secret.ShownName(name) {
		return Mask
	}
	return name
}

// HeaderName is the name of a header or key, or the mask where a key is written in its place.
func HeaderName(name string) string {
	if secret.IsKey(name) {
		return Mask
	}
	return name
}

// Harmless makes characters visible that would steer a terminal or reorder text: control
// characters but tabs, bidirectional and invisible formatting, and bytes that are not UTF-8. It also
// breaks up what servers that run CI take for a command wherever it is in a line.
func Harmless(s string) string {
	if isPlain(s) {
		return s
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case isCommand(s):
			b.WriteString(`\u{23}`)
		case !harmful(r) || r == utf8.RuneError && n > 1:
			b.WriteString(s[:n])
		case n == 1:
			b.WriteString(`\x`)
			b.WriteByte(hex[s[0]>>4])
			b.WriteByte(hex[s[0]&15])
		default:
			b.WriteString(`\u{`)
			started := false
			for shift := 20; shift >= 0; shift -= 4 {
				if d := r >> shift & 15; started || d != 0 || shift < 16 {
					started = true
					b.WriteByte(hex[d])
				}
			}
			b.WriteByte('}')
		}
		s = s[n:]
	}
	return b.String()
}

// isPlain reports whether there is nothing but ASCII, and nothing of it can be harmful.
func isPlain(s string) bool { return ascii.Plain(s, 0x7f, '#') == len(s) }

// isCommand reports whether a command of Azure Pipelines, of TeamCity or an old one of GitHub begins here.
func isCommand(s string) bool {
	rest, ok := strings.CutPrefix(s, "##")
	return ok && (strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "vso[") || strings.HasPrefix(rest, "teamcity["))
}

func harmful(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t'
	case r < 0x7f:
		return false
	case r <= 0x9f, r == utf8.RuneError, r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.Is(unicode.Cf, r) && r != 0x200d && r != 0x200c
}
