package batch

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/loonglint/loonglint/schema"
)

// jsonRequest is a request: a configuration and the whole environment it is read in.
type jsonRequest struct {
	ID   json.RawMessage   `json:"id"`
	TOML *string           `json:"toml"`
	Hex  *string           `json:"hex"` // in place of toml, for bytes that are not UTF-8
	Env  map[string]string `json:"env"`

	Target string `json:"target"` // of Loong; empty: the one asked for otherwise
}

// Request is a line of a batch.
type Request struct {
	ID      json.RawMessage // without blanks; "null" where there is none
	Source  []byte
	Env     map[string]string // nil: none is given
	Targets schema.Targets    // the versions of Loong; 0: none is given
}

// ReadRequest reads a line of a batch. Errors never quote it.
func ReadRequest(line []byte) (*Request, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8 (give the configuration as hex)")
	}
	q, err := decodeRequest(line)
	if err != nil {
		return nil, errors.New("not a JSON object with id, toml or hex, and env")
	}
	src, err := q.source()
	if err != nil {
		return nil, err
	}
	r := &Request{ID: q.ID, Source: src, Env: q.Env}
	if q.Target != "" {
		if r.Targets, err = schema.ParseTargets(q.Target); err != nil {
			return nil, errors.New("target is not a version of Loong that is known, nor a range of them")
		}
	}
	if len(r.ID) == 0 {
		r.ID = json.RawMessage("null")
	}
	return r, nil
}

func decodeRequest(line []byte) (q jsonRequest, err error) {
	if err := json.Unmarshal(line, &q); err != nil || len(q.ID) == 0 {
		return q, err
	}
	var id bytes.Buffer
	err = json.Compact(&id, q.ID)
	q.ID = id.Bytes()
	return q, err
}

func (q *jsonRequest) source() ([]byte, error) {
	switch {
	case q.TOML != nil && q.Hex != nil:
		return nil, errors.New("both toml and hex")
	case q.TOML != nil:
		return []byte(*q.TOML), nil
	case q.Hex != nil:
		src, err := hex.DecodeString(*q.Hex)
		if err != nil {
			return nil, errors.New("hex is not hexadecimal")
		}
		return src, nil
	}
	return nil, errors.New("neither toml nor hex")
}
