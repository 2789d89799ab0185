package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// program is what was built of one commit.
type program struct {
	commit string
	copied string // the copy that it was built in
	app    string // its main crate, for words to try
	bin    string
	home   string
}

// question is one file for the loader.
type question struct {
	ID   int               `json:"id"`
	TOML *string           `json:"toml,omitempty"`
	Hex  string            `json:"hex,omitempty"`
	Env  map[string]string `json:"env,omitempty"`
}

// call runs one of the programs in an empty environment.
func (p *program) call(name string, input []byte, args ...string) ([]byte, error) {
	if err := os.MkdirAll(p.home, 0o700); err != nil {
		return nil, err
	}
	c := exec.Command(filepath.Join(p.bin, name), args...)
	c.Env = []string{"HOME=/home/user", "PATH=/nonexistent", "ASK_DIR=" + p.home}
	c.Stdin = bytes.NewReader(input)
	return c.Output()
}

// each sends questions to a program and calls f with every answer, nil for one that ended the program.
func each[A any](p *program, name string, questions []question, f func(i int, a *A) error, args ...string) error {
	for first := 0; first < len(questions); {
		var input bytes.Buffer
		enc := json.NewEncoder(&input)
		for _, q := range questions[first:] {
			if err := enc.Encode(q); err != nil {
				return err
			}
		}
		out, failed := p.call(name, input.Bytes(), args...)
		for line := range bytes.Lines(out) {
			a := new(A)
			if json.Unmarshal(line, a) != nil {
				break // cut off
			}
			if err := f(first, a); err != nil {
				return err
			}
			first++
		}
		if first < len(questions) {
			if failed == nil {
				return fmt.Errorf("%s answered %d of %d questions", name, first, len(questions))
			}
			if err := f(first, nil); err != nil {
				return err
			}
			first++
		}
	}
	return nil
}

// read decodes documents, and returns for each what the program writes out again, or its error.
func (p *program) read(docs []string) ([]readAnswer, error) {
	questions := make([]question, len(docs))
	for i, d := range docs {
		questions[i] = question{ID: i, TOML: &d}
	}
	answers := make([]readAnswer, len(docs))
	err := each(p, "structure", questions, func(i int, a *readAnswer) error {
		if a == nil {
			return fmt.Errorf("the program crashed on %q", docs[i])
		}
		answers[i] = *a
		return nil
	}, "read")
	return answers, err
}

type readAnswer struct {
	OK  any    `json:"ok"`
	Err string `json:"err"`
}
