package lint

import (
	"fmt"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
)

// Counts are numbers of findings by level.
type Counts struct{ Errors, Warnings, Infos int }

// Count adds n findings of a level.
func (c *Counts) Count(l Level, n int) {
	switch l {
	case Error:
		c.Errors += n
	case Warning:
		c.Warnings += n
	case Info:
		c.Infos += n
	}
}

// Merge adds other counts.
func (c *Counts) Merge(o Counts) {
	c.Errors, c.Warnings, c.Infos = c.Errors+o.Errors, c.Warnings+o.Warnings, c.Infos+o.Infos
}

// Total is the number of all findings.
func (c Counts) Total() int { return c.Errors + c.Warnings + c.Infos }

// String lists what there is, the worst first: "1 error, 2 warnings".
func (c Counts) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		noun string
	}{{c.Errors, "error"}, {c.Warnings, "warning"}, {c.Infos, "info"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// Summary counts what a run found. Its sentence is composed here and nowhere else.
type Summary struct {
	Counts            // findings at or above the level that is shown
	Hidden     Counts // findings below it
	Suppressed int
	Baselined  int
	Fixable    int      // findings that --fix repairs
	Unsafe     int      // further ones that --unsafe-fixes repairs
	Files      int      // readable or not
	With       int      // files with findings
	Unreadable int      // files that could not be read
	Unseen     []string // what was not looked at, in words: "1 folder excluded", "2 rules off in loonglint.toml"
}

// Add counts a file. Findings that were not held count too.
func (s *Summary) Add(f *FileResult) {
	s.Files++
	s.Suppressed += f.Suppressed
	s.Baselined += f.Baselined
	if f.Verdict == loong.Unreadable && !f.Failed {
		s.Unreadable++
	}
	if len(f.Findings) > 0 {
		s.With++
	}
	for _, x := range f.Findings {
		s.Count(x.Severity, 1+x.More)
		switch {
		case x.Fix() == nil:
		case x.Fix().Safety == Safe:
			s.Fixable++
		default:
			s.Unsafe++
		}
	}
	s.Hidden.Merge(f.Hidden)
}

// String is the line that ends every run: "3 findings (1 error, 2 warnings) in 2 of 14 files; 1 suppressed".
func (s *Summary) String() string {
	found, more := s.found(), strings.Join(s.more(), ", ")
	if s.Unreadable == s.Files && s.Files > 0 && more != "" {
		return more
	}
	if more != "" {
		more = "; " + more
	}
	return found + more
}

// found says what the findings are, and in how many files.
func (s *Summary) found() string {
	checked := count(s.Files-s.Unreadable, "file")
	if total := s.Total(); total > 0 {
		return fmt.Sprintf("%s (%s) in %d of %s", count(total, "finding"), s.Counts, s.With, checked)
	}
	return checked + " checked, no findings"
}

// more says what the findings do not tell: each part is there only when it is not zero.
func (s *Summary) more() (parts []string) {
	add := func(n int, format string, args ...any) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(s.Fixable, "%d fixable with --fix", s.Fixable)
	if s.Fixable > 0 {
		add(s.Unsafe, "%d more with --unsafe-fixes", s.Unsafe)
	} else {
		add(s.Unsafe, "%d fixable with --unsafe-fixes", s.Unsafe)
	}
	add(s.Unreadable, "%s could not be read", count(s.Unreadable, "file"))
	add(s.Hidden.Total(), "%s not shown (--min-level)", s.Hidden)
	add(s.Suppressed, "%d suppressed", s.Suppressed)
	add(s.Baselined, "%d in the baseline", s.Baselined)
	return append(parts, s.Unseen...)
}

// count is a number and its noun, "1 file" or "2 files".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
