package document

import "bytes"

// failure is a statement that go-toml refused, and what the walker makes of it.
type failure struct {
	*parser
	start int    // of the statement
	at    int    // where go-toml stopped
	w     walker // before tok
	tok   token  // the one that holds at
	prev  token  // the one before, line breaks and comments left out
	equal int    // offset of the statement's = , 0 when there is none before at
	next  int    // where to go on
	reach int    // how far the file was searched for that
	shut  bool   // the brackets open at the failure are closed before next
}

// recover reports the statement that go-toml refused at offset, keeps what can be read of it,
// and goes on after it.
func (p *parser) recover(offset int) {
	f := failure{parser: p, start: p.statementStart(), at: min(offset, len(p.data)-1)}
	if bytes.HasPrefix(p.data[f.at:], []byte(byteOrderMark)) {
		p.problem(Span{f.at, f.at + len(byteOrderMark)}, "byte order mark inside the file", "remove it; it may only stand at the very start")
		copy(p.data[f.at:], "   ")
		p.use()
		return
	}
	if p.isForeign() || f.isMerge() {
		return
	}
	f.locate()
	f.skip()
	problem := f.explain()
	problem.Span = p.clip(problem.Span)
	if !p.onBrokenByte(problem.Span) {
		p.report(problem)
	}
	f.keep()
	p.resume(f.next)
	if p.spent += max(f.reach, f.at) - f.start; p.spent > maxSearch*len(p.data)+1<<20 {
		p.full = true
	}
}

// maxSearch is how many times the length of a file may be searched for the ends of broken statements
// before the rest of it is left alone; a megabyte more is always allowed.
const maxSearch = 4

// statementStart is where the statement after p.at begins.
func (p *parser) statementStart() int {
	i := p.at
	for i < len(p.data)-1 && bytes.IndexByte([]byte(" \t\r\n"), p.data[i]) >= 0 {
		i++
	}
	return i
}

// clip keeps a span inside the source, which may lack the line break that repair adds, and makes
// it at least one byte long where it can.
func (p *parser) clip(s Span) Span {
	n := len(p.doc.Source)
	s.Start, s.End = min(s.Start, n), min(s.End, n)
	if s.Start >= s.End {
		s.End = min(s.Start+1, n)
		s.Start = min(s.Start, max(0, s.End-1))
	}
	return s
}

// onBrokenByte reports whether a span touches a byte that replaceBytes reported.
func (p *parser) onBrokenByte(s Span) bool {
	for _, b := range p.doc.Problems[:p.broken] {
		if b.Span.Overlaps(s) {
			return true
		}
	}
	return false
}

// locate walks the statement up to the token that holds f.at.
func (f *failure) locate() {
	w := walk(f.data, f.start)
	for {
		before := *w
		t := w.next()
		if t.End > f.at || t.kind == tokenEnd || t.kind == tokenString && !t.closed {
			before.open = append([]int(nil), w.open...)
			f.w, f.tok = before, t
			f.swallowed()
			f.shortNumber()
			return
		}
		if t.kind == tokenComment {
			f.doc.Comments = append(f.doc.Comments, f.clip(t.Span))
		}
		if t.kind == '=' && f.equal == 0 && w.stage == afterKey && len(w.open) == 0 {
			f.equal = t.Start
		}
		w.accept(t)
		if t.kind != tokenLine && t.kind != tokenComment {
			f.prev = t
		}
	}
}

// swallowed corrects a failure after a string in three quotes that ends where the next such
// string of the file should begin: it is the first that is not closed.
func (f *failure) swallowed() {
	if f.w.stage != afterValue || len(f.w.open) > 0 || !f.prev.multi {
		return
	}
	line := bytes.LastIndexByte(f.data[:f.prev.End], '\n') + 1
	if line > f.prev.Start && begins(f.data, line, false) {
		f.tok, f.tok.closed = f.prev, false
		f.at = f.tok.Start
		f.w.stage, f.w.pos = atValue, f.tok.Start
	}
}

// shortNumber corrects a failure right after a number that lacks its last digits: 5. or 1e.
func (f *failure) shortNumber() {
	if f.w.stage != afterValue || f.prev.kind != tokenWord || f.prev.End != f.at {
		return
	}
	if bytes.IndexByte([]byte(".eE_+-xob"), f.data[f.at-1]) >= 0 {
		f.tok = f.prev
		f.w.stage, f.w.pos = atValue, f.tok.Start
	}
}

// skip finds where the next statement begins.
func (f *failure) skip() {
	if f.tok.kind == tokenString && f.tok.multi && !f.tok.closed {
		f.next, f.reach = f.searchFrom(f.tok.Start), len(f.data)
		return
	}
	w := f.w
	w.open = append([]int(nil), f.w.open...)
	for opener := f.outermost(); ; {
		t := w.next()
		f.reach = w.pos
		switch {
		case t.kind == tokenEnd && len(w.open) > 0:
			f.next = f.searchFrom(opener)
			return
		case t.kind == tokenEnd || t.kind == tokenLine && len(w.open) == 0:
			f.shut, f.next = true, t.Start
			return
		case t.kind == tokenComment && t.Start >= f.at:
			f.doc.Comments = append(f.doc.Comments, f.clip(t.Span))
		case t.first && len(w.open) > 0 && t.Start > opener && begins(f.data, t.Start, w.top() == '{'):
			f.next = t.Start
			if f.data[opener] == '{' && !f.endsLine(opener+1) {
				f.next = f.searchFrom(opener) // a table meant to stand on one line
			}
			return
		}
		w.accept(t)
	}
}

// endsLine reports whether only blanks and a comment follow in the line of offset.
func (f *failure) endsLine(offset int) bool {
	w := walk(f.data, offset)
	t := w.next()
	return t.kind == tokenLine || t.kind == tokenComment || t.kind == tokenEnd
}

// outermost is the offset of the outermost bracket open at the failure.
func (f *failure) outermost() int {
	if len(f.w.open) == 0 {
		return f.at
	}
	return f.w.open[0]
}

// searchFrom is the first line below offset that looks like a statement.
func (f *failure) searchFrom(offset int) int {
	for i := nextLine(f.data, offset); i < len(f.data); i = nextLine(f.data, i) {
		if begins(f.data, i, false) {
			return i
		}
	}
	return len(f.data)
}

// keep adds what can be read of the statement to the document: all up to surplus text, else what mending
// makes of it. Where nothing can be made of it, the table around it is torn.
func (f *failure) keep() {
	switch {
	case f.hasSurplus():
		f.read(f.data[f.start:f.at], "", "", Span{})
		f.keepSecond()
	case f.w.stage == inHeader || f.lacksBracket() || f.isHeaderInBraces() || f.lacksBrackets():
		if !f.keepHeader() {
			f.enterDetached(f.clip(Span{f.start, max(f.at, f.start+1)}))
			f.doc.Root.form |= torn
		}
	case !f.keepPair() && !f.isNoise():
		f.table.form |= torn
	}
}

// hasSurplus reports whether the statement is whole except for text after it.
func (f *failure) hasSurplus() bool {
	return f.w.stage == afterHeader || f.w.top() == 0 && (f.w.stage == afterValue && f.tok.Start >= f.at && !f.innerQuote(f.line(f.at)) && !f.lacksQuote() && !f.isBareList() || f.semicolon())
}

// lacksQuote reports whether a quote ends a word that none begins: a = 7 days".
func (f *failure) lacksQuote() bool {
	return f.tok.kind == tokenString && !f.tok.closed && f.prev.kind == tokenWord && f.prev.End == f.tok.Start
}

// isBareList reports whether values follow each other without brackets: a = "x", "y".
func (f *failure) isBareList() bool { return f.tok.kind == ',' && f.line(f.at).Len() > 1 }

// maxSecond is the length of the longest rest of a line in which a second key is looked for.
const maxSecond = 1 << 10

// keepSecond goes on at a second key = value in the line of the first.
func (f *failure) keepSecond() {
	if f.w.stage == afterValue && f.tok.kind == tokenWord && f.tok.Start == f.at && f.reach-f.at < maxSecond && begins(f.data, f.at, false) {
		f.next = f.at
	}
}

// isNoise reports whether the line at the failure says nothing: a mark, or a comment of another language.
func (f *failure) isNoise() bool {
	return bytes.IndexByte([]byte("/;`<>=|]},*"), f.data[f.start]) >= 0 || bytes.HasPrefix(f.data[f.start:], []byte("--"))
}

// badValue is the span of the value from start on that could not be read.
func (f *failure) badValue(start int) Span {
	end := max(start, min(f.next, len(f.doc.Source)))
	if f.byteAt(start) == '{' && !f.shut && !f.endsLine(start+1) {
		end = min(end, lineEnd(f.data, start)) // as in skip
	}
	for start < end && (f.data[start] == ' ' || f.data[start] == '\t') {
		start++
	}
	w := walk(f.data, start)
	w.stage = atValue
	last := start
	for t := w.next(); t.kind != tokenEnd && t.Start < end; t = w.next() {
		if t.kind != tokenLine && t.kind != tokenComment {
			last = min(t.End, end)
		}
		w.accept(t)
	}
	return Span{min(start, len(f.doc.Source)), min(last, len(f.doc.Source))}
}

// read adds a statement of which text stands at f.start, and lead before and rest after it are made up.
// With bad set its value lies there, and is what guess makes of it.
func (f *failure) read(text []byte, lead, rest string, bad Span) bool {
	outer, base := f.text, f.base
	defer func() { f.text, f.base, f.salvage = outer, base, salvage{} }()
	f.text, f.base = lead+string(text)+rest, f.start-len(lead)
	f.salvage = salvage{on: true, start: f.start, end: min(f.start+len(text), len(f.doc.Source)), bad: bad}
	f.toml.Reset([]byte(f.text))
	if !f.toml.NextExpression() {
		return false
	}
	f.expression(f.toml.Expression())
	return true
}
