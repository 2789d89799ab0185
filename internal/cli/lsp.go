package cli

import (
	"bufio"

	"github.com/urfave/cli/v3"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/lsp"
)

var lspCommand = command{
	name:    "lsp",
	summary: "the language server, for editors, on stdin and stdout",
	about: "An editor starts it and ends it. It checks open documents as check does, with the nearest loonglint.toml of each, but\n" +
		"knows nothing about variables unless loonglint.toml or the editor says otherwise. It uses no network.",
	examples: []example{
		{"loonglint lsp", "what an editor starts"},
		{"loonglint lsp --stdio", "the same, for editors that add this flag"},
	},
	flags: func() []cli.Flag {
		return []cli.Flag{&cli.BoolFlag{Name: "stdio", Usage: "speak over stdin and stdout, as it always does"}}
	},
	run: func(p *process, _ *options) error {
		p.passCommands(true) // an editor reads what is written, and nobody else
		server := lsp.New(lsp.Machine{Environ: p.environ, Running: isRunning}, library.Version())
		if err := server.Serve(lsp.Stream(p.stdin, flushing{p.stdout})); err != nil {
			return failuref("lsp: %w", err)
		}
		if server.Abandoned() {
			return failuref("lsp: the editor said exit without shutdown")
		}
		return nil
	},
}

// flushing passes on at once what is written.
type flushing struct{ *bufio.Writer }

func (f flushing) Write(b []byte) (int, error) {
	n, err := f.Writer.Write(b)
	if err == nil {
		err = f.Flush()
	}
	return n, err
}
