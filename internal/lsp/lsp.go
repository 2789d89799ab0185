// Package lsp is the language server: what loonglint knows of a configuration, in the editor while it is written
// (docs/editors.md). It speaks the Language Server Protocol 3.17 (https://microsoft.github.io/language-server-protocol/).
//
// A document is checked by the same function, and with the same options, as by `loonglint check`, so the two cannot
// disagree. The server opens no socket and starts no program. It reads open documents from the editor, and from the
// machine only what settings name and what `check` would read when the editor asks for a whole workspace, all through
// Host. No reply holds a secret of a document.
//
// All handlers run in one goroutine, in the order of the messages. A second one only reads messages, so that a request
// can be canceled before its turn.
package lsp
