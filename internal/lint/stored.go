package lint

import (
	"encoding/json"

	"github.com/loonglint/loonglint/internal/document"
)

// stored is where a finding of a rule across files is in a Store.
type stored struct {
	file string
	at   int64
	size int
}

// storedFinding is what CrossPass and Comparison.finish set of a Finding, but rule and file.
type storedFinding struct {
	Severity    Level
	Span        document.Span
	Start, End  document.Position
	Message     string
	Label       string
	Note        string
	Help        string
	KeyPath     string
	Related     []Related
	Files       [][]byte // of Related; a path need not be UTF-8
	Fingerprint string
}

func encodeFinding(f *Finding) ([]byte, error) {
	s := storedFinding{f.Severity, f.Span, f.Start, f.End, f.Message, f.Label, f.Note, f.Help, f.KeyPath, f.Related, nil, f.Fingerprint}
	for _, r := range f.Related {
		s.Files = append(s.Files, []byte(r.File))
	}
	return json.Marshal(s)
}

func decodeFinding(raw []byte, rule *Rule, file string) (*Finding, error) {
	var s storedFinding
	err := json.Unmarshal(raw, &s)
	for i := range s.Related {
		s.Related[i].File = string(s.Files[i])
	}
	return &Finding{Rule: rule, File: file, Severity: s.Severity, Span: s.Span, Start: s.Start, End: s.End, Message: s.Message, Label: s.Label,
		Note: s.Note, Help: s.Help, KeyPath: s.KeyPath, Related: s.Related, Fingerprint: s.Fingerprint}, err
}
