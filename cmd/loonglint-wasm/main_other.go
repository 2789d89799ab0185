//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "loonglint-wasm is built for GOOS=js; see web/build")
	os.Exit(2)
}
