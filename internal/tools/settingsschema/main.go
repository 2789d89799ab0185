// Command settingsschema writes the JSON Schema of loonglint.toml; go generate ./... runs it.
package main

import (
	"fmt"
	"os"

	"github.com/loonglint/loonglint/internal/config"
	"github.com/loonglint/loonglint/rules"
)

func main() {
	b, err := config.Schema(rules.All())
	if err == nil {
		err = os.WriteFile(os.Args[1], b, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "settingsschema:", err)
		os.Exit(1)
	}
}
