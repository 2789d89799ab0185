package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Write replaces a file's content in one step: whoever reads path sees the old bytes or the new ones. The mode of an
// existing file is kept; a link is replaced, never followed; a device below /dev is written to.
func Write(path string, data []byte) error { return WriteFrom(path, bytes.NewReader(data)) }

// WriteFrom is Write for what data writes.
func WriteFrom(path string, data io.WriterTo) error {
	if isDevice(path) {
		return writeThrough(path, data)
	}
	if dir := filepath.Dir(path); leadsOut(dir) {
		return fmt.Errorf("%s: a link leads out of the working tree; name the folder itself", path)
	}
	return replace(path, data)
}

// Rewrite is Write for a file that was read: a link is followed, unless it leads out of the working tree.
func Rewrite(path string, data []byte) error {
	if leadsOut(path) {
		return fmt.Errorf("%s: a link leads out of the working tree; name the file itself", path)
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, shortError(err))
	}
	return replace(real, bytes.NewReader(data))
}

// isDevice reports whether a path below /dev names something that is written to as it is, such as /dev/stdout.
func isDevice(path string) bool {
	if path = filepath.ToSlash(filepath.Clean(path)); !strings.HasPrefix(path, "/dev/") && !strings.HasPrefix(path, "/proc/self/fd/") {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && (!info.Mode().IsRegular() || isHandedOver(path))
}

// leadsOut reports whether a path that is written as one in the working tree is really elsewhere. The tree is the
// repository, or the working directory where there is none.
func leadsOut(path string) bool {
	wd, real := realPath("."), realPath(path)
	tree := filepath.ToSlash(Repository(wd))
	if tree == "" {
		tree = wd
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(wd, path)
	}
	return real != "" && isIn(tree, filepath.ToSlash(filepath.Clean(path))) && !isIn(tree, real)
}

func isIn(tree, path string) bool {
	_, inside := below(tree, path)
	return inside || path == tree
}

// replace writes a file instead of a regular one, of a link, or of none. Other names of the same file (hard links)
// keep the old content.
func replace(path string, data io.WriterTo) error {
	mode, err := replaceable(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer holdSignals()()
	tmp, err := writeBeside(path, data, mode)
	if err != nil {
		return fmt.Errorf("%s: %w", path, shortError(err))
	}
	if err := os.Rename(tmp, path); err != nil {
		os.Remove(tmp)
		return fmt.Errorf("%s: %w", path, errors.Unwrap(err))
	}
	return nil
}

// replaceable says why what is at path is not replaced, or the mode of the new file; 0: what the umask leaves.
func replaceable(path string) (fs.FileMode, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, shortError(err)
	case info.Mode()&fs.ModeSymlink != 0:
		return 0, nil
	case info.Mode().IsRegular() && info.Mode().Perm()&0o222 == 0:
		return 0, errors.New("is read-only")
	}
	return info.Mode().Perm(), wrongKind(info.Mode())
}

// holdSignals puts off interrupts until the function it returns is called, so that no half-written
// file stays behind.
func holdSignals() (release func()) {
	held := make(chan os.Signal, 1)
	signal.Notify(held, os.Interrupt, syscall.SIGTERM)
	return func() {
		signal.Stop(held)
		select {
		case s := <-held:
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Signal(s)
			}
		default:
		}
	}
}

func writeThrough(path string, data io.WriterTo) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = data.WriteTo(f)
	return errors.Join(err, f.Close())
}

// writeBeside writes a new file in path's folder; mode 0 means what the umask leaves.
func writeBeside(path string, data io.WriterTo, mode fs.FileMode) (string, error) {
	f, err := createBeside(path, mode)
	if err != nil {
		return "", err
	}
	_, err = data.WriteTo(f)
	if err == nil && mode != 0 { // the umask may have taken some of it away
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func createBeside(path string, mode fs.FileMode) (*os.File, error) {
	if mode == 0 {
		mode = 0o666
	}
	dir, base := filepath.Split(path)
	for i := 0; ; i++ {
		name := dir + "." + base + ".loonglint-" + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(i)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) || i > 100 {
			return f, err
		}
	}
}
