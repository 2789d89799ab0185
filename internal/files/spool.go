package files

import (
	"errors"
	"io"
	"os"
)

// Spool keeps what is written to it until it is read: a little in memory, more in a file without a name in the folder for
// temporary files. Where there can be none, all stays in memory. Its zero value is empty.
type Spool struct {
	memory []byte
	file   *os.File // what came before memory; nil: nothing did
	size   int64    // of file, in bytes
	noFile bool     // none could be made
}

// spoolMemory is how many bytes of a Spool are kept in memory before it takes a file.
const spoolMemory = 4 << 20

// NewSpool returns an empty one, which has to be closed.
func NewSpool() *Spool { return &Spool{} }

func (s *Spool) Write(p []byte) (int, error) {
	if len(s.memory)+len(p) > spoolMemory && !s.noFile {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	s.memory = append(s.memory, p...)
	return len(p), nil
}

// flush moves what is in memory to the file.
func (s *Spool) flush() error {
	if s.file == nil {
		if s.file = nameless(); s.file == nil {
			s.noFile = true
			return nil
		}
	}
	n, err := s.file.WriteAt(s.memory, s.size)
	s.size += int64(n)
	if err != nil {
		return shortError(err)
	}
	s.memory = s.memory[:0]
	return nil
}

// nameless makes a file for this process alone, or returns nil. Its name is gone at once, where a system lets go of
// names of open files, else on Close.
func nameless() *os.File {
	f, err := os.CreateTemp("", "loonglint-*")
	if err != nil {
		return nil
	}
	os.Remove(f.Name())
	return f
}

// WriteTo writes all that the spool holds.
func (s *Spool) WriteTo(w io.Writer) (n int64, err error) {
	part := make([]byte, min(s.size, 256<<10))
	for n < s.size {
		k, err := s.file.ReadAt(part[:min(int64(len(part)), s.size-n)], n)
		if k, err = passOn(w, part[:k], err); err != nil {
			return n + int64(k), err
		}
		n += int64(k)
	}
	m, err := w.Write(s.memory)
	return n + int64(m), err
}

// passOn writes what was read, unless reading met an error.
func passOn(w io.Writer, part []byte, err error) (int, error) {
	if err != nil {
		return 0, shortError(err)
	}
	return w.Write(part)
}

// Close lets go of what the spool holds.
func (s *Spool) Close() error {
	s.memory = nil
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); errors.Is(gone, os.ErrNotExist) {
		gone = nil
	} else if err == nil {
		err = gone
	}
	s.file = nil
	return err
}

// Len is how many bytes the spool holds.
func (s *Spool) Len() int64 { return s.size + int64(len(s.memory)) }

// ReadAt reads what was written, as io.ReaderAt says.
func (s *Spool) ReadAt(p []byte, off int64) (n int, err error) {
	if off < s.size {
		n, err = s.file.ReadAt(p[:min(int64(len(p)), s.size-off)], off)
		if err != nil || n == len(p) {
			return n, err
		}
	}
	if from := off + int64(n) - s.size; from < int64(len(s.memory)) {
		n += copy(p[n:], s.memory[from:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
