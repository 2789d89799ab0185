package cli

import (
	"fmt"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/schema"
)

var versionCommand = command{
	name:    "version",
	summary: "print the version, and the version of Loong that is known",
	examples: []example{
		{"loonglint version", "both versions"},
		{"loonglint --version", "the same"},
	},
	run: func(p *process, _ *options) error {
		_, err := fmt.Fprintf(p.stdout, "loonglint %s (Loong %s, %s)\n", library.Version(), schema.Target(0), schema.Target(0).Commit())
		return err
	},
}
