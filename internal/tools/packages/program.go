package main

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"errors"
	"fmt"
	"os"
)

// platform is a system and processor that a program is built for, in Go's words, and what the registries call it.
type platform struct {
	goos, goarch  string
	npmOS, npmCPU string // as process.platform and process.arch of Node.js
	machine       string // as the tags of wheels have it
}

// platforms are those of a release.
var platforms = []platform{
	{"linux", "amd64", "linux", "x64", "x86_64"},
	{"linux", "arm64", "linux", "arm64", "aarch64"},
	{"darwin", "amd64", "darwin", "x64", "x86_64"},
	{"darwin", "arm64", "darwin", "arm64", "arm64"},
	{"windows", "amd64", "win32", "x64", "amd64"},
	{"windows", "arm64", "win32", "arm64", "arm64"},
}

// program is a built loonglint.
type program struct {
	platform
	content   []byte
	wheelTags []string // the platforms that a wheel with it may claim, by PEP 425, 600 and 656
}

// file is the name of the program's file.
func (p *program) file() string {
	if p.goos == "windows" {
		return "loonglint.exe"
	}
	return "loonglint"
}

// readProgram reads a built program and what the linker recorded in it. It refuses a program that may not run
// everywhere where a package with it would be installed.
func readProgram(path string) (*program, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	for _, p := range platforms {
		if p.goos == settings["GOOS"] && p.goarch == settings["GOARCH"] {
			tags, err := wheelTags(p, content, settings)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			return &program{platform: p, content: content, wheelTags: tags}, nil
		}
	}
	return nil, fmt.Errorf("%s: there are no packages for %s on %s", path, settings["GOOS"], settings["GOARCH"])
}

func wheelTags(p platform, content []byte, settings map[string]string) ([]string, error) {
	if settings["CGO_ENABLED"] != "0" {
		return nil, errors.New("built with cgo; build it with CGO_ENABLED=0")
	}
	if level := settings["GOAMD64"]; level != "" && level != "v1" {
		return nil, fmt.Errorf("needs processors of GOAMD64=%s; build it for v1", level)
	}
	switch p.goos {
	case "linux":
		if err := checkStatic(content); err != nil {
			return nil, err
		}
		// A static program asks nothing of a C library, so it claims the oldest that installers know.
		return []string{"manylinux_2_17_" + p.machine, "manylinux2014_" + p.machine, "musllinux_1_1_" + p.machine}, nil
	case "darwin":
		major, minor, err := oldestMacOS(content)
		return []string{fmt.Sprintf("macosx_%d_%d_%s", major, minor, p.machine)}, err
	}
	return []string{"win_" + p.machine}, nil
}

// checkStatic refuses an ELF file that needs a loader or a library.
func checkStatic(content []byte) error {
	f, err := elf.NewFile(bytes.NewReader(content))
	if err != nil {
		return err
	}
	libraries, err := f.ImportedLibraries()
	if err != nil {
		return err
	}
	if len(libraries) > 0 {
		return fmt.Errorf("needs the libraries %q; build it with CGO_ENABLED=0", libraries)
	}
	for _, segment := range f.Progs {
		if segment.Type == elf.PT_INTERP {
			return errors.New("needs a loader; build it with CGO_ENABLED=0")
		}
	}
	return nil
}

// Load commands of Mach-O (loader.h) that tell the oldest system; package macho has no names for them.
const (
	loadVersionMin   = 0x24 // LC_VERSION_MIN_MACOSX: command, size, version
	loadBuildVersion = 0x32 // LC_BUILD_VERSION: command, size, platform, version
)

// oldestMacOS reads from a Mach-O file which macOS it needs at least.
func oldestMacOS(content []byte) (major, minor uint32, err error) {
	f, err := macho.NewFile(bytes.NewReader(content))
	if err != nil {
		return 0, 0, err
	}
	for _, load := range f.Loads {
		raw := load.Raw()
		at := 8
		switch f.ByteOrder.Uint32(raw) {
		case loadBuildVersion:
			at = 12
		case loadVersionMin:
		default:
			continue
		}
		if len(raw) < at+4 {
			break
		}
		version := f.ByteOrder.Uint32(raw[at:])
		return version >> 16, version >> 8 & 0xff, nil
	}
	return 0, 0, errors.New("does not say which macOS it needs")
}
