package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// result is an answer in the form of the recordings in fixtures/loong.
type result struct {
	Verdict     string        `json:"verdict"`
	Diagnostics *[]diagnostic `json:"diagnostics,omitempty"`
	*selection
}

// selection is what is known of a file that loads.
type selection struct {
	Active   *string             `json:"active_provider"`
	Last     *string             `json:"last_provider"`
	Profiles map[string]*profile `json:"profiles"`
}

type profile struct {
	Kind       string     `json:"kind"`
	Default    bool       `json:"default_for_kind"`
	Base       string     `json:"base_url"`
	Request    string     `json:"request_url"`
	Models     string     `json:"models_url"`
	Model      string     `json:"model"`
	Preferred  []string   `json:"preferred_models"`
	Transport  string     `json:"transport"`
	Credential credential `json:"credential"`
	Hint       bool       `json:"hint"`
}

type credential struct {
	EnvNames []string `json:"env_names"`
	Env      *string  `json:"env"`
	Resolved bool     `json:"resolved"`
	Keys     int      `json:"key_candidates"`
	Required *bool    `json:"required,omitempty"`
}

// resultOf is what a recording would say of an answer; nil is that of a program that ended.
func resultOf(a *answer) *result {
	switch {
	case a == nil || a.Panic:
		return &result{Verdict: "crashes"}
	case a.DecodeError != nil:
		return &result{Verdict: "undecodable"}
	case a.LoadError != nil:
		return &result{Verdict: "refused", Diagnostics: &a.Diagnostics}
	}
	s := &selection{a.Active, a.Last, map[string]*profile{}}
	for id, p := range a.Providers {
		s.Profiles[id] = &profile{p.Kind, p.Default, p.Base, p.Request, p.Models, p.Model, p.Preferred, strings.ToLower(p.Transport),
			credential{p.EnvNames, p.Env, p.Secret, p.Keys, p.Required}, p.Hint}
	}
	return &result{"loads", &a.Diagnostics, s}
}

// row is a recorded file with its result.
type row struct {
	ID     string            `json:"id"`
	Cat    string            `json:"cat"`
	Target string            `json:"target,omitempty"`
	TOML   *string           `json:"toml,omitempty"`
	Hex    string            `json:"hex,omitempty"`
	Env    map[string]string `json:"env,omitempty"`
	Expect json.RawMessage   `json:"expect"`
}

// rowUpdate compares the recordings with what the program says now, and writes what it says.
type rowUpdate struct {
	*program
	version version
	known   bool // the recordings have rows of this version
	write   bool
}

// theirs reports whether a row is to be asked: one of the version, or one of the newest where the version is new.
func (u *rowUpdate) theirs(w *row) bool {
	target := cmp.Or(w.Target, targetName(headTag))
	return target == u.version.name || !u.known && target == targetName(headTag)
}

// compare sends the recordings through the program again. The state of channels is not compared.
func (u *rowUpdate) compare(r *report, dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil {
		return err
	}
	differ, total := 0, 0
	var shown []string
	for _, file := range files {
		all, err := readRows(file)
		if err != nil {
			return err
		}
		var at []int
		var questions []question
		for i := range all {
			if w := &all[i].row; u.theirs(w) {
				at = append(at, i)
				questions = append(questions, question{ID: len(questions), TOML: w.TOML, Hex: w.Hex, Env: w.Env})
			}
		}
		here := 0
		err = each(u.program, "ask", questions, func(i int, a *answer) error {
			now, err := json.Marshal(resultOf(a))
			w := &all[at[i]]
			if err != nil || states(now, w.Expect) {
				return err
			}
			if here++; here <= shownAtMost {
				shown = append(shown, fmt.Sprintf("`%s`: was `%.300s`, is `%.300s`", w.ID, w.Expect, now))
			}
			w.raw = nil
			w.Expect, err = withChannels(now, w.Expect)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		differ, total = differ+here, total+len(at)
		if u.write && u.version.tag == headTag && here > 0 {
			if err := writeRows(file, all); err != nil {
				return err
			}
		}
	}
	r.say(differ == 0, "\n## Recorded rows\n\n%d of %d recorded rows differ.", differ, total)
	if shown != nil {
		fmt.Fprintln(r.out)
	}
	for _, line := range shown {
		fmt.Fprintln(r.out, "-", line)
	}
	return nil
}

// withChannels is a result with the state of channels that was recorded before, as the program is not asked for it.
func withChannels(now, before json.RawMessage) (json.RawMessage, error) {
	was, err := parseObject(before)
	if err != nil || was.values["channels"] == nil {
		return now, err
	}
	is, err := parseObject(now)
	if err != nil || is.text("verdict") != "loads" {
		return now, err
	}
	is.set("channels", was.values["channels"])
	text, err := plainJSON(is)
	return json.RawMessage(text), err
}

// rowsFile holds the rows that are about a version.
const rowsFile = "7-versions.jsonl.gz"

// add records what the version says of documents that no row of it has yet.
func (u *rowUpdate) add(dir string, docs []string) (added int, err error) {
	file := filepath.Join(dir, rowsFile)
	all, err := readRows(file)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for i := range all {
		if w := &all[i].row; w.TOML != nil && cmp.Or(w.Target, targetName(headTag)) == u.version.name && len(w.Env) == 0 {
			known[*w.TOML] = true
		}
	}
	docs = slices.DeleteFunc(docs, func(d string) bool { return known[d] })
	questions := make([]question, len(docs))
	for i := range docs {
		questions[i] = question{ID: i, TOML: &docs[i]}
	}
	err = each(u.program, "ask", questions, func(i int, a *answer) error {
		now, err := json.Marshal(resultOf(a))
		all = append(all, storedRow{row: row{ID: fmt.Sprintf("f-%.7s-%d", u.version.commit, i), Cat: "refresh", Target: u.version.name, TOML: &docs[i], Expect: now}})
		return err
	})
	if err != nil || len(docs) == 0 {
		return 0, err
	}
	return len(docs), writeRows(file, all)
}

// storedRow is a row with its line, which is written again as it is unless the row changes.
type storedRow struct {
	row
	raw []byte
}

func writeRows(file string, list []storedRow) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for _, w := range list {
		line := w.raw
		if line == nil {
			text, err := plainJSON(w.row)
			if err != nil {
				return err
			}
			line = []byte(text)
		}
		if _, err := z.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // a file of the repository
}

func readRows(file string) ([]storedRow, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var list []storedRow
	for d := json.NewDecoder(z); ; {
		var raw json.RawMessage
		switch err := d.Decode(&raw); err {
		case nil:
			w := storedRow{raw: raw}
			if err := json.Unmarshal(raw, &w.row); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			list = append(list, w)
		case io.EOF:
			return list, nil
		default:
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
}

// states reports whether a result says all that was recorded, channels left out.
func states(now, recorded []byte) bool {
	var got, want map[string]any
	if json.Unmarshal(now, &got) != nil || json.Unmarshal(recorded, &want) != nil {
		return false
	}
	delete(want, "channels")
	return holds(got, want)
}

// holds reports whether got has everything of want, and the same profiles.
func holds(got, want any) bool {
	w, table := want.(map[string]any)
	if !table {
		return reflect.DeepEqual(got, want)
	}
	g, ok := got.(map[string]any)
	for name := range w {
		ok = ok && holds(g[name], w[name])
	}
	if profiles, stated := w["profiles"].(map[string]any); stated && ok {
		have, _ := g["profiles"].(map[string]any)
		ok = slices.Equal(slices.Sorted(maps.Keys(have)), slices.Sorted(maps.Keys(profiles)))
	}
	return ok
}
