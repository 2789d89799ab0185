package document

import "hash/maphash"

// indexFrom is the number of entries from which a table keeps an index of its names.
const indexFrom = 16

// index finds entries by name: a hash table whose slots hold the upper bits of a name's hash and, from 1,
// the entry's position.
type index struct {
	seed  maphash.Seed
	slots []uint32 // a power of two of them, a quarter free at least; 0: free
}

// positionMask has the bits of a position: more than the nodes that a file may have.
const (
	positionMask      = 1<<21 - 1
	_            uint = positionMask - maxThings - 2*maxInStatement
)

func newIndex(entries []*Node) *index {
	x := &index{seed: maphash.MakeSeed()}
	x.grow(entries, 4*indexFrom)
	return x
}

// grow gives x a number of slots and puts all entries in.
func (x *index) grow(entries []*Node, slots int) {
	x.slots = make([]uint32, slots)
	for i, e := range entries {
		x.put(maphash.String(x.seed, e.Name()), i)
	}
}

// add puts the last of the entries in, whose name has a hash.
func (x *index) add(entries []*Node, hash uint64) {
	if n := len(x.slots); 4*len(entries) > 3*n {
		x.grow(entries, 4*n)
		return
	}
	x.put(hash, len(entries)-1)
}

// put puts the entry at position i in.
func (x *index) put(hash uint64, i int) {
	at := hash & uint64(len(x.slots)-1)
	for x.slots[at] != 0 {
		at = (at + 1) & uint64(len(x.slots)-1)
	}
	x.slots[at] = uint32(hash>>32)&^positionMask | uint32(i+1) //nolint:gosec // of the hash eleven bits do
}

// find returns the entry called name, or nil, and the hash of the name.
func (x *index) find(entries []*Node, name string) (*Node, uint64) {
	h := maphash.String(x.seed, name)
	for at := h; ; at++ {
		slot := x.slots[at&uint64(len(x.slots)-1)]
		if slot == 0 {
			return nil, h
		}
		if slot&^positionMask == uint32(h>>32)&^positionMask {
			if e := entries[slot&positionMask-1]; e.Name() == name {
				return e, h
			}
		}
	}
}
