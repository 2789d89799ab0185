package batch

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
)

// Results are lines of audit --batch, gone through by path. Of a line only its path and place are held.
type Results struct {
	Reader ResultReader

	texts  []resultText
	lines  []resultLine
	own    *files.Spool // what was appended
	across *lint.Comparison
	found  *files.Spool // of across
}

// resultText has lines; its name is told when something is wrong with one.
type resultText struct {
	name string
	io.ReaderAt
}

// resultLine is where the result of a configuration is.
type resultLine struct {
	path   string
	at     int64
	size   int32 // below maxLine
	text   int32 // in Results.texts
	number int32 // of the line, from 1
}

// Add takes the lines of a text; it is read again later, and must not change. Errors name text and line and quote nothing
// of it.
func (rs *Results) Add(name string, text io.ReaderAt, size int64) error {
	return rs.add(name, text, io.NewSectionReader(text, 0, size))
}

// AddCopy is Add for what can be read only once, such as a pipe: it goes into copied, as far as it consists of results.
func (rs *Results) AddCopy(name string, in io.Reader, copied *files.Spool) error {
	return rs.add(name, copied, io.TeeReader(in, copied))
}

// add takes the lines that in has, which are read from text later.
func (rs *Results) add(name string, text io.ReaderAt, in io.Reader) error {
	rs.texts = append(rs.texts, resultText{name, text})
	r := bufio.NewReaderSize(in, 1<<18)
	var line []byte
	at := int64(0)
	for number := 1; ; number++ {
		var err error
		line, err = AppendLine(line[:0], r)
		if len(bytes.TrimSpace(line)) > 0 {
			path, bad := resultPath(line)
			if bad != nil {
				return fmt.Errorf("%s: line %d: %w", name, number, bad)
			}
			rs.lines = append(rs.lines, resultLine{path: path, at: at, size: int32(len(line)), text: int32(len(rs.texts) - 1), number: int32(number)}) //nolint:gosec // small
		}
		at += int64(len(line))
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w", name, number, err)
		}
	}
}

// Append takes a line that this process made, after those of smaller paths.
func (rs *Results) Append(path string, line []byte) error {
	if rs.own == nil {
		rs.own = files.NewSpool()
		rs.texts = append(rs.texts, resultText{"the results", rs.own})
	}
	at := rs.own.Len()
	rs.lines = append(rs.lines, resultLine{path: path, at: at, size: int32(len(line)), text: int32(len(rs.texts) - 1)}) //nolint:gosec // small
	_, err := rs.own.Write(line)
	return err
}

// Len is the number of results.
func (rs *Results) Len() int { return len(rs.lines) }

// Close lets go of what was appended and found.
func (rs *Results) Close() error {
	var err error
	for _, s := range [...]*files.Spool{rs.own, rs.found} {
		if s != nil {
			err = cmp.Or(err, s.Close())
		}
	}
	return err
}

// resultPath finds the id of a line, without reading what comes after it.
func resultPath(line []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return "", errNoResult
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return "", errNoResult
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return "", errNoResult
		}
		if key == "id" {
			return ResultName(value), nil
		}
	}
	return ResultName(nil), nil
}

// Sort puts the lines in order: by path, and those of one path by the hash of their text, whichever part they came in.
func (rs *Results) Sort() error {
	var failed error
	hash := func(l resultLine) []byte {
		line, err := rs.read(l, nil)
		failed = cmp.Or(failed, err)
		sum := sha256.Sum256(bytes.TrimSpace(line))
		return sum[:]
	}
	slices.SortStableFunc(rs.lines, func(a, b resultLine) int {
		if order := strings.Compare(a.path, b.path); order != 0 {
			return order
		}
		return bytes.Compare(hash(a), hash(b))
	})
	return failed
}

// Compare lets the rules across files go through the facts of all results.
func (rs *Results) Compare() error {
	c := rs.Comparison()
	err := inOrder(rs, (*ResultReader).facts, func(r *lint.FileResult, _ resultLine, _ bool) bool {
		c.Take(r)
		return true
	})
	return cmp.Or(err, c.End())
}

// Comparison begins a comparison of the results; Each adds its findings.
func (rs *Results) Comparison() *lint.Comparison {
	rs.across, rs.found = lint.NewComparison(rs.Reader.Options), files.NewSpool()
	rs.across.Store = rs.found
	return rs.across
}

// Each goes through the results; it is an audit.Source once they were compared.
func (rs *Results) Each(yield func(*audit.Entry) bool) error {
	var failed error
	err := inOrder(rs, (*ResultReader).Entry, func(e *audit.Entry, l resultLine, last bool) bool {
		e.Path = l.path
		for _, f := range e.Findings {
			f.File = l.path
		}
		if last { // of one path
			failed = e.Complete(rs.Reader.Options, rs.across)
		} else {
			e.Hide(rs.Reader.Options.MinLevel, rs.Reader.Options.AcrossMinLevel)
		}
		return failed == nil && yield(e)
	})
	return cmp.Or(err, failed)
}

// read reads a line.
func (rs *Results) read(l resultLine, b []byte) ([]byte, error) {
	b = slices.Grow(b[:0], int(l.size))[:l.size]
	n, err := rs.texts[l.text].ReadAt(b, l.at)
	if n == len(b) {
		return b, nil
	}
	if err == nil || err == io.EOF {
		err = errors.New("the results were changed while they were read")
	}
	return nil, err
}

// partLines is how many lines a worker takes at once.
const partLines = 32

// part is a run of lines and, when done is closed, what they say.
type part[T any] struct {
	lines []resultLine
	items []T
	err   error
	other string
	done  chan struct{}
}

// inOrder reads the lines, in parallel, and hands over what they say in order, each with whether it is the last one of its
// path, until yield returns false.
func inOrder[T any](rs *Results, read func(*ResultReader, []byte) (T, error), yield func(T, resultLine, bool) bool) error {
	workers := runtime.GOMAXPROCS(0)
	ordered, work, stop := make(chan *part[T], 2*workers), make(chan *part[T]), make(chan struct{})
	var pool sync.WaitGroup
	asked := rs.Reader
	for range workers {
		pool.Go(func() {
			reader := asked // its own, since Other changes
			var line []byte
			for p := range work {
				for _, l := range p.lines {
					var item T
					if line, p.err = rs.read(l, line); p.err == nil {
						item, p.err = read(&reader, line)
					}
					if p.err != nil {
						p.err = fmt.Errorf("%s: line %d: %w", rs.texts[l.text].name, l.number, p.err)
						break
					}
					p.items = append(p.items, item)
				}
				p.other = reader.Other
				close(p.done)
			}
		})
	}
	pool.Go(func() {
		defer close(ordered)
		defer close(work)
		for lines := range slices.Chunk(rs.lines, partLines) {
			p := &part[T]{lines: lines, done: make(chan struct{})}
			select {
			case ordered <- p:
			case <-stop:
				return
			}
			work <- p
		}
	})
	defer pool.Wait()
	defer func() {
		close(stop)
		for range ordered { // let the producer end
		}
	}()
	at := 0
	for p := range ordered {
		<-p.done
		if rs.Reader.Other == "" {
			rs.Reader.Other = p.other
		}
		for i, item := range p.items {
			last := at+1 == len(rs.lines) || rs.lines[at+1].path != rs.lines[at].path
			at++
			if !yield(item, p.lines[i], last) {
				return nil
			}
		}
		if p.err != nil {
			return p.err
		}
	}
	return nil
}
