package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/schema"
)

var errNoReport = errors.New("not a saved report; loonglint check --format json, or audit --format json, writes one")

// Load reads a saved json report, or the findings of an audit's. rule finds a rule by name; one that is
// nil becomes a bare name. What loonglint would not have written is refused at once, so that a report takes
// little more memory than its own size.
func Load(r io.Reader, rule func(name string) *lint.Rule) (*Result, error) {
	in := &bounded{r: r}
	in.dec = json.NewDecoder(in)
	l := loader{dec: in.dec, rule: rule, byPath: map[string]*lint.FileResult{}, result: &Result{}}
	if err := l.object(); err != nil {
		return nil, err
	}
	l.result.Summary = lint.Summary{Suppressed: l.summary.Suppressed, Baselined: l.summary.Baselined,
		Hidden: lint.Counts{Warnings: l.summary.Hidden.Warnings, Infos: l.summary.Hidden.Infos}}
	for _, f := range l.result.Files {
		l.result.Summary.Add(f)
	}
	return l.result, nil
}

// The sizes in bytes of the largest report, of the largest finding or other part of one, and of the longest run of
// blanks that are read.
const (
	maxReport = 256 << 20
	maxPart   = 16 << 20
	maxBlanks = 1 << 20
)

var errTooLarge = errors.New("too large: the limit is 256 MiB, and 16 MiB for each part")

// bounded is what a decoder reads from; it fails when a limit is reached.
type bounded struct {
	r      io.Reader
	dec    *json.Decoder
	read   int64
	blanks int // how many the text read ends with
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.read > maxReport || b.read-b.dec.InputOffset() > maxPart {
		return 0, errTooLarge
	}
	if b.blanks > maxBlanks { // the decoder looks for their end from their beginning each time
		return 0, errNoReport
	}
	n, err := b.r.Read(p)
	b.read += int64(n)
	if dark := len(bytes.TrimRight(p[:n], " \t\r\n")); dark > 0 {
		b.blanks = n - dark
	} else {
		b.blanks += n
	}
	return n, err
}

// loader reads a report part by part.
type loader struct {
	dec     *json.Decoder
	rule    func(name string) *lint.Rule
	byPath  map[string]*lint.FileResult
	schema  string
	summary render.Summary
	result  *Result
}

// object reads the whole document.
func (l *loader) object() error {
	if open, err := l.dec.Token(); err != nil || open != json.Delim('{') {
		return notReport(err)
	}
	for l.dec.More() {
		key, err := l.dec.Token()
		if err != nil {
			return notReport(err)
		}
		if err := l.part(key); err != nil {
			return err
		}
	}
	if _, err := l.dec.Token(); err != nil || l.dec.More() || l.schema == "" {
		return notReport(err)
	}
	return nil
}

// notReport is what is told of an error of the decoder, whose words help nobody.
func notReport(err error) error {
	if errors.Is(err, render.ErrLongList) {
		return render.ErrLongList
	}
	if errors.Is(err, errTooLarge) {
		return errTooLarge
	}
	return errNoReport
}

func (l *loader) part(key json.Token) error {
	switch key {
	case "schema":
		err := l.value(&l.schema)
		if err == nil && l.schema != schemaV1 && l.schema != render.AuditSchema {
			err = fmt.Errorf("%w: its schema is %q, not %q or %q", errNoReport, redact.Printable(l.schema), schemaV1, render.AuditSchema)
		}
		return err
	case "tool":
		var t render.ToolObject
		err := l.value(&t)
		l.result.Tool = t.Tool()
		return err
	case "summary":
		return l.value(&l.summary)
	case "files":
		return l.list(l.file)
	case "findings":
		return l.list(l.finding)
	}
	var other json.RawMessage
	return l.value(&other)
}

func (l *loader) value(into any) error {
	if err := l.dec.Decode(into); err != nil {
		return notReport(err)
	}
	return nil
}

func (l *loader) list(item func() error) error {
	if open, err := l.dec.Token(); err != nil || open != json.Delim('[') {
		return notReport(err)
	}
	for l.dec.More() {
		if err := item(); err != nil {
			return err
		}
	}
	if _, err := l.dec.Token(); err != nil {
		return notReport(err)
	}
	return nil
}

func (l *loader) file() error {
	var j jsonFile
	if err := l.value(&j); err != nil {
		return err
	}
	verdict := loong.Verdict(j.Verdict)
	if j.Path == "" || !render.IsVerdict(j.Verdict) {
		return errors.New("the report has a file without a path or a verdict")
	}
	f := &lint.FileResult{Path: j.Path, Verdict: verdict}
	f.Targets, _ = schema.ParseTargets(j.Target)
	if j.Error != "" {
		f.Err = errors.New(redact.Printable(j.Error))
	}
	l.byPath[j.Path] = f
	l.result.Files = append(l.result.Files, f)
	return nil
}

func (l *loader) finding() error {
	var j render.Finding
	if err := l.value(&j); err != nil {
		return err
	}
	f, err := j.Restore(l.rule)
	if err != nil {
		return err
	}
	to := l.byPath[f.File]
	if to == nil {
		return fmt.Errorf("the report has a finding in %q, which is not among its files", redact.Printable(f.File))
	}
	to.Failed = to.Failed || f.Rule.Name == lint.InternalError.Name
	to.Findings = append(to.Findings, f)
	return nil
}

// Hide leaves out findings as FileResult.Hide does; they stay counted as hidden.
func (r *Result) Hide(level, across lint.Level) {
	before := r.Summary
	r.Summary = lint.Summary{Suppressed: before.Suppressed, Baselined: before.Baselined, Hidden: before.Hidden}
	for _, f := range r.Files {
		f.Hide(level, across)
		r.Summary.Add(f)
	}
}
