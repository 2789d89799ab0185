package loong

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Ignored is a written setting that has no effect, or less than it says.
type Ignored struct {
	Node  *document.Node
	Entry string // of behaviour.md 9: "U1"
	Why   string
}

// Ignored lists the settings of a profile's table that Loong does not use, in file order.
func (p *Profile) Ignored() []Ignored {
	l := ignoredList{p: p}
	l.unknownKeys()
	l.blanks()
	l.addresses()
	l.credentials()
	l.models()
	slices.SortStableFunc(l.list, func(a, b Ignored) int { return a.Node.Place().Start - b.Node.Place().Start })
	return l.list
}

type ignoredList struct {
	p    *Profile
	list []Ignored
}

func (l *ignoredList) add(v schema.Value, entry, why string) {
	if v.Present() {
		l.list = append(l.list, Ignored{v.Node, entry, why})
	}
}

func (l *ignoredList) field(key schema.Key) schema.Value { return l.p.Table.At(key) }

// written reports whether a text key is there and not blank.
func (l *ignoredList) written(key schema.Key) bool {
	_, s := l.p.text(key)
	return s != ""
}

func (l *ignoredList) unknownKeys() {
	n, t := l.p.Node, l.p.Table.Type()
	if n == nil || t == nil || !n.Kind.IsTable() {
		return
	}
	for _, e := range n.Entries {
		if t.Index(e.Name()) < 0 {
			l.list = append(l.list, Ignored{e, "P1", "unknown key"})
		}
	}
}

func (l *ignoredList) blanks() {
	for i := range providerFields {
		f := &providerFields[i]
		v := l.field(f.key)
		if !v.Present() {
			continue
		}
		s, ok := v.Text()
		if f.form == formSecret {
			ok = v.Secret().Form == schema.SecretBlank
		}
		if ok && blank(s) {
			l.add(v, "P6", "blank, as if not written")
		}
	}
}

func (l *ignoredList) addresses() {
	p := l.p
	if n := p.Base.From.Ignored; n != nil && l.written(schema.KeyBaseURL) {
		l.add(l.field(schema.KeyBaseURL), "U1", p.Base.From.Note())
	}
	if n := p.Path.From.Ignored; n != nil && l.written(schema.KeyChatCompletionsPath) {
		l.add(l.field(schema.KeyChatCompletionsPath), "U3", p.Path.From.Note())
	}
	if p.EndpointOverrides {
		for _, key := range []schema.Key{schema.KeyBaseURL, schema.KeyChatCompletionsPath} {
			if l.written(key) {
				l.add(l.field(key), "U16", "endpoint replaces it for chat")
			}
		}
	}
	if l.written(schema.KeyEndpoint) && !p.EndpointOverrides {
		l.add(l.field(schema.KeyEndpoint), "U17", "equal to the derived address, as if not written")
	}
	if l.written(schema.KeyModelsEndpoint) && !p.ModelsEndpointOverrides {
		l.add(l.field(schema.KeyModelsEndpoint), "U17", "equal to the derived address, as if not written")
	}
	if len(p.Kind.ModelRoutes) > 0 {
		for _, key := range []schema.Key{schema.KeyEndpoint, schema.KeyChatCompletionsPath, schema.KeyWireAPI} {
			if key == schema.KeyWireAPI || l.written(key) {
				l.add(l.field(key), "U26", "chat takes address and format from the model's name")
			}
		}
	}
}

func (l *ignoredList) credentials() {
	c := &l.p.Credential
	if c.APIKey.Kind != Absent && l.written(schema.KeyAPIKeyEnv) {
		l.add(l.field(schema.KeyAPIKeyEnv), "K4", "api_key is used instead")
	}
	if c.OAuth.Kind != Absent && l.written(schema.KeyOAuthAccessTokenEnv) {
		l.add(l.field(schema.KeyOAuthAccessTokenEnv), "K4", "oauth_access_token is used instead")
	}
	if !l.p.Kind.Bearer() {
		for _, key := range []schema.Key{schema.KeyOAuthAccessToken, schema.KeyOAuthAccessTokenEnv} {
			if v := l.field(key); v.Secret().Configured() || l.written(key) {
				l.add(v, "K10", "this kind takes no OAuth token")
			}
		}
	}
}

func (l *ignoredList) models() {
	if !l.p.Auto && len(l.p.PreferredModels) > 0 {
		l.add(l.field(schema.KeyPreferredModels), "M1", "model is set")
	}
	if w, _ := l.field(schema.KeyProfileStateBackend).Word(); w != "sqlite" && l.written(schema.KeyProfileStateSQLitePath) {
		l.add(l.field(schema.KeyProfileStateSQLitePath), "N9", "the backend is file")
	}
}

// Ignored lists what Loong does not use of the selection: an unused [provider], lost profiles,
// ids that name nothing, in file order.
func (c *Config) Ignored() []Ignored {
	var list []Ignored
	if c.Legacy.Present() && len(c.Saved) > 0 && c.Basis == Explicit {
		list = append(list, Ignored{c.Legacy.Node, "A4", "active_provider names a profile, so [provider] is unused"})
	}
	for _, l := range c.Lost {
		list = append(list, Ignored{l.Node, "A8", "another table ends up with the id " + l.ID + " and replaces it"})
	}
	if n := c.ActiveProvider.From.Ignored; n != nil {
		list = append(list, Ignored{n, "A6", c.ActiveProvider.From.Note()})
	}
	if n := c.LastProvider.From.Ignored; n != nil {
		list = append(list, Ignored{n, "A11", c.LastProvider.From.Note()})
	}
	slices.SortStableFunc(list, func(a, b Ignored) int { return a.Node.Place().Start - b.Node.Place().Start })
	return list
}
