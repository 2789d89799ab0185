package rules_test

import (
	"bufio"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Each of Loong's diagnostics is one finding with it, none is silenced or made up; a file is
// undecodable exactly when a finding says why, and crashes exactly when one says so.
func TestLawOverRecordedFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixtures, "loong", "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatal("no recorded files", err)
	}
	every := thorough.Pick(40, 4)
	for _, path := range files {
		n, failed := 0, 0
		eachRecorded(t, path, func(r recorded) {
			n++
			if n%every != 0 || failed > 5 {
				return
			}
			if why := breaksLaw(r); why != "" {
				failed++
				t.Errorf("%s %s: %s\n%s", filepath.Base(path), r.id, why, r.source)
			}
		})
	}
}

func FuzzLaw(f *testing.F) {
	for _, r := range rules.All() {
		f.Add([]byte(r.Bad))
		f.Add([]byte(r.Good))
	}
	f.Add([]byte("[providers.main]\nkind = \"kimi_coding\"\nmodel ="))
	samples, err := hostile.Samples(fixtures)
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range samples {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if why := breaksLaw(recorded{id: "fuzz.toml", source: src}); why != "" {
			t.Fatalf("%s\n%s", why, src)
		}
	})
}

// breaksLaw says how the findings in a file contradict what Loong makes of it, or "".
func breaksLaw(r recorded) string {
	src := r.source
	res, cfg := lintRecorded(r, src)
	seen := map[*loong.Diagnostic]int{}
	decode, crash := 0, 0
	for _, f := range res.Findings {
		switch {
		case f.Rule == &lint.InternalError:
			return f.Message + " " + f.Note
		case f.Span.Start < 0 || f.Span.End < f.Span.Start || f.Span.End > len(src):
			return f.Rule.Name + " points outside the file"
		case f.Diagnostic != nil:
			seen[inConfig(cfg, f.Diagnostic)]++
		case slices.Contains(decoding, f.Rule.Name):
			decode++
		case f.Rule.Name == "crashes-loong":
			crash++
		}
	}
	if len(seen) != len(cfg.Diagnostics) {
		return "some diagnostics are no findings, or some findings no diagnostics"
	}
	for i := range cfg.Diagnostics {
		if n := seen[&cfg.Diagnostics[i]]; n != 1 {
			return "a diagnostic is not exactly one finding: " + cfg.Diagnostics[i].Code + " " + cfg.Diagnostics[i].FieldPath
		}
	}
	for i := range cfg.Problems {
		if b := &cfg.Problems[i]; b.Kind == schema.ForbiddenKey && refusedKey(res, b.Node) {
			decode++
		}
	}
	switch {
	case (decode > 0) != (cfg.Verdict == loong.Undecodable):
		return "the verdict is " + string(cfg.Verdict) + ", and the findings say otherwise"
	case (crash > 0) != (cfg.Verdict == loong.Crashes):
		return "crashes-loong and the verdict differ"
	}
	return ""
}

// inConfig is the diagnostic of a configuration that a finding has, perhaps as a copy without secrets.
func inConfig(cfg *loong.Config, d *loong.Diagnostic) *loong.Diagnostic {
	copied := d
	for i := range cfg.Diagnostics {
		switch c := &cfg.Diagnostics[i]; {
		case c == d:
			return c
		case c.Code == d.Code && c.Node == d.Node && c.Rule == d.Rule && copied == d:
			copied = c
		}
	}
	return copied
}

// decoding lists the rules whose findings, except those of Loong's validation, say why a file
// does not decode.
var decoding = []string{"toml-syntax", "wrong-type", "invalid-value", "number-out-of-range", "missing-required-key",
	"invalid-secret-reference", "unknown-provider-kind"}

// refusedKey reports whether unknown-key reports a key as an error.
func refusedKey(res *lint.FileResult, n *document.Node) bool {
	return slices.ContainsFunc(res.Findings, func(f *lint.Finding) bool {
		return f.Rule.Name == "unknown-key" && f.Severity == lint.Error && f.Span == n.Key()
	})
}

type recorded struct {
	id     string
	source []byte
	env    map[string]string
	target schema.Target
}

func eachRecorded(t *testing.T, path string, visit func(recorded)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct {
			ID, TOML, Hex, Target string
			Env                   map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		src := []byte(row.TOML)
		if row.Hex != "" {
			if src, err = hex.DecodeString(row.Hex); err != nil {
				t.Fatal(err)
			}
		}
		target := schema.Dev
		if row.Target != "" {
			target, _ = schema.ParseTarget(row.Target)
		}
		visit(recorded{row.ID, src, row.Env, target})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
