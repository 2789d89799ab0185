package batch

import (
	"strings"
	"unicode/utf8"
)

// scanRequest reads a request that has nothing unusual about it, as most have: members by their plain names, at most once
// each, an id that is a string or a number, and no character beyond U+FFFF by number. Of others it knows nothing.
func scanRequest(line []byte) (q jsonRequest, ok bool) {
	s := scanner{line, 0}
	members := 0
	ok = s.object(func(name string) bool {
		var member int
		switch name {
		case "id":
			from := s.at
			member, ok = 1, s.scalar()
			q.ID = line[from:s.at]
		case "toml":
			q.TOML = new(string)
			member, ok = 2, s.text(q.TOML)
		case "hex":
			q.Hex = new(string)
			member, ok = 4, s.text(q.Hex)
		case "env":
			q.Env = map[string]string{}
			member, ok = 8, s.texts(q.Env)
		case "target":
			member, ok = 16, s.text(&q.Target)
		}
		again := members&member != 0
		members |= member
		return member != 0 && ok && !again
	})
	return q, ok && s.at == len(line)
}

// scanner goes through a line of JSON that is UTF-8. Its methods report false where there is something else, or something
// unusual, and then nobody knows where it is.
type scanner struct {
	line []byte
	at   int
}

// blank skips blanks.
func (s *scanner) blank() {
	for s.at < len(s.line) && (s.line[s.at] == ' ' || s.line[s.at] == '\t' || s.line[s.at] == '\r') {
		s.at++
	}
}

// take takes a byte, and blanks around it.
func (s *scanner) take(c byte) bool {
	s.blank()
	if s.at == len(s.line) || s.line[s.at] != c {
		return false
	}
	s.at++
	s.blank()
	return true
}

// object calls member at the value of each member.
func (s *scanner) object(member func(name string) bool) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	for {
		var name string
		if !s.text(&name) || !s.take(':') || !member(name) {
			return false
		}
		if !s.take(',') {
			return s.take('}')
		}
	}
}

// texts takes an object of strings.
func (s *scanner) texts(into map[string]string) bool {
	return s.object(func(name string) bool {
		var value string
		ok := s.text(&value)
		into[name] = value
		return ok
	})
}

// scalar takes a string or a whole number below 10^15.
func (s *scanner) scalar() bool {
	if s.at < len(s.line) && s.line[s.at] == '"' {
		var text string
		return s.text(&text)
	}
	from := s.at
	for s.at < len(s.line) && '0' <= s.line[s.at] && s.line[s.at] <= '9' {
		s.at++
	}
	n := s.at - from
	return n == 1 || 1 < n && n <= 15 && s.line[from] != '0'
}

// text takes a string.
func (s *scanner) text(into *string) bool {
	if s.at == len(s.line) || s.line[s.at] != '"' {
		return false
	}
	s.at++
	from := s.at
	for ; s.at < len(s.line); s.at++ {
		switch c := s.line[s.at]; {
		case c == '"':
			*into = string(s.line[from:s.at])
			s.at++
			return true
		case c == '\\':
			return s.escaped(from, into)
		case c < ' ':
			return false
		}
	}
	return false
}

// escaped takes the string that began at from, of which the first escape is reached.
func (s *scanner) escaped(from int, into *string) bool {
	var b strings.Builder
	b.Grow(len(s.line) - from)
	for s.at < len(s.line) {
		switch c := s.line[s.at]; {
		case c == '"':
			b.Write(s.line[from:s.at])
			*into = b.String()
			s.at++
			return true
		case c == '\\':
			b.Write(s.line[from:s.at])
			if !s.escape(&b) {
				return false
			}
			from = s.at
		case c < ' ':
			return false
		default:
			s.at++
		}
	}
	return false
}

// escape takes a backslash and what it stands for.
func (s *scanner) escape(b *strings.Builder) bool {
	if s.at+1 == len(s.line) {
		return false
	}
	c := s.line[s.at+1]
	s.at += 2
	if c == 'u' {
		r, ok := s.hex()
		b.WriteRune(r)
		return ok
	}
	at := strings.IndexByte(`"\/bfnrt`, c)
	if at < 0 {
		return false
	}
	b.WriteByte("\"\\/\b\f\n\r\t"[at])
	return true
}

// hex takes the four digits of a character that is no half of another one.
func (s *scanner) hex() (rune, bool) {
	if len(s.line)-s.at < 4 {
		return 0, false
	}
	r := rune(0)
	for _, c := range s.line[s.at : s.at+4] {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	s.at += 4
	return r, utf8.ValidRune(r)
}
