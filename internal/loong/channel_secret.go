package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Setting is a credential of an account as Loong looks it up (channels.json, secret_lookup):
// the inline value, the account's before the channel's, else one variable. Names of variables
// come from the file and may hold a secret: they must be masked before they are printed.
type Setting struct {
	Credential *ChannelCredential

	Given Tri    // it can be resolved to something that is not blank
	Known bool   // its value is known, not only that there is one
	From  Origin // FromFile, FromVariable or FromNowhere; where Loong looks in the end

	Inline    *document.Node // the inline value in effect, perhaps blank; nil when there is none
	Inherited bool           // Inline is in the channel's section, not in the account
	Form      SecretForm     // how Inline gives the value; for texts Literal or Absent

	Env          string         // the variable that counts where there is no inline value; empty: none
	EnvNode      *document.Node // the key that names it, perhaps blank; nil for a default
	EnvInherited bool           // EnvNode is in the channel's section, not in the account
	EnvRead      bool           // the variable is looked at
	HiddenEnv    *document.Node // the channel's key that the account's default name hides (X7)
	LostEnv      string         // the default name that the section's presence takes away (X2)

	text  string
	items []string // of a list: trimmed, without blanks
}

// Reads returns the variable that Loong looks at for this credential, or "".
func (s *Setting) Reads() string {
	if s.EnvRead {
		return s.Env
	}
	if s.Form.Kind == EnvReference {
		return s.Form.Text
	}
	return ""
}

// Text is the value, and whether it is known. It may be a secret: it must never be printed.
func (s *Setting) Text() (text string, known bool) { return s.text, s.Known }

// OwnEnvIgnored reports whether the account names a variable that is never read, because the
// channel's inline value comes first (X6).
func (s *Setting) OwnEnvIgnored() bool {
	return s.Inherited && s.Form.Kind != Absent && s.EnvNode != nil && !s.EnvInherited && s.Env != ""
}

// setting looks up a credential of the reader's account.
func (r *accountReader) setting(c *ChannelCredential) Setting {
	s := Setting{Credential: c}
	v, inherited := r.ch.effective(r.account, c.Key)
	s.Inline, s.Inherited = v.Node, inherited && v.Present()
	r.variable(&s)
	switch {
	case c.List:
		list, _ := v.Texts()
		s.items = nonBlank(list)
		if len(s.items) > 0 {
			s.Form.Kind, s.Form.Node = Literal, v.Node
		}
	case c.Secret:
		s.Form = FormOf(v)
	default:
		if text, _ := v.Text(); !blank(text) {
			s.Form = SecretForm{Kind: Literal, Text: text, Node: v.Node}
		}
	}
	r.resolve(&s)
	return s
}

// variable finds the name of the variable that may give a credential.
func (r *accountReader) variable(s *Setting) {
	c := s.Credential
	own, channel := r.account.Table.At(c.EnvKey), r.ch.Table.At(c.EnvKey)
	stopped := c.StopsEnv && r.account.Table.Has(c.Key)
	byDefault := c.PresentEnv
	if !r.ch.Table.Present() {
		byDefault = c.AbsentEnv
	}
	switch {
	case own.Present():
		s.EnvNode, s.Env = own.Node, envName(own)
	case r.account.Table.Present() && c.AccountEnv != "":
		s.Env = c.AccountEnv
		if name := envName(channel); name != "" && name != s.Env {
			s.HiddenEnv = channel.Node
		}
	case stopped:
	case channel.Present():
		s.EnvNode, s.Env, s.EnvInherited = channel.Node, envName(channel), r.account.Table.Present()
	default:
		s.Env = byDefault
		if byDefault == "" {
			s.LostEnv = c.AbsentEnv
		}
	}
}

func envName(v schema.Value) string {
	name, _ := v.Text()
	return trim(name)
}

// resolve looks where the inline value, or else the variable, points.
func (r *accountReader) resolve(s *Setting) {
	s.From = Origin{Source: FromFile, Node: s.Form.Node}
	switch s.Form.Kind {
	case Literal:
		s.Given, s.Known, s.text = Yes, true, trim(s.Form.Text)
	case EnvReference:
		s.From = Origin{Source: FromVariable, Node: s.Form.Node}
		r.readVariable(s, s.Form.Text)
	case FileReference:
		switch r.env.File(s.Form.Text) {
		case Set, Declared:
			s.Given = Yes
		case Unknown:
			s.Given = Maybe
		}
	case ExecReference:
		if text, ok := programText(s.Form.Args()); ok {
			s.Given, s.Known, s.text = Yes, true, text
		}
	case Absent:
		s.From = Origin{}
		if s.Env != "" {
			s.From = Origin{Source: FromVariable, Node: s.EnvNode}
			s.EnvRead = true
			r.readVariable(s, s.Env)
		}
	}
}

// readVariable takes a credential from a variable; a blank one gives nothing.
func (r *accountReader) readVariable(s *Setting, name string) {
	text, state := r.env.Var(name)
	switch state {
	case Declared:
		s.Given = Yes
	case Unknown:
		s.Given = Maybe
	case Set:
		if s.Credential.List {
			s.items = nonBlank(strings.FieldsFunc(text, isSeparator))
		}
		s.text = trim(text)
		if s.text != "" && (!s.Credential.List || len(s.items) > 0) {
			s.Given, s.Known = Yes, true
		}
	}
}

// nonBlank trims texts and drops blank ones, in place.
func nonBlank(list []string) []string {
	kept := list[:0]
	for _, s := range list {
		if s = trim(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
