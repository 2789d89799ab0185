package loong

import (
	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// need is a row of facts/traps.json, needs: keys of a table that have no effect while all of when holds.
type need struct {
	entry   string
	at      schema.Key // the table, at the top of the file
	channel bool       // it is the section of a channel, whose accounts have the keys, too
	keys    []schema.Key
	when    []needCondition
	why     string
}

// needCondition is what a key is; without a key, the one that is judged.
type needCondition struct {
	key   schema.Key
	state needState
	word  string
}

type needState uint8

const (
	whenFilled    needState = iota // written, and not blank
	whenPositive                   // a number above 0
	whenTrue                       // written as true
	whenUnwritten                  // not written
	whenBlank                      // a blank text
	whenZero                       // no number above 0 is written
	whenFalse                      // written as false
	whenOff                        // not true; its default is false
	whenMissing                    // a credential of a channel that nothing gives
	whenIs                         // the word, or without a value the default
	whenNot                        // another word
)

// IgnoredNeeds yields X74, X77, X110, X120, X121, X127 to X130 and X132: keys that count only beside another one.
func (c *Config) IgnoredNeeds() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		if !c.Target.IsReadWhole() {
			return
		}
		for i := range needs {
			n := &needs[i]
			table := c.Root.At(n.at)
			switch {
			case !table.Present():
			case n.channel:
				if !c.channelNeeds(n, yield) {
					return
				}
			default:
				for _, key := range n.keys {
					by, ignored := n.holds(table.At(key), table.At, nil)
					if ignored && !yield(Ignored{table.NodeOf(key), by, n.entry, n.why}) {
						return
					}
				}
			}
		}
	}
}

// holds reports whether a key that is written has no effect, and which key of those that decide is written.
func (n *need) holds(v schema.Value, at func(schema.Key) schema.Value, a *Account) (by *document.Node, ignored bool) {
	if !v.Present() {
		return nil, false
	}
	for _, condition := range n.when {
		judged := v
		if condition.key != 0 {
			judged = at(condition.key)
		}
		if condition.state == whenMissing {
			if s := a.setting(condition.key); s == nil || s.Given != No {
				return nil, false
			}
			continue
		}
		if !condition.is(judged) {
			return nil, false
		}
		if condition.key != 0 && by == nil {
			by = judged.Node
		}
	}
	return by, true
}

func (c *needCondition) is(v schema.Value) bool {
	text, isText := v.Text()
	on, isBool := v.Bool()
	switch c.state {
	case whenFilled:
		return v.Present() && !(isText && blank(text))
	case whenPositive:
		return positive(v)
	case whenTrue:
		return on
	case whenUnwritten:
		return !v.Present()
	case whenBlank:
		return isText && blank(text)
	case whenZero:
		_, isInt := v.Int()
		return !positive(v) && (isInt || !v.Present())
	case whenFalse:
		return isBool && !on
	case whenOff:
		return !v.MayBeTrue()
	}
	return (c.state == whenIs) == (ascii.Lower(wordOr(v)) == c.word)
}

// channelNeeds yields the keys of a channel that is on which have no effect for any account that takes them over.
func (c *Config) channelNeeds(n *need, yield func(Ignored) bool) bool {
	all := c.WrittenChannels()
	for i := range all {
		ch := &all[i]
		if ch.Kind.Key != n.at || !ch.Enabled.Val {
			continue
		}
		for _, key := range n.keys {
			if !ch.needs(n, key, yield) {
				return false
			}
		}
	}
	return true
}

func (ch *Channel) needs(n *need, key schema.Key, yield func(Ignored) bool) bool {
	own := ch.Table.At(key)
	takenOver, counts := false, false // the channel's own key: by an account, and for one
	var by *document.Node
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		if a.Unresolvable {
			return true
		}
		v, inherited := ch.effective(a, key)
		decides, ignored := n.holds(v, func(k schema.Key) schema.Value { v, _ := ch.effective(a, k); return v }, a)
		switch {
		case inherited || !a.Table.Present():
			takenOver, counts = true, counts || !ignored
			if by == nil {
				by = decides
			}
		case ignored && !yield(Ignored{v.Node, decides, n.entry, n.why}):
			return false
		}
	}
	return !own.Present() || !takenOver || counts || yield(Ignored{own.Node, by, n.entry, n.why})
}
