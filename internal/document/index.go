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
	x := &index{seed: maphash.MakeSeed(), slots: make([]uint64, 4*indexFrom)}
	for i, e := range entries {
		x.put(maphash.String(x.seed, e.Name()), i)
	}
	return x
}

// add puts the last of the entries in, whose name has a hash.
func (x *index) add(entries []*Node, hash uint64) {
	if n := len(x.slots); 4*len(entries) > 3*n {
		old := x.slots
		x.slots = make([]uint64, 2*n)
		for _, slot := range old {
			if slot != 0 {
				x.put(slot>>32, int(slot&lowHalf)-1) //nolint:gosec // half of it
			}
		}
	}
	x.put(hash, len(entries)-1)
}

const lowHalf = 1<<32 - 1

// put puts the entry at position i in.
func (x *index) put(hash uint64, i int) {
	at := hash & uint64(len(x.slots)-1)
	for x.slots[at] != 0 {
		at = (at + 1) & uint64(len(x.slots)-1)
	}
	x.slots[at] = hash<<32 | uint64(i+1) //nolint:gosec // no more than there are bytes in the file
}

// find returns the entry called name, or nil, and the hash of the name.
func (x *index) find(entries []*Node, name string) (*Node, uint64) {
	h := maphash.String(x.seed, name)
	for at := h; ; at++ {
		slot := x.slots[at&uint64(len(x.slots)-1)]
		if slot == 0 {
			return nil, h
		}
		if slot>>32 == h&lowHalf {
			if e := entries[slot&lowHalf-1]; e.Name() == name {
				return e, h
			}
		}
	}
}
