package cli

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
)

// readBaseline reads the list of accepted findings, if one is given.
func (k *checking) readBaseline() (*lint.Baseline, error) {
	if !k.ctx.IsSet("baseline") {
		return nil, nil
	}
	path := k.ctx.String("baseline")
	src, err := files.ReadAny(path, defaultLimit)
	if err != nil {
		return nil, failuref("--baseline %s: %w", path, err)
	}
	b, err := lint.ReadBaseline(bytes.NewReader(src))
	if err != nil {
		return nil, usagef("--baseline %s: %w", path, err)
	}
	return b, nil
}
