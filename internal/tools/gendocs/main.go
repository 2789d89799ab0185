// Command gendocs writes docs/rules.md from the fields of the rules. It is a command of its own
// because internal/tools/gen must build while the tables that the rules need are broken. Run it with
// go generate ./...; a test proves that the page is fresh.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

//go:generate go run .

const page = "docs/rules.md"

func main() {
	root := filepath.Join("..", "..", "..") // go generate runs in the package's folder
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := write(root); err != nil {
		fmt.Fprintln(os.Stderr, "gendocs:", err)
		os.Exit(1)
	}
}

func write(root string) error {
	b, err := render(root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, page), b, 0o644)
}
