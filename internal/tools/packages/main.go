// Command packages makes packages of built programs for PyPI and npm. Each package consists of the program and of texts of
// this repository, whose root is the working directory. Equal input gives equal bytes.
//
//	packages program VERSION DIR PROGRAM   a wheel and a package for npm, for the platform that PROGRAM is built for
//	packages launcher VERSION DIR          the package for npm that depends on those of all platforms
//	packages folder FOLDER DIR             a package for npm of a folder with a package.json
//	packages pypi-version VERSION          prints VERSION as PyPI has it
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/loonglint/loonglint/internal/render"
)

const summary = "Linter for the configuration of the Loong agent: shows every silent surprise in the file, and how to fix it"

var keywords = []string{"loong", "linter", "lint", "toml", "config", "llm", "agent"}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "packages:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "pypi-version":
		version, err := pypiVersion(args[1])
		if err == nil {
			fmt.Println(version)
		}
		return err
	case len(args) == 3 && args[0] == "launcher":
		return makeLauncher(args[1], args[2])
	case len(args) == 3 && args[0] == "folder":
		return packFolder(args[1], args[2])
	case len(args) == 4 && args[0] == "program":
		return makePackages(args[1], args[2], args[3])
	}
	return fmt.Errorf("usage: packages program VERSION DIR PROGRAM | launcher VERSION DIR | folder FOLDER DIR | pypi-version VERSION")
}

func makeLauncher(version, dir string) error {
	texts, err := readTexts(".", version)
	if err != nil {
		return err
	}
	version = npmVersion(version)
	content, err := npmLauncher(version, texts)
	if err != nil {
		return err
	}
	return write(dir, npmFile("loonglint", version), content)
}

func makePackages(version, dir, path string) error {
	texts, err := readTexts(".", version)
	if err != nil {
		return err
	}
	pypi, err := pypiVersion(version)
	if err != nil {
		return err
	}
	p, err := readProgram(path)
	if err != nil {
		return err
	}
	var wheel bytes.Buffer
	if err := writeWheel(&wheel, p, pypi, texts); err != nil {
		return err
	}
	if err := write(dir, wheelName(p, pypi), wheel.Bytes()); err != nil {
		return err
	}
	version = npmVersion(version)
	content, err := npmProgram(p, version, texts)
	if err != nil {
		return err
	}
	return write(dir, npmFile(npmName(p.platform), version), content)
}

func write(dir, name string, content []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), content, 0o644)
}

// texts are what packages hold beside the program.
type texts struct{ readme, license, notice []byte }

// readTexts reads the texts from the root of the repository. Links of the README lead to where the release has what they name.
func readTexts(root, version string) (*texts, error) {
	var t texts
	for name, text := range map[string]*[]byte{"README.md": &t.readme, "LICENSE": &t.license, "NOTICE": &t.notice} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		*text = content
	}
	t.readme = absoluteLinks(t.readme, "v"+version)
	return &t, nil
}

var relativeLink = regexp.MustCompile(`(!?)(\[[^\]]*\])\(([A-Za-z0-9_./-]+)((?:#[^)]*)?)\)`)

// absoluteLinks makes links and pictures of a page of this repository's root readable elsewhere. ref is a tag or branch.
func absoluteLinks(page []byte, ref string) []byte {
	return relativeLink.ReplaceAllFunc(page, func(link []byte) []byte {
		parts := relativeLink.FindSubmatch(link)
		kind := "blob"
		if len(parts[1]) > 0 {
			kind = "raw"
		}
		return fmt.Appendf(nil, "%s%s(%s/%s/%s/%s%s)", parts[1], parts[2], render.Home, kind, ref, parts[3], parts[4])
	})
}
