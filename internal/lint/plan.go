package lint

import (
	"slices"
	"sync"

	"github.com/loonglint/loonglint/schema"
)

// plan is which rules look at a file, and at what of it.
type plan struct {
	rules                       []planned // that run, in the order of Options.Rules
	runs, ends, collects, skips []int     // indices of rules
	tables, profiles            []tableHook
	classes                     []classHook     // of keys
	paths                       []pathHook      // of keys, too
	after                       map[*Rule][]int // the rules in After of a rule
	legacy, profile             *schema.Type    // of [provider] and of [providers.<id>]
	spare                       sync.Pool       // of *round, for files one after the other
}

// planned is a rule that runs.
type planned struct {
	*Rule
	index int   // in Options.Rules
	level Level // set for the rule's findings; 0: their own
	muted bool  // it is switched off, and runs for those that it keeps from speaking
}

// tableHook is a rule that looks at provider tables or profiles.
type tableHook struct {
	rule                 int
	inLegacy, inProfiles schema.Fields // of which one must be written, in [provider] and in [providers.<id>]
}

type classHook struct {
	rule    int
	classes Keys
}

type pathHook struct {
	rule  int
	paths *[schema.PathCount]uint8
}

// anyField is said to be written in all tables, for rules that look at each.
const anyField schema.Fields = 1 << 63

// newPlan is the plan for files in which rules have these levels; static: nothing is known about variables.
func newPlan(rules []*Rule, levels []byte, static bool) *plan {
	p := &plan{rules: make([]planned, 0, len(rules)), after: map[*Rule][]int{},
		legacy: schema.PathOf("provider").Type(), profile: schema.PathOf("providers.<id>").Type()}
	mute := muted(rules, levels, static)
	for i, r := range rules {
		if level := Level(levels[i]); (runs(r, level, static) || mute[r]) && r.Looks() {
			p.add(planned{r, i, level, mute[r]})
		}
	}
	for i := range p.rules {
		p.heed(p.rules[i].Rule)
	}
	p.order()
	return p
}

// muted lists the rules that are switched off and still run, for a rule that would speak in their place must stay silent
// (contract.md, "Levels and exit status"). An opt-in rule that nobody switched on is not there at all.
func muted(rules []*Rule, levels []byte, static bool) map[*Rule]bool {
	if !slices.Contains(levels, byte(Off)) {
		return nil
	}
	on, heeded := map[string]bool{}, map[string]bool{} // what rules that are on, or muted, ask about
	heed := func(r *Rule) {
		for _, name := range r.After {
			heeded[name] = true
		}
	}
	for i, r := range rules {
		if runs(r, Level(levels[i]), static) {
			on[r.Name] = true
			heed(r)
		}
	}
	mute := map[*Rule]bool{}
	for more := true; more; {
		more = false
		for i, r := range rules {
			isOff := Level(levels[i]) == Off && runs(r, 0, static) && !mute[r]
			if isOff && (heeded[r.Name] || slices.ContainsFunc(r.Silences, func(name string) bool { return on[name] })) {
				mute[r], more = true, true
				heed(r)
			}
		}
	}
	return mute
}

// order sorts the rules that have an End, so that each comes after those in its After.
func (p *plan) order() {
	list, done := p.ends, make([]bool, len(p.rules))
	p.ends = make([]int, 0, len(list))
	var put func(i int)
	put = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		for _, before := range p.after[p.rules[i].Rule] {
			put(before)
		}
		if p.rules[i].End != nil {
			p.ends = append(p.ends, i)
		}
	}
	for _, i := range list {
		put(i)
	}
}

// heed finds the rules in the After of a rule.
func (p *plan) heed(r *Rule) {
	for _, name := range r.After {
		if i := slices.IndexFunc(p.rules, func(o planned) bool { return o.Name == name }); i >= 0 {
			p.after[r] = append(p.after[r], i)
		}
	}
}

// takeRound returns a round for n files that nobody uses; giveRound takes it back when nothing looks at its passes any more.
func (p *plan) takeRound(n int) *round {
	r, ok := p.spare.Get().(*round)
	if !ok {
		r = &round{plan: p}
	}
	for len(r.all) < n {
		r.all = append(r.all, newVisitor(p))
	}
	r.visitors = r.all[:n]
	return r
}

func (p *plan) giveRound(r *round) {
	for _, v := range r.visitors {
		v.file, v.memo = File{}, memo{}
		for i := range v.passes {
			v.passes[i].clear()
		}
	}
	clear(r.subjects[:cap(r.subjects)])
	p.spare.Put(r)
}

// runs reports whether a rule with a level runs where variables are known, or not.
func runs(r *Rule, level Level, static bool) bool {
	return isOn(r, level) && r.Needs != Network && !(static && r.Needs == Environment)
}

func (p *plan) add(r planned) {
	i := len(p.rules)
	p.rules = append(p.rules, r)
	if r.Run != nil {
		p.runs = append(p.runs, i)
	}
	if r.End != nil {
		p.ends = append(p.ends, i)
	}
	if r.Collect != nil && !r.muted {
		p.collects = append(p.collects, i)
	}
	if r.Skip != nil {
		p.skips = append(p.skips, i)
	}
	if r.Table != nil {
		p.tables = append(p.tables, p.newTableHook(i, r.Rule))
	}
	if r.Profile != nil {
		p.profiles = append(p.profiles, p.newTableHook(i, r.Rule))
	}
	if r.Paths != nil {
		p.paths = append(p.paths, pathHook{i, r.Paths})
	}
	if r.Keys != 0 {
		p.classes = append(p.classes, classHook{i, r.Keys})
	}
}

func (p *plan) newTableHook(i int, r *Rule) tableHook {
	if r.Writes == nil {
		return tableHook{i, anyField, anyField}
	}
	return tableHook{i, p.legacy.Set(r.Writes), p.profile.Set(r.Writes)}
}

// plans has one plan for each set of levels that files have.
type plans struct {
	mutex sync.Mutex
	made  map[string]*plan // by the levels of all rules, a byte each, and one for whether variables are known
}

// of returns the plan for a file.
func (p *plans) of(file string, opt *Options, static bool) *plan {
	key := make([]byte, len(opt.Rules)+1)
	if opt.LevelOf != nil {
		for i, r := range opt.Rules {
			key[i] = byte(opt.LevelOf(file, r))
		}
	}
	if static {
		key[len(opt.Rules)] = 1
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	made := p.made[string(key)]
	if made == nil {
		made = newPlan(opt.Rules, key, static)
		if p.made == nil {
			p.made = map[string]*plan{}
		}
		p.made[string(key)] = made
	}
	return made
}
