package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/tools/npmpack"
)

// launcher is the script that npm and npx run: it starts the program of the package for the system.
//
//go:embed launcher.js
var launcher []byte

// manifest is a package.json.
type manifest struct {
	Name        string            `json:"name"`
	Version     string            `json:"version"`
	Description string            `json:"description"`
	Keywords    []string          `json:"keywords,omitempty"`
	Homepage    string            `json:"homepage"`
	Bugs        string            `json:"bugs"`
	License     string            `json:"license"`
	Repository  repository        `json:"repository"`
	Bin         map[string]string `json:"bin,omitempty"`
	OS          []string          `json:"os,omitempty"`
	CPU         []string          `json:"cpu,omitempty"`
	Engines     map[string]string `json:"engines,omitempty"`
	Optional    map[string]string `json:"optionalDependencies,omitempty"`
	Unplugged   bool              `json:"preferUnplugged,omitempty"` // Yarn must not leave the program in an archive
	Publish     map[string]string `json:"publishConfig"`
}

// repository must name the repository of the workflow that publishes, else npm refuses the provenance.
type repository struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

func newManifest(name, version, description string) *manifest {
	return &manifest{
		Name: name, Version: version, Description: description, Homepage: render.Home + "#readme", Bugs: render.Home + "/issues", License: "MIT",
		Repository: repository{"git", "git+" + render.Home + ".git"}, Publish: map[string]string{"access": "public"},
	}
}

// npmVersion is a semantic version without what npm leaves out of versions.
func npmVersion(version string) string {
	version, _, _ = strings.Cut(version, "+")
	return version
}

// npmName is the name of the package that holds the program for a platform.
func npmName(p platform) string { return fmt.Sprintf("@loonglint/%s-%s", p.npmOS, p.npmCPU) }

// npmFile is the name of a package's file in a release. It says what the file is for, beside archives with the program.
func npmFile(name, version string) string {
	return "npm-" + strings.NewReplacer("@", "", "/", "-").Replace(name) + "-" + version + ".tgz"
}

// npmLauncher makes the package that users name. It depends on the packages of all platforms, of which npm installs the one that fits.
func npmLauncher(version string, texts *texts) ([]byte, error) {
	m := newManifest("loonglint", version, summary)
	m.Keywords = keywords
	m.Bin = map[string]string{"loonglint": "bin/loonglint.js"}
	m.Engines = map[string]string{"node": ">=18"}
	m.Optional = map[string]string{}
	for _, p := range platforms {
		m.Optional[npmName(p)] = version
	}
	return packNPM(m, texts, texts.readme, npmpack.File{Path: "bin/loonglint.js", Content: launcher, Executable: true})
}

// npmProgram makes the package that holds a program.
func npmProgram(p *program, version string, texts *texts) ([]byte, error) {
	m := newManifest(npmName(p.platform), version, fmt.Sprintf("loonglint for %s on %s; install the package loonglint, which takes this one", p.npmOS, p.npmCPU))
	m.OS, m.CPU, m.Unplugged = []string{p.npmOS}, []string{p.npmCPU}, true
	readme := fmt.Appendf(nil, "# %s\n\n%s.\n\n%s\n", m.Name, m.Description, render.Home)
	return packNPM(m, texts, readme, npmpack.File{Path: "bin/" + p.file(), Content: p.content, Executable: true})
}

func packNPM(m *manifest, texts *texts, readme []byte, program npmpack.File) ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = npmpack.Write(&b, []npmpack.File{
		{Path: "package.json", Content: append(text, '\n')},
		{Path: "README.md", Content: readme},
		{Path: "LICENSE", Content: texts.license},
		{Path: "NOTICE", Content: texts.notice},
		program,
	})
	return b.Bytes(), err
}

// packFolder makes a package of what npm pack would take from a folder: package.json, README.md, and what the patterns of "files"
// match, which have no folders here.
func packFolder(folder, dir string) error {
	text, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return err
	}
	var m struct {
		Name, Version string
		Files         []string
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	paths := []string{filepath.Join(folder, "package.json"), filepath.Join(folder, "README.md")}
	for _, pattern := range m.Files {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("%s: %q matches no file", m.Name, pattern)
		}
		paths = append(paths, found...)
	}
	slices.Sort(paths)
	var files []npmpack.File
	for _, path := range slices.Compact(paths) {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, npmpack.File{Path: filepath.Base(path), Content: content})
	}
	var b bytes.Buffer
	if err := npmpack.Write(&b, files); err != nil {
		return err
	}
	return write(dir, npmFile(m.Name, m.Version), b.Bytes())
}
