package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/semver"
)

// listed is a version as the list of the theme has it.
type listed struct {
	Version string   `json:"version"`
	Title   string   `json:"title"`
	Aliases []string `json:"aliases"`
}

// writeVersions lists the folders of dir that hold the site of a version: releases, the newest first, and then what is named
// otherwise. index.html leads to the first release that is no pre-release, or to the first of all.
func writeVersions(dir string) error {
	pages, err := filepath.Glob(filepath.Join(dir, "*", "index.html"))
	if err != nil {
		return err
	}
	var names []string
	for _, page := range pages {
		names = append(names, filepath.Base(filepath.Dir(page)))
	}
	if len(names) == 0 {
		return fmt.Errorf("%s has no version of the site", dir)
	}
	slices.SortFunc(names, func(a, b string) int { return semver.Compare(b, a) })
	newest := names[max(0, slices.IndexFunc(names, func(v string) bool { return semver.IsValid(v) && semver.Prerelease(v) == "" }))]
	list := []listed{}
	for _, name := range names {
		entry := listed{Version: name, Title: name, Aliases: []string{}}
		if name == newest {
			entry.Aliases = append(entry.Aliases, "latest")
		}
		list = append(list, entry)
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "versions.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	redirect := fmt.Sprintf("<!doctype html>\n<meta charset=\"utf-8\">\n<title>loonglint</title>\n<meta http-equiv=\"refresh\" content=\"0; url=%[1]s/index.html\">\n<a href=\"%[1]s/index.html\">loonglint %[1]s</a>\n", newest)
	return os.WriteFile(filepath.Join(dir, "index.html"), []byte(redirect), 0o644)
}
