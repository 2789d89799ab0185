package files

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Read returns the bytes of a configuration; limit is in bytes. It never waits for the writer of a FIFO that has
// taken the place of a file.
func Read(path string, limit int64) ([]byte, error) {
	if src, ok := readWhole(path, limit); ok {
		return src, nil
	}
	return readRegular(path, limit, tooLarge(limit))
}

// ReadSide is Read for all other files: ignore files, settings, lists, baselines, reports. What this process was
// handed, as by <(command) of a shell, may be a pipe; a file in its place may not.
func ReadSide(path string, limit int64) ([]byte, error) {
	over := fmt.Errorf("is %w: the limit is %d bytes", ErrTooLarge, limit)
	if isHandedOver(path) {
		f, err := os.Open(path)
		if err != nil {
			return nil, shortError(err)
		}
		defer f.Close()
		return readAll(f, 0, limit, over)
	}
	return readRegular(path, limit, over)
}

// isHandedOver reports whether a path names an open descriptor of this process, or the empty device.
func isHandedOver(path string) bool {
	path = filepath.ToSlash(path)
	return path == os.DevNull || path == "/dev/stdin" || path == "/dev/stdout" || path == "/dev/stderr" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

// Open is ReadSide for files that are read bit by bit.
func Open(path string) (*os.File, error) {
	if isHandedOver(path) {
		return os.Open(path)
	}
	f, _, err := openRegular(path)
	return f, err
}

func readRegular(path string, limit int64, over error) ([]byte, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, size, limit, over)
}

// OpenNow opens a file for reading; of a FIFO it does not wait for a writer.
func OpenNow(path string) (*os.File, error) { return os.OpenFile(path, os.O_RDONLY|noWait, 0) }

// openRegular opens a regular file without waiting, and tells its size.
func openRegular(path string) (*os.File, int64, error) {
	f, err := OpenNow(path)
	if err != nil {
		return nil, 0, shortError(err)
	}
	info, err := f.Stat()
	if err == nil {
		err = wrongKind(info.Mode())
	}
	if err != nil {
		f.Close()
		return nil, 0, shortError(err)
	}
	return f, info.Size(), nil
}

// WithoutMark is a text without the byte order mark that it may begin with.
func WithoutMark(src []byte) []byte { return bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")) }

// ReadAll reads r to its end; size is a guess of what is coming.
func ReadAll(r io.Reader, size, limit int64) ([]byte, error) {
	return readAll(r, size, limit, tooLarge(limit))
}

func readAll(r io.Reader, size, limit int64, over error) ([]byte, error) {
	if size > limit {
		return nil, over
	}
	buf := make([]byte, 0, size+512)
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return nil, over
		}
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return nil, shortError(err)
		}
	}
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: the limit is %d bytes (--max-file-size)", ErrTooLarge, limit)
}
