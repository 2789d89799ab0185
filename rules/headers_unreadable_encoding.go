package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var unreadableEncoding = lint.Rule{
	Name:    "unreadable-encoding",
	Group:   lint.GroupHeaders,
	Summary: "an accept-encoding that asks for answers which Loong cannot unpack",
	Doc: `Loong unpacks gzip and deflate. When accept-encoding names br or zstd, a service may answer in that form, and the list of
models then seems empty. Delete the header: Loong asks for gzip and deflate by itself.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"HD9"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { accept-encoding = "gzip, br" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { accept-encoding = "gzip" }
`,
	Writes: []schema.Key{schema.KeyHeaders},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		for _, h := range headersOf(p, table) {
			if h.name == "accept-encoding" && asksFor(h.text, "br", "zstd") {
				f := p.Report(spanOf(h.node), "header %s asks for answers that Loong cannot unpack", h.node.Name()).WithNode(h.node).
					WithNote("it unpacks gzip and deflate only, so the list of models may seem empty").WithHelp("delete the header")
				removeKey(p, f, h.node, lint.Unsafe)
			}
		}
	},
}

// asksFor reports whether a list of codings names one of some words without refusing it (q=0).
func asksFor(text string, words ...string) bool {
	for part := range strings.SplitSeq(text, ",") {
		coding, rest, _ := strings.Cut(part, ";")
		weight := strings.TrimSpace(strings.ReplaceAll(ascii.Lower(rest), " ", ""))
		refused := strings.HasPrefix(weight, "q=0") && strings.Trim(weight[2:], "0.") == ""
		if slices.Contains(words, ascii.Lower(strings.TrimSpace(coding))) && !refused {
			return true
		}
	}
	return false
}
