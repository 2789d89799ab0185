// Command loonglint-wasm is the library for JavaScript, built for GOOS=js. It sets a function on the global object, whose
// name is its first argument, and answers calls of it until the page ends. It links no network; see package bridge.
package main

import (
	"os"
	"syscall/js"

	"github.com/loonglint/loonglint/internal/bridge"
)

func main() {
	b := bridge.New()
	call := js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := make([]byte, args[1].Length())
		js.CopyBytesToGo(text, args[1])
		return string(b.Call(args[0].String(), text, []byte(args[2].String())))
	})
	js.Global().Set(os.Args[1], call)
	select {}
}
