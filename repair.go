package loonglint

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
)

// Repair applies the safe fixes of a document, or with unsafe all of them, and returns the result with the findings that
// they remove. Fixes that touch each other are not made together: the later one is left, and found again in the result.
// Without a fix the result equals src.
func (l *Linter) Repair(name string, src []byte, unsafe bool) (fixed []byte, repaired []Finding, err error) {
	_, after, list, err := l.checker.Repair(name, bytes.Clone(src), l.environment, unsafe)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range list {
		repaired = append(repaired, findingOf(f))
	}
	return after.Source, repaired, nil
}

// Repair applies the fixes of one document; see [Linter.Repair].
func Repair(name string, src []byte, unsafe bool, o Options) (fixed []byte, repaired []Finding, err error) {
	l, err := New(o)
	if err != nil {
		return nil, nil, err
	}
	return l.Repair(name, src, unsafe)
}

// Apply makes the edits of fixes that belong to src. Fixes that change the same bytes, or bytes outside src, give an
// error.
func Apply(src []byte, fixes ...Fix) ([]byte, error) {
	var edits []document.Edit
	for i := range fixes {
		edits = append(edits, fixes[i].edits()...)
	}
	return document.Apply(src, edits)
}
