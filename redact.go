package loonglint

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/redact"
)

// Redact is a document as it may be shown to others: what is, or could be, a secret is masked, and what would steer a
// terminal is visible. Lines keep their numbers. A document that holds nothing of this is returned as it is. Where it is
// not TOML, all is masked that is not known to be public. The error tells that it is beyond a limit of what is read.
func Redact(src []byte) ([]byte, error) {
	doc := document.Parse("", bytes.Clone(src))
	if doc.Err != nil {
		return nil, doc.Err
	}
	return redact.Of(doc).Source(doc), nil
}

// RedactText is a text that is no configuration, such as a message, with everything masked that is a secret by itself:
// keys of known shapes, user-info and query of addresses.
func RedactText(text string) string { return redact.Text(text) }
