package lint

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
)

// cause is what is wrong, as far as rules must agree on it.
type cause struct {
	node *document.Node // what is written, or the table that lacks something
	what string         // what the table lacks; empty: the cause is the node
}

// causeOf is the cause that something of a table is; a key that is written is known by its node.
func causeOf(table *document.Node, what string) cause {
	if n := table.At(what); n != nil {
		return cause{node: n}
	}
	return cause{table, what}
}

// Claims says that the finding is about something of a table, too, besides the node that it is at: of a key, or where that
// says too little, of what a word stands for. A rule that names this one in After can ask for it (Pass.Told), and
// needs to know nothing of when this one reports.
func (f *Finding) Claims(table *document.Node, what ...string) *Finding {
	if table != nil {
		for _, w := range what {
			f.claims = append(f.claims, causeOf(table, w))
		}
	}
	return f
}

// Told reports whether a rule in After reports something of a table: has a finding at that key, or one that claims it.
// It is for End. The answer is the same where the user has switched that rule off, so that nobody reports it then.
func (p *Pass) Told(table *document.Node, what ...string) bool {
	return table != nil && slices.ContainsFunc(what, func(w string) bool { return p.causes.told(p.Rule, causeOf(table, w)) })
}

// ToldAt reports whether a rule in After has a finding at a node, or one that claims it.
func (p *Pass) ToldAt(n *document.Node) bool {
	return n != nil && p.causes.told(p.Rule, cause{node: n})
}

// causes knows of what the rules of a visit have spoken.
type causes struct {
	plan   *plan
	passes []Pass
	known  map[*Rule]map[cause]bool // of the rules that were asked for; they report no more
}

func (c *causes) told(asks *Rule, is cause) bool {
	return slices.ContainsFunc(c.plan.after[asks], func(i int) bool {
		return len(c.passes[i].findings) > 0 && c.of(&c.passes[i])[is]
	})
}

// of lists the causes that a rule reports.
func (c *causes) of(p *Pass) map[cause]bool {
	list, ok := c.known[p.Rule]
	if ok {
		return list
	}
	list = make(map[cause]bool, 2*len(p.findings)) // most have a node, and claim one thing more
	for _, f := range p.findings {
		if f.node != nil {
			list[cause{node: f.node}] = true
		}
		for _, is := range f.claims {
			list[is] = true
		}
	}
	if c.known == nil {
		c.known = map[*Rule]map[cause]bool{}
	}
	c.known[p.Rule] = list
	return list
}
