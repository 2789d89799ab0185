package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
)

// Write replaces a file's content in one step: whoever reads path sees the old bytes or the new
// ones. The mode of an existing file is kept; a link is followed; a device is written to.
func Write(path string, data []byte) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: is a folder", path)
	case err == nil && !info.Mode().IsRegular():
		return writeThrough(path, data)
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
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

func writeThrough(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// writeBeside writes a new file in path's folder; mode 0 means what the umask leaves.
func writeBeside(path string, data []byte, mode fs.FileMode) (string, error) {
	f, err := createBeside(path, mode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
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
