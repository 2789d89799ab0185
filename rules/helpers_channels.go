package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// problem is a problem of one or more accounts of a channel, and the table to report it at: the
// account's, or the channel's section where all accounts that run have the problem.
type problem[T any] struct {
	at       *document.Node
	accounts []*loong.Account
	value    T
}

// claims says that a finding is about a key that the accounts lack.
func (s *problem[T]) claims(f *lint.Finding, ch *loong.Channel, key string) {
	for _, a := range s.accounts {
		f.Claims(tableOf(ch, a), key)
	}
}

// tableOf is the table of an account, or the channel's where the settings are its own.
func tableOf(ch *loong.Channel, a *loong.Account) *document.Node {
	if a.Node != nil {
		return a.Node
	}
	return ch.Node
}

// eachAccountProblem judges every account of a channel that is on, and calls report once for each
// problem; same tells whether two are the same.
func eachAccountProblem[T any](ch *loong.Channel, judge func(*loong.Account) (T, bool), same func(a, b T) bool, report func(problem[T])) {
	var found []problem[T]
	running := 0
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		if !a.Enabled || a.Unresolvable {
			continue
		}
		running++
		is, bad := judge(a)
		if !bad {
			continue
		}
		if len(found) > 0 && same(found[0].value, is) {
			found[0].accounts = append(found[0].accounts, a)
			continue
		}
		found = append(found, problem[T]{a.Node, []*loong.Account{a}, is})
	}
	if len(found) == 1 && len(found[0].accounts) == running {
		found[0].at = ch.Node
		report(found[0])
		return
	}
	for _, f := range found {
		for _, a := range f.accounts {
			report(problem[T]{a.Node, []*loong.Account{a}, f.value})
		}
	}
}

// channelsInUse calls f for each channel that is on and has a section.
func channelsInUse(p *lint.Pass, f func(*loong.Channel)) {
	all := p.Config.WrittenChannels()
	for i := range all {
		if ch := &all[i]; ch.Node != nil && ch.Enabled.Val {
			f(ch)
		}
	}
}

// idsIn says what a list of ids lets in: whether it has an entry, and the entry * if there is one.
func idsIn(v schema.Value) (filled bool, star *document.Node) {
	if v.Node == nil || v.Shape.Op != schema.OpList || !v.Node.Kind.IsArray() {
		return false, nil
	}
	item := schema.Value{Shape: v.Shape.Item(), Path: v.Path}
	for _, item.Node = range v.Node.Entries {
		text, isText := item.Text()
		text = strings.TrimSpace(text)
		filled = filled || !isText || text != ""
		if text == "*" && star == nil {
			star = item.Node
		}
	}
	return filled, star
}
