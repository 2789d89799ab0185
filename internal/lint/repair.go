package lint

import (
	"errors"
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// Fixable reports whether the finding has a fix of that safety.
func (f *Finding) Fixable(unsafe bool) bool {
	fix := f.Fix()
	return fix != nil && (unsafe || fix.Safety == Safe)
}

// Repair checks the text of one file as Source does, and applies the fixes of its findings.
func (c *Checker) Repair(path string, src []byte, env *loong.Environment, unsafe bool) (before, after *document.Document, repaired []*Finding, err error) {
	found := c.Source(path, src, env, nil)
	if found.Err != nil {
		return nil, nil, nil, found.Err
	}
	before = document.Parse(path, src)
	after, repaired, err = repair(before, found.Findings, unsafe)
	return before, after, repaired, err
}

// repair applies the fixes of findings of a document in order, and tells which. One that touches an earlier one waits
// for the next run, and so does one that would break the file beside the earlier ones, as the second of two keys that
// become one does.
func repair(doc *document.Document, findings []*Finding, unsafe bool) (after *document.Document, repaired []*Finding, err error) {
	var edits []document.Edit
	after = doc
	chosen := chooseRepairs(findings, unsafe)
	try := func(list ...*Finding) error {
		more := slices.Clip(edits)
		for _, f := range list {
			more = append(more, f.Fix().Edits...)
		}
		fixed, err := document.Apply(doc.Source, more)
		if err != nil {
			return err
		}
		if d := document.Parse(doc.Name, fixed); d.Err == nil && len(d.Problems) <= len(doc.Problems) {
			after, edits, repaired = d, more, append(repaired, list...)
		}
		return nil
	}
	if err := try(chosen...); err != nil || len(repaired) > 0 {
		return after, repaired, err
	}
	for _, f := range chosen {
		if err := try(f); err != nil {
			return nil, nil, err
		}
	}
	if len(repaired) == 0 && len(chosen) > 0 && len(doc.Problems) == 0 { // a broken line may not bear a repair
		return nil, nil, errors.New("the result would not be TOML; please report this")
	}
	return after, repaired, nil
}

// chooseRepairs takes the findings that can be repaired together.
func chooseRepairs(findings []*Finding, unsafe bool) (chosen []*Finding) {
	var edits []document.Edit
	for _, f := range findings {
		if !f.Fixable(unsafe) || slices.ContainsFunc(f.Fix().Edits, func(e document.Edit) bool { return touches(e, edits) }) {
			continue
		}
		edits = append(edits, f.Fix().Edits...)
		chosen = append(chosen, f)
	}
	return chosen
}

func touches(e document.Edit, others []document.Edit) bool {
	return slices.ContainsFunc(others, func(o document.Edit) bool {
		return e.Span.Start <= o.Span.End && o.Span.Start <= e.Span.End
	})
}
