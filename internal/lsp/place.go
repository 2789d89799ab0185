package lsp

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/schema"
)

// place is a place in a document that the editor asks about.
type place struct {
	*analysis
	buffer *buffer
	offset int
	spot   document.Spot
}

// placeOf returns the place that a request is about; nil where nothing is known of the document.
func (s *Server) placeOf(p *placeParams) (*place, error) {
	b, a, err := s.documentOf(p.TextDocument)
	if err != nil || a.tree() == nil {
		return nil, err
	}
	at := &place{analysis: a, buffer: b, offset: a.text.offset(p.Position)}
	at.spot = a.locate().At(at.offset)
	return at, nil
}

// tree is the document as TOML, also of a loonglint.toml; nil where it is neither.
func (a *analysis) tree() *document.Document {
	if a.document != nil {
		return a.document
	}
	return a.settings
}

// locate finds places in the document.
func (a *analysis) locate() *document.Locator {
	if a.locator == nil {
		a.locator = document.NewLocator(a.tree())
	}
	return a.locator
}

// redactor knows the secrets of the document.
func (a *analysis) redactor() *redact.Document {
	if a.secrets == nil {
		a.secrets = redact.Of(a.tree())
	}
	return a.secrets
}

// redacted is a text of the document as it may leave the server.
func (a *analysis) redacted(text string) string { return a.redactor().Text(text) }

// mayShow reports whether a text is no secret, nor has one in it, so that it may be written elsewhere.
func (a *analysis) mayShow(text string) bool { return a.redacted(text) == text }

// value reads a node as Loong does.
func (a *analysis) value(n *document.Node) schema.Value { return schema.ValueOf(n, a.config.Target) }

// profileAround is the profile whose table a node is in, or is; nil where there is none.
func (a *analysis) profileAround(n *document.Node) *loong.Profile {
	for ; n != nil; n = n.Parent {
		if pr := a.config.ProfileOf(n); pr != nil {
			return pr
		}
	}
	return nil
}

// profileNamed is the profile with an id as somebody writes it, or nil.
func (a *analysis) profileNamed(id string) *loong.Profile {
	id = loong.NormalID(id)
	for i := range a.config.Profiles {
		if p := &a.config.Profiles[i]; p.ID == id && id != "" {
			return p
		}
	}
	return nil
}
