package document

import "hash/maphash"

// indexFrom is the number of entries from which a table keeps an index of its names.
const indexFrom = 16

// index finds entries by name: a hash table whose slots hold half of a name's hash and, from 1, the
// entry's position.
type index struct {
	seed  maphash.Seed
	slots []uint64 // a power of two of them, a quarter free at least; 0: free
}

func newIndex(entries []*Node) *index {
	x := &index{seed: maphash.MakeSeed()}
	x.grow(entries, 4*indexFrom)
	return x
}

// grow gives x a number of slots and puts all entries in.
func (x *index) grow(entries []*Node, slots int) {
	x.slots = make([]uint64, slots)
	for _, e := range entries {
		x.put(e)
	}
}

// add puts the last of the entries in.
func (x *index) add(entries []*Node) {
	if n := len(x.slots); 4*len(entries) > 3*n {
		x.grow(entries, 2*n)
		return
	}
	x.put(entries[len(entries)-1])
}

const lowHalf = 1<<32 - 1

func (x *index) put(e *Node) {
	h := maphash.String(x.seed, e.Name())
	at := h & uint64(len(x.slots)-1)
	for x.slots[at] != 0 {
		at = (at + 1) & uint64(len(x.slots)-1)
	}
	x.slots[at] = h&^lowHalf | uint64(e.ord+1)
}

func (x *index) find(entries []*Node, name string) *Node {
	h := maphash.String(x.seed, name)
	for at := h; ; at++ {
		slot := x.slots[at&uint64(len(x.slots)-1)]
		if slot == 0 {
			return nil
		}
		if slot&^lowHalf == h&^lowHalf {
			if e := entries[slot&lowHalf-1]; e.Name() == name {
				return e
			}
		}
	}
}
