package batch

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"

	"github.com/loonglint/loonglint/internal/audit"
)

// resultPart is a run of lines and, when done is closed, what they say.
type resultPart struct {
	first   int // number of the first line
	lines   [][]byte
	entries []*audit.Entry
	other   string
	err     error
	done    chan struct{}
}

// partSize is about how many bytes of lines a worker takes at once.
const partSize = 256 << 10

// Read reads all lines, in parallel; blank ones are left out. Errors name the line and quote
// nothing of it.
func (rr *ResultReader) Read(in io.Reader) (entries []*audit.Entry, err error) {
	workers := runtime.GOMAXPROCS(0)
	ordered, work := make(chan *resultPart, 2*workers), make(chan *resultPart, 2*workers)
	one := *rr // the workers' own, since Other changes
	for range workers {
		go func() {
			for p := range work {
				p.read(one)
			}
		}()
	}
	var readErr error
	go func() {
		defer close(ordered)
		defer close(work)
		readErr = cutParts(in, func(p *resultPart) { ordered <- p; work <- p })
	}()
	for p := range ordered {
		<-p.done
		if err == nil {
			err = p.err
		}
		if rr.Other == "" {
			rr.Other = p.other
		}
		entries = append(entries, p.entries...)
	}
	if err == nil {
		err = readErr
	}
	return entries, err
}

// cutParts hands over the input in parts of whole lines.
func cutParts(in io.Reader, hand func(*resultPart)) error {
	r := bufio.NewReaderSize(in, partSize)
	for number := 1; ; {
		p := &resultPart{first: number, done: make(chan struct{})}
		var err error
		for size := 0; size < partSize && err == nil; number++ {
			var line []byte
			line, err = AppendLine(nil, r)
			p.lines = append(p.lines, line)
			size += len(line)
		}
		hand(p)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", number-1, err)
		}
	}
}

func (p *resultPart) read(rr ResultReader) {
	defer close(p.done)
	for i, line := range p.lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		e, err := rr.Entry(line)
		if err != nil {
			p.err = fmt.Errorf("line %d: %w", p.first+i, err)
			return
		}
		p.entries = append(p.entries, e)
	}
	p.other = rr.Other
	p.lines = nil
}
