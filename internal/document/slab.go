package document

import "unsafe"

// slab hands out nodes, branches and small entry lists from larger pieces.
type slab struct {
	leaf     *branch
	nodes    []Node
	branches []branch
	entries  []*Node
	made     int // nodes allocated so far
	branched int // branches handed out
	tables   int // tables made, but the root
	most     int // of these in one table

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
func (s *slab) newNode() *Node {
	if len(s.nodes) == 0 {
		s.grow(max(16, min(s.made/4, nodePiece)))
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	n.branch = s.leaf
	return n
}

// own gives n, which gets entries, a branch of its own, unless it has one.
func (s *slab) own(n *Node) {
	if n.branch != s.leaf {
		return
	}
	if len(s.branches) == 0 {
		s.branches = make([]branch, max(8, min(s.branched, branchPiece)))
	}
	n.branch = &s.branches[0]
	n.doc = s.leaf.doc
	s.branches = s.branches[1:]
	s.branched++
}

// table counts the table n, whose parent is set.
func (s *slab) table(n *Node) {
	s.own(n.Parent)
	n.Parent.tables++
	s.most = max(s.most, int(n.Parent.tables))
	s.tables++
}

// grow makes room for n nodes.
func (s *slab) grow(n int) {
	s.nodes = make([]Node, n)
	s.made += n
}

// list is an empty list with room for n entries.
func (s *slab) list(n int) []*Node {
	if n > 64 {
		return make([]*Node, 0, n)
	}
	if len(s.entries) < n {
		s.entries = make([]*Node, max(n, min(s.made, entryPiece)))
	}
	l := s.entries[:0:n]
	s.entries = s.entries[n:]
	return l
}

// enter makes table the one that gets entries next.
func (s *slab) enter(table *Node) {
	s.leave()
	if table.Entries == nil {
		s.own(table)
		table.Entries = s.scratch[:0]
		s.current = table
	}
}

// leave gives the open table a list of its own.
func (s *slab) leave() {
	t := s.current
	s.current = nil
	if t == nil || cap(t.Entries) != len(s.scratch) {
		return
	}
	if len(t.Entries) == 0 {
		t.Entries = nil
		return
	}
	t.Entries = append(s.list(len(t.Entries)), t.Entries...)
}

// room makes sure that one more entry fits into the list of n.
func (s *slab) room(n *Node) {
	switch have := len(n.Entries); {
	case have < cap(n.Entries):
	case have == 0:
		n.Entries = s.list(4)
	case have <= 32:
		n.Entries = append(s.list(2*have), n.Entries...)
	}
}

// add makes a node the last entry of parent.
func (s *slab) add(parent, n *Node) *Node {
	s.own(parent)
	s.room(parent)
	n.Parent, n.ord = parent, uint32(len(parent.Entries)) //nolint:gosec // bounded by the size of the file
	parent.Entries = append(parent.Entries, n)
	switch {
	case parent.names != nil:
		parent.names.add(parent.Entries)
	case len(parent.Entries) >= indexFrom && parent.Kind.IsTable():
		parent.names = newIndex(parent.Entries)
	}
	return n
}

// addTable adds a table to parent.
func (s *slab) addTable(parent, n *Node) *Node {
	s.add(parent, n)
	s.table(n)
	return n
}
