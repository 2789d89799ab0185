package placeholder

import (
	"slices"
	"strings"
)

// InAddress lists the placeholders of an address: the words that All knows and
// anything between < and >, but no name that somebody chose.
func InAddress(address string) []Match {
	all := All(address)
	if open := strings.IndexByte(address, '<'); len(all) == 0 && open >= 0 {
		if n := strings.IndexByte(address[open:], '>'); n > 0 {
			all = append(all, Match{Start: open, End: open + n + 1, Text: address[open : open+n+1]})
		}
	}
	kept := all[:0]
	for _, l := range all {
		if !isOwnName(l.Text) {
			kept = append(kept, l)
		}
	}
	return kept
}

// isOwnName reports whether a word that begins like a placeholder is a name that somebody chose:
// your-team-free-gw, but not your-gateway-name.
func isOwnName(text string) bool {
	return strings.HasPrefix(text, "your-") && strings.Count(text, "-") > 2 && !strings.HasSuffix(text, "-here")
}

// Unfilled finds what somebody still has to write into an address: a placeholder, or a variable,
// which nothing replaces there. Percent-encoding hides neither.
func Unfilled(address string) (text string, found bool) {
	const mostLayers = 3 // an encoded address may be encoded again
	for range mostLayers {
		for _, find := range [...]func(string) string{bracketForm, dollarForm, percentForm, underscoreForm, referenceForm, ellipsisForm, segmentForm} {
			if text := find(address); text != "" {
				return text, true
			}
		}
		if all := InAddress(address); len(all) > 0 {
			return all[0].Text, true
		}
		next := unescaped(address)
		if next == address {
			break
		}
		address = next
	}
	return "", false
}

// bracketForm finds what stands between brackets that addresses do not have: <x>, {x}, ${x}, {{x}} and $(x).
func bracketForm(s string) string {
	if strings.IndexByte(s, '>') < 0 && strings.IndexByte(s, '}') < 0 && strings.IndexByte(s, ')') < 0 {
		return ""
	}
	angle, brace, paren := -1, -1, -1
	for i := range len(s) {
		from := -1
		switch s[i] {
		case '<':
			angle = i
		case '{':
			brace = i
		case '(':
			if paren = -1; i > 0 && s[i-1] == '$' {
				paren = i - 1
			}
		case '>':
			from = angle
		case '}':
			from = brace
		case ')':
			from = paren
		}
		if from >= 0 {
			return withTwins(s, from, i+1)
		}
	}
	return ""
}

// withTwins widens a form to the brackets and the dollar sign right beside it: {{x}}, ${x}.
func withTwins(s string, from, to int) string {
	for from > 0 && (s[from-1] == s[from] || s[from-1] == '$') {
		from--
	}
	for to < len(s) && s[to] == s[to-1] {
		to++
	}
	return s[from:to]
}

// dollarForm finds $NAME and $1.
func dollarForm(s string) string {
	for i := strings.IndexByte(s, '$'); i >= 0 && i < len(s); i++ {
		if s[i] != '$' {
			continue
		}
		if n := nameLength(s[i+1:]); n > 0 {
			return s[i : i+1+n]
		}
		if i+1 < len(s) && isDigit(s[i+1]) {
			return s[i : i+2]
		}
	}
	return ""
}

// percentForm finds %NAME%, unless both of its percent signs begin an escape.
func percentForm(s string) string {
	for i := strings.IndexByte(s, '%'); i >= 0; {
		end := i + 1 + nameLength(s[i+1:])
		if end > i+1 && end < len(s) && s[end] == '%' && (!isEscape(s[i:]) || !isEscape(s[end:])) {
			return s[i : end+1]
		}
		next := strings.IndexByte(s[i+1:], '%')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return ""
}

// underscoreForm finds __NAME__.
func underscoreForm(s string) string {
	if !strings.Contains(s, "__") {
		return ""
	}
	for i := 0; i < len(s); i++ {
		n := nameLength(s[i:])
		if name := s[i : i+n]; n > 4 && strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") && name[2] != '_' && name == strings.ToUpper(name) {
			return name
		}
		i += n
	}
	return ""
}

// referenceForm finds env:NAME, which is no address at all.
func referenceForm(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 4 && strings.EqualFold(s[:4], "env:") && nameLength(s[4:]) == len(s)-4 {
		return s
	}
	return ""
}

// ellipsisForm finds three dots, which stand for something left out.
func ellipsisForm(s string) string {
	for _, dots := range [...]string{"...", "…"} {
		if strings.Contains(s, dots) {
			return dots
		}
	}
	return ""
}

// segmentForm finds a part of a path that only templates have: :account, [ACCOUNT-ID], account_id.
func segmentForm(s string) string {
	_, rest, _ := strings.Cut(s, "://")
	_, rest, _ = strings.Cut(rest, "/")
	for _, end := range [...]byte{'?', '#'} {
		if at := strings.IndexByte(rest, end); at >= 0 {
			rest = rest[:at]
		}
	}
	for more := true; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		n := len(segment)
		if n < 2 {
			continue
		}
		if segment[0] == ':' && wordy(segment[1:]) || segment[0] == '[' && segment[n-1] == ']' && wordy(segment[1:n-1]) {
			return segment
		}
		if shortestSegment <= n && n <= longestSegment {
			if _, found := slices.BinarySearch(segments[:], strings.ToLower(segment)); found {
				return segment
			}
		}
	}
	return ""
}

// Variable finds a variable or the field of a template in a text that is no address: $NAME, %NAME% and env:NAME as the
// whole of it or, in a path, as a part of it; ${NAME}, $(x), {{x}}, <%x%> and {env:x} anywhere.
func Variable(text string, path bool) (form string, found bool) {
	text = strings.TrimSpace(text)
	if strings.IndexByte(text, '$') < 0 && strings.IndexByte(text, '%') < 0 && strings.IndexByte(text, '{') < 0 {
		form = referenceForm(text)
		return form, form != ""
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return path && (r == '/' || r == '\\') }) {
		n := nameLength(part[min(1, len(part)):])
		switch {
		case part[0] == '$' && n > 0 && n == len(part)-1:
			return part, true
		case part[0] == '%' && n > 0 && n == len(part)-2 && part[len(part)-1] == '%':
			return part, true
		}
	}
	if form = referenceForm(text); form == "" {
		form = templateForm(text)
	}
	return form, form != ""
}

// templates are the brackets between which a template has the name of a value.
var templates = [...][2]string{{"${", "}"}, {"$(", ")"}, {"{{", "}}"}, {"<%", "%>"}, {"{env:", "}"}, {"{%", "%}"}}

// templateForm finds the first name of a value between two brackets.
func templateForm(s string) string {
	for _, t := range templates {
		from := strings.Index(s, t[0])
		if from < 0 {
			continue
		}
		if n := strings.Index(s[from+len(t[0]):], t[1]); n > 0 {
			return s[from : from+len(t[0])+n+len(t[1])]
		}
	}
	return ""
}

// nameLength is the length of the variable's name that s begins with, or 0.
func nameLength(s string) int {
	n := 0
	for n < len(s) && (s[n] == '_' || isAlnum(s[n])) && (n > 0 || !isDigit(s[n])) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isEscape reports whether s begins with a percent sign and two hexadecimal digits.
func isEscape(s string) bool {
	return len(s) > 2 && s[0] == '%' && hexValue(s[1]) >= 0 && hexValue(s[2]) >= 0
}

// hexValue is the value of a hexadecimal digit, or -1.
func hexValue(c byte) int { return strings.IndexByte("0123456789abcdef", asciiLower(c)) }

// unescaped undoes percent-encoding and leaves what is no escape as it is.
func unescaped(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isEscape(s[i:]) {
			c = byte(hexValue(s[i+1])<<4 | hexValue(s[i+2]))
			i += 2
		}
		b = append(b, c)
	}
	return string(b)
}
