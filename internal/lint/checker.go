package lint

import (
	"slices"
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// checker is all rules at work on one file. What a file consists of is gone through once, and all
// rules are asked about each part while it is at hand.
type checker struct {
	file    File
	passes  []Pass // by the index of the rule in Options.Rules
	runs    []*Pass
	tables  []*Pass
	profile []*Pass
	keys    []*Pass
	ends    []*Pass

	part int // of the file, in the present sweep
	next int // the rule to ask about it
}

var checkers = sync.Pool{New: func() any { return new(checker) }}

// start chooses the rules that look at a file; static: nothing is known about variables.
func (c *checker) start(doc *document.Document, cfg *loong.Config, opt *Options, static bool) {
	c.file = File{doc, cfg, cfg.Environment, opt.Policy}
	if len(c.passes) != len(opt.Rules) {
		c.passes = make([]Pass, len(opt.Rules))
	}
	for i, r := range opt.Rules {
		p := &c.passes[i]
		level, on := opt.runs(doc.Name, r, static)
		if !on {
			continue
		}
		p.Rule, p.File, p.level = r, &c.file, level
		if !p.skips() {
			c.add(p)
		}
	}
}

// skips reports whether the rule has nothing to look for, or fails to tell.
func (p *Pass) skips() (skip bool) {
	defer func() {
		if v := recover(); v != nil {
			p.fail(v)
			skip = true
		}
	}()
	return p.Rule.Skip != nil && p.Rule.Skip(p)
}

// add puts a rule into the lists of what it looks at.
func (c *checker) add(p *Pass) {
	if p.Rule.Run != nil {
		c.runs = append(c.runs, p)
	}
	if p.Rule.Table != nil {
		c.tables = append(c.tables, p)
	}
	if p.Rule.Profile != nil {
		c.profile = append(c.profile, p)
	}
	if p.Rule.Key != nil {
		c.keys = append(c.keys, p)
	}
	if p.Rule.End != nil {
		c.ends = append(c.ends, p)
	}
}

// work asks all rules about the file.
func (c *checker) work() {
	cfg := c.file.Config
	c.sweep(&c.runs, 1, func(p *Pass, _ int) { p.Rule.Run(p) })
	c.sweep(&c.tables, len(cfg.Saved)+1, askAboutTable)
	c.sweep(&c.profile, len(cfg.Profiles), func(p *Pass, i int) { p.Rule.Profile(p, &p.Config.Profiles[i]) })
	if len(c.keys) > 0 {
		schema.Walk(c.file.Document.Root, c.key)
	}
	c.sweep(&c.ends, 1, func(p *Pass, _ int) { p.Rule.End(p) })
}

// askAboutTable is about [provider] first, then about [providers.<id>] in byte order.
func askAboutTable(p *Pass, i int) {
	table := p.Config.Legacy
	if i > 0 {
		table = p.Config.Saved[i-1].Table
	}
	if table.Present() {
		p.Rule.Table(p, table, p.Config.ProfileOf(table.Node))
	}
}

// key asks the rules about a key that it is of interest for.
func (c *checker) key(v, parent schema.Value) {
	class := classOf(v)
	for c.next = 0; c.next < len(c.keys); {
		c.someAboutKey(class, v, parent)
	}
}

func (c *checker) someAboutKey(class Keys, v, parent schema.Value) {
	defer c.caught(&c.keys)
	for ; c.next < len(c.keys); c.next++ {
		p := c.keys[c.next]
		if r := p.Rule; r.Keys&class != 0 || r.Paths != nil && r.Paths[v.Path] != 0 {
			r.Key(p, v, parent)
		}
	}
}

// sweep asks each rule of a list about each of n parts. A rule that panics is asked no more.
func (c *checker) sweep(list *[]*Pass, n int, ask func(*Pass, int)) {
	for c.part, c.next = 0, 0; len(*list) > 0 && c.part < n; {
		c.some(list, n, ask)
	}
}

// some sweeps up to the end or to a panic.
func (c *checker) some(list *[]*Pass, n int, ask func(*Pass, int)) {
	defer c.caught(list)
	for ; c.part < n; c.part++ {
		for ; c.next < len(*list); c.next++ {
			ask((*list)[c.next], c.part)
		}
		c.next = 0
	}
}

// caught makes a finding of a panic, and takes the rule out of the list.
func (c *checker) caught(list *[]*Pass) {
	if v := recover(); v != nil {
		(*list)[c.next].fail(v)
		*list = slices.Delete(*list, c.next, c.next+1)
	}
}

func (p *Pass) fail(v any) {
	p.findings = append(p.findings, internalError(p.Document.Name, p.Rule.Name, v))
	p.failed = true
}

// collect records what the rules across files need of the file.
func (c *checker) collect() []fact {
	var facts []fact
	for i := range c.passes {
		if p := &c.passes[i]; p.File != nil && p.Rule.Collect != nil && !p.failed {
			if is := p.collect(); is != nil {
				facts = append(facts, fact{i, is})
			}
		}
	}
	return facts
}

func (p *Pass) collect() (is any) {
	defer func() {
		if v := recover(); v != nil {
			p.fail(v)
			is = nil
		}
	}()
	return p.Rule.Collect(p)
}

// end lets go of the file.
func (c *checker) end() {
	for i := range c.passes {
		p := &c.passes[i]
		clear(p.findings)
		*p = Pass{findings: p.findings[:0]}
	}
	c.file = File{}
	c.runs, c.tables, c.profile, c.keys, c.ends = c.runs[:0], c.tables[:0], c.profile[:0], c.keys[:0], c.ends[:0]
}
