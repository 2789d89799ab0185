package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// IgnoredInTable yields what has no effect in a provider table, whether Loong makes a profile of it or not.
func IgnoredInTable(table schema.Value) IgnoredSeq {
	return func(yield func(Ignored) bool) {
		all := table.Present() && ignoredBlanks(table, yield) && ignoredHeaders(table, yield) && ignoredHints(table, yield)
		if preferred := table.At(schema.KeyPreferredModels); all && preferred.HasItems() {
			if model := table.At(schema.KeyModel); !isAuto(model) {
				yield(Ignored{preferred.Node, model.Node, "M1", "model is set"})
			}
		}
	}
}

// isAuto reports whether a model is chosen from the service's list (behaviour.md 7.9).
func isAuto(model schema.Value) bool {
	text, ok := model.Text()
	return !ok || IsAutoModel(text)
}

// IsAutoModel reports whether a model's name leaves the choice to the service's list.
func IsAutoModel(name string) bool { return blank(name) || ascii.Lower(trim(name)) == autoModel }

// ignoredBlanks yields P6. A blank path of the state is another: it has a default of its own.
func ignoredBlanks(table schema.Value, yield func(Ignored) bool) bool {
	if !table.Node.Kind.IsTable() {
		return true
	}
	for _, n := range table.Node.Entries {
		if n.Kind != document.String || !blank(n.Text()) {
			continue
		}
		f := table.Type().Field(n.Name())
		if f == nil || f.Key == schema.KeyProfileStateSQLitePath || f.Shape.Op != schema.OpString && f.Shape.Op != schema.OpSecret {
			continue
		}
		if !yield(Ignored{n, nil, "P6", "blank, as if not written"}) {
			return false
		}
	}
	return true
}

// ignoredHeaders yields HD3: of several spellings of a header's name the last in byte order is sent.
func ignoredHeaders(table schema.Value, yield func(Ignored) bool) bool {
	headers := table.At(schema.KeyHeaders)
	if headers.Len() < 2 {
		return true
	}
	sent := make(map[string]*document.Node, headers.Len())
	each := func(visit func(name string, n *document.Node) bool) bool {
		for i := range headers.Len() {
			e := headers.EntryAt(i)
			if _, isText := e.Value.Text(); isText && !visit(ascii.Lower(e.Name), e.Value.Node) {
				return false
			}
		}
		return true
	}
	texts := 0
	each(func(name string, n *document.Node) bool {
		texts++
		if other := sent[name]; other == nil || other.Name() < n.Name() {
			sent[name] = n
		}
		return true
	})
	if len(sent) == texts {
		return true
	}
	return each(func(name string, n *document.Node) bool {
		return sent[name] == n || yield(Ignored{n, sent[name], "HD3", "a header of the same name is sent"})
	})
}

// HintLists are the lists of model hints; the first of a pair beats the second.
var HintLists = [...][2]schema.Key{
	{schema.KeyToolSchemaDisabledModelHints, schema.KeyToolSchemaStrictModelHints},
	{schema.KeyReasoningExtraBodyOmitModelHints, schema.KeyReasoningExtraBodyKimiModelHints},
}

// ignoredHints yields the model hints (N10) that only match where a hint of a stronger list does.
func ignoredHints(table schema.Value, yield func(Ignored) bool) bool {
	for _, pair := range HintLists {
		if !table.Has(pair[0]) || !table.Has(pair[1]) {
			continue
		}
		strong, weak := table.At(pair[0]), table.At(pair[1])
		texts, _ := strong.Texts()
		for _, item := range weak.Items() {
			text, _ := item.Text()
			if hintBeating(text, texts) != "" && !yield(Ignored{item.Node, strong.Node, "N10", "a hint of the stronger list matches the same models"}) {
				return false
			}
		}
	}
	return true
}

// HintBeating is the hint of the stronger list that beats the hint i.
func HintBeating(i Ignored) string {
	var stronger []string
	for _, n := range i.By.Entries {
		stronger = append(stronger, n.Text())
	}
	return hintBeating(i.Node.Text(), stronger)
}

// hintBeating is the first of the stronger hints that matches wherever a hint does, or "".
func hintBeating(hint string, stronger []string) string {
	hint = ascii.Lower(hint)
	for _, s := range stronger {
		if s = ascii.Lower(trim(s)); s != "" && strings.Contains(hint, s) {
			return s
		}
	}
	return ""
}

// IgnoredOf yields what has no effect on a profile, beyond IgnoredInTable.
func (c *Config) IgnoredOf(p *Profile) IgnoredSeq {
	return func(yield func(Ignored) bool) {
		l := ignoredList{p, yield}
		if !p.Table.Present() || !(l.defaults() && l.byEndpoint() && l.derived() && l.byModel() && l.credentials() && l.state() && l.payload()) {
			return
		}
		if header, key := p.HeaderReplacing(c.Environment); header != nil && key != nil {
			yield(Ignored{key, header, "HD4", "the header is sent instead"})
		}
	}
}

// ignoredList yields what has no effect on p. Its methods return false when no more is wanted.
type ignoredList struct {
	p     *Profile
	yield func(Ignored) bool
}

func (l *ignoredList) add(n, by *document.Node, entry, why string) bool {
	return n == nil || l.yield(Ignored{n, by, entry, why})
}

// written is the node of a text key that is not blank, or nil.
func (l *ignoredList) written(key schema.Key) *document.Node {
	n, text := l.p.text(key)
	if text == "" {
		return nil
	}
	return n
}

// used is the node of a text key that is not blank, where a value comes from it; else nil.
func (l *ignoredList) used(key schema.Key, from *document.Node) *document.Node {
	if from != nil && l.written(key) == from {
		return from
	}
	return nil
}

// defaults yields U1 and U3: OpenAI's address and path stand for the defaults of other kinds.
func (l *ignoredList) defaults() bool {
	base, path := &l.p.Base.From, &l.p.Path.From
	return l.add(l.used(schema.KeyBaseURL, base.Ignored), nil, "U1", base.Note()) &&
		l.add(l.used(schema.KeyChatCompletionsPath, path.Ignored), nil, "U3", path.Note())
}

// byEndpoint yields U16.
func (l *ignoredList) byEndpoint() bool {
	if !l.p.EndpointOverrides || l.p.RoutesByModel() {
		return true
	}
	endpoint, why := l.p.Request.From.Node, "endpoint replaces it for chat"
	return l.add(l.used(schema.KeyBaseURL, l.p.Base.From.Node), endpoint, "U16", why) &&
		l.add(l.used(schema.KeyChatCompletionsPath, l.p.Path.From.Node), endpoint, "U16", why)
}

// derived yields U17.
func (l *ignoredList) derived() bool {
	why := "the address that is used anyway, as if not written"
	return (l.p.EndpointOverrides || l.add(l.written(schema.KeyEndpoint), nil, "U17", why)) &&
		(l.p.ModelsEndpointOverrides || l.add(l.written(schema.KeyModelsEndpoint), nil, "U17", why))
}

// byModel yields U26.
func (l *ignoredList) byModel() bool {
	if !l.p.RoutesByModel() {
		return true
	}
	model, why := l.p.Model.From.Node, "the model chooses address and form of chat"
	if l.p.EndpointOverrides && !l.add(l.written(schema.KeyEndpoint), model, "U26", why) {
		return false
	}
	if l.p.Path.Val != l.p.Kind.ChatPath && !l.add(l.used(schema.KeyChatCompletionsPath, l.p.Path.From.Node), model, "U26", why) {
		return false
	}
	return l.p.WireAPI != wireResponses || l.add(l.p.Table.NodeOf(schema.KeyWireAPI), model, "U26", why)
}

// credentials yields K10, and K4 of what the kind takes.
func (l *ignoredList) credentials() bool {
	c := &l.p.Credential
	if c.APIKey.Kind != Absent && !l.add(l.written(schema.KeyAPIKeyEnv), c.APIKey.Node, "K4", "api_key is used instead") {
		return false
	}
	if !l.p.Kind.Bearer() {
		why := "this kind does not use an OAuth token"
		return (c.OAuth.Kind == Absent || l.add(c.OAuth.Node, nil, "K10", why)) && l.add(l.written(schema.KeyOAuthAccessTokenEnv), nil, "K10", why)
	}
	return c.OAuth.Kind == Absent || l.add(l.written(schema.KeyOAuthAccessTokenEnv), c.OAuth.Node, "K4", "oauth_access_token is used instead")
}

// state yields N9.
func (l *ignoredList) state() bool {
	backend := l.p.Table.At(schema.KeyProfileStateBackend)
	if word, _ := backend.Word(); word == stateInSQLite {
		return l.add(backend.Node, nil, "N9", "the models probe uses its own JSON file")
	}
	return l.add(l.written(schema.KeyProfileStateSQLitePath), backend.Node, "N9", "the backend is file")
}

// stateInSQLite is the backend that keeps the state of a profile in a database.
const stateInSQLite = "sqlite"

// payload yields N7 and N8: what requests of other forms than OpenAI's have no place for.
func (l *ignoredList) payload() bool {
	why := "requests of this form cannot carry it"
	if _, ok := l.p.Table.At(schema.KeyReasoningEffort).Word(); ok && l.p.OwnPayload() && !l.add(l.p.Table.NodeOf(schema.KeyReasoningEffort), nil, "N7", why) {
		return false
	}
	stop := l.p.Table.At(schema.KeyStop)
	if !stop.HasItems() || !l.p.OwnPayload() && l.p.Payload() != wireResponses {
		return true
	}
	return l.add(stop.Node, nil, "N8", why)
}
