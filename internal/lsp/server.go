package lsp

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/schema"
)

// Server is a language server for one client.
type Server struct {
	host    Host
	version string
	after   func(time.Duration) <-chan time.Time // as time.After
	methods map[string]handler

	inbox     *inbox
	answering json.RawMessage // the id of the request that is handled
	transport Transport
	writeErr  error
	asked     int // requests of the server

	initialized, stopped, exited bool
	orphaned                     bool // the parent is gone

	client  clientCapabilities
	utf16   bool
	options options
	folders []string // of the workspace

	buffers map[string]*buffer // by URI
	scopes  map[string]*scope  // by folder
	quiet   <-chan time.Time   // when nothing was changed for a while; nil: nobody waits for that
	survey  *survey            // nil: nobody asks for it
	current bool               // since the last survey no file has changed that the server knows of
	bare    bool               // there was nothing to check in it
	parent  int                // the process that started the server; 0: not known
	watch   <-chan time.Time   // when to look for the parent
}

// New returns a server that tells its version.
func New(host Host, version string) *Server {
	s := &Server{host: host, version: version, after: time.After, inbox: newInbox(),
		buffers: map[string]*buffer{}, scopes: map[string]*scope{}}
	s.methods = map[string]handler{
		"initialize":  handles((*Server).initialize),
		"initialized": takes((*Server).begin),
		"shutdown":    handles((*Server).shutdown),
		"exit":        takes((*Server).exit),

		"textDocument/didOpen":   takes((*Server).open),
		"textDocument/didChange": takes((*Server).change),
		"textDocument/didSave":   takes((*Server).save),
		"textDocument/didClose":  takes((*Server).close),

		"workspace/didChangeWatchedFiles":     takes((*Server).filesChanged),
		"workspace/didChangeWorkspaceFolders": takes((*Server).foldersChanged),
		"workspace/didChangeConfiguration":    takes((*Server).nothing),
		"$/cancelRequest":                     takes((*Server).cancel),
		"$/setTrace":                          takes((*Server).nothing),

		"textDocument/diagnostic": handles((*Server).pull),
		"workspace/diagnostic":    handles((*Server).pullWorkspace),
		"textDocument/codeAction": handles((*Server).codeActions),

		"textDocument/completion":        handles((*Server).complete),
		"textDocument/hover":             handles((*Server).hover),
		"textDocument/definition":        handles((*Server).definition),
		"textDocument/references":        handles((*Server).referencesTo),
		"textDocument/documentHighlight": handles((*Server).highlight),
		"textDocument/prepareRename":     handles((*Server).prepareRename),
		"textDocument/rename":            handles((*Server).rename),
		"textDocument/documentSymbol":    handles((*Server).symbols),
		"textDocument/foldingRange":      handles((*Server).folds),
		"textDocument/inlayHint":         handles((*Server).inlayHints),
		"textDocument/documentLink":      handles((*Server).links),
	}
	return s
}

// Abandoned reports whether the client said exit without shutdown, which is an error by the protocol.
func (s *Server) Abandoned() bool { return s.exited && !s.stopped && !s.orphaned }

func (s *Server) nothing(*struct{}) {}

// options is what the editor asks for at the start; see optionsText.
type options struct {
	explicit settings.Explicit
	config   string // path of the file of settings; empty: the nearest one
	survey   bool   // whether the client shall ask about files that are not open
}

// optionsText are the initializationOptions. They win over loonglint.toml, as flags of `loonglint check` do.
type optionsText struct {
	Env      string   `json:"env"`      // live or static; without it what loonglint.toml says, else static
	EnvNames []string `json:"envNames"` // the names of the variables that there are
	Config   string   `json:"config"`   // the path of a loonglint.toml
	MinLevel string   `json:"minLevel"` // error, warning or info
	Enable   []string `json:"enable"`   // names of rules
	Disable  []string `json:"disable"`
	// Workspace has the client ask for the diagnostics of all files that `loonglint check` would take.
	Workspace bool   `json:"workspace"`
	Target    string `json:"targetLoong"` // a version of Loong, or several as A..B or A,B
}

// readOptions reads initializationOptions, and says what it left out.
func readOptions(raw json.RawMessage) (o options, wrong []string) {
	o.explicit.World.Default = settings.Static
	var text optionsText
	if len(raw) == 0 || string(raw) == "null" {
		return o, nil
	}
	if json.Unmarshal(raw, &text) != nil {
		return o, []string{"initializationOptions are not those of docs/editors.md"}
	}
	world := &o.explicit.World
	switch text.Env {
	case "", settings.Live, settings.Static:
		world.Mode = text.Env
	default:
		wrong = append(wrong, `env is "live" or "static"`)
	}
	if len(text.EnvNames) > 0 && world.Mode == "" {
		world.Declared, world.Names = true, text.EnvNames
	}
	if text.MinLevel != "" {
		level, ok := lint.ParseLevel(text.MinLevel)
		if !ok {
			wrong = append(wrong, `minLevel is "error", "warning" or "info"`)
		}
		o.explicit.MinLevel = level
	}
	if text.Target != "" {
		var err error
		if o.explicit.Targets, err = schema.ParseTargets(text.Target); err != nil {
			wrong = append(wrong, "targetLoong: "+err.Error())
		}
	}
	o.survey = text.Workspace
	o.config, o.explicit.Enable, o.explicit.Disable = text.Config, text.Enable, text.Disable
	alone := settings.Settings{Explicit: o.explicit}
	if _, err := alone.Options(); err != nil {
		wrong = append(wrong, err.Error())
		o.explicit.Enable, o.explicit.Disable = nil, nil
	}
	return o, wrong
}

func (s *Server) initialize(p *initializeParams) (*initializeResult, error) {
	s.initialized = true
	s.client = p.Capabilities
	encoding := "utf-16"
	if slices.Contains(p.Capabilities.General.PositionEncodings, "utf-8") {
		encoding = "utf-8"
	}
	s.utf16 = encoding == "utf-16"
	if p.ProcessID != nil && *p.ProcessID > 0 {
		s.parent = *p.ProcessID
		s.watch = s.after(watchEvery)
	}
	for _, f := range p.WorkspaceFolders {
		s.addFolder(f.URI)
	}
	if len(s.folders) == 0 {
		s.addFolder(p.RootURI)
	}
	var wrong []string
	if s.options, wrong = readOptions(p.InitializationOptions); wrong != nil {
		for _, w := range wrong {
			s.notify("window/showMessage", showMessageParams{messageWarning, "loonglint: " + redact.Printable(w)})
		}
	}
	return &initializeResult{s.capabilities(encoding), serverInfo{"loonglint", s.version}}, nil
}

// capabilities is what the server can do for this client.
func (s *Server) capabilities(encoding string) serverCapabilities {
	c := serverCapabilities{PositionEncoding: encoding, TextDocumentSync: textDocumentSync{OpenClose: true, Change: 2, Save: true},
		CodeActionProvider: codeActionOptions{[]string{kindQuickFix, kindFixAll}}}
	c.CompletionProvider.TriggerCharacters = completionTriggers[:]
	c.HoverProvider, c.DefinitionProvider, c.ReferencesProvider, c.DocumentHighlightProvider = true, true, true, true
	c.DocumentSymbolProvider, c.FoldingRangeProvider, c.InlayHintProvider = true, true, true
	if c.RenameProvider = true; s.client.TextDocument.Rename.PrepareSupport {
		c.RenameProvider = map[string]bool{"prepareProvider": true}
	}
	c.Workspace.WorkspaceFolders.Supported = true
	c.Workspace.WorkspaceFolders.ChangeNotifications = true
	if s.pulls() {
		c.DiagnosticProvider = &diagnosticOptions{Identifier: source, WorkspaceDiagnostics: s.options.survey}
	}
	return c
}

// begin asks to be told when settings change on disk.
func (s *Server) begin(*struct{}) {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return
	}
	type watcher struct {
		GlobPattern string `json:"globPattern"`
	}
	type watchers struct {
		Watchers []watcher `json:"watchers"`
	}
	type registration struct {
		ID              string   `json:"id"`
		Method          string   `json:"method"`
		RegisterOptions watchers `json:"registerOptions"`
	}
	s.ask("client/registerCapability", map[string]any{"registrations": []registration{
		{"settings", "workspace/didChangeWatchedFiles", watchers{[]watcher{{"**/" + settings.FileName}}}}}})
}

func (s *Server) shutdown(*struct{}) (any, error) {
	s.stopped = true
	return nil, nil
}

func (s *Server) exit(*struct{}) { s.exited = true }

// watchEvery is how often the server looks whether the editor still runs. On most systems the end of stdin tells it
// sooner.
const watchEvery = 10 * time.Second

// idle does what nobody waits for, then waits for a message.
func (s *Server) idle() {
	if s.publishNext() || s.surveyNext() {
		return
	}
	select {
	case <-s.inbox.ready:
	case <-s.quiet:
		s.quiet = nil
		s.release()
	case <-s.watch:
		s.orphaned = !s.host.IsRunning(s.parent)
		s.exited = s.orphaned
		s.watch = s.after(watchEvery)
	}
}

func (s *Server) addFolder(uri string) {
	if path, ok := pathOf(uri, onWindows); ok {
		s.folders = append(s.folders, path)
	}
}

func (s *Server) foldersChanged(p *struct {
	Event struct {
		Added   []workspaceFolder `json:"added"`
		Removed []workspaceFolder `json:"removed"`
	} `json:"event"`
}) {
	for _, f := range p.Event.Removed {
		if path, ok := pathOf(f.URI, onWindows); ok {
			s.folders = slices.DeleteFunc(s.folders, func(have string) bool { return have == path })
		}
	}
	for _, f := range p.Event.Added {
		s.addFolder(f.URI)
	}
}

type openParams struct {
	TextDocument textDocumentItem `json:"textDocument"`
}

func (s *Server) open(p *openParams) {
	d := &p.TextDocument
	b := &buffer{uri: d.URI}
	b.path, _ = pathOf(d.URI, onWindows)
	s.buffers[d.URI] = b
	s.current = false
	delete(s.scopes, s.folderOf(b.path)) // the files may have changed since another document was opened
	b.setText(newText([]byte(d.Text), s.utf16), d.Version)
}

type changeParams struct {
	TextDocument   versionedTextDocumentIdentifier `json:"textDocument"`
	ContentChanges []change                        `json:"contentChanges"`
}

func (s *Server) change(p *changeParams) {
	b := s.buffers[p.TextDocument.URI]
	if b == nil {
		return
	}
	t := b.text
	for _, c := range p.ContentChanges {
		t = t.apply(c)
	}
	b.setText(t, p.TextDocument.Version)
	s.current = false
}

// save looks at the files of the machine again.
func (s *Server) save(*documentParams) { s.refresh() }

func (s *Server) filesChanged(*struct{}) { s.refresh() }

// refresh checks all documents again, with the settings that are there now.
func (s *Server) refresh() {
	clear(s.scopes)
	s.current = false
	for _, b := range s.buffers {
		b.latest, b.settled, b.due = nil, nil, true
	}
	if s.pulls() && s.client.Workspace.Diagnostics.RefreshSupport {
		s.ask("workspace/diagnostic/refresh", nil)
	}
}

func (s *Server) close(p *documentParams) {
	if s.buffers[p.TextDocument.URI] == nil {
		return
	}
	delete(s.buffers, p.TextDocument.URI)
	s.current = false
	if !s.pulls() {
		s.notify("textDocument/publishDiagnostics", publishDiagnosticsParams{URI: p.TextDocument.URI, Diagnostics: []diagnostic{}})
	}
}

// errNotOpen answers requests about documents that the editor has not opened.
var errNotOpen = &Error{Code: codeInvalidParams, Message: "the document is not open"}

// documentOf returns an open document with what is known of its text.
func (s *Server) documentOf(id textDocumentIdentifier) (*buffer, *analysis, error) {
	b := s.buffers[id.URI]
	if b == nil {
		return nil, nil, errNotOpen
	}
	return b, s.analyze(b), nil
}
