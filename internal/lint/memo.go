package lint

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/schema"
)

// memo is what rules that are asked about one place after the other have worked out, for those that ask for the same.
type memo struct {
	secret    schema.SecretValue // of secretAt, the one asked for last
	secretAt  *document.Node
	once      [4]onceMade // what Once made last, in a ring: of the headers of a profile and of its address, for two profiles
	onceNext  int
	ignored   []loong.Ignored // in the table ignoredIn, the one asked for last
	ignoredIn *document.Node
	unfilled  unfilledPart
}

// unfilledPart is what is to be filled in of the address asked for last.
type unfilledPart struct {
	address, text string
	found         bool
}

// onceMade is what Once made of a node.
type onceMade struct {
	node *document.Node
	is   any
}

// Once returns what work makes of a node, of which several rules in a row ask for the same. All that ask for
// a T of it must pass the same work.
func Once[T any](p *Pass, n *document.Node, work func() T) T {
	m := p.memo
	for i := range m.once {
		if m.once[i].node == n {
			if is, ok := m.once[i].is.(T); ok {
				return is
			}
		}
	}
	is := work()
	m.once[m.onceNext] = onceMade{n, is}
	m.onceNext = (m.onceNext + 1) % len(m.once)
	return is
}

// Secret is v.Secret(), decoded once for all rules that are asked about the key.
func (m *memo) Secret(v schema.Value) schema.SecretValue {
	if m.secretAt != v.Node || v.Node == nil {
		m.secret, m.secretAt = v.Secret(), v.Node
	}
	return m.secret
}

// IgnoredInTable is loong.IgnoredInTable, worked out once for all rules that are asked about the table.
func (m *memo) IgnoredInTable(table schema.Value) []loong.Ignored {
	if m.ignoredIn != table.Node {
		m.ignored, m.ignoredIn = slices.Collect(loong.IgnoredInTable(table)), table.Node
	}
	return m.ignored
}

// Unfilled is placeholder.Unfilled, worked out once for all rules that ask about an address in a row.
func (m *memo) Unfilled(address string) (text string, found bool) {
	if m.unfilled.address != address {
		text, found = placeholder.Unfilled(address)
		m.unfilled = unfilledPart{address, text, found}
	}
	return m.unfilled.text, m.unfilled.found
}
