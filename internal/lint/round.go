package lint

import (
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// round asks the rules of a plan about some files together. What a file consists of is gone through once: all rules are
// asked about a table, profile or key (docs/adr/0008-one-pass.md), and each of them about several such places of all
// the files, while its code is at hand for the processor (docs/adr/0022-files-together.md).
type round struct {
	*plan
	visitors []*visitor // one for each file
	all      []*visitor // and those that are spare
	subjects []subject  // that the rules are asked about next
	// keyRules lists, by path, the rules to ask about a key: first of one that is no array and no date, then of one that is.
	// nil: no such key has appeared yet.
	keyRules [schema.PathCount][2][]int
}

// visitor is the rules of a plan at work on a file.
type visitor struct {
	*plan
	file   File
	passes []Pass // by the index of the rule in the plan
	memo   memo   // while they are asked about none of its subjects
}

// subject is a provider table or a profile that rules are asked about.
type subject struct {
	*visitor
	table   schema.Value
	profile *loong.Profile // nil: Loong makes none of the table
	written schema.Fields
	legacy  bool // it is [provider]
	memo    memo
}

func newVisitor(p *plan) *visitor {
	v := &visitor{plan: p, passes: make([]Pass, len(p.rules))}
	for i := range v.passes {
		v.passes[i].Rule, v.passes[i].File = p.rules[i].Rule, &v.file
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

// begin makes everything ready for the first question.
func (v *visitor) begin() {
	v.file.oneKey, v.file.memo = false, &v.memo
	v.file.causes = causes{plan: v.plan, passes: v.passes}
	v.leaveOut()
}

// startOver forgets what the rules said, except those that panicked.
func (v *visitor) startOver() {
	for i := range v.passes {
		if p := &v.passes[i]; !p.failed {
			p.clear()
		}
	}
	v.begin()
}

// ask asks all rules about the files. It returns a result, for a file of that path, where something else than a rule panics.
func (r *round) ask(path string) (crash *FileResult) {
	defer func() {
		if v := recover(); v != nil {
			crash = failedResult(path, v)
		}
	}()
	for !r.askAll() {
		r.subjects = r.subjects[:0]
		for _, v := range r.visitors {
			v.startOver()
		}
	}
	return nil
}

// askAll calls the hooks in the order that Rule promises. It reports false where one panicked: that rule is off for its file,
// and all others are to be asked from the start.
func (r *round) askAll() (done bool) {
	defer func() {
		if p := r.asked(); p != nil && !done {
			p.fail(recover())
		}
	}()
	for _, i := range r.skips {
		for _, v := range r.visitors {
			v.passes[i].skip()
		}
	}
	for _, i := range r.runs {
		for _, v := range r.visitors {
			v.passes[i].run()
		}
	}
	r.eachSubject((*visitor).tables, r.askTables)
	r.eachSubject((*visitor).profiles, r.askProfiles)
	if len(r.classes)+len(r.paths) > 0 {
		for _, v := range r.visitors {
			v.file.oneKey = true
			v.file.Config.Root.Walk(func(key, parent schema.Value) { r.key(v, key, parent) })
			v.file.oneKey = false
		}
	}
	for _, i := range r.ends {
		for _, v := range r.visitors {
			v.passes[i].end()
		}
	}
	return true
}

// asked is the rule that a hook of is at work; nil: none is.
func (r *round) asked() *Pass {
	for _, v := range r.visitors {
		if v.file.asked != nil {
			return v.file.asked
		}
	}
	return nil
}

// subjectsTogether is how many provider tables or profiles a rule is asked about before the next rule.
const subjectsTogether = 16 // more do not make it faster

// eachSubject lists tables or profiles of all files, and asks about some at a time.
func (r *round) eachSubject(list func(v *visitor, yield func(schema.Value, schema.Fields, *loong.Profile)), ask func([]subject)) {
	for _, v := range r.visitors {
		legacy := v.file.Config.Legacy.Path
		list(v, func(table schema.Value, written schema.Fields, made *loong.Profile) {
			if len(r.subjects) == subjectsTogether {
				ask(r.subjects)
				r.subjects = r.subjects[:0]
			}
			r.subjects = append(r.subjects, subject{visitor: v, table: table, profile: made, written: written | anyField, legacy: table.Path == legacy})
		})
	}
	ask(r.subjects)
	r.subjects = r.subjects[:0]
	for _, v := range r.visitors {
		v.file.memo = &v.memo
	}
}

// tables lists [provider] first, then [providers.<id>] in byte order.
func (v *visitor) tables(yield func(schema.Value, schema.Fields, *loong.Profile)) {
	cfg := v.file.Config
	if cfg.Legacy.Present() {
		yield(cfg.Legacy, cfg.Legacy.Fields(), cfg.ProfileOf(cfg.Legacy.Node))
	}
	for i := range cfg.Saved {
		s := &cfg.Saved[i]
		yield(s.Table, s.Fields, cfg.ProfileOf(s.Table.Node))
	}
}

func (v *visitor) profiles(yield func(schema.Value, schema.Fields, *loong.Profile)) {
	list := v.file.Config.Profiles
	for i := range list {
		yield(list[i].Table, list[i].Fields, &list[i])
	}
}

func (r *round) askTables(list []subject) {
	for _, hook := range r.tables {
		for i := range list {
			if at := &list[i]; hook.concerns(at) {
				at.file.memo = &at.memo
				at.passes[hook.rule].table(at.table, at.profile)
			}
		}
	}
}

func (r *round) askProfiles(list []subject) {
	for _, hook := range r.profiles {
		for i := range list {
			if at := &list[i]; hook.concerns(at) {
				at.file.memo = &at.memo
				at.passes[hook.rule].profile(at.profile)
			}
		}
	}
}

func (h *tableHook) concerns(at *subject) bool {
	if at.legacy {
		return h.inLegacy&at.written != 0
	}
	return h.inProfiles&at.written != 0
}

func (r *round) key(v *visitor, key, parent schema.Value) {
	at := 0
	if isPositional(key.Node) {
		at = 1
	}
	known := &r.keyRules[key.Path][at]
	if *known == nil {
		*known = r.rulesOf(key)
	}
	for _, i := range *known {
		v.passes[i].key(key, parent)
	}
}

// rulesOf lists the rules that look at a key; it is not nil.
func (p *plan) rulesOf(key schema.Value) []int {
	list, class := []int{}, classOf(key)
	for _, hook := range p.classes {
		if hook.classes&class != 0 {
			list = append(list, hook.rule)
		}
	}
	for _, hook := range p.paths {
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
