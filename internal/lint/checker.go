package lint

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// Checker checks files by the same options; several goroutines may use it. What runs is worked out once.
type Checker struct {
	opt   *Options
	plans plans
}

// NewChecker returns a checker; the options must not change from then on.
func NewChecker(opt *Options) *Checker { return &Checker{opt: opt} }

// visitor asks the rules of a plan about one file after the other. What a file consists of is gone through once: all
// rules are asked about a table, profile or key before the next one (docs/adr/0008-one-pass.md).
type visitor struct {
	*plan
	file   File
	passes []Pass // by the index of the rule in the plan
	// keyRules lists, by path, the rules to ask about a key: first of one that is no array and no date, then of one that is.
	// nil: no such key has appeared yet.
	keyRules [schema.PathCount][2][]int
}

func newVisitor(p *plan) *visitor {
	v := &visitor{plan: p, passes: make([]Pass, len(p.rules))}
	for i := range v.passes {
		v.passes[i].Rule, v.passes[i].File = p.rules[i].Rule, &v.file
	}
	return v
}

// visit asks all rules about a file.
func (c *Checker) visit(doc *document.Document, cfg *loong.Config, static bool) *visitor {
	opt := c.opt
	v := c.plans.of(doc.Name, opt, static).takeVisitor()
	v.file = File{Document: doc, Config: cfg, Environment: cfg.Environment, Policy: opt.Policy, Alone: opt.alone}
	v.file.causes = causes{plan: v.plan, passes: v.passes}
	v.leaveOut()
	for !v.askAll() {
		v.startOver()
	}
	return v
}

// leaveOut switches the rules off that have nothing to say about the version of Loong.
func (v *visitor) leaveOut() {
	if v.file.Config.Target.IsReadWhole() {
		return
	}
	for i := range v.passes {
		v.passes[i].off = v.passes[i].off || v.passes[i].Rule.Running
	}
}

// startOver forgets what the rules said, except those that panicked.
func (v *visitor) startOver() {
	v.file.oneKey, v.file.causes.known = false, nil
	for i := range v.passes {
		if p := &v.passes[i]; !p.failed {
			p.clear()
		}
	}
	v.leaveOut()
}

// askAll calls the hooks in the order that Rule promises. It reports false where one panicked: that rule is off, and all others
// are to be asked from the start.
func (v *visitor) askAll() (done bool) {
	defer func() {
		if p := v.file.asked; p != nil && !done {
			p.fail(recover())
		}
	}()
	for _, i := range v.skips {
		v.passes[i].skip()
	}
	for _, i := range v.runs {
		v.passes[i].run()
	}
	v.tables()
	for i := range v.file.Config.Profiles {
		v.profile(&v.file.Config.Profiles[i])
	}
	if len(v.classes)+len(v.paths) > 0 {
		v.file.oneKey = true
		v.file.Config.Root.Walk(v.key)
		v.file.oneKey = false
	}
	for _, i := range v.ends {
		v.passes[i].end()
	}
	return true
}

// tables visits [provider] first, then [providers.<id>] in byte order.
func (v *visitor) tables() {
	cfg := v.file.Config
	if cfg.Legacy.Present() {
		v.table(cfg.Legacy, cfg.Legacy.Fields())
	}
	for i := range cfg.Saved {
		v.table(cfg.Saved[i].Table, cfg.Saved[i].Fields)
	}
}

func (v *visitor) table(table schema.Value, fields schema.Fields) {
	made := v.file.Config.ProfileOf(table.Node)
	written, legacy := fields|anyField, v.isLegacy(table)
	for _, hook := range v.plan.tables {
		if hook.concerns(written, legacy) {
			v.passes[hook.rule].table(table, made)
		}
	}
}

func (v *visitor) profile(profile *loong.Profile) {
	written, legacy := profile.Fields|anyField, v.isLegacy(profile.Table)
	for _, hook := range v.profiles {
		if hook.concerns(written, legacy) {
			v.passes[hook.rule].profile(profile)
		}
	}
}

func (v *visitor) isLegacy(table schema.Value) bool { return table.Path == v.file.Config.Legacy.Path }

func (h *tableHook) concerns(written schema.Fields, legacy bool) bool {
	if legacy {
		return h.inLegacy&written != 0
	}
	return h.inProfiles&written != 0
}

func (v *visitor) key(key, parent schema.Value) {
	at := 0
	if isPositional(key.Node) {
		at = 1
	}
	known := &v.keyRules[key.Path][at]
	if *known == nil {
		*known = v.rulesOf(key)
	}
	for _, i := range *known {
		v.passes[i].key(key, parent)
	}
}

// rulesOf lists the rules that look at a key; it is not nil.
func (v *visitor) rulesOf(key schema.Value) []int {
	list, class := []int{}, classOf(key)
	for _, hook := range v.classes {
		if hook.classes&class != 0 {
			list = append(list, hook.rule)
		}
	}
	for _, hook := range v.paths {
		if hook.paths[key.Path] != 0 {
			list = append(list, hook.rule)
		}
	}
	return list
}

// collect records what the rules across files need of the file.
func (v *visitor) collect() []fact {
	var facts []fact
	for _, i := range v.collects {
		if is := v.passes[i].collect(); is != nil {
			facts = append(facts, fact{v.rules[i].index, is})
		}
	}
	return facts
}
