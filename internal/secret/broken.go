package secret

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// comments hides the value of settings that are commented out.
func (w *walker) comments(spans []document.Span) {
	for _, c := range spans {
		w.line(document.Span{Start: c.Start + 1, End: c.End}, plain)
	}
}

// broken hides values in lines that were not understood, by what stands before them.
func (w *walker) broken(d *document.Document) {
	if len(d.Problems) == 0 {
		return
	}
	slices.SortFunc(w.exprs, func(a, b document.Span) int { return a.Start - b.Start })
	problems := merge(append(problemSpans(d.Problems), w.blank...))
	section := plain
	for start := 0; start < len(w.src); {
		end := start + strings.IndexByte(w.src[start:], '\n')
		if end < start {
			end = len(w.src)
		}
		line := document.Span{Start: start, End: end}
		start = end + 1
		if at, ok := header(w.src[line.Start:line.End]); ok {
			section = at
		}
		if w.understood(line) && !Within(problems, line) {
			continue
		}
		if until := w.line(line, section); until > start {
			start = until
		}
	}
}

func problemSpans(problems []document.Problem) []document.Span {
	out := make([]document.Span, 0, len(problems))
	for i := range problems {
		s := problems[i].Span
		out = append(out, document.Span{Start: s.Start, End: max(s.End, s.Start+1)})
	}
	return out
}

// understood reports whether a key and its value that begin in the line were read.
func (w *walker) understood(line document.Span) bool {
	i, _ := slices.BinarySearchFunc(w.exprs, line.Start, func(e document.Span, at int) int { return e.Start - at })
	return i < len(w.exprs) && w.exprs[i].Start < line.End
}

// header says what is expected of the values below a line that begins like a header.
func header(line string) (place, bool) {
	s := strings.TrimSpace(line[:min(len(line), 256)])
	if !strings.HasPrefix(s, "[") || strings.Contains(s, "=") {
		return plain, false
	}
	s = strings.Trim(s, "[] \t")
	s = s[strings.LastIndexByte(s, '.')+1:]
	switch p := placeOf(strings.Trim(s, `"' `)); p {
	case values, names:
		return p, true
	default:
		return plain, true
	}
}

// line hides what follows a key of a secret in a line, to the end of the value if that can be
// seen, and returns where the value ends.
func (w *walker) line(line document.Span, section place) int {
	src := w.src[line.Start:line.End]
	for i := 0; i < len(src); i++ {
		if src[i] != '=' && src[i] != ':' {
			continue
		}
		key := keyBefore(src[:i])
		if key == "" || src[i] == ':' && i+1 < len(src) && src[i+1] == '/' {
			continue
		}
		at := placeOf(key)
		if section == values && at == plain {
			at = secret
		}
		if at != secret && at != values {
			continue
		}
		rest := strings.TrimLeft(src[i+1:], " \t=")
		start := line.End - len(rest)
		if at == secret && section != values && strings.HasPrefix(rest, "{") || at == values && strings.HasPrefix(rest, "{") {
			w.inline(line, start, at)
			return line.End
		}
		return w.value(line, start)
	}
	return line.End
}

// inline hides the values of a table that begins in the line and was not understood.
func (w *walker) inline(line document.Span, start int, at place) {
	src := w.src[start:line.End]
	for i := 0; i < len(src); i++ {
		if src[i] != '=' && src[i] != ':' {
			continue
		}
		switch key := keyBefore(src[:i]); {
		case key == "":
		case at == secret && (key == "env" || key == "file" || key == "exec"):
		default:
			w.add(document.Span{Start: start + i + 1, End: line.End})
			return
		}
	}
	if at == secret && !strings.ContainsAny(src, "=:") {
		w.add(document.Span{Start: start, End: line.End})
	}
}

// value hides a value that begins at start: to its closing quote, a multi-line string or array
// to its end, anything else to the end of the line. Text that may be shown stays.
func (w *walker) value(line document.Span, start int) int {
	rest := w.src[start:line.End]
	for _, q := range [...]string{`"""`, "'''"} {
		if strings.HasPrefix(rest, q) {
			end := len(w.src)
			if n := strings.Index(w.src[start+3:], q); n >= 0 {
				end = start + 3 + n
			}
			w.add(document.Span{Start: start + 3, End: end})
			return end
		}
	}
	if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
		if n := strings.IndexByte(rest[1:], rest[0]); n >= 0 && Shown(rest[1:1+n]) && n+2 >= len(strings.TrimSpace(rest)) {
			return line.End
		}
		start++
	} else if Shown(strings.TrimSpace(rest)) {
		return line.End
	}
	if len(rest) > 0 && rest[0] == '[' && !strings.Contains(rest, "]") {
		if n := strings.IndexByte(w.src[line.End:], ']'); n >= 0 {
			line.End += n
		} else {
			line.End = len(w.src)
		}
	}
	w.add(document.Span{Start: start, End: line.End})
	return line.End
}

// keyBefore is the last word before a separator, without quotes.
func keyBefore(s string) string {
	s = strings.TrimRight(s, " \t")
	if n := len(s); n > 0 && (s[n-1] == '"' || s[n-1] == '\'') {
		if from := strings.LastIndexByte(s[:n-1], s[n-1]); from >= 0 {
			return s[from+1 : n-1]
		}
		s = s[:n-1]
	}
	i := len(s)
	for i > 0 && len(s)-i < 128 && setsOf[s[i-1]]&setToken != 0 {
		i--
	}
	return s[i:]
}
