package rules_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/schema"
)

// An editor offers all fixes at all times, and a person makes them in any order. Whatever the order, it comes to an end, no
// value changes that the fix at hand is not about, and a number that one fix wrote, or gave another key, no safe one changes:
// else the two together say something that nobody was asked about, as that 90 seconds are one.
func TestFixesAreSafeTogether(t *testing.T) {
	made := 0
	try := func(r *lint.Rule, name, src string, env *environment, chains int) {
		for i := range chains {
			c := &chain{rule: r, name: name, env: env, text: src}
			h := fnv.New64a()
			fmt.Fprint(h, name, i)
			if why := c.run(rand.New(rand.NewPCG(h.Sum64(), 0))); why != "" {
				t.Errorf("%s: %s\nafter these fixes: %s\nThe file was:\n%s\nand is:\n%s", name, why, strings.Join(c.made, "; "), c.before, c.text)
				return
			}
			made += len(c.made)
		}
	}
	eachExample(t, func(r *lint.Rule, name, src string, env *environment) {
		try(r, r.Name+"/"+name, src, env, thorough.Pick(2, 40))
	})
	n, every := 0, thorough.Pick(5, 1)
	eachTOML(t, fixtures, func(path string) {
		if src := readFile(t, path); len(src) < 10_000 {
			if n++; n%every == 0 {
				try(nil, path, src, sidecar(t, path), 2)
			}
		}
	})
	for _, name := range []string{"1-surface", "2-broken", "5-values"} {
		n, every := 0, thorough.Pick(400, 10)
		eachRecorded(t, filepath.Join(fixtures, "loong", name+".jsonl.gz"), func(r recorded) {
			if n++; n%every == 0 && r.target == 0 && len(document.Parse(r.id, r.source).Problems) == 0 {
				try(nil, r.id, string(r.source), &environment{*recordedEnvironment(r.env)}, 2)
			}
		})
	}
	n, every = 0, thorough.Pick(40, 4)
	eachTOML(t, filepath.Join(fixtures, "clean"), func(path string) {
		src := readFile(t, path)
		if len(src) > 2000 {
			return // a long file has long chains, of the same fixes
		}
		lines := strings.Split(src, "\n")
		for i := range lines {
			for _, s := range keySlips {
				line, ok := s.make(lines[i])
				if !ok {
					continue
				}
				if n++; n%every == 0 {
					try(nil, fmt.Sprintf("%s:%d", path, i+1), strings.Join(slices.Concat(lines[:i], []string{line}, lines[i+1:]), "\n"), static(), 1)
				}
			}
		}
	})
	if made < 500 {
		t.Errorf("only %d fixes were made", made)
	}
}

// keySlips are slips after which a fix renames a key.
var keySlips = [...]slip{
	rewrite("no third letter", regexp.MustCompile(`^([a-z_]{2})[a-z_]([a-z_]{3,} = .*)$`), `$1$2`),
	rewrite("no unit", regexp.MustCompile(`^([a-z_]+)_(ms|s|seconds) = (.*)$`), `$1 = $3`),
	rewrite("seconds", regexp.MustCompile(`^([a-z_]+)_ms = (.*)000$`), `${1}_s = $2`),
	rewrite("seconds, not converted", regexp.MustCompile(`^([a-z_]+)_ms = (.*)$`), `${1}_s = $2`),
	rewrite("milliseconds", regexp.MustCompile(`^([a-z_]+)(_s|_seconds) = (.*)$`), `${1}_ms = $3`),
}

// chain is a file to which one fix after another is made.
type chain struct {
	rule    *lint.Rule // is on, even if it is off by default
	name    string
	env     *environment
	text    string
	before  string          // text before the last fix
	written []document.Span // in text, numbers by the fixes so far
	made    []string
}

// run makes fixes in a random order until none is left, and says what is wrong.
func (c *chain) run(random *rand.Rand) string {
	found := check(c.rule, c.name, c.text, c.env)
	for range 20 + 2*len(found.Findings) { // more has no chain that ends
		var findings []*lint.Finding
		for _, f := range found.Findings {
			if len(f.Fixes) > 0 {
				findings = append(findings, f)
			}
		}
		if len(findings) == 0 {
			return ""
		}
		f := findings[random.IntN(len(findings))]
		x := &f.Fixes[random.IntN(len(f.Fixes))]
		why := c.step(f, x)
		if why != "" {
			return why
		}
		next := check(c.rule, c.name, c.text, c.env)
		if n := count(next, f); n >= count(found, f) && len(document.Parse(c.name, []byte(c.before)).Problems) == 0 {
			return "it leaves the finding: " + f.Message
		}
		found = next
	}
	return "they have no end"
}

// step makes a fix.
func (c *chain) step(f *lint.Finding, x *lint.Fix) string {
	c.made = append(c.made, f.Rule.Name+": "+x.Message)
	fixed, err := document.Apply([]byte(c.text), x.Edits)
	if err != nil {
		return err.Error()
	}
	c.before, c.text = c.text, string(fixed)
	if x.Safety == lint.Safe {
		for _, e := range x.Edits {
			if slices.ContainsFunc(c.written, func(w document.Span) bool { return e.Text != "" && e.Span.Start < w.End && w.Start < e.Span.End }) {
				return "a safe fix changes a number that another one wrote"
			}
		}
		if why := changesMeaning(c.before, c.text, c.env); why != "" {
			return "after a safe fix " + why
		}
	}
	before, after := document.Parse(c.name, []byte(c.before)), document.Parse(c.name, fixed)
	switch {
	case len(after.Problems) > len(before.Problems):
		return "it breaks the syntax"
	case decodes(before, c.env) && !decodes(after, c.env):
		return "Loong can read the file no more"
	}
	moved := newShift(x.Edits)
	var written []document.Span
	for _, w := range c.written {
		if start, end := moved.offset(w.Start), moved.offset(w.End); start >= 0 && end >= start {
			written = append(written, document.Span{Start: start, End: end})
		}
	}
	for _, n := range leaves(after) {
		if (n.Kind == document.Integer || n.Kind == document.Float) && (moved.wrote(n.Key()) || moved.wrote(n.Value())) {
			written = append(written, n.Value()) // what has another name has been given a meaning
		}
	}
	c.written = written
	return keepsOthers(before, after, moved)
}

// decodes reports whether Loong can read a file, be it that it refuses it.
func decodes(doc *document.Document, env *environment) bool {
	v := loong.Read(doc, &env.Environment).Verdict
	return v == loong.Loads || v == loong.Refused
}

// shift tells where the bytes of a text are after edits.
type shift struct {
	edits    []document.Edit // in order
	inserted []document.Span // in the new text
}

func newShift(edits []document.Edit) *shift {
	s := &shift{edits: slices.Clone(edits)}
	slices.SortStableFunc(s.edits, func(a, b document.Edit) int { return a.Span.Start - b.Span.Start })
	more := 0
	for _, e := range s.edits {
		start := e.Span.Start + more
		s.inserted = append(s.inserted, document.Span{Start: start, End: start + len(e.Text)})
		more += len(e.Text) - e.Span.Len()
	}
	return s
}

// offset is where a byte is now, -1 if it is gone.
func (s *shift) offset(at int) int {
	more := 0
	for _, e := range s.edits {
		switch {
		case at < e.Span.Start:
			return at + more
		case at < e.Span.End:
			return -1
		}
		more += len(e.Text) - e.Span.Len()
	}
	return at + more
}

// touches reports whether an edit is about a part of a text.
func (s *shift) touches(at document.Span) bool {
	return slices.ContainsFunc(s.edits, func(e document.Edit) bool { return e.Span.Start < at.End && at.Start < e.Span.End })
}

// wrote reports whether an edit wrote a part of the new text.
func (s *shift) wrote(at document.Span) bool {
	return slices.ContainsFunc(s.inserted, func(w document.Span) bool { return w.Start < at.End && at.Start < w.End })
}

// keepsOthers says which value of Loong's changed that no edit is about, or came without one.
func keepsOthers(before, after *document.Document, moved *shift) string {
	was, is := leaves(before), leaves(after)
	for path, n := range was {
		if touchesKeys(n, moved.touches) {
			continue
		}
		now := is[path]
		switch {
		case now == nil:
			return "it drops " + path
		case now.Kind != n.Kind || now.Text() != n.Text():
			return "it changes " + path
		}
	}
	for path, n := range is {
		if was[path] == nil && !touchesKeys(n, moved.wrote) {
			return "it brings " + path
		}
	}
	return ""
}

// touchesKeys reports whether something is about a value, its key or a key above.
func touchesKeys(n *document.Node, about func(document.Span) bool) bool {
	if about(n.Value()) {
		return true
	}
	for ; n != nil && n.Parent != nil; n = n.Parent {
		if about(n.Key()) || about(n.Header()) {
			return true
		}
	}
	return false
}

// leaves are the values of a document that Loong reads, by their paths.
func leaves(doc *document.Document) map[string]*document.Node {
	all := map[string]*document.Node{}
	var visit func(n *document.Node)
	visit = func(n *document.Node) {
		for _, e := range n.Entries {
			switch {
			case len(e.Entries) > 0:
				visit(e)
			case !e.Kind.IsTable() && schema.PathOfNode(e) != schema.NoPath:
				all[e.KeyPath()] = e
			}
		}
	}
	visit(doc.Root)
	return all
}
