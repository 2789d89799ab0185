package document

import "bytes"

// recover reports the statement that go-toml refused at offset and goes on behind it.
func (p *parser) recover(offset int) {
	end := bytes.IndexByte(p.data[offset:], '\n')
	if end < 0 {
		end = len(p.data)
	} else {
		end += offset + 1
	}
	p.problem(Span{offset, min(offset+1, len(p.data))}, "not TOML", "")
	p.resume(end)
}

// repair makes a copy of the source.
func (p *parser) repair() bool { return false }
