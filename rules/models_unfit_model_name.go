package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var unfitModelName = lint.Rule{
	Name:    "unfit-model-name",
	Group:   lint.GroupModels,
	Summary: "the name of a model that the vendor cannot have",
	Doc: `Loong sends the name as it is written, and only the answer of the service tells that there is no such model. OpenAI's own
names have no openai/ before them, which other programs want; OpenRouter's names have the vendor before a slash; Anthropic has
no gpt-5. No name of a vendor has a blank or a comma: model is one name, preferred_models is the list.

Looked at are requests to the vendors' own hosts; at other hosts of vendors, and at Cloudflare AI Gateway, only blanks, and anywhere
several names in one text. Whether a model
exists is asked by loonglint probe.`,
	Level:  lint.Warning,
	Levels: "error for a blank or a comma in a name, at the host of a vendor",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
model = "openai/gpt-5-mini"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
model = "gpt-5-mini"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyModel, schema.KeyPreferredModels},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if n := pr.Model.From.Node; n != nil && (!pr.Auto || pr.RoutesByModel()) {
			unfitName(p, pr, n, pr.Model.Val)
		}
		for _, v := range pr.Table.At(schema.KeyPreferredModels).Items() {
			if v.Node.Kind == document.String {
				unfitName(p, pr, v.Node, strings.TrimSpace(v.Node.Text()))
			}
		}
	},
}

// modelWords are beginnings of names of models, and the kind that they are of.
type modelWords struct {
	kind  string
	words []string
}

// unfitName judges a name; where it is sent is asked last, since few names are in doubt.
func unfitName(p *lint.Pass, pr *loong.Profile, n *document.Node, name string) {
	prefix, rest, slash := strings.Cut(name, "/")
	switch prefix = ascii.Lower(prefix); {
	case strings.ContainsAny(name, ",;"):
		if isWritten(name) {
			f := reportSeveral(p, n, name).WithHelp("write one name, and put the others in preferred_models")
			if asksVendor(pr) {
				f.WithSeverity(lint.Error)
			}
		}
	case hasSpace(name):
		if asksVendor(pr) && isWritten(name) {
			reportSeveral(p, n, name).WithHelp("write the name as the service lists it, without blanks").WithSeverity(lint.Error)
		}
	case pr.RoutesByModel(): // wrong-model-prefix
	case !slash && slices.Contains(prefixedModels[:], pr.Kind.ID):
		if asksOwnVendor(pr) && isWritten(name) {
			p.Report(n.Value(), "%q names no vendor, but names of %s have the form vendor/model", trimmed(name), pr.Kind.DisplayName).WithNode(n).
				WithHelp("write the vendor before it, as in openai/gpt-5-mini")
		}
	case slash && rest != "" && hasWord(plainModels[:], pr.Kind.ID, func(w string) bool { return w == prefix }):
		if asksOwnVendor(pr) && isWritten(name) {
			f := p.Report(n.Value(), "%q has a prefix that names of %s do not have", trimmed(name), pr.Kind.DisplayName).WithNode(n).
				WithNote("gateways and other programs want it; the vendor itself has no such model").WithHelp("write %q", trimmed(rest))
			if n.Text() == name {
				f.WithFix(lint.Unsafe, "remove the prefix", replaceText(p.Document, n, rest))
			}
		}
	case !slash && slices.Contains(ownModelsOnly[:], pr.Kind.ID):
		if other := familyOf(pr.Kind, ascii.Lower(name)); other != nil && asksOwnVendor(pr) && isWritten(name) {
			p.Report(n.Value(), "%q is a model of %s, but the profile asks %s", trimmed(name), other.DisplayName, pr.Kind.DisplayName).WithNode(n).
				WithHelp("write a model of %s, or kind = %q", pr.Kind.DisplayName, other.ID)
		}
	}
}

// isWritten reports whether a name is one, and not what is to be replaced by one: unreplaced-placeholder, variable-not-expanded.
func isWritten(name string) bool {
	return name != "" && !strings.ContainsAny(name, "${%<") && len(leftoversInText(name)) == 0
}

// asksOwnVendor reports whether the requests of a profile go to the vendor of its kind.
func asksOwnVendor(pr *loong.Profile) bool {
	return !pr.Kind.RequiresOwnBase && originOf(pr.Route, pr.Request.Val).isOf(pr.Kind)
}

// asksVendor reports whether they go to some vendor.
func asksVendor(pr *loong.Profile) bool {
	host := routeHost(pr.Route, pr.Request.Val)
	return asksOwnVendor(pr) || host == gatewayHost || isVendorHost(host, "")
}

// reportSeveral reports a name that consists of several, or of words.
func reportSeveral(p *lint.Pass, n *document.Node, name string) *lint.Finding {
	return p.Report(n.Value(), "%q is not the name of one model", trimmed(name)).WithNode(n).WithNote("Loong asks the service for a model of that name")
}

// familyOf is the other vendor whose models have such names, nil where there is none or the kind has such names itself.
func familyOf(kind *loong.Kind, name string) *loong.Kind {
	begins := func(w string) bool { return strings.HasPrefix(name, w) }
	if hasWord(modelFamilies[:], kind.ID, begins) {
		return nil
	}
	for _, family := range modelFamilies {
		if slices.ContainsFunc(family.words, begins) {
			return loong.KindByName(family.kind)
		}
	}
	return nil
}

// hasWord reports whether one of the words of a kind is met.
func hasWord(list []modelWords, kind string, is func(string) bool) bool {
	return slices.ContainsFunc(list, func(m modelWords) bool { return m.kind == kind && slices.ContainsFunc(m.words, is) })
}
