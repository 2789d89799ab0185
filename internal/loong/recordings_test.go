package loong_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/schema"
)

// recordedRow is a line of fixtures/loong.
type recordedRow struct {
	ID     string
	Cat    string
	Target string
	TOML   string
	Hex    string
	Env    map[string]string
	Expect recorded
}

// recorded is a resolve document as far as the recordings have it.
type recorded struct {
	ID             string
	Verdict        string
	Diagnostics    *[]recordedDiagnostic
	ActiveProvider *string `json:"active_provider"`
	LastProvider   *string `json:"last_provider"`
	Profiles       map[string]recordedProfile
	Channels       map[string]recordedChannel
}

type recordedDiagnostic struct {
	Code     string
	Severity string
	Path     string  `json:"field_path"`
	Inline   string  `json:"inline_field_path"`
	Suggest  *string `json:"suggested_env_name"`
}

type recordedProfile struct {
	Kind       string
	Default    bool   `json:"default_for_kind"`
	Base       string `json:"base_url"`
	Request    string `json:"request_url"`
	Models     string `json:"models_url"`
	Model      string
	Preferred  []string `json:"preferred_models"`
	Transport  string
	Credential struct {
		EnvNames      []string `json:"env_names"`
		Env           *string
		Resolved      *bool
		KeyCandidates *int `json:"key_candidates"`
		Required      *bool
	}
	Hint bool
}

type recordedChannel struct {
	Enabled  bool
	Accounts map[string]struct {
		Enabled     bool
		Send, Serve string
	}
}

// TestRecordings sends recorded rows through batch.Resolve and compares what comes out.
func TestRecordings(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/loong/*.jsonl.gz")
	if err != nil || len(files) != 7 {
		t.Fatalf("recordings: %v, %v", files, err)
	}
	total, every := 0, thorough.Pick(10, 1)
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".jsonl.gz"), func(t *testing.T) { total += compareRecordings(t, f, every) })
	}
	if total < 65900 { // more where the facts follow another commit
		t.Errorf("%d rows, want 65900", total)
	}
}

// compareRecordings compares one of every so many rows of a file, and returns how many rows there are.
func compareRecordings(t *testing.T, file string, every int) int {
	var rows []byte
	n := 0
	for line := range bytes.Lines(readRecordings(t, file)) {
		if n++; n%every == 0 {
			rows = append(rows, line...)
		}
	}
	var out bytes.Buffer
	if err := batch.Resolve(bytes.NewReader(rows), &out, files.Machine{}, schema.Dev, 0, func(m string) { t.Error(m) }); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(&out)
	differ := map[string]int{}
	for line := range bytes.Lines(rows) {
		answer, err := answers.ReadBytes('\n')
		if err != nil {
			t.Fatalf("answer to %.60s: %v", line, err)
		}
		compareRow(t, line, answer, differ)
	}
	for _, cat := range sortedKeys(differ) {
		t.Errorf("%s: %d rows differ", cat, differ[cat])
	}
	return n
}

// shownPerCategory is how many differing rows of a category are printed.
const shownPerCategory = 3

func compareRow(t *testing.T, line, answer []byte, differ map[string]int) {
	if saysTheSame(line, answer) {
		return
	}
	var row recordedRow
	var got recorded
	if err := json.Unmarshal(line, &row); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		t.Fatalf("%s: %v\n%s", row.ID, err, answer)
	}
	if got.ID != row.ID {
		t.Fatalf("answer to %s is about %s", row.ID, got.ID)
	}
	where, want, have := firstDifference(&row.Expect, &got, row.Cat == "channels")
	if where == "" {
		return
	}
	key := row.Cat + " " + where
	if differ[key]++; differ[key] <= shownPerCategory {
		t.Errorf("%s (%s) %s:\n want %s\n have %s\n env %v\n%s%s", row.ID, row.Cat, where, want, have, row.Env, row.TOML, row.Hex)
	}
}

// saysTheSame reports whether answer begins with the id of a row and holds its expect word for word, with nothing
// but channels after it. Nearly all do, and this is much faster than decoding both.
func saysTheSame(line, answer []byte) bool {
	id, _, _ := bytes.Cut(line, []byte(","))
	_, expect, stated := bytes.Cut(bytes.TrimSpace(line), []byte(`,"expect":{`))
	_, rest, held := bytes.Cut(answer, bytes.TrimSuffix(expect, []byte("}}")))
	return stated && held && bytes.HasPrefix(answer, append(id, ',')) &&
		(bytes.HasPrefix(rest, []byte(`,"channels":`)) || bytes.Equal(rest, []byte("}\n")))
}

// firstDifference names the first part in which got contradicts or lacks what was recorded.
func firstDifference(want, got *recorded, channelsOnly bool) (where, wanted, had string) {
	type part struct {
		name      string
		want, got any
	}
	parts := []part{{"verdict", want.Verdict, got.Verdict}}
	if !channelsOnly {
		parts = append(parts,
			part{"diagnostics", want.Diagnostics, got.Diagnostics},
			part{"active_provider", want.ActiveProvider, got.ActiveProvider},
			part{"last_provider", want.LastProvider, got.LastProvider},
			part{"profile ids", sortedKeys(want.Profiles), sortedKeys(got.Profiles)})
		for id, p := range want.Profiles {
			if now, ok := got.Profiles[id]; ok && p.Credential.EnvNames == nil { // an old version has no answer
				now.Credential.EnvNames, now.Credential.Required = nil, nil
				got.Profiles[id] = now
			}
			parts = append(parts, part{"profile", p, got.Profiles[id]})
		}
	}
	for id, c := range want.Channels {
		if now := got.Channels[id]; c.Accounts == nil {
			now.Accounts = nil
			got.Channels[id] = now
		}
		parts = append(parts, part{"channel " + id, c, got.Channels[id]})
	}
	for _, p := range parts {
		if !reflect.DeepEqual(p.want, p.got) {
			return p.name, asJSON(p.want), asJSON(p.got)
		}
	}
	return "", "", ""
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(err)
	}
	return string(b)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func readRecordings(t testing.TB, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(z); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkRecordings(b *testing.B) {
	recordings, _ := filepath.Glob("../../fixtures/loong/*.jsonl.gz")
	var rows []byte
	for _, f := range recordings {
		rows = append(rows, readRecordings(b, f)...)
	}
	b.SetBytes(int64(len(rows)))
	b.ReportAllocs()
	for b.Loop() {
		if err := batch.Resolve(bytes.NewReader(rows), io.Discard, files.Machine{}, schema.Dev, 0, func(m string) { b.Error(m) }); err != nil {
			b.Fatal(err)
		}
	}
}
