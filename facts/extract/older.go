package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// olderDir holds the lines of older versions, as they differ from those of the newest: "+ line" and "- line".
const olderDir = "facts/extract/testdata/older"

// readLines reads what was recorded of the newest version; nothing where there is no file.
func readLines(path string) ([]string, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n"), err
}

// readOlder are the lines of a version, given those of the newest; none where they were never recorded.
func readOlder(root, tag string, newest []string) ([]string, error) {
	changes, err := readLines(filepath.Join(root, olderDir, tag+".txt"))
	if changes == nil {
		return nil, err
	}
	drop := map[string]bool{}
	var lines []string
	for _, c := range changes {
		sign, line, _ := strings.Cut(c, " ")
		if sign == "+" {
			lines = append(lines, line)
		} else {
			drop[line] = true
		}
	}
	for _, line := range newest {
		if !drop[line] {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// writeOlder records the lines of a version as they differ from those of the newest.
func writeOlder(root, tag string, lines, newest []string) error {
	var changes []string
	for _, c := range []struct {
		sign    string
		has, of []string
	}{{"+ ", lines, newest}, {"- ", newest, lines}} {
		other := map[string]bool{}
		for _, line := range c.of {
			other[line] = true
		}
		for _, line := range c.has {
			if !other[line] {
				changes = append(changes, c.sign+line)
			}
		}
	}
	slices.Sort(changes)
	return writeLines(filepath.Join(root, olderDir, tag+".txt"), changes)
}

func writeLines(path string, lines []string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a folder of the repository
		return err
	}
	return os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644) //nolint:gosec // a file of the repository
}

// targetName is the name of a version for people: of a release its tag without v, dev for all else.
func targetName(tag string) string {
	if name, released := strings.CutPrefix(tag, "v"); released {
		return name
	}
	return "dev"
}
