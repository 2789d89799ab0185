package document

import "bytes"

// isMerge reports whether an unresolved merge begins at the failure. It is reported once, and of its two sides
// the first is read.
func (f *failure) isMerge() bool {
	first := f.start
	if !bytes.HasPrefix(f.data[first:], []byte("<<<<<<<")) {
		return false
	}
	other := f.findMark(first, len(f.data), "=======")
	last := f.findMark(other, len(f.data), ">>>>>>>")
	if last == len(f.data) {
		return false
	}
	f.report(fault(f.clip(f.line(first)), "unresolved merge", "choose one of the two sides and remove the marks",
		Related{f.clip(f.line(other)), "the other side begins here"}, Related{f.clip(f.line(last)), "and ends here"}))
	base := f.findMark(first, other, "|||||||")
	fillBlank(f.data[first:lineEnd(f.data, first)])
	fillBlank(f.data[base:lineEnd(f.data, last)])
	f.use()
	return true
}

// findMark is the first line below offset that begins with mark, or end.
func (f *failure) findMark(offset, end int, mark string) int {
	from := offset
	for offset = nextLine(f.data, min(offset, end)); offset < end && !bytes.HasPrefix(f.data[offset:], []byte(mark)); {
		offset = nextLine(f.data, offset)
	}
	f.spent += offset - from
	return min(offset, end)
}
