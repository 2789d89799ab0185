package lsp

import (
	"path/filepath"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/settings"
)

// scope is what counts for the documents of a folder. It is made from the files of the machine when a document of the
// folder is opened, and again after a file was saved; no keystroke touches a file.
type scope struct {
	settings    settings.Settings
	checker     *lint.Checker
	environment *loong.Environment
	sizeLimit   int64  // in bytes
	problem     string // why the settings do not count, and the defaults do; empty: they count
}

// reading is what a document was read as.
type reading struct {
	document *document.Document
	config   *loong.Config
}

// scopeOf returns what counts for the documents of a folder; an empty one stands for documents that are no files.
func (s *Server) scopeOf(dir string) *scope {
	if sc := s.scopes[dir]; sc != nil {
		return sc
	}
	sc := &scope{settings: settings.Settings{Explicit: s.options.explicit}}
	path := s.options.config
	if path != "" && !filepath.IsAbs(path) && len(s.folders) > 0 {
		path = filepath.Join(s.folders[0], path)
	}
	err := sc.read(s.host, dir, path)
	if err != nil {
		*sc = scope{settings: settings.Settings{Explicit: s.options.explicit}, problem: err.Error()}
		if sc.make(Page{}) != nil { // what the editor asks for does not go together
			sc.settings = settings.Settings{}
			_ = sc.make(Page{})
		}
	}
	s.scopes[dir] = sc
	return sc
}

// read reads the settings, and prepares what follows from them.
func (sc *scope) read(host Host, dir, path string) (err error) {
	if sc.settings.File, err = host.SettingsFile(dir, path); err != nil {
		return err
	}
	return sc.make(host)
}

func (sc *scope) make(host Host) error {
	s := &sc.settings
	o, err := s.Options()
	if err != nil {
		return err
	}
	shown, _, err := s.Thresholds()
	if err != nil {
		return err
	}
	o.MinLevel = shown.Level
	if shown.Rank == 0 { // nobody says otherwise
		o.MinLevel = lint.Info
	}
	if o.Baseline, err = host.Baseline(s); err != nil {
		return err
	}
	if sc.environment, err = host.Environment(s); err != nil {
		return err
	}
	if sc.environment.Files != nil {
		world := *sc.environment
		world.Files = &lookedAt{files: world.Files, texts: map[string]looked{}, folders: map[string]bool{}}
		sc.environment = &world
	}
	if sc.sizeLimit, err = s.SizeLimit(); err != nil {
		return err
	}
	o.NameOf = host.NameFrom(s.Home())
	o.NoLines = true
	o.Inspect = func(f *lint.File, r *lint.FileResult) { r.Inspected = reading{f.Document, f.Config} }
	sc.checker = lint.Alone(o)
	return nil
}

// takes says why a document is not one that `loonglint check` would take in a folder; nil: it is.
func (sc *scope) takes(path string, doc *document.Document) error {
	o := sc.settings.SearchOptions()
	switch {
	case o.Also != nil && o.Also.Match(path):
		return errExcluded
	case o.AllTOML && strings.HasSuffix(path, ".toml"):
		return nil
	}
	return files.Recognize(path, doc)
}

const errExcluded files.Foreign = "the settings exclude it"

// lookedAt remembers what was seen of files. It implements loong.Files.
type lookedAt struct {
	files   loong.Files
	texts   map[string]looked
	folders map[string]bool
}

type looked struct {
	text  string
	state loong.State
}

// mostLookedAt is how many paths are remembered; typing a path looks at each beginning of it.
const mostLookedAt = 1000

func (l *lookedAt) Text(path string) (string, loong.State) {
	known, ok := l.texts[path]
	if !ok {
		if len(l.texts) >= mostLookedAt {
			clear(l.texts)
		}
		known.text, known.state = l.files.Text(path)
		l.texts[path] = known
	}
	return known.text, known.state
}

func (l *lookedAt) HasFolder(path string) bool {
	is, ok := l.folders[path]
	if !ok {
		if len(l.folders) >= mostLookedAt {
			clear(l.folders)
		}
		is = l.files.HasFolder(path)
		l.folders[path] = is
	}
	return is
}

// folderOf is the folder whose settings count for a document.
func (s *Server) folderOf(path string) string {
	if path != "" {
		return filepath.Dir(path)
	}
	if len(s.folders) > 0 {
		return s.folders[0]
	}
	return ""
}
