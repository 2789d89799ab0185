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
	rules   []*Rule
	writes  []writes // by the index of the rule
	passes  []Pass   // likewise
	runs    []*Pass
	tables  []*Pass
	profile []*Pass
	classes []*Pass // rules about classes of keys
	paths   []*Pass // rules about certain paths
	ends    []*Pass

	part int // of the file, in the present sweep
	next int // the rule to ask about it

	table   schema.Value // of a provider
	makes   *loong.Profile
	written schema.Fields
}

var checkers = sync.Pool{New: func() any { return new(checker) }}

// start chooses the rules that look at a file; static: nothing is known about variables.
func (c *checker) start(doc *document.Document, cfg *loong.Config, opt *Options, static bool) {
	c.file = File{Document: doc, Config: cfg, Environment: cfg.Environment, Policy: opt.Policy, Alone: opt.alone}
	if len(c.rules) != len(opt.Rules) || len(c.rules) > 0 && &c.rules[0] != &opt.Rules[0] {
		c.rules, c.passes, c.writes = opt.Rules, make([]Pass, len(opt.Rules)), writesOf(opt.Rules)
	}
	for i, r := range opt.Rules {
		level, on := opt.runs(doc.Name, r, static)
		if !on {
			continue
		}
		p := &c.passes[i]
		p.Rule, p.File, p.level, p.writes = r, &c.file, level, &c.writes[i]
		if r.Skip == nil || !p.skips() {
			c.add(p)
		}
	}
}

// writes are the sets of a rule's Writes in the two types of provider tables.
type writes struct {
	any             bool // in no certain table
	legacy, profile schema.Fields
}

func writesOf(rules []*Rule) []writes {
	legacy, profile := schema.PathOf("provider").Type(), schema.PathOf("providers.<id>").Type()
	all := make([]writes, len(rules))
	for i, r := range rules {
		all[i] = writes{r.Writes == nil, legacy.Set(r.Writes), profile.Set(r.Writes)}
	}
	return all
}

// in reports whether one of the fields is among those of the table.
func (w *writes) in(written schema.Fields, legacy bool) bool {
	if legacy {
		return w.any || w.legacy&written != 0
	}
	return w.any || w.profile&written != 0
}

// skips reports whether the rule has nothing to look for, or fails to tell.
func (p *Pass) skips() (skip bool) {
	defer func() {
		if v := recover(); v != nil {
			p.fail(v)
			skip = true
		}
	}()
	return p.Rule.Skip(p)
}

// add puts a rule into the lists of what it looks at.
func (c *checker) add(p *Pass) {
	r := p.Rule
	if r.Run != nil {
		c.runs = append(c.runs, p)
	}
	if r.Table != nil {
		c.tables = append(c.tables, p)
	}
	if r.Profile != nil {
		c.profile = append(c.profile, p)
	}
	if r.Keys != 0 {
		c.classes = append(c.classes, p)
	}
	if r.Paths != nil {
		c.paths = append(c.paths, p)
	}
	if r.End != nil {
		c.ends = append(c.ends, p)
	}
}

// work asks all rules about the file.
func (c *checker) work() {
	cfg := c.file.Config
	c.sweep(&c.runs, 1, func(p *Pass, _ int) { p.Rule.Run(p) })
	c.sweep(&c.tables, len(cfg.Saved)+1, c.askAboutTable)
	c.sweep(&c.profile, len(cfg.Profiles), c.askAboutProfile)
	if len(c.classes)+len(c.paths) > 0 {
		schema.Walk(c.file.Document.Root, c.key)
	}
	c.sweep(&c.ends, 1, func(p *Pass, _ int) { p.Rule.End(p) })
}

// askAboutTable is about [provider] first, then about [providers.<id>] in byte order.
func (c *checker) askAboutTable(p *Pass, i int) {
	if c.next == 0 {
		c.table, c.makes = p.Config.Legacy, nil
		if i > 0 {
			c.table = p.Config.Saved[i-1].Table
		}
		c.written = c.table.Fields()
		if c.table.Present() {
			c.makes = p.Config.ProfileOf(c.table.Node)
		}
	}
	if c.table.Present() && p.writes.in(c.written, i == 0) {
		p.Rule.Table(p, c.table, c.makes)
	}
}

func (c *checker) askAboutProfile(p *Pass, i int) {
	pr := &p.Config.Profiles[i]
	if c.next == 0 {
		c.written = pr.Table.Fields()
	}
	if p.writes.in(c.written, pr.Table.Path == p.Config.Legacy.Path) {
		p.Rule.Profile(p, pr)
	}
}

// key asks the rules about a key that it is of interest for.
func (c *checker) key(v, parent schema.Value) {
	if class := classOf(v); class != 0 {
		for c.next = 0; c.next < len(c.classes); {
			c.someAboutClass(class, v, parent)
		}
	}
	for c.next = 0; c.next < len(c.paths); {
		c.someAboutPath(v, parent)
	}
}

func (c *checker) someAboutClass(class Keys, v, parent schema.Value) {
	defer c.caught(&c.classes)
	for ; c.next < len(c.classes); c.next++ {
		if p := c.classes[c.next]; p.Rule.Keys&class != 0 {
			p.Rule.Key(p, v, parent)
		}
	}
}

func (c *checker) someAboutPath(v, parent schema.Value) {
	defer c.caught(&c.paths)
	for ; c.next < len(c.paths); c.next++ {
		if p := c.paths[c.next]; p.Rule.Paths[v.Path] != 0 {
			p.Rule.Key(p, v, parent)
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
		if p := &c.passes[i]; p.File != nil {
			clear(p.findings)
			*p = Pass{findings: p.findings[:0]}
		}
	}
	c.file, c.table, c.makes = File{}, schema.Value{}, nil
	c.runs, c.tables, c.profile = c.runs[:0], c.tables[:0], c.profile[:0]
	c.classes, c.paths, c.ends = c.classes[:0], c.paths[:0], c.ends[:0]
}
