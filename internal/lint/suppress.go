package lint

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/mask"
)

// mayIgnore reports whether a document has suppressing comments.
func mayIgnore(doc *document.Document, opt *Options) bool { return false }

// suppress leaves out what comments suppress.
func (r *FileResult) suppress(doc *document.Document, opt *Options, s *mask.Secrets) {}
