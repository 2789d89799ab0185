package lint

import (
	"runtime"
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
	all    []asked                // likewise
	chosen                        // the rules that look at the file
	stays  bool                   // they depend on nothing but static, and what Skip says
	onPath [schema.PathCount]bool // a rule has the path among its Paths
	static bool                   // nothing is known about variables
	half   half

	part int // of the file, in the present sweep
	next int // the rule to ask about it
}

// chosen are rules by what they look at; a rule may be in several lists.
type chosen struct {
	runs, tables, profiles, ends []asked
	classes                      []asked // of keys
	paths                        []asked // of keys
	collects                     []asked
	skips                        []asked // that have a Skip, whatever it said
}

// asked is a rule with what tells quickly whether it is asked about a part.
type asked struct {
	*Pass
	keys   Keys
	writes [2]schema.Fields // in [provider] and in [providers.<id>]
}

// always is a field that all tables are said to have, for rules that look at any.
const always schema.Fields = 1 << 63

// half says which rules a checker has, where two share a large file: about as much work each.
type half uint8

const (
	allRules     half = iota
	keyRules          // those about keys, and those about provider tables alone
	profileRules      // all others
)

func (h half) has(r *Rule) bool {
	keys := r.Keys != 0 || r.Paths != nil || r.End != nil || r.Table != nil && r.Profile == nil && r.Run == nil
	return h == allRules || keys == (h == keyRules)
}

// sharedFrom is the size in bytes from which two goroutines share a file that is checked alone; less is
// checked in half a millisecond.
const sharedFrom = 64 << 10

var checkers = sync.Pool{New: func() any { return new(checker) }}

// checkAll asks all rules about a file; the checkers have their findings.
func checkAll(doc *document.Document, cfg *loong.Config, opt *Options, static bool) []*checker {
	c := checkers.Get().(*checker)
	if !opt.alone || len(doc.Source) < sharedFrom || runtime.GOMAXPROCS(0) == 1 {
		c.start(doc, cfg, opt, static, allRules)
		c.work()
		return []*checker{c}
	}
	other := checkers.Get().(*checker)
	var failed any
	var done sync.WaitGroup
	done.Go(func() {
		defer func() { failed = recover() }()
		other.start(doc, cfg, opt, static, profileRules)
		other.work()
	})
	c.start(doc, cfg, opt, static, keyRules)
	c.work()
	done.Wait()
	if failed != nil {
		panic(failed)
	}
	return []*checker{c, other}
}

// start chooses the rules that look at a file; static: nothing is known about variables. Most files
// have the choice of the one before.
func (c *checker) start(doc *document.Document, cfg *loong.Config, opt *Options, static bool, h half) {
	c.file = File{Document: doc, Config: cfg, Environment: cfg.Environment, Policy: opt.Policy, Alone: opt.alone}
	if len(c.rules) != len(opt.Rules) || len(c.rules) > 0 && &c.rules[0] != &opt.Rules[0] {
		c.adopt(opt.Rules)
	}
	if !c.stays || opt.LevelOf != nil || c.static != static || c.half != h || !c.skipAgain() {
		c.static, c.half = static, h
		c.choose(doc.Name, opt)
	}
}

// adopt makes passes for rules.
func (c *checker) adopt(rules []*Rule) {
	c.rules, c.passes, c.all, c.stays = rules, make([]Pass, len(rules)), make([]asked, len(rules)), false
	legacy, profile := schema.PathOf("provider").Type(), schema.PathOf("providers.<id>").Type()
	clear(c.onPath[:])
	for i, r := range rules {
		if r.Paths != nil {
			for path, number := range r.Paths {
				c.onPath[path] = c.onPath[path] || number != 0
			}
		}
		c.passes[i] = Pass{Rule: r, File: &c.file, index: i}
		c.all[i] = asked{&c.passes[i], r.Keys, [2]schema.Fields{always, always}}
		if r.Writes != nil {
			c.all[i].writes = [2]schema.Fields{legacy.Set(r.Writes), profile.Set(r.Writes)}
		}
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

func (c *checker) choose(file string, opt *Options) {
	l := &c.chosen
	*l = chosen{l.runs[:0], l.tables[:0], l.profiles[:0], l.ends[:0], l.classes[:0], l.paths[:0], l.collects[:0], l.skips[:0]}
	for i, r := range c.rules {
		p := &c.passes[i]
		var on bool
		if p.level, on = opt.runs(file, r, c.static); !on || !c.half.has(r) {
			continue
		}
		if r.Skip != nil {
			p.skipped = p.skip()
			l.skips = append(l.skips, c.all[i])
		}
		if r.Skip == nil || !p.skipped {
			l.add(c.all[i])
		}
	}
	c.stays = opt.LevelOf == nil
}

func (l *chosen) add(is asked) {
	r := is.Rule
	for _, hook := range [...]struct {
		is   bool
		list *[]asked
	}{{r.Run != nil, &l.runs}, {r.Table != nil, &l.tables}, {r.Profile != nil, &l.profiles}, {r.End != nil, &l.ends},
		{r.Keys != 0, &l.classes}, {r.Paths != nil, &l.paths}, {r.Collect != nil, &l.collects}} {
		if hook.is {
			*hook.list = append(*hook.list, is)
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

// work asks all rules about the file. A hook that panics is called no more.
func (c *checker) work() {
	c.sweep(&c.runs, 1, func(int) { c.each(&c.runs, func(p *Pass) { p.Rule.Run(p) }) })
	c.sweep(&c.tables, len(c.file.Config.Saved)+1, c.askAboutTable)
	c.sweep(&c.profiles, len(c.file.Config.Profiles), c.askAboutProfile)
	if len(c.classes)+len(c.paths) > 0 {
		c.file.oneKey = true
		schema.Walk(c.file.Document.Root, c.key)
		c.file.oneKey = false
	}
	c.sweep(&c.ends, 1, func(int) { c.each(&c.ends, func(p *Pass) { p.Rule.End(p) }) })
}

// sweep calls ask for each of n parts of the file, and once more for one in which a rule panicked.
func (c *checker) sweep(list *[]asked, n int, ask func(part int)) {
	for c.part, c.next = 0, 0; len(*list) > 0 && c.part < n; {
		c.some(list, n, ask)
	}
}

// some sweeps up to the end or to a panic.
func (c *checker) some(list *[]asked, n int, ask func(part int)) {
	defer c.caught(list)
	for ; c.part < n; c.part++ {
		ask(c.part)
		c.next = 0
	}
}

func (c *checker) each(list *[]asked, ask func(*Pass)) {
	for ; c.next < len(*list); c.next++ {
		ask((*list)[c.next].Pass)
	}
}

// askAboutTable is about [provider] first, then about [providers.<id>] in byte order.
func (c *checker) askAboutTable(part int) {
	cfg := c.file.Config
	table, in := cfg.Legacy, 0
	if part > 0 {
		table, in = cfg.Saved[part-1].Table, 1
	}
	if !table.Present() {
		return
	}
	makes, written := cfg.ProfileOf(table.Node), table.Fields()|always
	for ; c.next < len(c.tables); c.next++ {
		if is := &c.tables[c.next]; is.writes[in]&written != 0 {
			is.Rule.Table(is.Pass, table, makes)
		}
	}
}

func (c *checker) askAboutProfile(part int) {
	pr, in := &c.file.Config.Profiles[part], 1
	if pr.Table.Path == c.file.Config.Legacy.Path {
		in = 0
	}
	written := pr.Table.Fields() | always
	for ; c.next < len(c.profiles); c.next++ {
		if is := &c.profiles[c.next]; is.writes[in]&written != 0 {
			is.Rule.Profile(is.Pass, pr)
		}
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
		if is := &c.classes[c.next]; is.keys&class != 0 {
			is.Rule.Key(is.Pass, v, parent)
		}
	}
}

func (c *checker) someAboutPath(v, parent schema.Value) {
	defer c.caught(&c.paths)
	for ; c.next < len(c.paths); c.next++ {
		if is := &c.paths[c.next]; is.Rule.Paths[v.Path] != 0 {
			is.Rule.Key(is.Pass, v, parent)
		}
	}
}

// caught makes a finding of a panic, and takes the rule out of the list.
func (c *checker) caught(list *[]asked) {
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
			*p = Pass{Rule: p.Rule, File: p.File, index: p.index, level: p.level, skipped: p.skipped, findings: p.findings[:0]}
		}
	}
	c.file = File{}
}
