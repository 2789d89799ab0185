package lsp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Transport carries messages of the protocol, each a text of JSON. Read returns io.EOF when the client is gone. One
// goroutine reads and another one writes.
type Transport interface {
	Read() ([]byte, error)
	Write(message []byte) error
}

// Stream carries messages over a pair of streams, each below a header with its length, as on stdio.
func Stream(in io.Reader, out io.Writer) Transport {
	return &stream{in: bufio.NewReaderSize(in, 64<<10), out: out}
}

type stream struct {
	in  *bufio.Reader
	out io.Writer
}

// maxMessage is the size in bytes of the longest message that is read: a document of 32 MiB, each byte of it escaped.
const maxMessage = 256 << 20

// maxHeader is the length in bytes of the longest line of a header that is read.
const maxHeader = 4 << 10

var errHeader = errors.New("a message does not begin with a header that has its Content-Length")

func (s *stream) Read() ([]byte, error) {
	size, err := s.header()
	if err != nil {
		return nil, err
	}
	message := make([]byte, size)
	if _, err := io.ReadFull(s.in, message); err != nil {
		return nil, io.EOF // the client is gone in the middle of a message
	}
	return message, nil
}

// header reads lines up to a blank one and returns the length that they give.
func (s *stream) header() (size int, err error) {
	size = -1
	for begun := false; ; {
		line, err := s.in.ReadSlice('\n')
		if err != nil {
			if err == io.EOF {
				return 0, io.EOF
			}
			return 0, fmt.Errorf("reading a header: %w", err)
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" && begun {
			break
		}
		if text == "" { // some clients end a message with a line break
			continue
		}
		begun = true
		name, value, ok := strings.Cut(text, ":")
		if !ok || len(line) > maxHeader {
			return 0, errHeader
		}
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		if size, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || size < 0 {
			return 0, errHeader
		}
		if size > maxMessage {
			return 0, fmt.Errorf("a message of %d bytes is too long; the limit is %d", size, maxMessage)
		}
	}
	if size < 0 {
		return 0, errHeader
	}
	return size, nil
}

func (s *stream) Write(message []byte) error {
	b := make([]byte, 0, len(message)+32)
	b = append(b, "Content-Length: "...)
	b = strconv.AppendInt(b, int64(len(message)), 10)
	b = append(b, "\r\n\r\n"...)
	_, err := s.out.Write(append(b, message...))
	return err
}
