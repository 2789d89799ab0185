// Package batch answers configurations that come one a line, for fleets; it is the machine interface of resolve and
// check.
package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
)

// ErrLine is returned when a line is not the JSON it should be.
var ErrLine = errors.New("a line is not a batch request")

// chunkSize is about how many bytes of requests a worker takes at once.
const chunkSize = 32 << 10

// chunk is a run of request lines and, when done has got a value, their answers. Once they are written it is used again.
type chunk struct {
	first  int // number of the first line
	text   []byte
	reply  Reply
	lines  []Line // that are not blank, and their numbers
	number []int
	out    []byte
	bad    []string
	done   chan struct{}
}

// Line is a line of a batch.
type Line struct {
	Text []byte // without the space around it
	Err  error  // why it is no request; it quotes nothing of it
}

// Reply appends the answers to lines, each with its line break and in their order, or sets their errors. The lines are
// its own only until it returns.
type Reply func(b []byte, lines []Line) []byte

// Pipe answers lines in their order, in parallel (workers <= 0: as many as there are processors), and reads no further
// than it can answer; reply is called by many goroutines. complain is told of every line that is no request, which
// gets no answer; the error is then ErrLine, or what reading or writing met.
func Pipe(in io.Reader, out io.Writer, workers int, complain func(message string), reply Reply) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	work := make(chan *chunk, workers)
	ordered := make(chan *chunk, 2*workers)
	stop := make(chan struct{})
	spare := &sync.Pool{New: func() any { return &chunk{done: make(chan struct{}, 1)} }}
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for c := range work {
				c.answer()
				c.done <- struct{}{}
			}
		})
	}
	var readErr error
	pool.Go(func() {
		defer close(work)
		defer close(ordered)
		readErr = readChunks(in, spare, func(c *chunk) bool {
			c.reply = reply
			select {
			case ordered <- c:
			case <-stop:
				return false
			}
			work <- c
			return true
		})
	})
	err := writeChunks(out, ordered, spare, stop, complain)
	pool.Wait()
	if err == nil || errors.Is(err, ErrLine) && readErr != nil {
		err = readErr
	}
	return err
}

// readChunks cuts the input at line ends. It hands over what it has whenever the next read
// might wait, so that a caller who asks line by line is answered line by line.
func readChunks(in io.Reader, spare *sync.Pool, hand func(*chunk) bool) error {
	r := bufio.NewReaderSize(in, 2*chunkSize)
	number := 1
	for {
		c := spare.Get().(*chunk)
		c.first, c.text = number, c.text[:0]
		var err error
		for more := true; more && err == nil; {
			c.text, err = AppendLine(c.text, r)
			number++
			rest, _ := r.Peek(r.Buffered())
			more = len(c.text) < chunkSize && bytes.IndexByte(rest, '\n') >= 0
		}
		if len(c.text) > 0 && !hand(c) {
			return nil
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the batch, line %d: %w", number-1, err)
		}
	}
}

// maxLine is the size in bytes of the longest line of a batch, or of its results, that is read.
const maxLine = 64 << 20

// ErrLongLine is the error for a longer one.
var ErrLongLine = errors.New("longer than 64 MiB; no further line was read")

// AppendLine appends a whole line to b; of one that is too long nothing.
func AppendLine(b []byte, r *bufio.Reader) ([]byte, error) {
	before := len(b)
	for {
		part, err := r.ReadSlice('\n')
		if len(b)-before+len(part) > maxLine {
			return b[:before], ErrLongLine
		}
		b = append(b, part...)
		if err != bufio.ErrBufferFull {
			return b, err
		}
	}
}

// writeChunks writes answers in order. After a failed write it stops the reader and drains.
func writeChunks(out io.Writer, ordered <-chan *chunk, spare *sync.Pool, stop chan<- struct{}, complain func(string)) error {
	var err error
	failed := false
	for c := range ordered {
		<-c.done
		if failed {
			continue
		}
		for _, m := range c.bad {
			complain(m)
			err = ErrLine
		}
		if _, werr := out.Write(c.out); werr != nil {
			err, failed = fmt.Errorf("writing the batch: %w", werr), true
			close(stop)
		}
		spare.Put(c)
	}
	return err
}

// answer fills in the answers to a chunk's lines.
func (c *chunk) answer() {
	c.lines, c.number, c.out, c.bad = c.lines[:0], c.number[:0], c.out[:0], c.bad[:0]
	number := c.first
	for line := range bytes.Lines(c.text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			c.lines, c.number = append(c.lines, Line{Text: line}), append(c.number, number)
		}
		number++
	}
	if !c.answerLines(c.lines) {
		for i := range c.lines { // the one that is to blame loses its answer, and no other one does
			c.lines[i].Err = nil
			if !c.answerLines(c.lines[i : i+1]) {
				c.lines[i].Err = errors.New("internal error")
			}
		}
	}
	for i := range c.lines {
		if err := c.lines[i].Err; err != nil {
			c.bad = append(c.bad, fmt.Sprintf("line %d: %v", c.number[i], err))
		}
	}
}

// answerLines appends the answers to some lines; none where something panics, which nobody could recover from outside of a
// worker.
func (c *chunk) answerLines(lines []Line) (done bool) {
	before := len(c.out)
	defer func() {
		if recover() != nil {
			c.out, done = c.out[:before], false
		}
	}()
	c.out = c.reply(c.out, lines)
	return true
}

// EachLine is a Reply that answers one line after the other.
func EachLine(answer func(b []byte, q *Request) ([]byte, error)) Reply {
	return func(b []byte, lines []Line) []byte {
		for i := range lines {
			l := &lines[i]
			q, err := ReadRequest(l.Text)
			if err == nil {
				b, err = answer(b, q)
			}
			l.Err = err
		}
		return b
	}
}
