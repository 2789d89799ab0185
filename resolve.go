package loonglint

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
)

// Resolution is what Loong will do with a document: the document loonglint.resolve.v1 as values. Secrets are masked.
type Resolution struct {
	Name           string
	Target         string // the version of Loong
	Verdict        Verdict
	Diagnostics    []Diagnostic // in Loong's order; when it loads or is refused
	ActiveProvider string       // this and what follows only when it loads
	LastProvider   string
	Profiles       []Profile // by id
	Channels       []Channel // in the order of Loong
	Ignored        []Ignored // what is written and has no effect, by position
	// Others are the resolutions for the older versions, oldest first, where several are asked for.
	Others []*Resolution

	raw []byte
}

// Profile is what Loong makes of a provider table.
type Profile struct {
	ID, Kind       string
	DefaultForKind bool
	BaseURL        string
	RequestURL     string // where chat goes, unless the model decides
	// RoutesByModel says that chat goes to ChatURL, which is empty where no model is fixed or none can be reached;
	// RequestURL is then what Loong's own reports show.
	RoutesByModel   bool
	ChatURL         string
	ModelsURL       string
	Model           string
	PreferredModels []string
	Transport       string
	Credential      Credential
	// Hint says that Loong prints a hint for the kind.
	Hint bool
}

// Credential is how a profile authenticates. What depends on variables is not known without an [Environment].
type Credential struct {
	EnvNames   []string // the variables that are looked at, in order
	Env        string   // the one that counts; empty: none, or not known
	Resolved   Answer   // whether there is a credential
	Candidates int      // keys that are tried in turn; -1: not known
	Required   bool
}

// Answer is yes, no or unknown.
type Answer int

// The answers.
const (
	Unknown Answer = iota
	No
	Yes
)

// Channel is a channel of Loong.
type Channel struct {
	ID       string
	Enabled  bool
	Accounts []Account
}

// Account is an account of a channel; docs/contract.md lists the states.
type Account struct {
	ID          string
	Enabled     bool
	Send, Serve string
}

// Ignored is a key that has no effect.
type Ignored struct {
	Key    string // its path in TOML
	Entry  string // of docs/loong
	Reason string
	By     string // the key that counts in its place; may be empty
}

// JSON is the document loonglint.resolve.v1, as `loonglint resolve --format json` writes it, without a line end.
func (r *Resolution) JSON() []byte { return bytes.Clone(r.raw) }

// Resolve says what Loong will do with a document. The error tells that it is beyond a limit of what is read.
func (l *Linter) Resolve(name string, src []byte) (*Resolution, error) {
	doc := document.Parse(name, bytes.Clone(src))
	if doc.Err != nil {
		return nil, doc.Err
	}
	config := loong.ReadAll(l.settings.TargetsOf(name), doc, l.environment)
	r := resolutionOf(name, resolution.Shown(name, config))
	for _, other := range config.Others {
		r.Others = append(r.Others, resolutionOf(name, resolution.Shown(name, other)))
	}
	return r, nil
}

// Resolve says what Loong will do with one document; see [Linter.Resolve].
func Resolve(name string, src []byte, o Options) (*Resolution, error) {
	l, err := New(o)
	if err != nil {
		return nil, err
	}
	return l.Resolve(name, src)
}

func resolutionOf(name string, d *resolution.Document) *Resolution {
	r := &Resolution{Name: name, Target: d.Target.String(), Verdict: Verdict(d.Verdict), ActiveProvider: d.Text(d.ActiveProvider), LastProvider: d.Text(d.LastProvider), raw: d.AppendJSON(nil)}
	for i := range d.Diagnostics {
		x := &d.Diagnostics[i]
		r.Diagnostics = append(r.Diagnostics, Diagnostic{Code: x.Code, Severity: x.Severity, FieldPath: d.Text(x.FieldPath),
			InlineFieldPath: d.Text(x.InlineFieldPath), SuggestedEnvName: d.Text(x.SuggestedEnvName)})
	}
	for i := range d.Profiles {
		r.Profiles = append(r.Profiles, profileOf(d, &d.Profiles[i]))
	}
	for i := range d.Channels {
		c := &d.Channels[i]
		channel := Channel{ID: c.Kind.ID, Enabled: c.Enabled.Val}
		for j := range c.Accounts {
			a := &c.Accounts[j]
			channel.Accounts = append(channel.Accounts, Account{d.Text(a.ID), a.Enabled, string(a.Send.State), string(a.Serve.State)})
		}
		r.Channels = append(r.Channels, channel)
	}
	for _, x := range d.Ignored {
		ignored := Ignored{Key: d.Text(x.Node.KeyPath()), Entry: x.Entry, Reason: x.Why}
		if x.By != nil {
			ignored.By = d.Text(x.By.KeyPath())
		}
		r.Ignored = append(r.Ignored, ignored)
	}
	return r
}

func profileOf(d *resolution.Document, p *resolution.Profile) Profile {
	out := Profile{ID: d.Text(p.ID), Kind: p.Kind, DefaultForKind: p.DefaultForKind, BaseURL: p.BaseURL, RequestURL: p.RequestURL,
		RoutesByModel: p.RoutesByModel, ChatURL: p.ChatURL, ModelsURL: p.ModelsURL, Model: d.Text(p.Model), Transport: string(p.Transport), Hint: p.Hint,
		Credential: Credential{EnvNames: p.EnvNames, Env: p.Env, Candidates: p.KeyCandidates, Required: p.Required}}
	for _, m := range p.PreferredModels {
		out.PreferredModels = append(out.PreferredModels, d.Text(m))
	}
	switch p.Resolved {
	case loong.Yes:
		out.Credential.Resolved = Yes
	case loong.No:
		out.Credential.Resolved = No
	}
	return out
}
