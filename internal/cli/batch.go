package cli

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/urfave/cli/v3"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/render"
)

func batchFlag(makes string) cli.Flag {
	return &cli.BoolFlag{Name: "batch", Usage: "check JSON lines on stdin (id, toml, env), one result a line" + makes}
}

func joinKeyFlag() cli.Flag {
	return &cli.StringFlag{Name: "join-key-file", Usage: "with --batch: a `FILE` with a secret by which keys of several results are compared"}
}

// Flags that say nothing about a batch: those of files, and of check and audit themselves.
var (
	filesOnly = []string{"format", "out", "color", "files-from", "stdin-filename", "exclude", "force-exclude", "all-toml", "min-level"}
	checkOnly = []string{"statistics", "fix", "unsafe-fixes", "diff", "probe", "max-per-rule"}
	auditOnly = []string{"table", "where", "columns", "from", "since", "title"}
)

// leastJoinKey is the size in bytes that a secret for --join-key-file has at least.
const leastJoinKey = 16

// checkBatch answers JSON lines with what is wrong in each configuration.
func (k *checkRun) checkBatch() error {
	options, err := k.batchOptions(checkOnly)
	if err != nil {
		return err
	}
	return k.answerBatch(lint.Alone(options), options, nil)
}

// auditBatch answers JSON lines with results for audit --from: what is wrong in each configuration, its inventory, and what rules
// across files need of it.
func (k *auditRun) auditBatch() error {
	options, err := k.batchOptions(auditOnly)
	if err != nil {
		return err
	}
	key, err := joinKey(k.cmd.String("join-key-file"))
	if err != nil {
		return err
	}
	options.Inspect = audit.Inspect(options)
	return k.answerBatch(lint.NewChecker(options), options, key)
}

// batchOptions reads the flags of a batch; some of the command have no effect on it.
func (k *checkRun) batchOptions(some []string) (*lint.Options, error) {
	for _, name := range slices.Concat(filesOnly, some) {
		if k.cmd.IsSet(name) {
			return nil, usagef("--%s does not go with --batch", name)
		}
	}
	if k.cmd.NArg() > 0 {
		return nil, usagef("--batch reads stdin and takes no path")
	}
	var err error
	if _, k.least, err = k.Thresholds(); err != nil {
		return nil, err
	}
	options, err := k.options()
	if err != nil {
		return nil, err
	}
	options.LinesFor = defaultMaxPerRule
	options.NameOf = nil // an id is no path
	return options, nil
}

// answerBatch answers JSON lines with results: {"id", "toml" or "hex", "env"}, where env is the whole
// environment. Without env it is the world that flags or settings declare, else an empty one. A result
// holds the findings of all levels.
// The exit status is 3 when a line is no such object, and 1 for findings only with --fail-on.
func (k *checkRun) answerBatch(checker *lint.Checker, options *lint.Options, key []byte) error {
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
	version := library.Version()
	var failing atomic.Bool
	answer := func(b []byte, lines []batch.Line) []byte {
		requests, sources := readRequests(lines, world, limit)
		for i, r := range checker.Sources(sources) {
			if slices.ContainsFunc(r.Findings, func(f *lint.Finding) bool { return k.least > 0 && f.Severity >= k.least }) {
				failing.Store(true)
			}
			q := requests[i]
			b, q.line.Err = batch.AppendResult(b, q.ID, r, options, render.NewTool(version, r.Targets), key)
		}
		return b
	}
	err = batch.Pipe(k.stdin, k.stdout, 0, func(message string) { k.stderr.tell(message) }, answer)
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

// lineRequest is what a line asks.
type lineRequest struct {
	*batch.Request
	line *batch.Line
}

// readRequests reads lines, and lists what those that are requests want to have checked, by default in a world.
func readRequests(lines []batch.Line, world *loong.Environment, limit int64) (requests []lineRequest, sources []lint.Source) {
	for i := range lines {
		q, err := batch.ReadRequest(lines[i].Text)
		if err != nil {
			lines[i].Err = err
			continue
		}
		s := lint.Source{Path: batch.ResultName(q.ID), Text: q.Source, Environment: world, Targets: q.Targets}
		if int64(len(q.Source)) > limit {
			s.Err = fmt.Errorf("larger than %d bytes (--max-file-size)", limit)
		}
		if q.Env != nil || world == nil {
			s.Environment = loong.Declare(q.Env, nil)
		}
		requests, sources = append(requests, lineRequest{q, &lines[i]}), append(sources, s)
	}
	return requests, sources
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
