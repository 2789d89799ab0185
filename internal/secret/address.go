package secret

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// In lists what is secret in a text by itself, in order and without overlap.
func In(src string) []document.Span { return allSpans(Find(src), src) }

// allSpans is In where the keys are known.
func allSpans(found []Match, src string) []document.Span {
	var out []document.Span
	for _, m := range found {
		out = append(out, document.Span{Start: m.Start, End: m.End})
	}
	keys := len(out)
	out = addressSpans(out, src)
	if keys > 0 && len(out) > keys {
		return merge(out)
	}
	return out
}

// addressSpans adds user-info and query of the addresses in src.
func addressSpans(out []document.Span, src string) []document.Span {
	if !has(src, ':') || !has(src, '@') && !has(src, '?') && !has(src, '=') {
		return out // no scheme and no password, or nothing behind them that is hidden
	}
	scheme, at := index(src, "://", 0), index(src, "@", 0)
	for {
		switch {
		case scheme < at:
			end := addressEnd(src, scheme+len("://"))
			out = addressParts(out, src, scheme+len("://"), end)
			scheme = index(src, "://", end)
			if at < end {
				at = index(src, "@", end)
			}
		case at < len(src):
			if start, ok := bareUserInfo(src, at); ok {
				out = append(out, document.Span{Start: start, End: at})
			}
			at = index(src, "@", at+1)
		default:
			return out
		}
	}
}

// index is where a text is in src from i on, or the end of src.
func index(src, text string, i int) int {
	if n := strings.Index(src[i:], text); n >= 0 {
		return i + n
	}
	return len(src)
}

// addressEnd finds where the address ends whose authority begins at i: at a blank, or at a quote that ends more than a word.
func addressEnd(src string, i int) int {
	for i < len(src) && src[i] > ' ' && !(isQuote(src[i]) && closes(src, i)) {
		i++
	}
	return i
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// closes reports whether a quote at i ends what is quoted, so far as that can be said: Loong reads addresses with quotes in them, too.
func closes(src string, i int) bool {
	return i+1 == len(src) || src[i+1] <= ' ' || strings.IndexByte(",)]}>", src[i+1]) >= 0
}

// addressParts adds the user-info and the query of the address whose authority is at start.
func addressParts(out []document.Span, src string, start, end int) []document.Span {
	if text := src[start:end]; !has(text, '@') && !has(text, '?') && !has(text, '=') {
		return out // as of most addresses
	}
	slash, at, query := end, -1, end
	oddPort, colon, equals, lastAt := false, false, last(src, start, end, '='), last(src, start, end, '@')
	for i := start; i < end && query == end; i++ {
		switch c := src[i]; {
		case c == '/' && slash == end:
			slash = i
		case c == '?', i < equals && (c == '#' || c == ';' || c == '&') && (!oddPort || i > lastAt):
			query = i
		case c == '@' && (slash == end || oddPort):
			at = i
		case c == ':' && slash == end:
			colon = true
		case colon && slash == end && (c < '0' || c > '9') && c != '[' && c != ']':
			oddPort = true // what follows the colon is no port, so a slash does not end it
		}
	}
	if at > start {
		out = append(out, document.Span{Start: start, End: at})
	}
	if query+1 < end {
		out = append(out, document.Span{Start: query + 1, End: end})
	}
	return out
}

func has(text string, c byte) bool { return strings.IndexByte(text, c) >= 0 }

// last finds the last c between two places, or -1.
func last(src string, from, to int, c byte) int {
	for i := to - 1; i >= from; i-- {
		if src[i] == c {
			return i
		}
	}
	return -1
}

// bareUserInfo finds name:password before an @ that no scheme goes before.
func bareUserInfo(src string, at int) (start int, ok bool) {
	colon := -1
	start = at
	for start > 0 && at-start < 512 {
		c := src[start-1]
		if c <= ' ' || c == '"' || c == '\'' || c == '`' || c == ',' || c == ';' || c == '/' || c == '(' || c == '<' || c == '=' ||
			c == '@' { // the name before it may be an address of mail
			break
		}
		if c == ':' {
			colon = start - 1
		}
		start--
	}
	if colon <= start || colon+1 >= at || at+1 >= len(src) || src[at+1] <= ' ' {
		return 0, false
	}
	return start, src[start:colon] != "mailto"
}

// merge sorts spans and joins those that touch.
func merge(spans []document.Span) []document.Span {
	slices.SortFunc(spans, func(a, b document.Span) int { return a.Start - b.Start })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if s.Len() > 0 {
			out = append(out, s)
		}
	}
	return out
}

// wholeAddress lists what is secret of a text that is an address as a whole, blanks and quotes included:
// user-info up to the last @ of the authority, also without a scheme, and what follows the path. Of a text
// that may be something else, only what has a scheme is looked at.
func wholeAddress(text string, only bool) (out []document.Span) {
	start := strings.Index(text, "://")
	switch {
	case start >= 0:
		start += len("://")
	case !only:
		return nil
	default:
		start = 0
	}
	rest := text[start:]
	path := strings.IndexAny(rest, "/?#")
	if path < 0 {
		path = len(rest)
	}
	at := strings.LastIndexByte(rest[:path], '@')
	if last := strings.LastIndexByte(rest, '@'); last > path && (rest[last-1] != '/' || !isHost(rest[:path])) {
		at = last // the password holds a slash; a name such as @scope begins after one
	}
	if at > 0 && strings.ContainsAny(rest[:at], "?#") {
		return append(out, document.Span{Start: start, End: len(text)}) // a parameter with an @, or a password with a question mark
	}
	if at > 0 {
		out = append(out, document.Span{Start: start, End: start + at})
		path = max(path, at)
	}
	if colon := strings.IndexByte(rest[:path], ':'); at <= 0 && colon >= 0 && path-colon > shortestHidden && !isHost(rest[:path]) {
		out = append(out, document.Span{Start: start + colon + 1, End: start + path}) // a password whose @ is gone
	}
	if i := strings.IndexAny(rest[path:], "?#;&"); i >= 0 && path+i+1 < len(rest) {
		out = append(out, document.Span{Start: start + path + i + 1, End: len(text)})
	}
	return out
}

// isHost reports whether a text is a host, perhaps with a port.
func isHost(s string) bool {
	host, port, _ := strings.Cut(s, ":")
	return strings.HasPrefix(s, "[") || strings.Trim(port, "0123456789") == "" && !strings.ContainsAny(host, " \"'@")
}

// isPlainAddress reports whether a text that may be cut off is an address of which nothing is secret: its
// host is written as hosts are, so that it is no user whose password or @ is missing.
func isPlainAddress(text string) bool {
	_, rest, ok := strings.Cut(text, "://")
	if !ok {
		rest = text
	}
	after := strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz0123456789.-:")
	authority := rest[:len(rest)-len(after)]
	host, port, _ := strings.Cut(authority, ":")
	known := strings.Contains(host, ".") || host == "localhost" || !ok && authority == ""
	return known && len(port) < shortestHidden && isHost(authority) && (after == "" || after[0] == '/') && !strings.ContainsAny(after, "@?#;&\"' ")
}

// HidesHost reports whether what Loong takes for the host of an address is part of what is secret of it: of a password with a slash
// in it.
func HidesHost(address string) bool {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	if !has(rest, '@') && !has(rest, ':') {
		return false // there is no password
	}
	return hidesHost(address, wholeAddress(address, true))
}

// hidesHost is HidesHost where it is known what is secret of the address.
func hidesHost(address string, hidden []document.Span) bool {
	if len(hidden) == 0 {
		return false
	}
	end := authorityEnd(address)
	return slices.ContainsFunc(hidden, func(s document.Span) bool { return s.Start < end && end <= s.End })
}

// authorityEnd is where the authority of an address ends. For Loong a backslash ends it, too; that is no password but a trap, and
// where requests go then must be seen.
func authorityEnd(address string) int {
	start := strings.Index(address, "://") + 1
	if start > 0 {
		start += len("//")
	}
	if i := strings.IndexAny(address[start:], "/?#"); i >= 0 {
		return start + i
	}
	return len(address)
}
