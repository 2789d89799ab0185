package document

import "bytes"

// separators are the bytes of which a statement has at least one for each of its nodes but a few.
const separators = ",.[{#"

// exceedsLimits reports whether a statement of data holds too much for go-toml, which reads a statement
// whole; searched tells that it had to look at every byte.
func exceedsLimits(data []byte) (many, searched bool) {
	if len(data) <= maxInStatement {
		return false, false
	}
	n := 0
	for _, c := range []byte(separators) {
		n += bytes.Count(data, []byte{c})
	}
	if n <= maxInStatement {
		return false, false
	}
	c := nodeCounter{data: data}
	for c.at < len(data) && c.n <= maxInStatement {
		c.next()
	}
	return c.n > maxInStatement, true
}

// nodeCounter counts the separators of statements.
type nodeCounter struct {
	data  []byte
	at    int
	depth int // of brackets
	n     int // of the current statement
}

// next passes over a byte, string or comment.
func (c *nodeCounter) next() {
	b := c.data[c.at]
	c.at++
	switch b {
	case '\n':
		if c.depth == 0 || c.atHeader() {
			c.depth, c.n = 0, 0
		}
	case '"', '\'':
		c.str(b)
	case '#':
		c.n++
		c.at = lineEnd(c.data, c.at)
	case ',', '.':
		c.n++
	case '[', '{':
		c.n++
		c.depth++
	case ']', '}':
		c.depth = max(0, c.depth-1)
	}
}

// atHeader reports whether a header begins here, which no value goes on after.
func (c *nodeCounter) atHeader() bool {
	i := c.at
	for i < len(c.data) && (c.data[i] == ' ' || c.data[i] == '\t') {
		i++
	}
	return i < len(c.data) && c.data[i] == '[' && begins(c.data, c.at, true)
}

// str passes over the rest of a string; one that is not closed ends with its line.
func (c *nodeCounter) str(quote byte) {
	if d := c.data[c.at:]; len(d) > 1 && d[0] == quote && d[1] == quote {
		c.at += 2
		c.long(quote)
		return
	}
	for c.at < len(c.data) && c.data[c.at] != '\n' {
		b := c.data[c.at]
		c.at++
		switch {
		case b == quote:
			return
		case b == '\\' && quote == '"' && c.at < len(c.data) && c.data[c.at] != '\n':
			c.at++
		}
	}
}

// long passes over the rest of a string in three quotes.
func (c *nodeCounter) long(quote byte) {
	for c.at < len(c.data) {
		b := c.data[c.at]
		c.at++
		switch {
		case b == '\\' && quote == '"':
			c.at++
		case b == quote && c.at+1 < len(c.data) && c.data[c.at] == quote && c.data[c.at+1] == quote:
			for c.at < len(c.data) && c.data[c.at] == quote {
				c.at++
			}
			return
		}
	}
}
