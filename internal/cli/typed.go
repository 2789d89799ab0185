package cli

import (
	"path/filepath"
	"runtime"
	"strings"
)

// expandGlobs replaces patterns by what they match, on Windows, where shells leave that to programs.
func expandGlobs(paths []string) []string {
	if runtime.GOOS != "windows" {
		return paths
	}
	var list []string
	for _, path := range paths {
		found, err := filepath.Glob(path)
		if err != nil || len(found) == 0 || !strings.ContainsAny(path, "*?") {
			found = []string{path}
		}
		list = append(list, found...)
	}
	return list
}

// slashed writes patterns with /, which on Windows may be typed with \.
func slashed(patterns []string) []string {
	list := make([]string, len(patterns))
	for i, pattern := range patterns {
		list[i] = filepath.ToSlash(pattern)
	}
	return list
}
