package lsp

import (
	"path/filepath"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
)

// Host is all that the server asks of the machine. A page in a browser has another one than a computer.
type Host interface {
	// SettingsFile reads the file of settings at a path; with an empty path the one that counts for the files of a folder,
	// nil where there is none.
	SettingsFile(dir, path string) (*settings.File, error)
	// Baseline reads the findings that are accepted; nil: none are.
	Baseline(s *settings.Settings) (*lint.Baseline, error)
	// Environment is the world that settings describe.
	Environment(s *settings.Settings) (*loong.Environment, error)
	// NameFrom returns what files are called in fingerprints when they are named from a folder.
	NameFrom(folder string) func(file string) string
	// Configs lists the files that `loonglint check` would take in a folder.
	Configs(folder string, o files.Options) ([]files.File, error)
	// Read reads a file of at most limit bytes.
	Read(path string, limit int64) ([]byte, error)
	// IsRunning reports whether there is a process with an id.
	IsRunning(id int) bool
}

// Machine is the host on a computer.
type Machine struct {
	Environ []string          // the variables of the process, as NAME=value
	Running func(id int) bool // reports whether there is a process with an id; nil: nobody knows
}

// SettingsFile implements Host.
func (Machine) SettingsFile(dir, path string) (*settings.File, error) {
	if path == "" {
		var err error
		if path, err = settings.Find(dir); err != nil || path == "" {
			return nil, err
		}
	}
	return settings.ReadFile(path, rules.All())
}

// Baseline implements Host.
func (Machine) Baseline(s *settings.Settings) (*lint.Baseline, error) {
	return settings.ReadBaseline(s.BaselinePath())
}

// Environment implements Host.
func (m Machine) Environment(s *settings.Settings) (*loong.Environment, error) {
	return s.Environment(m.Environ)
}

// NameFrom implements Host.
func (Machine) NameFrom(folder string) func(file string) string {
	tree := files.NewTree(folder)
	return func(file string) string {
		name, _ := tree.Name(file)
		return name
	}
}

// Configs implements Host.
func (Machine) Configs(folder string, o files.Options) ([]files.File, error) {
	found, err := files.Find([]string{folder}, o)
	if err != nil {
		return nil, err
	}
	return found.Files, nil
}

// Read implements Host.
func (Machine) Read(path string, limit int64) ([]byte, error) { return files.Read(path, limit) }

// IsRunning implements Host.
func (m Machine) IsRunning(id int) bool { return m.Running == nil || m.Running(id) }

// Page is the host where there are no files and no variables, such as a page in a browser.
type Page struct{}

// SettingsFile implements Host.
func (Page) SettingsFile(string, string) (*settings.File, error) { return nil, nil }

// Baseline implements Host.
func (Page) Baseline(*settings.Settings) (*lint.Baseline, error) { return nil, nil }

// Environment implements Host.
func (Page) Environment(s *settings.Settings) (*loong.Environment, error) { return s.Environment(nil) }

// NameFrom implements Host.
func (Page) NameFrom(string) func(string) string { return filepath.ToSlash }

// Configs implements Host.
func (Page) Configs(string, files.Options) ([]files.File, error) { return nil, nil }

// Read implements Host.
func (Page) Read(string, int64) ([]byte, error) { return nil, files.ErrMissing }

// IsRunning implements Host.
func (Page) IsRunning(int) bool { return true }

var _, _ Host = Machine{}, Page{}
