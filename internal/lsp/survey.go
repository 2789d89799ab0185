package lsp

import (
	"encoding/json"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
)

// survey is a request for the diagnostics of all files of the workspace that `loonglint check` would take. They are
// checked one at a time while no message waits, so that typing stays quick. Some clients ask again as soon as they are
// answered: nothing is read again before a document was changed, opened, closed or saved.
type survey struct {
	id       json.RawMessage // of the request
	previous map[string]string
	begun    bool
	left     []files.File
	done     workspaceReport
}

type workspacePullParams struct {
	PreviousResultIDs []struct {
		URI   string `json:"uri"`
		Value string `json:"value"`
	} `json:"previousResultIds"`
}

// workspaceReport is a WorkspaceDiagnosticReport.
type workspaceReport struct {
	Items []documentReport `json:"items"`
}

type documentReport struct {
	report
	URI     string `json:"uri"`
	Version *int   `json:"version"`
}

// pullWorkspace begins a survey; surveyNext answers.
func (s *Server) pullWorkspace(p *workspacePullParams) (any, error) {
	if s.survey != nil {
		return nil, &Error{Code: codeServerCancelled, Message: "the workspace is being checked", Data: map[string]bool{"retriggerRequest": false}}
	}
	s.survey = &survey{id: s.answering, previous: map[string]string{}, done: workspaceReport{Items: []documentReport{}}}
	for _, r := range p.PreviousResultIDs {
		s.survey.previous[r.URI] = r.Value
	}
	s.current = s.current && (len(p.PreviousResultIDs) > 0 || s.bare) // else the client has lost what it was told
	return nil, errLater
}

type cancelParams struct {
	ID json.RawMessage `json:"id"`
}

// cancel ends the survey. Whoever cancels another request finds it answered.
func (s *Server) cancel(p *cancelParams) {
	if s.survey != nil && string(s.survey.id) == string(p.ID) {
		s.fail(s.survey.id, errCanceled)
		s.survey, s.current = nil, false
	}
}

// surveyNext checks one more file; false: there is nothing to do.
func (s *Server) surveyNext() bool {
	v := s.survey
	switch {
	case v == nil || s.current:
		return false
	case !v.begun:
		v.begun = true
		for _, folder := range s.folders {
			found, err := s.host.Configs(folder, s.scopeOf(folder).settings.SearchOptions())
			if err == nil { // what cannot be read is nothing to check
				v.left = append(v.left, found...)
			}
		}
	case len(v.left) > 0:
		f := v.left[0]
		v.left = v.left[1:]
		s.surveyFile(f)
	default:
		for uri := range v.previous { // of files that there are no more
			v.done.Items = append(v.done.Items, documentReport{reportOf([]diagnostic{}, ""), uri, nil})
		}
		s.survey, s.current, s.bare = nil, true, len(v.done.Items) == 0
		s.write(reply{"2.0", v.id, v.done})
	}
	return true
}

// surveyFile reports on a file, as it is in the editor where it is open.
func (s *Server) surveyFile(f files.File) {
	v := s.survey
	path := filepath.FromSlash(f.Path)
	uri := uriOf(path)
	for _, b := range s.buffers {
		if b.path == path {
			v.add(b.uri, &b.version, s.diagnosticsOf(b, false))
			return
		}
	}
	a := &analysis{scope: s.scopeOf(filepath.Dir(path)), text: newText(nil, s.utf16)}
	src, err := []byte(nil), f.Err
	if err == nil {
		src, err = s.host.Read(path, a.scope.sizeLimit)
	}
	if err == nil && f.Sniff {
		err = files.Glance(path, src)
	}
	if err != nil {
		a.fail(err)
	} else {
		a.text = newText(src, s.utf16)
		a.check(path, func(doc *document.Document) error {
			if !f.Sniff {
				return nil
			}
			return files.Recognize(path, doc)
		})
	}
	if a.config != nil || a.trouble != "" {
		v.add(uri, nil, s.listDiagnostics(uri, a, a.findings))
	}
}

// add adds the diagnostics of a document to the answer.
func (v *survey) add(uri string, version *int, list []diagnostic) {
	v.done.Items = append(v.done.Items, documentReport{reportOf(list, v.previous[uri]), uri, version})
	delete(v.previous, uri)
}
