// Package audit makes one report over many configurations: what they use, what is wrong with
// them, and what has changed. It is given results of package lint, of this process or of others,
// and the report does not depend on how many processes made them.
package audit

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Inventory is what a configuration uses. All of it may be printed.
type Inventory struct {
	Profiles    []Profile    `json:"profiles,omitempty"`
	Credentials []Credential `json:"credentials,omitempty"`
	Channels    []Channel    `json:"channels,omitempty"`
	Access      []Access     `json:"access,omitempty"`
}

// Profile is a provider profile.
type Profile struct {
	ID        string `json:"id"`
	Line      int    `json:"line,omitempty"` // from 1; 0: not written
	Kind      string `json:"kind"`
	Active    bool   `json:"active,omitempty"`
	Scheme    string `json:"scheme,omitempty"`
	Host      string `json:"host,omitempty"` // with a port that is not the scheme's own; empty: none is known
	Model     string `json:"model,omitempty"`
	Transport string `json:"transport,omitempty"`
	Ready     string `json:"ready"` // "yes", "no" or "unknown": whether it has a credential, or needs none
}

// Credential is a place that a credential may come from; those of one owner are in the order
// in which Loong tries them.
type Credential struct {
	Owner  string `json:"owner"` // "profile main", "channel telegram/default", or a key
	Active bool   `json:"active,omitempty"`
	Source string `json:"source"`         // one of policy.Sources
	Name   string `json:"name,omitempty"` // the variable, file or program
	State  string `json:"state,omitempty"`
	Line   int    `json:"line,omitempty"`   // 0: known to the kind or channel, not written
	Others int    `json:"others,omitempty"` // further places for this credential
}

// Channel is an account of a channel.
type Channel struct {
	ID      string `json:"id"`
	Account string `json:"account,omitempty"`
	Line    int    `json:"line,omitempty"`
	Enabled bool   `json:"enabled,omitempty"`
	Send    string `json:"send"`
	Serve   string `json:"serve"`
}

// Access is a setting with which tools or gateways reach further.
type Access struct {
	Key   string `json:"key"`
	Value string `json:"value,omitempty"`
	Text  string `json:"text"`
	Line  int    `json:"line"`
}

// accessSetting is an entry of facts/access.json.
type accessSetting struct {
	path       [5]string
	when, text string
}

// Inspected is what an audit keeps of a file besides its findings.
type Inspected struct {
	Inventory
	Places []Place // that findings across files may name, by offset
}

// Place is a masked line of a file.
type Place struct {
	Offset int // of what is marked in it
	Line   lint.Line
}

// AddPlace adds a line, in place of one that has the same offset.
func (in *Inspected) AddPlace(offset int, line lint.Line) {
	if i, ok := in.find(offset); ok {
		in.Places[i].Line = line
	} else {
		in.Places = slices.Insert(in.Places, i, Place{offset, line})
	}
}

func (in *Inspected) find(offset int) (at int, ok bool) {
	return slices.BinarySearchFunc(in.Places, offset, func(p Place, offset int) int { return p.Offset - offset })
}

// Inspect is for lint.Options.Inspect; it puts an *Inspected into the result.
func Inspect(opt *lint.Options) func(*lint.File, *lint.FileResult) {
	return func(f *lint.File, r *lint.FileResult) {
		cfg := f.Config
		t := &taker{doc: f.Document, cfg: cfg, secrets: f.Secrets()}
		if cfg.Verdict != loong.Undecodable || len(cfg.Saved) > 0 || cfg.Legacy.Present() {
			for i := range cfg.Profiles {
				if p := &cfg.Profiles[i]; i < mostEntries || p.Active {
					t.profile(p)
				}
			}
		}
		t.channels()
		t.access()
		t.out.Credentials, t.out.Channels = first(t.out.Credentials, 10*mostEntries), first(t.out.Channels, mostEntries)
		t.out.Access = first(t.out.Access, mostEntries)
		in := &Inspected{Inventory: t.out}
		for _, is := range r.Facts(opt) {
			for _, p := range rules.FactPlaces(is) {
				in.AddPlace(p.Span.Start, lint.Excerpt(f.Document, p.Span, t.secrets))
			}
		}
		r.Inspected = in
	}
}

// mostEntries is how many profiles, accounts and settings of one file an inventory lists, and a tenth of the
// credentials.
const mostEntries = 1000

func first[T any](list []T, most int) []T { return slices.Clip(list[:min(len(list), most)]) }

// taker takes the inventory of one file.
type taker struct {
	doc     *document.Document
	cfg     *loong.Config
	secrets *redact.Document
	out     Inventory
}

func (t *taker) line(n *document.Node) int {
	if n == nil {
		return 0
	}
	return t.doc.LineOf(n.Place().Start)
}

// text makes a text printable.
func (t *taker) text(s string) string {
	const most = 200
	s = t.secrets.Text(s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// id is the id of a profile or account.
func (t *taker) id(id string, n *document.Node) string {
	if t.spills(n) {
		return redact.Mask
	}
	return t.text(id)
}

// path is the key path of a node.
func (t *taker) path(n *document.Node) string {
	for at := n; at != nil; at = at.Parent {
		if t.spills(at) {
			return redact.Mask
		}
	}
	return t.text(n.KeyPath())
}

// spills reports whether a key is a piece of a secret, as in a broken file. A short one is known by nothing but its place.
func (t *taker) spills(n *document.Node) bool {
	return n != nil && n.Key().Len() > 0 && secret.Within(t.secrets.Spans, n.Key())
}

// name is a name of a variable, which may be a key by mistake.
func (t *taker) name(s string) string {
	return t.text(redact.VariableName(s))
}

func (t *taker) profile(p *loong.Profile) {
	out := Profile{ID: t.id(p.ID, p.Node), Line: t.line(p.Node), Kind: p.Kind.ID, Active: p.Active, Model: t.text(p.Model.Val),
		Transport: string(p.Transport), Ready: word(p.Credential.Ready)}
	if u := p.RequestURL(); u != nil && u.Host != "" {
		out.Scheme, out.Host = t.text(u.Scheme), t.text(u.HostPort())
	}
	t.out.Profiles = append(t.out.Profiles, out)
	t.credentials(p, Credential{Owner: "profile " + out.ID, Active: p.Active})
}

func word(t loong.Tri) string { return [...]string{"no", "yes", "unknown"}[t] }

// credentials lists what a profile authenticates with, first what Loong tries first.
func (t *taker) credentials(p *loong.Profile, owner Credential) {
	c := &p.Credential
	first := len(t.out.Credentials)
	for g := range p.Secrets() {
		t.form(*g.Form, owner)
		for i := range c.Sources {
			if c.Sources[i].OAuth == g.IsToken() {
				t.variable(&c.Sources[i], owner)
			}
		}
	}
	if p.HeaderCounts() {
		owner.Source, owner.Line = "header", t.line(p.Table.Field("headers").Node)
		t.out.Credentials = append(t.out.Credentials, owner)
	}
	if p.Kind.SigV4 != nil {
		for _, n := range p.Kind.SigV4.Required {
			t.variable(&loong.NameSource{Name: n, State: stateOf(t.cfg.Environment, n)}, owner)
		}
	}
	t.others(first)
}

func stateOf(env *loong.Environment, name string) loong.State {
	_, s := env.Var(name)
	return s
}

// others notes of each credential since first how many more there are.
func (t *taker) others(first int) {
	list := t.out.Credentials[first:]
	for i := range list {
		list[i].Others = len(list) - 1
	}
}

// form adds a secret field that is no variable; those are among the sources.
func (t *taker) form(f loong.SecretForm, c Credential) {
	c.Source, c.Line = f.Source(), t.line(f.Node)
	switch f.Kind {
	case loong.Absent, loong.EnvReference:
		return
	case loong.FileReference:
		c.Name, c.State = t.text(f.Text), state(t.cfg.Environment.File(f.Text), false)
	case loong.ExecReference:
		c.Name = t.text(f.Text)
	}
	t.out.Credentials = append(t.out.Credentials, c)
}

func (t *taker) variable(n *loong.NameSource, c Credential) {
	c.Source, c.Name, c.State = "variable", t.name(n.Name), state(n.State, n.Blank)
	if n.From.Source == loong.FromFile {
		c.Line = t.line(n.From.Node)
	}
	t.out.Credentials = append(t.out.Credentials, c)
}

// state says what is known of a variable or file.
func state(s loong.State, blank bool) string {
	switch {
	case blank:
		return "blank"
	case s == loong.Set:
		return "set"
	case s == loong.Unset:
		return "missing"
	case s == loong.Declared:
		return "declared"
	}
	return "unknown"
}

func (t *taker) channels() {
	written := t.cfg.WrittenChannels()
	for i := range written {
		ch := &written[i]
		for j := range ch.Accounts {
			a := &ch.Accounts[j]
			at := a.Node
			if at == nil {
				at = ch.Node
			}
			out := Channel{ch.Kind.ID, t.id(a.ID, a.Node), t.line(at), a.Enabled, string(a.Send.State), string(a.Serve.State)}
			t.out.Channels = append(t.out.Channels, out)
			t.settings(a, Credential{Owner: "channel " + out.ID + "/" + out.Account, Active: a.Enabled})
		}
	}
}

// settings lists the credentials of a channel's account.
func (t *taker) settings(a *loong.Account, owner Credential) {
	for i := range a.Settings {
		s := &a.Settings[i]
		c := owner
		c.Owner += " " + s.Credential.Field
		switch variable := s.Reads(); {
		case !s.Credential.Secret && variable == "":
		case variable != "":
			n := loong.NameSource{Name: variable, State: stateOf(t.cfg.Environment, variable)}
			if at := firstNode(s.Inline, s.EnvNode); at != nil {
				n.From = loong.Origin{Source: loong.FromFile, Node: at}
			}
			t.variable(&n, c)
		default:
			t.form(s.Form, c)
		}
	}
}

func firstNode(a, b *document.Node) *document.Node {
	if a != nil {
		return a
	}
	return b
}

// access lists what widens access, and the credentials of everything but providers and channels.
func (t *taker) access() {
	var section schema.Value
	for i := range accessSettings {
		s := &accessSettings[i]
		if i == 0 || s.path[0] != accessSettings[i-1].path[0] {
			section = t.cfg.Root.Field(s.path[0])
		}
		v := section
		for _, name := range s.path[1:] {
			if name != "" && v.Present() {
				v = v.Field(name)
			}
		}
		if v.Present() {
			t.widens(s, v)
		}
	}
	for _, n := range t.doc.Root.Entries {
		if n.Name() != "providers" && n.Name() != "provider" && !t.isChannel(n.Name()) {
			t.cfg.Root.Field(n.Name()).Walk(t.toolSecret)
		}
	}
}

// isChannel reports whether a section is that of a channel that has accounts.
func (t *taker) isChannel(section string) bool {
	return slices.ContainsFunc(t.cfg.WrittenChannels(), func(ch loong.Channel) bool { return ch.Kind.Section == section && len(ch.Accounts) > 0 })
}

func (t *taker) toolSecret(v, _ schema.Value) {
	if !v.Path.IsSecret() || v.Node == nil {
		return
	}
	c := Credential{Owner: t.path(v.Node), Active: true, Line: t.line(v.Node)}
	s := v.Secret()
	switch {
	case s.Form == schema.SecretEnv:
		t.variable(&loong.NameSource{Name: s.Text, State: stateOf(t.cfg.Environment, s.Text), From: loong.Origin{Source: loong.FromFile, Node: v.Node}}, c)
		return
	case s.Form == schema.SecretFile:
		c.Source, c.Name = "file", t.text(s.Text)
	case s.Form == schema.SecretExec:
		c.Source, c.Name = "program", t.text(s.Args[0])
	case s.Form == schema.SecretLiteral:
		c.Source = "literal"
	default:
		text, ok := v.Text()
		if name, reference := schema.EnvReference(text, 0); reference {
			t.variable(&loong.NameSource{Name: name, State: stateOf(t.cfg.Environment, name), From: loong.Origin{Source: loong.FromFile, Node: v.Node}}, c)
			return
		}
		if !ok || strings.TrimSpace(text) == "" {
			return
		}
		c.Source = "literal"
	}
	t.out.Credentials = append(t.out.Credentials, c)
}

// widens adds a setting if it is written as its entry says.
func (t *taker) widens(s *accessSetting, v schema.Value) {
	key := t.path(v.Node)
	add := func(key, value string, n *document.Node) {
		t.out.Access = append(t.out.Access, Access{key, t.text(value), s.text, t.line(n)})
	}
	if s.when == "entries" {
		for _, e := range v.Entries() {
			add(t.path(e.Value.Node), "", e.Value.Node)
		}
		return
	}
	if items, ok := v.Texts(); ok {
		if len(items) > 0 {
			add(key, strings.Join(items, ", "), v.Node)
		}
		return
	}
	text := v.Node.Text()
	if is, ok := v.Word(); ok {
		text = is
	}
	if s.when == "written" || s.when == text {
		add(key, text, v.Node)
	}
}
