// Command parseonly reads files and parses them with go-toml's unstable parser, on all cores, and does
// nothing else: what internal/tools/bench measures loonglint against. Its arguments are folders.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/pelletier/go-toml/v2/unstable"
)

func main() {
	var paths []string
	for _, dir := range os.Args[1:] {
		entries, err := os.ReadDir(dir)
		if err != nil {
			fail(err)
		}
		for _, e := range entries {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			p := &unstable.Parser{KeepComments: true}
			for i := int(next.Add(1)); i <= len(paths); i = int(next.Add(1)) {
				if err := parse(p, paths[i-1]); err != nil {
					fail(err)
				}
			}
		})
	}
	all.Wait()
}

func parse(p *unstable.Parser, path string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	p.Reset(src)
	for p.NextExpression() {
		p.Expression()
	}
	return p.Error()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "parseonly:", err)
	os.Exit(1)
}
