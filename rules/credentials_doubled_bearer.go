package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var doubledBearer = lint.Rule{
	Name:    "doubled-bearer",
	Group:   lint.GroupCredentials,
	Summary: "a key with the word Bearer in front of it, or with quotes around it",
	Doc: `Loong itself writes Bearer in front of the key, so a key that begins with that word is sent with two of them. Quotes
inside the value, straight or typographic, are sent as part of the key. The service answers 401 either way. Write the key
alone, also in the variable.

Only keys whose text is known are looked at: those in the file, and values of variables in the live world or an env file.`,
	Level:  lint.Error,
	Levels: "warning where the profile has other credentials, or needs none",
	Since:  "0.1.0",
	Covers: []string{"K13"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "OPENAI_API_KEY" }
`,
	Env:     []string{"OPENAI_API_KEY=Bearer one"},
	Profile: doubledBearers,
}

func doubledBearers(p *lint.Pass, pr *loong.Profile) {
	for _, s := range knownSecrets(p, pr) {
		texts := []string{s.text}
		if !s.oauth {
			texts = loong.SplitSecret(s.text)
		}
		for _, text := range texts {
			bare, what := bareKey(text, pr.Kind.Bearer())
			if what == "" {
				continue
			}
			f := reportAt(p, pr, s.node, "%s %s", s.what, what).WithHelp("write the key alone")
			if strings.HasPrefix(what, "begins") {
				f.WithNote("Loong writes the word itself, so it is sent twice")
			} else {
				f.WithNote("Loong sends the quotes as part of the key")
			}
			if !isOnly(p, pr, &s) || !pr.Kind.RequiresAuth {
				f.WithSeverity(lint.Warning)
			}
			if s.kind == loong.Literal && len(texts) == 1 && s.node.Kind == document.String && bare != "" {
				keepOnly(p.Document, f, s.node, bare)
			}
			break
		}
	}
}

// keepOnly offers to delete what stands around a key; the edits hold nothing of the key itself.
func keepOnly(d *document.Document, f *lint.Finding, n *document.Node, bare string) {
	raw := string(d.Source[n.Value().Start:n.Value().End])
	whole, key := strings.Index(raw, n.Text()), strings.Index(raw, bare)
	if whole < 0 || key < 0 || strings.Count(raw, bare) > 1 {
		return
	}
	cut := func(from, to int) document.Edit {
		return document.Edit{Span: document.Span{Start: n.Value().Start + from, End: n.Value().Start + to}}
	}
	var edits []document.Edit
	if key > whole {
		edits = append(edits, cut(whole, key))
	}
	if end := whole + len(n.Text()); end > key+len(bare) {
		edits = append(edits, cut(key+len(bare), end))
	}
	f.WithFix(lint.Unsafe, "write the key alone", edits...)
}

// quotePairs are signs that stand around a quoted text; the typographic ones are no part of a
// key, also alone.
var quotePairs = [...][2]string{{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"„", "“"}, {"«", "»"}, {"”", "”"}, {"’", "’"}}

// bareKey is a key without what was put around it, and what that was; "" when there is nothing.
func bareKey(text string, bearer bool) (bare, what string) {
	const word = "bearer "
	if bearer && len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) {
		bare, _ = bareKey(strings.TrimSpace(text[len(word):]), true)
		return bare, "begins with the word Bearer"
	}
	for _, q := range quotePairs {
		if len(text) > len(q[0]) && strings.HasPrefix(text, q[0]) && strings.HasSuffix(text, q[1]) {
			bare, _ = bareKey(strings.TrimSpace(text[len(q[0]):len(text)-len(q[1])]), bearer)
			return bare, "is enclosed in quotes"
		}
	}
	if trimmed := strings.Trim(text, "“”‘’„«»"); trimmed != text {
		return trimmed, "has a typographic quote at its end"
	}
	return text, ""
}
