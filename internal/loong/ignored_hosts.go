package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// IgnoredHosts yields X57 to X59 and X61 to X63: entries of lists of hosts that match none (traps-2.md, section 4).
func (c *Config) IgnoredHosts() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		tools, skills := c.Root.At(schema.KeyTools), c.Root.At(schema.KeySkills)
		web, delegate := tools.At(schema.KeyWeb), tools.At(schema.KeyDelegate)
		child := delegate.At(schema.KeyChildRuntime).At(schema.KeyWeb)
		if on, _ := skills.At(schema.KeyEnabled).Bool(); on && !ignoredHosts(skills, hostLists{"X61", "X61", "X61", true}, nil, yield) {
			return
		}
		if on, written := web.At(schema.KeyEnabled).Bool(); written && !on {
			return
		}
		lists := hostLists{allow: "X57", block: "X58", letters: "X59"}
		if !ignoredHosts(web, lists, nil, yield) {
			return
		}
		if on, written := delegate.At(schema.KeyEnabled).Bool(); child.Present() && (!written || on) {
			lost := map[*document.Node]bool{}
			if ignoredIntersection(web.At(schema.KeyAllowedDomains), child.At(schema.KeyAllowedDomains), lost, yield) {
				ignoredHosts(child, lists, lost, yield)
			}
		}
	}
}

// NoHost is why an entry of a list of hosts has no effect, where no more is to be said.
const NoHost = "it matches no host"

// hostLists are the entries of the reference about the lists of a table; a final dot counts for nothing, or makes an entry match none.
type hostLists struct {
	allow, block, letters string
	dotCounts             bool
}

// ignoredHosts yields the entries of the lists of a table that match no host, those already told left out.
func ignoredHosts(table schema.Value, l hostLists, told map[*document.Node]bool, yield func(Ignored) bool) bool {
	allowed := table.At(schema.KeyAllowedDomains)
	opens := false
	for _, item := range allowed.Items() {
		text, _ := item.Text()
		opens = opens || !blank(text) && l.fault(text) == ""
	}
	for _, list := range [...]schema.Value{allowed, table.At(schema.KeyBlockedDomains)} {
		for _, item := range list.Items() {
			text, _ := item.Text()
			fault := l.fault(text)
			i := Ignored{item.Node, nil, l.allow, NoHost}
			switch {
			case fault == "" || told[item.Node]:
				continue
			case fault == "letters":
				i.Entry = l.letters
			case list.Node != allowed.Node:
				i.Entry = l.block
			}
			switch {
			case list.Node != allowed.Node:
				i.Why = "nothing is blocked by it"
			case !opens:
				i.Why = "no entry of the list matches, so everything is refused"
			}
			if !yield(i) {
				return false
			}
		}
	}
	return true
}

func (l *hostLists) fault(entry string) string {
	if l.dotCounts && strings.HasSuffix(trim(entry), ".") {
		return "dot"
	}
	return HostFault(entry)
}

// HostFault says why an entry of a list of hosts can equal no host, or "": "address", "port", "pattern", "dot", "letters".
func HostFault(entry string) string {
	entry = trim(entry)
	name := strings.TrimPrefix(entry, "*.")
	inBrackets := strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]")
	switch {
	case entry == "":
		return ""
	case strings.ContainsAny(name, "/?#@ \t\n\v\f\r"):
		return "address"
	case strings.Contains(name, "*") || name == "":
		return "pattern"
	case !inBrackets && strings.Contains(name, ":"):
		return "port"
	case strings.HasPrefix(name, "."):
		return "dot"
	case strings.ContainsFunc(name, func(r rune) bool { return r > '~' }):
		return "letters"
	}
	return ""
}

// ignoredIntersection yields X62 and X63: the two lists are compared as texts, and what is not in both does not count.
func ignoredIntersection(parent, child schema.Value, lost map[*document.Node]bool, yield func(Ignored) bool) bool {
	open := map[string]bool{}
	for _, item := range parent.Items() {
		if text, _ := item.Text(); !blank(text) {
			open[ascii.Lower(trim(text))] = true
		}
	}
	if len(open) == 0 {
		return true
	}
	kept := 0
	var out []*document.Node
	for _, item := range child.Items() {
		text, _ := item.Text()
		switch {
		case blank(text):
		case open[ascii.Lower(trim(text))]:
			kept++
		default:
			out = append(out, item.Node)
			lost[item.Node] = true
		}
	}
	if kept == 0 && len(out) > 0 {
		return yield(Ignored{child.Node, parent.Node, "X62", "no entry is in the parent's list, so a child may fetch nothing"})
	}
	for _, n := range out {
		if !yield(Ignored{n, parent.Node, "X63", "it is not in the parent's list"}) {
			return false
		}
	}
	return true
}
