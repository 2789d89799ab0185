// Command loonglint-wasm is the library for JavaScript, built for GOOS=js; with the tag lsp it has the language server, too. It
// sets a function on the global object, whose name is its first argument, and answers calls of it until the page ends.
// It links no network; see package bridge.
package main

import (
	"os"
	"syscall/js"

	"github.com/loonglint/loonglint/internal/bridge"
)

// The function takes a method, a document as bytes and parameters as JSON, and returns JSON. With the method "lsp", the
// bytes are a message to the language server, and its messages go to a function that is the fourth argument, before
// the call returns: Go runs until nothing is left to do.
func main() {
	b := bridge.New()
	server := newServer()
	call := js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := make([]byte, args[1].Length())
		js.CopyBytesToGo(text, args[1])
		method := args[0].String()
		if method == "lsp" && server != nil {
			server.send(text, args[3])
			return "{}"
		}
		return string(b.Call(method, text, []byte(args[2].String())))
	})
	js.Global().Set(os.Args[1], call)
	select {}
}
