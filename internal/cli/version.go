package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/schema"
)

// version is set by the linker in releases (-X …/internal/cli.version=1.2.3).
var version = ""

// toolVersion is the release, else what Go recorded of the module, else "dev".
func toolVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

var versionCommand = command{
	name:    "version",
	summary: "print the version, and the version of Loong that is known",
	examples: []example{
		{"loonglint version", "both versions"},
		{"loonglint --version", "the same"},
	},
	run: func(p *process, _ *cli.Context) error {
		_, err := fmt.Fprintf(p.stdout, "loonglint %s (Loong %s, %s)\n", toolVersion(), schema.Target(0), schema.Target(0).Commit())
		return err
	},
}
