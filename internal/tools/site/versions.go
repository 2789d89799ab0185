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
// otherwise. index.html leads to the first release that is no pre-release, or to the first of all, and play to its playground.
func writeVersions(dir string) error {
	pages, err := filepath.Glob(filepath.Join(dir, "*", "index.html"))
	if err != nil {
		return err
	}
	var names []string
	for _, page := range pages {
		if name := filepath.Base(filepath.Dir(page)); name != "play" {
			names = append(names, name)
		}
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
	if err := os.WriteFile(filepath.Join(dir, "index.html"), redirect(newest+"/index.html"), 0o644); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, newest, "play")); err != nil {
		return nil // a version without the playground
	}
	if err := os.MkdirAll(filepath.Join(dir, "play"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "play", "index.html"), redirect("../"+newest+"/play/index.html"), 0o644)
}

// redirect is a page that leads to an address, and keeps the fragment of its own.
func redirect(to string) []byte {
	return fmt.Appendf(nil, `<!doctype html>
<meta charset="utf-8">
<title>loonglint</title>
<script>location.replace(%[1]q + location.hash)</script>
<a href="%[1]s">loonglint</a>
`, to)
}
