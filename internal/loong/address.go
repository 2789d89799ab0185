package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Kinds that behaviour.md gives a rule of their own.
const (
	kindOpenAI      = "openai"
	kindCustom      = "custom"
	kindOpenCodeZen = "opencode_zen"
	kindOpenCodeGo  = "opencode_go"
)

const versionSegment = "/v1"

// SameAddress compares two addresses as Loong does: without surrounding blanks and final
// slashes, otherwise byte for byte (behaviour.md 0, same).
func SameAddress(a, b string) bool {
	return strings.TrimRight(trim(a), "/") == strings.TrimRight(trim(b), "/")
}

// NormalPath puts a slash in front of a path that has none (behaviour.md 0, path).
func NormalPath(p string) string {
	p = trim(p)
	if p == "" || p[0] == '/' {
		return p
	}
	return "/" + p
}

// text is a text key of the profile's table, nil where it is not written; blank counts as no text.
func (p *Profile) text(key schema.Key) (*document.Node, string) {
	n := p.Table.NodeOf(key)
	if n == nil || n.Kind != document.String || blank(n.Text()) {
		return n, ""
	}
	return n, n.Text()
}

// The two values of wire_api.
const (
	wireChat      = "chat_completions"
	wireResponses = "responses"
)

// openAIPair reports whether base and path, as written, are the pair that means "not set" for
// a kind other than openai (behaviour.md 3.1/3, 3.2/3).
func (p *Profile) openAIPair(base, path string) bool {
	return p.Kind.ID != kindOpenAI && SameAddress(base, OpenAIBase) && (path == "" || NormalPath(path) == OpenAIPath)
}

// fillBase is behaviour.md 3.1; n is where base is written.
func (p *Profile) fillBase(n *document.Node, base, path string) {
	value := Value[string]{Val: p.Kind.BaseURL, From: Origin{Source: FromKind}}
	switch {
	case base == "":
		if n != nil {
			value.From.Ignored, value.From.note = n, noteBlank
		}
	case SameAddress(base, p.Kind.BaseURL):
		value.From = Origin{Source: FromFile, Node: n, note: noteKindDefault}
	case p.openAIPair(base, path):
		value.From.Ignored, value.From.note = n, noteOpenAIBase
	default:
		p.OwnBase = trim(base)
		value = Value[string]{Val: p.OwnBase, From: Origin{Source: FromFile, Node: n}}
	}
	p.Base = p.inRegion(value)
}

// fillPath is behaviour.md 3.2; n is where path is written.
func (p *Profile) fillPath(n *document.Node, base, path string) {
	value := Value[string]{Val: p.Kind.ChatPath, From: Origin{Source: FromKind}}
	switch {
	case path == "":
		if n != nil {
			value.From.Ignored, value.From.note = n, noteBlank
		}
	case NormalPath(path) == NormalPath(p.Kind.ChatPath):
		value.From = Origin{Source: FromFile, Node: n, note: noteKindDefault}
	case p.Kind.ID != kindOpenAI && NormalPath(path) == OpenAIPath && (base == "" || SameAddress(base, OpenAIBase)):
		value.From.Ignored, value.From.note = n, noteOpenAIPath
	default:
		value = Value[string]{Val: NormalPath(path), From: Origin{Source: FromFile, Node: n}}
	}
	if p.Kind.ID == kindCustom && strings.HasSuffix(ascii.Lower(strings.TrimRight(p.Base.Val, "/")), versionSegment) &&
		strings.HasPrefix(value.Val, versionSegment+"/") {
		value.Val = value.Val[len(versionSegment):]
		p.PrefixRemoved = true
	}
	p.Path = value
}

// Endings of request paths, in the order in which they are tried.
const (
	endChat        = "/chat/completions"
	endCompletions = "/completions"
	endResponses   = "/responses"
)

// requestPath is the path of behaviour.md 3.3.
func (p *Profile) requestPath() string {
	path := p.Path.Val
	if p.WireAPI != wireResponses {
		return path
	}
	for _, end := range []string{endChat, endCompletions, endResponses} {
		if s, ok := strings.CutSuffix(path, end); ok {
			return s + endResponses
		}
	}
	return versionSegment + endResponses
}

// modelsStem is the path of behaviour.md 3.4/3 without its last part, /models.
func (p *Profile) modelsStem() string {
	path := p.requestPath()
	for _, end := range []string{endChat, endCompletions, endResponses} {
		if s, ok := strings.CutSuffix(path, end); ok {
			return s
		}
	}
	return versionSegment
}

// fillRequest is behaviour.md 3.3.
func (p *Profile) fillRequest() {
	p.DerivedRequest = strings.TrimRight(p.Base.Val, "/") + p.requestPath()
	p.Request, p.EndpointOverrides = p.override(schema.KeyEndpoint, p.DerivedRequest, p.Base.From)
}

// fillModels is behaviour.md 3.4.
func (p *Profile) fillModels() {
	from := p.Base.From
	switch {
	case p.Kind.ModelsPathAbsolute:
		v := p.inRegion(Value[string]{Val: p.Kind.ModelsPath, From: Origin{Source: FromKind}})
		p.DerivedModels, from = v.Val, v.From
	case p.Kind.ModelsPath != "":
		p.DerivedModels = strings.TrimRight(p.Base.Val, "/") + p.Kind.ModelsPath
	default:
		p.DerivedModels = strings.TrimRight(p.Base.Val, "/") + p.modelsStem() + "/models"
	}
	p.Models, p.ModelsEndpointOverrides = p.override(schema.KeyModelsEndpoint, p.DerivedModels, from)
}

// override applies endpoint or models_endpoint to a derived address.
func (p *Profile) override(key schema.Key, derived string, from Origin) (Value[string], bool) {
	n, own := p.text(key)
	if n == nil {
		return Value[string]{Val: derived, From: from}, false
	}
	blankNote, sameNote := noteBlankEndpoint, noteSameEndpoint
	if key == schema.KeyModelsEndpoint {
		blankNote, sameNote = noteBlankModelsEndpoint, noteSameModelsEndpoint
	}
	switch {
	case own == "":
		from.note = blankNote
	case SameAddress(own, derived):
		from.note = sameNote
	default:
		return Value[string]{Val: trim(own), From: Origin{Source: FromFile, Node: n}}, true
	}
	from.Ignored, from.region = n, noNote
	return Value[string]{Val: derived, From: from}, false
}

// fillTransport is behaviour.md 3.7.
func (p *Profile) fillTransport(base, path string) {
	p.Transport = Ready
	if p.WireAPI != wireResponses {
		return
	}
	switch p.Kind.ResponsesWire.Readiness {
	case "unsupported":
		p.Transport = Unsupported
	case "ready":
		if p.EndpointOverrides || base != "" && !SameAddress(base, p.Kind.BaseURL) ||
			path != "" && NormalPath(path) != NormalPath(p.Kind.ChatPath) {
			p.Transport = Review
		}
	default:
		p.Transport = Review
	}
}

// autoModel is the word that leaves the choice to the service's list.
const autoModel = "auto"

// fillModel is behaviour.md 7.9: the model, trimmed, and the usable preferred models. A blank
// model is auto in its usual spelling.
func (p *Profile) fillModel() {
	p.Model = Value[string]{Val: autoModel, From: Origin{Source: FromDefault}}
	v := p.Table.At(schema.KeyModel)
	if s, ok := v.Text(); ok && !blank(s) {
		p.Model = Value[string]{Val: trim(s), From: Origin{Source: FromFile, Node: v.Node}}
	} else if ok {
		p.Model.From.Ignored, p.Model.From.note = v.Node, noteBlank
	}
	p.Auto = ascii.Lower(p.Model.Val) == autoModel
	preferred, _ := p.Table.At(schema.KeyPreferredModels).Texts()
	p.PreferredModels = withoutRepeats(preferred)
}

// few is how many texts are compared one by one.
const few = 16

// withoutRepeats trims texts and leaves out blank ones, and those that came before.
func withoutRepeats(texts []string) []string {
	var list []string
	var seen map[string]bool // of a long list
	if len(texts) > few {
		seen = make(map[string]bool, len(texts))
	}
	for _, s := range texts {
		if s = trim(s); s == "" || seen[s] || seen == nil && contains(list, s) {
			continue
		}
		list = append(list, s)
		if seen != nil {
			seen[s] = true
		}
	}
	return list
}

// contains is slices.Contains, which is as fast on the short lists of a profile.
func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
