package cli

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

func batchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "batch", Usage: "check JSON lines on stdin (id, toml, env), one result a line, for audit --from"},
		&cli.StringFlag{Name: "join-key-file", Usage: "with --batch: a `FILE` with a secret by which keys of several results are compared"},
	}
}

// notWithBatch are the flags of check that say nothing about a batch.
var notWithBatch = [...]string{"format", "out", "color", "statistics", "fix", "unsafe-fixes", "diff", "files-from", "stdin-filename",
	"exclude", "force-exclude", "all-toml", "probe", "min-level", "max-per-rule"}

// leastJoinKey is the size in bytes that a secret for --join-key-file has at least.
const leastJoinKey = 16

// checkBatch answers JSON lines with results: {"id", "toml" or "hex", "env"}, where env is the whole
// environment. Without env it is the world that flags or settings declare, else an empty one. A result
// holds the findings of all levels: what is shown, audit --from decides.
// The exit status is 3 when a line is no such object, and 1 for findings only with --fail-on.
func (k *checkRun) checkBatch() error {
	for _, name := range notWithBatch {
		if k.cmd.IsSet(name) {
			return usagef("--%s does not go with --batch", name)
		}
	}
	if k.cmd.NArg() > 0 {
		return usagef("--batch reads stdin and takes no path")
	}
	key, err := joinKey(k.cmd.String("join-key-file"))
	if err != nil {
		return err
	}
	options, err := k.options()
	if err != nil {
		return err
	}
	options.LinesFor = defaultMaxPerRule
	options.Inspect = audit.Inspect(options)
	options.NameOf = nil // an id is no path
	limit, err := k.SizeLimit()
	if err != nil {
		return err
	}
	var world *loong.Environment
	if k.DeclaresWorld() {
		if world, err = k.Environment(k.environ); err != nil {
			return err
		}
	}
	if _, k.least, err = k.Thresholds(); err != nil {
		return err
	}
	checker := lint.NewChecker(options)
	var failing atomic.Bool
	err = batch.Pipe(k.stdin, k.stdout, 0, func(message string) { k.stderr.tell(message) }, func(b, line []byte) ([]byte, error) {
		q, err := batch.ReadRequest(line)
		if err != nil {
			return b, err
		}
		r := checkRequest(q, checker, world, limit)
		if slices.ContainsFunc(r.Findings, func(f *lint.Finding) bool { return k.least > 0 && f.Severity >= k.least }) {
			failing.Store(true)
		}
		return batch.AppendResult(b, q.ID, r, options, thisTool(r.Targets), key)
	})
	switch {
	case errors.Is(err, batch.ErrLine):
		return exitWith(statusFailure)
	case err != nil:
		return failuref("%w", err)
	case failing.Load() && k.cmd.IsSet("fail-on"):
		return exitWith(statusFindings)
	}
	return nil
}

func checkRequest(q *batch.Request, checker *lint.Checker, world *loong.Environment, limit int64) *lint.FileResult {
	name := batch.ResultName(q.ID)
	if int64(len(q.Source)) > limit {
		return &lint.FileResult{Path: name, Verdict: loong.Unreadable, Err: fmt.Errorf("larger than %d bytes (--max-file-size)", limit)}
	}
	if q.Env != nil || world == nil {
		world = loong.Declare(q.Env, nil)
	}
	return checker.SourceAs(q.Targets, name, q.Source, world, nil)
}

// joinKey reads the secret for digests; nil without a path.
func joinKey(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	key, err := files.ReadSide(path, 1<<16)
	if err != nil {
		return nil, failuref("--join-key-file %s: %w", path, err)
	}
	if key = bytes.TrimSpace(key); len(key) < leastJoinKey {
		return nil, usagef("--join-key-file %s: a secret of at least %d bytes is needed, as openssl rand -hex 32 makes one", path, leastJoinKey)
	}
	return key, nil
}
