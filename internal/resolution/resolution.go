// Package resolution makes the document loonglint.resolve.v1 of what Loong makes of a file.
package resolution

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/schema"
)

// Schema names the document (contract.md).
const Schema = "loonglint.resolve.v1"

// Document is the document loonglint.resolve.v1. What is nil does not apply or is not known.
type Document struct {
	ID             string        // of a batch line, as JSON; empty: left out
	File           string        // empty: left out
	Target         schema.Target // the version of Loong
	Verdict        loong.Verdict
	Diagnostics    []loong.Diagnostic  // nil unless the file decodes
	ActiveProvider string              // this and what follows only when it loads
	LastProvider   string              // empty: null
	Profiles       []Profile           // by id, in byte order
	Channels       []loong.Channel     // in the program's order
	Ignored        []loong.Ignored     // what has no effect; nil: left out, as in a batch
	mask           func(string) string // nil: texts as they are
}

// Profile is a profile of the document.
type Profile struct {
	ID              string
	Kind            string
	DefaultForKind  bool
	BaseURL         string
	RequestURL      string
	ModelsURL       string
	Model           string
	PreferredModels []string
	Transport       loong.Transport
	RoutesByModel   bool   // ChatURL is given
	ChatURL         string // where chat goes instead of RequestURL; empty: null
	EnvNames        []string
	Env             string    // empty: null
	Resolved        loong.Tri // loong.Maybe: null
	KeyCandidates   int       // -1: null
	Required        bool
	Hint            bool
}

// Of puts the document together. Addresses and names are as Loong computes them.
func Of(c *loong.Config) *Document {
	r := &Document{Target: c.Target, Verdict: c.Verdict}
	if c.Verdict != loong.Loads && c.Verdict != loong.Refused {
		return r
	}
	r.Diagnostics = c.Diagnostics
	if r.Diagnostics == nil {
		r.Diagnostics = []loong.Diagnostic{}
	}
	if c.Verdict != loong.Loads {
		return r
	}
	r.ActiveProvider, r.LastProvider = c.ActiveProvider.Val, c.LastProvider.Val
	r.Profiles = make([]Profile, len(c.Profiles))
	for i := range c.Profiles {
		r.Profiles[i] = profileOf(&c.Profiles[i])
	}
	r.Channels = c.Channels()
	return r
}

// Shown is the document for every output but the batch, named and masked.
func Shown(name string, c *loong.Config) *Document {
	r := Of(c)
	r.File = name
	if c.Verdict == loong.Loads {
		r.Ignored = c.Ignored()
	}
	text := redact.Of(c.Document).Text
	return r.masked(text, redact.VariableName, text)
}

func profileOf(p *loong.Profile) Profile {
	preferred := p.PreferredModels
	if !p.Auto {
		preferred = nil // not usable (M1)
	}
	return Profile{
		ID: p.ID, Kind: p.Kind.ID, DefaultForKind: p.DefaultForKind,
		BaseURL: p.Base.Val, RequestURL: p.Request.Val, ModelsURL: p.Models.Val,
		Model: p.Model.Val, PreferredModels: preferred, Transport: p.Transport,
		RoutesByModel: p.RoutesByModel(), ChatURL: p.ChatAddress(),
		EnvNames: p.Credential.EnvNames(), Env: p.Credential.Env, Resolved: p.Credential.Resolved,
		KeyCandidates: p.Credential.Candidates, Required: p.Credential.Required,
		Hint: p.Hint != nil,
	}
}

// masked returns a copy in which address, name and text replace what must not be shown in addresses, variable names
// and any other text of the file; JSON replaces those texts that stay as they are in the copy.
func (r *Document) masked(address, name, text func(string) string) *Document {
	m := *r
	m.mask = text
	m.Profiles = slices.Clone(r.Profiles)
	for i := range m.Profiles {
		p := &m.Profiles[i]
		p.BaseURL, p.RequestURL, p.ModelsURL = address(p.BaseURL), address(p.RequestURL), address(p.ModelsURL)
		p.ChatURL = address(p.ChatURL)
		p.EnvNames = slices.Clone(p.EnvNames)
		for j := range p.EnvNames {
			p.EnvNames[j] = name(p.EnvNames[j])
		}
		p.Env = name(p.Env)
	}
	m.Diagnostics = slices.Clone(r.Diagnostics)
	for i := range m.Diagnostics {
		d := &m.Diagnostics[i]
		d.SuggestedEnvName = name(d.SuggestedEnvName)
	}
	return &m
}

// Text is a text of the file, such as an id, as the document shows it; addresses and names of variables need none.
func (r *Document) Text(s string) string {
	if r.mask == nil {
		return s
	}
	return r.mask(s)
}

// AppendJSON appends the document as one line of JSON without the line end.
func (r *Document) AppendJSON(b []byte) []byte {
	w := jsonWriter{b: b, mask: r.Text}
	w.raw(`{`)
	if r.ID != "" {
		w.raw(`"id":`)
		w.raw(r.ID)
		w.raw(`,`)
	}
	w.raw(`"schema":"` + Schema + `"`)
	if r.File != "" {
		w.raw(`,"file":`)
		w.text(r.File)
	}
	w.raw(`,"target":"` + r.Target.String() + `","verdict":"` + string(r.Verdict) + `"`)
	if r.Diagnostics != nil {
		w.raw(`,"diagnostics":[`)
		for i := range r.Diagnostics {
			w.comma(i)
			w.diagnostic(&r.Diagnostics[i])
		}
		w.raw(`]`)
	}
	if r.Verdict == loong.Loads {
		w.selection(r)
	}
	w.raw(`}`)
	return w.b
}

func (w *jsonWriter) diagnostic(d *loong.Diagnostic) {
	w.raw(`{"code":`)
	w.plain(d.Code)
	w.raw(`,"severity":`)
	w.plain(d.Severity)
	w.raw(`,"field_path":`)
	w.text(d.FieldPath)
	w.raw(`,"inline_field_path":`)
	w.text(d.InlineFieldPath)
	w.raw(`,"suggested_env_name":`)
	w.orNull(d.SuggestedEnvName)
	w.raw(`}`)
}

func (w *jsonWriter) selection(r *Document) {
	w.raw(`,"active_provider":`)
	w.orNull(r.ActiveProvider)
	w.raw(`,"last_provider":`)
	w.orNull(r.LastProvider)
	w.raw(`,"profiles":{`)
	for i := range r.Profiles {
		w.comma(i)
		w.profile(&r.Profiles[i])
	}
	w.raw(`},"channels":{`)
	for i := range r.Channels {
		w.comma(i)
		w.channel(&r.Channels[i])
	}
	w.raw(`}`)
	if r.Ignored != nil {
		w.ignored(r.Ignored)
	}
}

func (w *jsonWriter) ignored(list []loong.Ignored) {
	w.raw(`,"ignored":[`)
	for i := range list {
		w.comma(i)
		w.raw(`{"key":`)
		w.text(list[i].Node.KeyPath())
		w.raw(`,"entry":`)
		w.plain(list[i].Entry)
		w.raw(`,"reason":`)
		w.plain(list[i].Why)
		w.raw(`,"by":`)
		w.orNull(list[i].By.KeyPath())
		w.raw(`}`)
	}
	w.raw(`]`)
}

func (w *jsonWriter) profile(p *Profile) {
	w.text(p.ID)
	w.raw(`:{"kind":`)
	w.plain(p.Kind)
	w.raw(`,"default_for_kind":`)
	w.truth(p.DefaultForKind)
	w.raw(`,"base_url":`)
	w.plain(p.BaseURL)
	w.raw(`,"request_url":`)
	w.plain(p.RequestURL)
	if p.RoutesByModel {
		w.raw(`,"chat_url":`)
		w.plainOrNull(p.ChatURL)
	}
	w.raw(`,"models_url":`)
	w.plain(p.ModelsURL)
	w.raw(`,"model":`)
	w.text(p.Model)
	w.raw(`,"preferred_models":[`)
	for i, m := range p.PreferredModels {
		w.comma(i)
		w.text(m)
	}
	w.raw(`],"transport":`)
	w.plain(string(p.Transport))
	w.raw(`,"credential":{"env_names":[`)
	for i, n := range p.EnvNames {
		w.comma(i)
		w.plain(n)
	}
	w.raw(`],"env":`)
	w.plainOrNull(p.Env)
	w.raw(`,"resolved":`)
	if p.Resolved == loong.Maybe {
		w.raw(`null`)
	} else {
		w.truth(p.Resolved == loong.Yes)
	}
	w.raw(`,"key_candidates":`)
	w.count(p.KeyCandidates)
	w.raw(`,"required":`)
	w.truth(p.Required)
	w.raw(`},"hint":`)
	w.truth(p.Hint)
	w.raw(`}`)
}

func (w *jsonWriter) channel(c *loong.Channel) {
	w.plain(c.Kind.ID)
	w.raw(`:{"enabled":`)
	w.truth(c.Enabled.Val)
	w.raw(`,"accounts":{`)
	for i := range c.Accounts {
		a := &c.Accounts[i]
		w.comma(i)
		w.text(a.ID)
		w.raw(`:{"enabled":`)
		w.truth(a.Enabled)
		w.raw(`,"send":"` + string(a.Send.State) + `","serve":"` + string(a.Serve.State) + `"}`)
	}
	w.raw(`}}`)
}

// jsonWriter appends JSON. A text goes through mask, a plain string does not.
type jsonWriter struct {
	b    []byte
	mask func(string) string
}

func (w *jsonWriter) raw(s string) { w.b = append(w.b, s...) }

// count appends a number, or null when it is not known.
func (w *jsonWriter) count(n int) {
	if n < 0 {
		w.raw("null")
		return
	}
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

func (w *jsonWriter) comma(i int) {
	if i > 0 {
		w.b = append(w.b, ',')
	}
}

func (w *jsonWriter) truth(v bool) {
	if v {
		w.raw("true")
	} else {
		w.raw("false")
	}
}

func (w *jsonWriter) text(s string) { w.plain(w.mask(s)) }

func (w *jsonWriter) orNull(s string) {
	if s == "" {
		w.raw("null")
	} else {
		w.text(s)
	}
}

func (w *jsonWriter) plainOrNull(s string) {
	if s == "" {
		w.raw("null")
	} else {
		w.plain(s)
	}
}

// plain appends a JSON string. What any reader might take for the end of a line is escaped, so
// that one document stays one line.
func (w *jsonWriter) plain(s string) {
	w.b = append(w.b, '"')
	for {
		i := strings.IndexFunc(s, needsEscape)
		if i < 0 {
			break
		}
		w.b = append(w.b, s[:i]...)
		r, size := utf8.DecodeRuneInString(s[i:])
		w.escape(r)
		s = s[i+size:]
	}
	w.b = append(w.b, s...)
	w.b = append(w.b, '"')
}

func needsEscape(r rune) bool {
	return r < ' ' || r == '"' || r == '\\' || 0x7f <= r && r <= 0x9f || r == '\u2028' || r == '\u2029'
}

func (w *jsonWriter) escape(r rune) {
	const hex = "0123456789abcdef"
	if r == '"' || r == '\\' {
		w.b = append(w.b, '\\', byte(r))
		return
	}
	w.b = append(w.b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}
