package lint

import (
	"errors"
	"fmt"
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// Fixable reports whether the finding has a fix of that safety.
func (f *Finding) Fixable(unsafe bool) bool {
	fix := f.Fix()
	return fix != nil && (unsafe || fix.Safety == Safe)
}

// Repair says what a Runner does to files that have findings with a fix.
type Repair struct {
	Unsafe bool
	// Write replaces a file; it is called by many goroutines. nil: the files stay as they are.
	Write func(path string, src []byte) error
	// Diff is what Repaired.Diff becomes; nil: it is not asked.
	Diff func(before, after *document.Document) []byte
}

// Repaired is what became of a file that a Runner was to repair.
type Repaired struct {
	Findings int // that were repaired
	Diff     []byte
	Err      error // why it was not repaired, or not written
}

// repair repairs a file whose result is found. Of one that was written it returns the result of what it is now.
func (r *Runner) repair(c *Checker, in Input, src []byte, found *FileResult) *FileResult {
	unsafe := r.Repair.Unsafe
	if !slices.ContainsFunc(found.Findings, func(f *Finding) bool { return f.Fixable(unsafe) }) {
		return found
	}
	before := document.Parse(in.Path, src)
	after, repaired, err := ApplyFixes(before, found.Findings, unsafe)
	if err != nil {
		found.Repaired = &Repaired{Err: fmt.Errorf("%s: repairing: %w", in.Path, err)}
		return found
	}
	done := &Repaired{Findings: len(repaired)}
	found.Repaired = done
	if len(repaired) == 0 {
		return found
	}
	if r.Repair.Diff != nil {
		done.Diff = r.Repair.Diff(before, after)
	}
	if r.Repair.Write == nil {
		return found
	}
	if err := r.Repair.Write(in.Path, after.Source); err != nil {
		done.Findings, done.Err = 0, fmt.Errorf("writing %w", err)
		return found
	}
	now := c.Source(in.Path, after.Source, r.Environment, in.Accept)
	now.Repaired = done
	if len(now.Findings) > 0 {
		hideBefore(now.Findings, redact.Of(before))
	}
	return now
}

// hideBefore hides in the findings of a repaired file what was secret before: a key that Loong did not know, with a hidden value, may
// now be one whose value is shown.
func hideBefore(findings []*Finding, s *redact.Document) {
	for _, f := range findings {
		f.mask(s, false)
		for i := range f.Lines {
			l := &f.Lines[i]
			hidden := s.Holds(l.Text)
			if hidden {
				l.Text = redact.Mask
			}
			for j := range l.Marks {
				m := &l.Marks[j]
				if m.Label = s.Text(m.Label); hidden {
					m.Start, m.End = 0, len(redact.Mask)
				}
			}
		}
	}
}

// Repair checks the text of one file as Source does, and applies the fixes of its findings.
func (c *Checker) Repair(path string, src []byte, env *loong.Environment, unsafe bool) (before, after *document.Document, repaired []*Finding, err error) {
	found := c.Source(path, src, env, nil)
	if found.Err != nil {
		return nil, nil, nil, found.Err
	}
	before = document.Parse(path, src)
	after, repaired, err = ApplyFixes(before, found.Findings, unsafe)
	return before, after, repaired, err
}

// ApplyFixes applies the fixes of findings of a document in order, and tells which. One that touches an earlier one waits
// for the next run, and so does one that would break the file beside the earlier ones, as the second of two keys that
// become one does.
func ApplyFixes(doc *document.Document, findings []*Finding, unsafe bool) (after *document.Document, repaired []*Finding, err error) {
	var edits []document.Edit
	after = doc
	chosen := chooseRepairs(findings, unsafe)
	try := func(list []*Finding) (accepted bool, err error) {
		more := slices.Clip(edits)
		for _, f := range list {
			more = append(more, f.Fix().Edits...)
		}
		fixed, err := document.Apply(doc.Source, more)
		if err != nil {
			return false, err
		}
		d := document.Parse(doc.Name, fixed)
		if d.Err != nil || len(d.Problems) > len(doc.Problems) {
			return false, nil
		}
		after, edits, repaired = d, more, append(repaired, list...)
		return true, nil
	}
	var tryHalves func(list []*Finding) error
	tryHalves = func(list []*Finding) error {
		if accepted, err := try(list); accepted || err != nil || len(list) < 2 {
			return err
		}
		if err := tryHalves(list[:len(list)/2]); err != nil {
			return err
		}
		return tryHalves(list[len(list)/2:])
	}
	if len(chosen) > 0 {
		if err := tryHalves(chosen); err != nil {
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
