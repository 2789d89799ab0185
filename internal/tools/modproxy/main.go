// Command modproxy writes a Go module proxy that serves what is committed here as one version of this module:
// go run ./internal/tools/modproxy VERSION DIR, then GOPROXY=file://DIR. It refuses what the public proxy refuses.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: modproxy VERSION DIR")
		os.Exit(2)
	}
	if err := serve(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "modproxy:", err)
		os.Exit(1)
	}
}

// serve writes the files that the go command asks a proxy for.
func serve(version, dir string) error {
	gomod, err := os.ReadFile("go.mod")
	if err != nil {
		return err
	}
	m := module.Version{Path: modfile.ModulePath(gomod), Version: version}
	if err := module.Check(m.Path, m.Version); err != nil {
		return err
	}
	escaped, err := module.EscapePath(m.Path)
	if err != nil {
		return err
	}
	dir = filepath.Join(dir, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"list":            version + "\n",
		version + ".info": fmt.Sprintf("{\"Version\":%q}\n", version),
		version + ".mod":  string(gomod),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return pack(m, filepath.Join(dir, version+".zip"))
}

// pack writes the module's zip, of what is committed.
func pack(m module.Version, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(zip.CreateFromVCS(f, m, ".", "HEAD", ""), f.Close())
}
