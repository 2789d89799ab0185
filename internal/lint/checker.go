package lint

import (
	"slices"
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// checker is all rules at work on one file. What a file consists of is gone through once, and all
// rules are asked about each part while it is at hand. It serves one file after the other.
type checker struct {
	file   File
	rules  []*Rule
	passes []Pass                 // by the index of the rule
	chosen                        // the rules that look at the file
	stays  bool                   // they depend on nothing but static, and what Skip says
	onPath [schema.PathCount]bool // a rule has the path among its Paths
	static bool                   // nothing is known about variables

	part int // of the file, in the present sweep
	next int // the rule to ask about it

	table   schema.Value // of a provider
	makes   *loong.Profile
	written schema.Fields
}

// chosen are rules by what they look at; a rule may be in several lists.
type chosen struct {
	runs, tables, profiles, ends []*Pass
	classes                      []*Pass // of keys
	paths                        []*Pass // of keys
	collects                     []*Pass
	skips                        []*Pass // that have a Skip, whatever it said
}

var checkers = sync.Pool{New: func() any { return new(checker) }}

// start chooses the rules that look at a file; static: nothing is known about variables. Most files
// have the choice of the one before.
func (c *checker) start(doc *document.Document, cfg *loong.Config, opt *Options, static bool) {
	c.file = File{Document: doc, Config: cfg, Environment: cfg.Environment, Policy: opt.Policy, Alone: opt.alone}
	if len(c.rules) != len(opt.Rules) || len(c.rules) > 0 && &c.rules[0] != &opt.Rules[0] {
		c.adopt(opt.Rules)
	}
	if !c.stays || opt.LevelOf != nil || c.static != static || !c.skipAgain() {
		c.choose(doc.Name, opt, static)
	}
}

// adopt makes passes for rules.
func (c *checker) adopt(rules []*Rule) {
	c.rules, c.passes, c.stays = rules, make([]Pass, len(rules)), false
	legacy, profile := schema.PathOf("provider").Type(), schema.PathOf("providers.<id>").Type()
	clear(c.onPath[:])
	for i, r := range rules {
		if r.Paths != nil {
			for path, number := range r.Paths {
				c.onPath[path] = c.onPath[path] || number != 0
			}
		}
		c.passes[i] = Pass{Rule: r, File: &c.file, index: i, writes: writes{r.Writes == nil, legacy.Set(r.Writes), profile.Set(r.Writes)}}
	}
}

// skipAgain asks the Skip of all rules, and reports whether each says the same as before.
func (c *checker) skipAgain() bool {
	for _, p := range c.skips {
		if p.skipped != p.skip() {
			return false
		}
	}
	return true
}

func (c *checker) choose(file string, opt *Options, static bool) {
	l := &c.chosen
	*l = chosen{l.runs[:0], l.tables[:0], l.profiles[:0], l.ends[:0], l.classes[:0], l.paths[:0], l.collects[:0], l.skips[:0]}
	for i, r := range c.rules {
		p := &c.passes[i]
		var on bool
		if p.level, on = opt.runs(file, r, static); !on {
			continue
		}
		if r.Skip != nil {
			p.skipped = p.skip()
			l.skips = append(l.skips, p)
		}
		if r.Skip == nil || !p.skipped {
			l.add(p)
		}
	}
	c.stays, c.static = opt.LevelOf == nil, static
}

func (l *chosen) add(p *Pass) {
	r := p.Rule
	for _, hook := range [...]struct {
		is   bool
		list *[]*Pass
	}{{r.Run != nil, &l.runs}, {r.Table != nil, &l.tables}, {r.Profile != nil, &l.profiles}, {r.End != nil, &l.ends},
		{r.Keys != 0, &l.classes}, {r.Paths != nil, &l.paths}, {r.Collect != nil, &l.collects}} {
		if hook.is {
			*hook.list = append(*hook.list, p)
		}
	}
}

// skip reports whether the rule has nothing to look for, or fails to tell.
func (p *Pass) skip() (skip bool) {
	defer func() {
		if v := recover(); v != nil {
			p.fail(v)
			skip = true
		}
	}()
	return p.Rule.Skip(p)
}

// writes are the sets of a rule's Writes in the two types of provider tables.
type writes struct {
	any             bool // in no certain table
	legacy, profile schema.Fields
}

// in reports whether one of the fields is among those of the table.
func (w *writes) in(written schema.Fields, legacy bool) bool {
	if legacy {
		return w.any || w.legacy&written != 0
	}
	return w.any || w.profile&written != 0
}

// work asks all rules about the file.
func (c *checker) work() {
	cfg := c.file.Config
	c.sweep(&c.runs, 1, func(p *Pass, _ int) { p.Rule.Run(p) })
	c.sweep(&c.tables, len(cfg.Saved)+1, c.askAboutTable)
	c.sweep(&c.profiles, len(cfg.Profiles), c.askAboutProfile)
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
	if c.onPath[v.Path] {
		for c.next = 0; c.next < len(c.paths); {
			c.someAboutPath(v, parent)
		}
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
		c.stays = false
	}
}

func (p *Pass) fail(v any) {
	if p.failed {
		return
	}
	p.findings = append(p.findings, internalError(p.Document.Name, p.Rule.Name, v))
	p.failed = true
}

// collect records what the rules across files need of the file.
func (c *checker) collect() []fact {
	var facts []fact
	for _, p := range c.collects {
		if is := p.collect(); is != nil {
			facts = append(facts, fact{p.index, is})
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
	if p.failed {
		return nil
	}
	return p.Rule.Collect(p)
}

// end lets go of the file.
func (c *checker) end() {
	for i := range c.passes {
		if p := &c.passes[i]; p.State != nil || len(p.findings) > 0 {
			clear(p.findings)
			*p = Pass{Rule: p.Rule, File: p.File, index: p.index, writes: p.writes, level: p.level, skipped: p.skipped, findings: p.findings[:0]}
		}
	}
	c.file, c.table, c.makes = File{}, schema.Value{}, nil
}
