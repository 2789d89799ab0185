package main

import (
	"bytes"
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

	"github.com/loonglint/loonglint/schema"
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

// recorded sends the recordings through the program again; those that differ go to the file rows, if any. The state of
// channels is not compared.
func (p *program) recorded(r *report, dir, rows string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil {
		return err
	}
	var changed bytes.Buffer
	differ, total := 0, 0
	for _, file := range files {
		list, err := readRows(file)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(w row) bool { // of another version
			t, known := schema.ParseTarget(w.Target)
			return known && t.Commit() != p.commit
		})
		questions := make([]question, len(list))
		for i, w := range list {
			questions[i] = question{ID: i, TOML: w.TOML, Hex: w.Hex, Env: w.Env}
		}
		here := 0
		err = each(p, "ask", questions, func(i int, a *answer) error {
			now, err := json.Marshal(resultOf(a))
			if err != nil || states(now, list[i].Expect) {
				return err
			}
			if here++; here <= 5 {
				fmt.Fprintf(r.out, "  %s: was %.300s\n      now %.300s\n", list[i].ID, list[i].Expect, now)
			}
			list[i].Target, list[i].Expect = p.commit, now
			return json.NewEncoder(&changed).Encode(list[i])
		})
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		differ, total = differ+here, total+len(list)
	}
	r.say(differ == 0, "\n%d of %d recorded rows differ", differ, total)
	if rows == "" || differ == 0 {
		return nil
	}
	return os.WriteFile(rows, changed.Bytes(), 0o600)
}

func readRows(file string) ([]row, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var list []row
	for d := json.NewDecoder(z); ; {
		var w row
		switch err := d.Decode(&w); err {
		case nil:
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
