package files

import (
	"io"
	"os"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
)

// Machine looks at the files of this machine, for settings that name one. It implements loong.Files.
type Machine struct{}

// Text looks whether a file is there, and does not read it. Files that the kernel makes up while they are read
// say that they are empty; only those are read.
func (Machine) Text(path string) (string, loong.State) {
	info, err := os.Stat(path)
	switch {
	case err != nil || info.IsDir() || isNull(info):
		return "", loong.Unset
	case !info.Mode().IsRegular():
		return "", loong.Unknown // a pipe or a device: only reading would tell
	}
	f, err := OpenNow(path)
	if err != nil {
		return "", loong.Unset
	}
	defer f.Close()
	if info.Size() > 0 {
		return "", loong.Declared
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFileText))
	text := strings.TrimRight(string(b), "\r\n")
	switch {
	case err != nil:
		return "", loong.Unknown
	case text == "":
		return "", loong.Unset
	}
	return text, loong.Set
}

// HasFolder reports whether a path leads to a folder.
func (Machine) HasFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// maxFileText bounds what is read of a file that has no size, in bytes.
const maxFileText = 64 << 10

func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}
