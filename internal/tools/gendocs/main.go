// Command gendocs writes what is derived from the rules: docs/rules.md with a page per group, the picture in README.md, and the
// JSON Schema of loonglint.toml. It is a
// command of its own because internal/tools/gen must build while the tables that the rules need are broken.
// Run it with go generate ./...; a test proves that its results are fresh.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
	"github.com/loonglint/loonglint/rules"
)

func main() {
	root := filepath.Join("..", "..", "..") // go generate runs in the folder of a tool
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	files, err := outputs(root)
	if err == nil {
		err = writefiles.All(root, files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gendocs:", err)
		os.Exit(1)
	}
}

// outputs makes all files that this command writes. root is the module's.
func outputs(root string) ([]writefiles.File, error) {
	files, err := pages(root)
	if err != nil {
		return nil, err
	}
	schema, err := settings.Schema(rules.All())
	if err != nil {
		return nil, err
	}
	finding, err := picture()
	if err != nil {
		return nil, err
	}
	return append(files, finding, writefiles.File{Path: "schema/loonglint-config.schema.json", Content: schema}), nil
}
