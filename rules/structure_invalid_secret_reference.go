package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var invalidSecretReference = lint.Rule{
	Name:    "invalid-secret-reference",
	Group:   lint.GroupStructure,
	Summary: "a secret table that is not { env }, { file } or { exec }",
	Doc: `A secret is a string, or a table with exactly one of env (the name of a variable), file (a path) and exec (a
program with its arguments). A blank env or file counts as not given, exec needs a program, and any other
key makes decoding fail.

Not seen: whether the variable, file or program is there; see missing-credential-env and
unreadable-secret-file.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key = { variable = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: runInvalidSecret,
}

func runInvalidSecret(p *lint.Pass) {
	var last *document.Node
	eachProblem(p, schema.InvalidSecretReference, func(b *schema.Problem) {
		table := secretTable(b)
		if table == last {
			return // one cause, one finding
		}
		last = table
		at := b.Node.Key()
		if b.Key == "" || at.IsZero() || b.Node == table {
			at = spanOf(table)
		}
		f := p.Report(at, "%s does not say where the secret is", table.Name()).WithNode(table).WithNote(refuses)
		switch {
		case b.Key != "" && b.Node != table:
			f.Message = quoteKey(b.Node) + " is not a valid key in " + table.Name()
			if near := nearestKeys(b.Type, b.Node.Name(), p.Config.Target); len(near) > 0 {
				f.WithHelp("%s", suggest.Question(near))
				offerRename(p, f, b.Node, near[0])
				return
			}
		case b.Why != "":
			f.Message = table.Name() + " is not given: " + b.Why
		case b.Node.InArray():
			f.Message = "an entry of exec in " + table.Name() + " must be " + describeWanted(b)
			f.Span = spanOf(b.Node)
		case b.Node != table:
			f.Message = b.Node.Name() + " in " + table.Name() + " must be " + describeWanted(b)
			f.Span = spanOf(b.Node)
		}
		f.WithHelp(`write a string, { env = "NAME" }, { file = "path" } or { exec = ["program", "argument"] }`)
	})
}

// secretTable is the secret field that a problem lies in.
func secretTable(b *schema.Problem) *document.Node {
	n := b.Node
	if b.Value.Shape.Op == schema.OpSecret {
		return n
	}
	if n.InArray() {
		n = n.Parent
	}
	return n.Parent
}
