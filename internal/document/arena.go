package document

import (
	"slices"
	"unsafe"
)

// arena hands out nodes, branches and small entry lists from larger pieces.
type arena struct {
	leaf     *branch
	nodes    []Node
	branches []branch
	entries  []*Node
	made     int    // nodes allocated so far
	used     int    // of the last piece of nodes
	branched int    // of the last piece of branches
	listed   int    // of the last piece of entries
	hash     uint32 // the NameHash of the name that child looked up last
	sought   uint64 // its hash in the index of the table, where that has one
	tables   int    // tables made, but the root
	most     int    // of these in one table

	current *Node // its entries lie in scratch as long as they fit
	scratch [32]*Node
}

// piece is the size in bytes of the largest pieces: one of the allocator's, less its header.
const piece = 32<<10 - 8

const (
	nodePiece   = piece / int(unsafe.Sizeof(Node{}))
	branchPiece = piece / int(unsafe.Sizeof(branch{}))
	entryPiece  = piece / 4 / int(unsafe.Sizeof((*Node)(nil)))
)

// newNode returns an empty node.
func (s *arena) newNode() *Node {
	if s.used == len(s.nodes) {
		s.grow(max(16, min(s.made/4, nodePiece)))
	}
	n := &s.nodes[s.used]
	s.used++
	n.branch = s.leaf
	return n
}

// ensureBranch gives n, which gets entries, a branch of its own, unless it has one.
func (s *arena) ensureBranch(n *Node) {
	if n.branch == s.leaf {
		s.newBranch(n)
	}
}

func (s *arena) newBranch(n *Node) {
	if s.branched == len(s.branches) {
		s.branches = make([]branch, max(8, min(2*s.branched, branchPiece)))
		s.branched = 0
	}
	n.branch = &s.branches[s.branched]
	n.doc = s.leaf.doc
	s.branched++
}

// table counts the table n, whose parent is set.
func (s *arena) table(n *Node) {
	s.ensureBranch(n.Parent)
	n.Parent.tables++
	s.most = max(s.most, int(n.Parent.tables))
	s.tables++
}

// grow makes room for n nodes.
func (s *arena) grow(n int) {
	s.nodes, s.used = make([]Node, n), 0
	s.made += n
}

// newList is an empty list with room for n entries.
func (s *arena) newList(n int) []*Node {
	if n > 64 {
		return make([]*Node, 0, n)
	}
	if len(s.entries)-s.listed < n {
		s.entries, s.listed = make([]*Node, max(n, min(s.made+s.made/4, entryPiece))), 0 // lists that grow leave room behind
	}
	at := s.listed
	s.listed += n
	return s.entries[at:at:s.listed]
}

// enter makes table the one that gets entries next.
func (s *arena) enter(table *Node) {
	s.close()
	if table.Entries == nil {
		s.ensureBranch(table)
		table.Entries = s.scratch[:0]
		s.current = table
	}
}

// close gives the open table a list of its own.
func (s *arena) close() {
	t := s.current
	s.current = nil
	if t == nil || cap(t.Entries) != len(s.scratch) {
		return
	}
	if len(t.Entries) == 0 {
		t.Entries = nil
		return
	}
	t.Entries = append(s.newList(len(t.Entries)), t.Entries...)
}

// reserve makes sure that one more entry fits into the list of n.
func (s *arena) reserve(n *Node) {
	switch have := len(n.Entries); {
	case have < cap(n.Entries):
	case have == 0:
		n.Entries = s.newList(4)
	default:
		n.Entries = append(s.newList(2*have), n.Entries...)
	}
}

// child returns the entry of table called name, or nil.
func (s *arena) child(table *Node, name string) *Node {
	s.hash = NameHash(name)
	if table.names == nil {
		return table.ChildHashed(name, s.hash)
	}
	n, sought := table.names.find(table.Entries, name)
	s.sought = sought
	return n
}

// add makes a node the last entry of parent; in a table its name was looked up just before.
func (s *arena) add(parent, n *Node) {
	s.ensureBranch(parent)
	s.reserve(parent)
	n.Parent, n.ord = parent, uint32(len(parent.Entries)) //nolint:gosec // bounded by the size of the file
	parent.Entries = append(parent.Entries, n)
	if parent.Kind.IsTable() {
		n.hash = uint16(s.hash) //nolint:gosec // it has no more bits
		parent.marks |= mark(s.hash)
	} else {
		parent.marks = ^uint64(0)
	}
	switch {
	case parent.names != nil:
		parent.names.add(parent.Entries, s.sought)
	case len(parent.Entries) >= indexFrom && parent.Kind.IsTable():
		parent.names = newIndex(parent.Entries)
	}
}

// addTable adds a table to parent.
func (s *arena) addTable(parent, n *Node) *Node {
	s.add(parent, n)
	s.table(n)
	return n
}

// push appends v to a list, which doubles when it is full; append would copy a long one more often.
func push[T any](list []T, v T) []T {
	if n := len(list); n == cap(list) {
		list = slices.Grow(list, max(4, n))
	}
	return append(list, v)
}
