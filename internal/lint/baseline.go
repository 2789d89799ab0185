package lint

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/redact"
)

// baselineSchema names the document that a baseline is kept in.
const baselineSchema = "loonglint.baseline.v1"

// Baseline is a list of accepted findings. It is read by many goroutines and changed by one.
type Baseline struct {
	entries []baselineEntry // sorted by fingerprint
}

// baselineEntry is an accepted finding; only the fingerprint counts, the rest is for people.
type baselineEntry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	File        string `json:"file"`
	Key         string `json:"key,omitempty"`
}

type baselineFile struct {
	Schema   string          `json:"schema"`
	Findings []baselineEntry `json:"findings"`
}

// ReadBaseline reads what WriteTo has written.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	var f baselineFile
	if err := json.NewDecoder(r).Decode(&f); err != nil {
		return nil, errors.New("not a baseline; loonglint baseline write makes one")
	}
	if f.Schema != baselineSchema {
		return nil, fmt.Errorf("not a %s document but %q", baselineSchema, redact.Printable(f.Schema))
	}
	b := &Baseline{entries: f.Findings}
	b.sort()
	return b, nil
}

// Len is the number of accepted findings.
func (b *Baseline) Len() int { return len(b.entries) }

// Add accepts the findings of a file; they must come from a run without a baseline.
func (b *Baseline) Add(r *FileResult, opt *Options) {
	for _, f := range r.Findings {
		if f.Rule != &InternalError {
			b.entries = append(b.entries, baselineEntry{f.Fingerprint, f.Rule.Name, redact.Printable(opt.nameOf(f.File)), f.KeyPath})
		}
	}
}

// Prune returns the part of the baseline that is still needed after a run with it: what the run
// met, and what is in files that it did not check, unless they are gone.
func (b *Baseline) Prune(files []*FileResult, opt *Options, gone func(name string) bool) *Baseline {
	met, checked := map[string]bool{}, map[string]bool{}
	for _, f := range files {
		checked[redact.Printable(opt.nameOf(f.Path))] = f.Err == nil && !f.Failed
		for _, fp := range f.Known {
			met[fp] = true
		}
	}
	out := &Baseline{}
	for _, e := range b.entries {
		done, known := checked[e.File]
		if met[e.Fingerprint] || known && !done || !known && !gone(e.File) {
			out.entries = append(out.entries, e)
		}
	}
	return out
}

// Has reports whether a finding is accepted.
func (b *Baseline) Has(fingerprint string) bool {
	if b == nil {
		return false
	}
	_, ok := slices.BinarySearchFunc(b.entries, fingerprint, func(e baselineEntry, fp string) int { return strings.Compare(e.Fingerprint, fp) })
	return ok
}

func (b *Baseline) sort() {
	slices.SortFunc(b.entries, func(x, y baselineEntry) int { return strings.Compare(x.Fingerprint, y.Fingerprint) })
	b.entries = slices.Compact(b.entries)
}

// Encode writes the baseline for ReadBaseline, one finding a line, ordered for people to review.
func (b *Baseline) Encode(w io.Writer) error {
	b.sort()
	out := slices.Clone(b.entries)
	slices.SortFunc(out, func(x, y baselineEntry) int {
		return strings.Compare(x.File+"\x00"+x.Rule+"\x00"+x.Key+"\x00"+x.Fingerprint, y.File+"\x00"+y.Rule+"\x00"+y.Key+"\x00"+y.Fingerprint)
	})
	var text strings.Builder
	text.WriteString("{\"schema\": \"" + baselineSchema + "\",\n \"findings\": [")
	for i, e := range out {
		if i > 0 {
			text.WriteByte(',')
		}
		raw, err := json.Marshal(e)
		if err != nil {
			return err
		}
		text.WriteString("\n  ")
		text.Write(raw)
	}
	text.WriteString("\n ]}\n")
	_, err := io.WriteString(w, text.String())
	return err
}

// dropKnown leaves out what the baseline accepts.
func (r *FileResult) dropKnown(b *Baseline) {
	if b == nil {
		return
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool {
		known := b.Has(f.Fingerprint)
		if known {
			r.Known = append(r.Known, f.Fingerprint)
			r.Baselined++
		}
		return known
	})
}
