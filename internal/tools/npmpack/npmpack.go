// Package npmpack writes packages for the npm registry in the form that npm pack gives them. Equal files give equal bytes.
package npmpack

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"time"
)

// File is a file of a package: its path below the package's root, with slashes, and what it holds.
type File struct {
	Path       string
	Content    []byte
	Executable bool
}

// packed is the time that npm pack gives to every file.
var packed = time.Date(1985, time.October, 26, 8, 15, 0, 0, time.UTC)

// Write writes the package that consists of the files, in the given order; package.json must be among them. Errors are those of w,
// and those of paths that the format cannot hold.
func Write(w io.Writer, files []File) error {
	compressed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	for _, f := range files {
		mode := int64(0o644)
		if f.Executable {
			mode = 0o755
		}
		header := &tar.Header{Name: "package/" + f.Path, Mode: mode, Size: int64(len(f.Content)), ModTime: packed, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(f.Content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return compressed.Close()
}
