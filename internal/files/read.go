package files

import (
	"fmt"
	"io"
	"os"
	"syscall"
)

// Read returns a file's bytes; limit is in bytes. It never waits for the writer of a FIFO that has
// taken the place of a file.
func Read(path string, limit int64) ([]byte, error) {
	if src, ok := readWhole(path, limit); ok {
		return src, nil
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, reason(err)
	}
	if err := wrongKind(info.Mode()); err != nil {
		return nil, err
	}
	return ReadAll(f, info.Size(), limit)
}

// ReadAny is Read for files that a flag names: pipes and devices are welcome.
func ReadAny(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	return ReadAll(f, 0, limit)
}

// ReadAll reads r to its end; size is a guess of what is coming.
func ReadAll(r io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, tooLarge(limit)
	}
	buf := make([]byte, 0, size+512)
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return nil, tooLarge(limit)
		}
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return nil, reason(err)
		}
	}
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: the limit is %d bytes (--max-file-size)", ErrTooLarge, limit)
}
