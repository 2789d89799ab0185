// Command loonglint finds what is wrong in the TOML config of the Loong agent.
package main

import (
	"os"

	"github.com/loonglint/loonglint/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args, os.Stdin, os.Stdout, os.Stderr, os.Environ())) }
