package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/schema"
)

// Values that tell what a check looks at, by the kind of key.
var (
	pointers = strings.Split("GOOD_NAME|$A|$A-B|${A}|${A|%A%|%|A=b|a b|é|A.B|1A|| A |sk-live-abcdefghijklmnop|xoxb-1-2|ghp_abcdefghijklmnopqrstuvwx|123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11|Bearer x|"+
		"123e4567-e89b-12d3-a456-426614174000|eyJhbGciOiJIUzI1NiJ9.e30.x|https://h.example/x|AKIAIOSFODNN7EXAMPLE|{A}|<A>|env:A|A:B|"+strings.Repeat("A", 64), "|")
	texts   = strings.Split("| |x|a b|https://h.example/|http://h/|ftp://h|not a url|h.example:99999|a@b.example|a@|127.0.0.1:8080|[::1]:80|#c|~/x|ddg|1|é|a@é$.t", "|")
	numbers = strings.Fields("-1 0 1 2 3 5 10 16 20 30 50 60 64 100 128 255 256 300 500 512 1000 1024 4096 8192 10000 30000 60000 65535 65536 100000 300000 1000000 10485760 4294967295 4294967296 9223372036854775807")
)

// values returns what is tried for a type as a line has it.
func values(key, kind string) []string {
	quote := func(list []string) (quoted []string) {
		for _, v := range list {
			quoted = append(quoted, strconv.Quote(v))
		}
		return quoted
	}
	kind = strings.TrimSuffix(strings.TrimPrefix(kind, "option("), ")")
	switch kind {
	case "string":
		if strings.HasSuffix(key, "_env") {
			return quote(pointers)
		}
		return quote(texts)
	case "secret":
		var list []string
		for _, v := range quote(pointers) {
			list = append(list, v, "{ env = "+v+" }")
		}
		return append(list, "{ file = '' }", "{ file = '/nonexistent' }")
	case "u8", "u16", "u32", "u64", "usize", "i64":
		return numbers
	case "bool":
		return []string{"true", "'true'"}
	case "f64":
		return []string{"-1.0", "0", "0.5", "2.5", "nan", "inf"}
	case "list(string":
		return []string{"[]", "['']", "[' ']", "['x', 'x']", "['*']", "['https://x']", "['127.0.0.1']"}
	}
	return nil
}

// probes tries values at every key, and compares what the program and loonglint say of them: so a check that came, went or
// changed shows although no program lists its checks.
func (p *program) probes(r *report, s *shapes) error {
	var questions []question
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		t := s.Types[name]
		for _, f := range t.Fields {
			at := place(append(slices.Clone(t.Path), f.Name))
			if slices.Contains(at, "[]") || len(t.Required) > 0 {
				continue
			}
			kind := f.Shape.expression()
			if kind == notShown {
				kind = s.kindOf(f.Name)
			}
			for _, v := range values(f.Name, kind) {
				file := at.document(v)
				questions = append(questions, question{ID: len(questions), TOML: &file, Env: map[string]string{}})
			}
		}
	}
	differ, shown, err := p.disagreements(questions)
	if err == nil {
		r.say(differ == 0, "\n## Checks\n\n%d of %d probes of checks are judged otherwise here.", differ, len(questions))
		r.code(shown)
	}
	return err
}

// shownAtMost is the number of files shown that are judged otherwise.
const shownAtMost = 20

// disagreements counts the files that the program and loonglint judge otherwise, and returns the first in words.
func (p *program) disagreements(questions []question) (count int, shown []string, err error) {
	ours, err := p.judge(questions)
	if err != nil {
		return 0, nil, err
	}
	err = each(p, "ask", questions, func(i int, a *answer) error {
		now, err := json.Marshal(resultOf(a))
		if err != nil || states(ours[i], now) {
			return err
		}
		if count++; count <= shownAtMost {
			shown = append(shown, fmt.Sprintf("%s\n  Loong %.300s\n  here  %.300s", strings.TrimSpace(*questions[i].TOML), now, ours[i]))
		}
		return nil
	})
	return count, shown, err
}

// kindOf is the type that a key has elsewhere, for one that stands behind a flattened part.
func (s *shapes) kindOf(key string) string {
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		for _, f := range s.Types[name].Fields {
			if e := f.Shape.expression(); f.Name == key && e != notShown {
				return e
			}
		}
	}
	return notShown
}

// judge asks loonglint itself, as the version that was built, or as the newest that it knows.
func (p *program) judge(questions []question) ([]json.RawMessage, error) {
	var in, out bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, q := range questions {
		if err := enc.Encode(q); err != nil {
			return nil, err
		}
	}
	target := schema.Dev
	for _, t := range schema.AllOf() {
		if t.Commit() == p.commit {
			target = t
		}
	}
	var complaints []error
	err := batch.Resolve(&in, &out, files.Machine{}, target, 0, func(m string) { complaints = append(complaints, errors.New(m)) })
	var answers []json.RawMessage
	for line := range bytes.Lines(out.Bytes()) {
		answers = append(answers, bytes.Clone(line))
	}
	if err == nil && len(answers) != len(questions) {
		err = fmt.Errorf("%d answers to %d questions", len(answers), len(questions))
	}
	return answers, errors.Join(append(complaints, err)...)
}
