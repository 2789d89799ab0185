package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
)

// Find returns the nearest loonglint.toml in dir or a folder above it, up to the root of the repository that
// dir lies in; empty when there is none.
func Find(dir string) (string, error) {
	top := files.Repository(dir)
	for {
		path := filepath.Join(dir, FileName)
		info, err := os.Stat(path)
		if err == nil && !info.IsDir() {
			return path, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		up := filepath.Dir(dir)
		if up == dir || dir == top {
			return "", nil
		}
		dir = up
	}
}

// Error lists all that is wrong with a file of settings.
type Error struct {
	Path     string // of the file, as it was given
	Problems []Problem
}

// Problem is something that is wrong with a file of settings.
type Problem struct {
	Span    document.Span // in bytes
	At      document.Position
	Whole   bool // it is about the file as a whole; Span and At are then zero
	Message string
}

func (e *Error) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines are the problems with their places, for who prints them.
func (e *Error) Lines() (list []string) {
	for _, p := range e.Problems {
		if p.Whole {
			list = append(list, e.Path+": "+p.Message)
		} else {
			list = append(list, fmt.Sprintf("%s:%d:%d: %s", e.Path, p.At.Line, p.At.Column, p.Message))
		}
	}
	return list
}

// ReadFile reads a file of settings. Every error is a UsageError.
func ReadFile(path string, rules []*lint.Rule) (*File, error) {
	src, err := files.ReadSide(path, maxSize)
	if err != nil {
		return nil, usagef("%s: %w", path, err)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, usagef("%s: %w", path, err)
	}
	f, err := ParseIn(filepath.Dir(abs), path, src, rules)
	if err != nil {
		return nil, UsageError{err}
	}
	return f, nil
}

// maxSize is the size in bytes above which no file of settings and no baseline is read.
const maxSize = 32 << 20

// Parse reads the text of settings that lie in no folder, and touches no file; path is for messages. The patterns of
// overrides are about the names of documents, as if all lay in the folder of the settings. Every error is an *Error.
func Parse(path string, src []byte, rules []*lint.Rule) (*File, error) {
	return ParseIn("", path, src, rules)
}

// ParseIn is Parse for settings that lie in a folder, an absolute path: that its keys lead to no file outside of it is
// checked, too.
func ParseIn(dir, path string, src []byte, rules []*lint.Rule) (*File, error) {
	r := &reader{doc: document.Parse(path, src), rules: rules, file: &File{Path: path, Dir: dir}}
	for _, p := range r.doc.Problems {
		message := p.Message
		if p.Help != "" {
			message += " (" + p.Help + ")"
		}
		r.fail(p.Span, "%s", message)
	}
	if r.doc.Err != nil {
		r.problems = append(r.problems, Problem{Whole: true, Message: r.doc.Err.Error()})
	}
	if r.problems == nil {
		r.table(r.doc.Root, keys, r.top)
		r.together()
		r.inside()
	}
	if r.problems != nil {
		return nil, &Error{path, r.problems}
	}
	return r.file, nil
}

type reader struct {
	doc      *document.Document
	rules    []*lint.Rule
	file     *File
	problems []Problem
}

func (r *reader) fail(at document.Span, format string, args ...any) {
	r.problems = append(r.problems, Problem{Span: at, At: r.doc.Position(at.Start), Message: fmt.Sprintf(format, args...)})
}

func (r *reader) line(n *document.Node) int { return r.doc.LineOf(n.Place().Start) }

// table reads the keys of a table; set takes those that are known and whose value has the right kind.
func (r *reader) table(n *document.Node, known []key, set func(*key, *document.Node)) {
	for _, e := range n.Entries {
		k := keyNamed(known, e.Name())
		switch {
		case k == nil:
			r.fail(e.Place(), "unknown key %q%s", e.Name(), question(suggest.Nearest(e.Name(), names(known))))
		case !k.kind.fits(e):
			r.fail(e.Place(), "%s is %s", k.name, k.kind.wanted())
		default:
			set(k, e)
		}
	}
}

func question(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "; " + suggest.Question(words)
}

func (r *reader) top(k *key, n *document.Node) {
	switch k.kind {
	case isText:
		if r.text(k, n) {
			*k.text(r.file) = Setting[string]{n.Text(), r.line(n)}
		}
	case isTexts:
		*k.texts(r.file) = r.texts(k, n)
	case isBool:
		*k.bool(r.file) = Setting[bool]{n.Bool(), r.line(n)}
	case isRules:
		r.file.Rules = r.levels(n)
	case isOverrides:
		for _, e := range n.Entries {
			r.override(e)
		}
	case isPolicy:
		r.policy(n)
	}
}

// text checks a string.
func (r *reader) text(k *key, n *document.Node) bool {
	if k.words != nil && !slices.Contains(k.words, n.Text()) {
		near := suggest.Nearest(n.Text(), slices.Values(k.words))
		if near == nil {
			near = k.words
			r.fail(n.Value(), "%s is one of %s, not %q", k.name, strings.Join(near, ", "), n.Text())
			return false
		}
		r.fail(n.Value(), "%s cannot be %q%s", k.name, n.Text(), question(near))
		return false
	}
	if k.check != nil {
		if wrong := k.check(n.Text()); wrong != "" {
			r.fail(n.Value(), "%s: %q %s", k.name, n.Text(), wrong)
			return false
		}
	}
	return true
}

func (r *reader) texts(k *key, n *document.Node) Setting[[]string] {
	s := Setting[[]string]{[]string{}, r.line(n)}
	if len(n.Entries) > files.MaxPatterns {
		r.fail(n.Place(), "%s has more than %d entries", k.name, files.MaxPatterns)
		return s
	}
	for _, e := range n.Entries {
		if e.Kind != document.String {
			r.fail(e.Value(), "%s is %s", k.name, k.kind.wanted())
		} else if r.text(k, e) {
			s.Is = append(s.Is, e.Text())
		}
	}
	return s
}

// levels reads a table of rules.
func (r *reader) levels(n *document.Node) []RuleLevel {
	var list []RuleLevel
	for _, e := range n.Entries {
		i := slices.IndexFunc(r.rules, func(x *lint.Rule) bool { return x.Name == e.Name() })
		if i < 0 {
			r.fail(e.Place(), "unknown rule %q%s", e.Name(), question(suggest.Nearest(e.Name(), r.ruleNames)))
			continue
		}
		level := key{name: "the level of " + e.Name(), words: levelsOf(r.rules[i])}
		if e.Kind != document.String {
			r.fail(e.Place(), "%s is one of %s, in quotes", level.name, strings.Join(level.words, ", "))
		} else if r.text(&level, e) {
			list = append(list, RuleLevel{e.Name(), e.Text(), r.line(e)})
		}
	}
	return list
}

func (r *reader) ruleNames(yield func(string) bool) {
	for _, x := range r.rules {
		if !yield(x.Name) {
			return
		}
	}
}

func (r *reader) override(n *document.Node) {
	if !n.Kind.IsTable() {
		r.fail(n.Value(), "overrides is %s", isOverrides.wanted())
		return
	}
	var o Override
	r.table(n, overrideKeys, func(k *key, e *document.Node) {
		switch k.kind {
		case isTexts:
			o.Paths = r.texts(k, e)
		case isText:
			if r.text(k, e) {
				o.Target = Setting[string]{e.Text(), r.line(e)}
			}
		default:
			o.Rules = r.levels(e)
		}
	})
	if len(o.Paths.Is) == 0 && n.At("paths") == nil {
		r.fail(n.Place(), "the override has no paths: write paths = [\"examples/\"]")
	}
	o.patterns = files.NewPatterns(r.file.Dir, o.Paths.Is)
	r.file.Overrides = append(r.file.Overrides, o)
}

// together checks what settings say together.
func (r *reader) together() {
	c := r.file
	failOn, fails := lint.ParseLevel(c.FailOn.Is)
	if shown, ok := lint.ParseLevel(c.MinLevel.Is); ok && fails && failOn < shown {
		r.fail(r.doc.Root.At("min-level").Place(), "min-level = %q hides what fail-on = %q fails for; write %q for both", c.MinLevel.Is, c.FailOn.Is, c.FailOn.Is)
	}
	for _, line := range [...]int{c.EnvNames.Line, c.EnvNamesFile.Line} {
		if line > 0 && c.Env.Line > 0 {
			r.fail(r.doc.Root.At("env").Place(), "env and env-names contradict each other; keep one of them")
			return
		}
	}
}

// inside checks that no file is named that lies elsewhere, even through a link: settings may be written by
// somebody who must not choose what is read.
func (r *reader) inside() {
	c := r.file
	if c.Dir == "" {
		return
	}
	tree := files.NewTree(c.Dir)
	for _, key := range [...]struct {
		name string
		Setting[string]
	}{{"baseline", c.Baseline}, {"env-names-file", c.EnvNamesFile}} {
		if _, below := tree.Name(tree.Path(key.Is)); key.Line > 0 && !below {
			r.fail(r.doc.Root.At(key.name).Value(), "%s: %q leads out of the folder of the settings", key.name, key.Is)
		}
	}
}

// ParseSize reads a number of bytes such as 500000 or 64MiB.
func ParseSize(text string) (int64, error) {
	number, unit := text, int64(1)
	for i, suffix := range []string{"KiB", "MiB", "GiB"} {
		if cut, ok := strings.CutSuffix(text, suffix); ok {
			number, unit = cut, int64(1)<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil || n <= 0 || n > (1<<62)/unit {
		return 0, fmt.Errorf("not a number of bytes such as 500000 or 64MiB: %q", text)
	}
	return n * unit, nil
}
