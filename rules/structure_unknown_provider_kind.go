package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var unknownProviderKind = lint.Rule{
	Name:    "unknown-provider-kind",
	Group:   lint.GroupStructure,
	Summary: "kind is neither a provider kind of Loong nor one of its aliases",
	Doc: `In the file, kind must be exactly an id or alias of the catalog: "OpenAI", " openai" and "open-ai" make decoding
fail, although the command line would take the first two. loonglint catalog lists what there is. For any other
service with an address like OpenAI's use the kind custom with a base_url.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	Bad: `[providers.ark]
kind = "volcegine"
api_key = { env = "ARK_API_KEY" }
`,
	Good: `[providers.ark]
kind = "volcengine"
api_key = { env = "ARK_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		eachProblem(p, schema.UnknownProviderKind, func(b *schema.Problem) { reportKind(p, b) })
	},
}

func reportKind(p *lint.Pass, b *schema.Problem) {
	n := b.Node
	word, _ := b.Value.WrittenWord()
	target := p.Config.Target
	kinds, names := len(loong.KindsOf(target)), loong.KindNames(target)
	f := p.Report(spanOf(n), "%q is not a Loong provider kind or alias", word).WithNode(n).WithNote(refuses).
		WithLabel("no such kind (%d kinds, %d aliases, %s)", kinds, len(names)-kinds, target.Title()).
		WithHelp("loonglint catalog lists the kinds; custom with a base_url is for any service that speaks OpenAI's protocol")
	knownSince(f, b, word, target)
	if !n.Parent.Header().IsZero() {
		f.WithRelated(n.Parent.Header(), "in %s", profileName(n.Parent))
	}
	if p.Full() {
		return
	}
	near := suggest.Nearest(word, slices.Values(names))
	if len(near) == 0 {
		for _, other := range otherKinds {
			if suggest.Folded(other[0], word) {
				near = []string{other[1]}
			}
		}
	}
	if len(near) == 0 {
		return
	}
	f.WithHelp("%s", suggest.Question(near))
	if n.Kind != document.String {
		return
	}
	switch kind := sameKind(near); {
	case kind == nil:
	case suggest.Folded(word, near[0]):
		f.WithFix(lint.Safe, "write "+near[0], replaceText(p.Document, n, near[0]))
	default:
		f.WithFix(lint.Unsafe, "write "+near[0], replaceText(p.Document, n, near[0]))
	}
}

// profileName is how messages call a provider table.
func profileName(n *document.Node) string {
	if n.Parent.Parent == nil {
		return "the table [provider]"
	}
	return "profile " + quoted(n.Name())
}

// sameKind is the one kind that all names stand for, or nil.
func sameKind(names []string) *loong.Kind {
	kind := loong.KindByName(names[0])
	for _, name := range names[1:] {
		if loong.KindByName(name) != kind {
			return nil
		}
	}
	return kind
}
