// Command generate writes configurations of package fleet: as JSON lines for --batch on
// stdout, or as files below a folder.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/testing/fleet"
)

func main() {
	count := flag.Int("n", 1000, "number of configurations")
	crowd := flag.Int("crowd", 0, "additional findings of each")
	good := flag.Bool("good", false, "configurations without mistakes")
	dir := flag.String("dir", "", "write files below this folder")
	flag.Parse()
	if err := run(*count, *crowd, *good, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(count, crowd int, good bool, dir string) error {
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for i := range count {
		path, toml := fleet.Crowded(i, crowd)
		if good {
			path, toml = fleet.Good(i)
		}
		if dir == "" {
			if err := lines.Encode(map[string]any{"id": path, "toml": toml, "env": map[string]string{}}); err != nil {
				return err
			}
			continue
		}
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(toml), 0o600); err != nil {
			return err
		}
	}
	return out.Flush()
}
