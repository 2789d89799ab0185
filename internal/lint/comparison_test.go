package lint

import (
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// memoryStore is a Store; it fails to write where full, and gives back no more than it has.
type memoryStore struct {
	text []byte
	full bool
}

func (m *memoryStore) Len() int64 { return int64(len(m.text)) }

func (m *memoryStore) Write(b []byte) (int, error) {
	if m.full {
		return 0, errors.New("full")
	}
	m.text = append(m.text, b...)
	return len(b), nil
}

func (m *memoryStore) ReadAt(b []byte, at int64) (int, error) {
	n := copy(b, m.text[min(at, m.Len()):])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// follows finds something in every file but the first.
var follows = Rule{Name: "follows", Level: Info, Compare: func(p *CrossPass) {
	before := ""
	for f := range p.Facts {
		at := Place{document.Span{Start: 1, End: 2}, document.Position{Line: 1, Column: 2, Offset: 1}, document.Position{Line: 1, Column: 3, Offset: 2}, "a.b"}
		if before != "" {
			p.Report(f.File, at, "after %s", f.Is).WithRelatedIn(before, at, "first").WithHelp("help").WithNote("note").WithLabel("label").WithSeverity(Warning)
			p.Report(f.File, at, "twice")
		}
		before = f.File
	}
}}

// comparisonOf compares files by follows.
func comparisonOf(store Store, files ...string) (*Comparison, error) {
	c := NewComparison(&Options{Rules: []*Rule{&follows}})
	c.Store = store
	for _, path := range files {
		c.Take(&FileResult{Path: path, facts: []fact{{0, path}}})
	}
	return c, c.End()
}

// TestStoredFindingsAreTheSame holds that a store changes no finding, in any order and as often as they are asked for.
func TestStoredFindingsAreTheSame(t *testing.T) {
	files := []string{"a", "b\xff", "b\xff", "d", "ü"}
	held, err := comparisonOf(nil, files...)
	if err != nil {
		t.Fatal(err)
	}
	store := &memoryStore{}
	kept, err := comparisonOf(store, files...)
	if err != nil || len(kept.found) > 0 || len(store.text) == 0 {
		t.Fatalf("%v in memory, %d bytes stored, %v", kept.found, len(store.text), err)
	}
	for _, path := range []string{"ü", "a", "b\xff", "d", "none", "d"} {
		var want, got FileResult
		want.Path, got.Path = path, path
		if err := errors.Join(held.Complete(&want), kept.Complete(&got)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v, want %+v", path, got.Findings, err, want.Findings)
		}
		if findings := len(got.Findings); (findings > 0) != (path != "a" && path != "none") {
			t.Errorf("%q has %d findings", path, findings)
		}
	}
}

func TestStoreThatFails(t *testing.T) {
	if _, err := comparisonOf(&memoryStore{full: true}, "a", "b"); err == nil || err.Error() != "full" {
		t.Errorf("writing: %v", err)
	}
	store := &memoryStore{}
	c, err := comparisonOf(store, "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	store.text = store.text[:9]
	if err := c.Complete(&FileResult{Path: "b"}); !errors.Is(err, io.EOF) {
		t.Errorf("reading: %v", err)
	}
}
