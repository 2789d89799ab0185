package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var invalidValue = lint.Rule{
	Name:    "invalid-value",
	Group:   lint.GroupStructure,
	Summary: "a word or text that Loong does not accept for its key",
	Doc: `Two checks of Loong are reported here. A word outside a key's list makes decoding fail: words are compared exactly,
so "Responses" is not "responses" (cli.personality, memory.system and memory.ingest_mode forgive case). And
Loong's own validation looks into a few texts, such as the mail server, the mailbox, the IRC server and the
bridges of plugins; with one of them wrong it refuses the file.

Not seen: whether an address leads anywhere.`,
	Level:    lint.Error,
	Anyway:   true,
	Since:    "0.1.0",
	Covers:   []string{"X27"},
	Silences: []string{"value-clamped"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
wire_api = "Responses"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
wire_api = "responses"
`,
	Run: runInvalidValue,
}

func runInvalidValue(p *lint.Pass) {
	eachProblem(p, schema.InvalidValue, func(b *schema.Problem) {
		word, _ := b.Value.WrittenWord()
		f := p.Report(spanOf(b.Node), "%q is not a valid value for %s", word, b.Node.Name()).WithNode(b.Node).WithNote(refuses)
		f.WithHelp("it takes %s", b.Want)
		knownSince(f, b, word, p.Config.Target)
		suggestWord(p, f, b.Node, word, enumWords(b.Words))
	})
	eachDiagnostic(p, "config.value.invalid", reportInvalidText)
}
