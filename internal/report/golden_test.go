package report

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var update = flag.Bool("update", false, "rewrite testdata/formats")

// several is a file whose findings stretch over lines, have one edit, two and none, speak of other places, and are
// of every level; a file that is clean, and one that could not be read.
func several() *Result {
	src := "[providers.a]\nkind = \"openai\"\npreferred_models = [\n  \"one\",\n  \"two\",\n]\n\"model\" = \"<é&漢>\" # é\n\n[providers.a.headers]\nx-team = \"t\"\n"
	rule := &lint.Rule{Name: "several", Summary: "it is odd", Doc: "It is.", Level: lint.Warning, Bad: "k = 1\n", Good: "k = 2\n", Run: func(p *lint.Pass) {
		at := func(key string) *document.Node { return find(p.Document.Root, key) }
		list, model, kind := at("preferred_models"), at("model"), at("kind")
		p.Report(document.Span{Start: list.Key().Start, End: list.Value().End}, "the list is odd").WithNode(list).WithNote("it is\nlong").WithHelp("write less").WithRelated(model.Value(), "beside it").
			WithFix(lint.Safe, "move the list", document.Edit{Span: document.Span{Start: list.Key().Start, End: list.Value().End}}, document.Edit{Span: document.Span{Start: len(src), End: len(src)}, Text: "x = []\n"})
		p.Report(list.Value(), "the value is odd").WithNode(list).WithSeverity(lint.Info).
			WithFix(lint.Unsafe, "write one", document.Edit{Span: list.Value(), Text: "[\n  \"one\",\n]"})
		p.Report(model.Value(), "%q is odd", model.Text()).WithNode(model).WithSeverity(lint.Error).
			WithDiagnostic(&loong.Diagnostic{Code: "config.odd", Severity: "error", FieldPath: "a.b", InlineFieldPath: "a.<b>"})
		p.Report(kind.Value(), "%q is odd, too", kind.Text()).WithNode(kind)
		p.Report(document.Span{}, "the file is odd")
	}}
	r := result("dir/a.toml", src, rule)
	last := r.Files[0].Findings[len(r.Files[0].Findings)-1]
	last.More = 1
	clean := result("dir/clean.toml", "", &lint.Rule{Name: "silent", Level: lint.Error, Run: func(*lint.Pass) {}}).Files[0]
	gone := &lint.FileResult{Path: "gone.toml", Verdict: loong.Unreadable, Err: errors.New("it is gone")}
	failed := &lint.FileResult{Path: "failed.toml", Verdict: loong.Unreadable, Failed: true,
		Findings: []*lint.Finding{{Rule: &lint.InternalError, Severity: lint.Error, File: "failed.toml", Message: "it failed", Fingerprint: "f"}}}
	r.Files = append(r.Files, clean, gone, failed)
	r.Summary.Add(failed)
	r.Summary.Add(clean)
	r.Summary.Add(gone)
	return r
}

// TestFormats holds every format to a file. With -update it is written anew: read the difference.
func TestFormats(t *testing.T) {
	for _, format := range Formats() {
		path := filepath.Join("testdata", "formats", format)
		got := rendered(t, format, several(), Options{})
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != got {
			t.Errorf("%s differs (%v); it is now\n%s", path, err, got)
		}
	}
}

// Half of a repair is none: a reader that takes suggestions one by one is offered only whole ones.
func TestNoHalfOfAFixIsOffered(t *testing.T) {
	var rd struct {
		Diagnostics []struct {
			Message     string
			Suggestions []struct{ Text string }
		}
	}
	if err := json.Unmarshal([]byte(rendered(t, "rdjson", several(), Options{})), &rd); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"the list is odd": 0, "the value is odd": 1}
	for _, d := range rd.Diagnostics {
		message, _, _ := strings.Cut(d.Message, "\n")
		if n, ok := want[message]; ok && len(d.Suggestions) != n {
			t.Errorf("%q has %d suggestions, want %d", message, len(d.Suggestions), n)
		}
		delete(want, message)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				Fixes []struct {
					ArtifactChanges []struct{ Replacements []struct{} }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(rendered(t, "sarif", several(), Options{})), &log); err != nil {
		t.Fatal(err)
	}
	together := 0
	for _, r := range log.Runs[0].Results {
		for _, x := range r.Fixes {
			together = max(together, len(x.ArtifactChanges[0].Replacements))
		}
	}
	if together != 2 {
		t.Errorf("sarif has %d replacements in one fix, want both edits in one", together)
	}
}

// TestOnlySomeFormatsShowLines holds that the reports of the others are the same without source lines.
func TestOnlySomeFormatsShowLines(t *testing.T) {
	onlySomeShow(t, "lines", ShowsLines, func(f *lint.Finding) { f.Lines = nil })
}

// TestOnlySomeFormatsShowFingerprints holds that the reports of the others are the same without fingerprints.
func TestOnlySomeFormatsShowFingerprints(t *testing.T) {
	onlySomeShow(t, "fingerprints", ShowsFingerprints, func(f *lint.Finding) { f.Fingerprint = "" })
}

func onlySomeShow(t *testing.T, what string, shows func(format string) bool, leaveOut func(*lint.Finding)) {
	with, without := several(), several()
	for _, file := range without.Files {
		for _, f := range file.Findings {
			leaveOut(f)
		}
	}
	for _, format := range Formats() {
		same := rendered(t, format, with, Options{}) == rendered(t, format, without, Options{})
		if same == shows(format) {
			t.Errorf("%s: same reports without %s: %t", format, what, same)
		}
	}
}
