package loong

import (
	"iter"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// FormOf tells how a secret field is given (behaviour.md 1.5).
func FormOf(v schema.Value) SecretForm {
	s := v.Secret()
	f := SecretForm{Node: v.Node, Text: s.Text}
	switch s.Form {
	case schema.SecretLiteral:
		f.Kind = Literal
	case schema.SecretEnv:
		f.Kind = EnvReference
	case schema.SecretFile:
		f.Kind = FileReference
	case schema.SecretExec:
		f.Kind, f.Text = ExecReference, s.Args[0]
	default:
		f.Text = ""
	}
	return f
}

// splitSecret is split of behaviour.md 4.2, appended to list without repeats.
func splitSecret(list []string, s string) []string {
	for piece := range strings.FieldsFuncSeq(s, isSeparator) {
		if piece = trim(piece); piece != "" && !contains(list, piece) {
			list = append(list, piece)
		}
	}
	return list
}

// credential is behaviour.md 4.
func (r *reader) credential(p *Profile) {
	c, env := &p.Credential, r.env
	if v := p.Table.At(schema.KeyAPIKey); v.Present() {
		c.APIKey = FormOf(v)
	}
	if p.Table.Has(schema.KeyOAuthAccessToken) {
		c.OAuth = FormOf(p.Table.At(schema.KeyOAuthAccessToken))
	}
	r.names(p)
	c.Required = len(c.Sources) > 0
	c.Env = p.nameInUse(env)

	keys := p.keyCandidates(env)
	c.Candidates = keys.count
	c.Resolved = keys.exists
	if p.Kind.Bearer() {
		c.Resolved = anyOf(c.Resolved, p.oauthExists(env))
	}
	c.Ready = c.Resolved
	if p.HeaderCounts() {
		c.Ready = Yes
	}
	if p.Kind.SigV4 != nil && c.Ready != Yes {
		c.Ready = anyOf(c.Ready, p.awsReady(env))
	}
}

// names is the name lists of 4.1 and, from them, the list of 4.5.
func (r *reader) names(p *Profile) {
	c := &p.Credential
	keyEnv, keyName := p.text(schema.KeyAPIKeyEnv)
	oauthEnv, oauthName := p.text(schema.KeyOAuthAccessTokenEnv)
	c.pointer = keyName != "" || oauthName != ""
	c.APINames = p.Kind.apiNames
	var key, oauth *document.Node // that name a variable
	if keyName != "" {
		key = keyEnv
		c.APINames = withFirst(trim(keyName), p.Kind.apiNames)
	}
	switch {
	case oauthName != "":
		oauth = oauthEnv
		c.OAuthNames = []string{trim(oauthName)}
	case keyName == "" && c.APIKey.Kind == Absent && c.OAuth.Kind == Absent:
		c.OAuthNames = p.Kind.oauthNames
	}
	if key == nil && oauth == nil && c.APIKey.Kind == Absent && c.OAuth.Kind == Absent {
		r.kindSources(p)
		return
	}
	r.list(p, key, oauth)
}

// withFirst puts a name before others, which do not repeat it.
func withFirst(first string, names []string) []string {
	list := make([]string, 1, 1+len(names))
	list[0] = first
	for _, n := range names {
		if n != first {
			list = append(list, n)
		}
	}
	return list
}

// kindSources is list for a profile that writes no credential, which others of its kind share.
func (r *reader) kindSources(p *Profile) {
	shared := &r.sources[p.Kind.index]
	if *shared == nil {
		r.list(p, nil, nil)
		*shared = p.Credential.Sources
	}
	p.Credential.Sources = *shared
}

// list fills in the variables of both secrets; keyEnv and oauthEnv are the keys that may name one.
func (r *reader) list(p *Profile, keyEnv, oauthEnv *document.Node) {
	c := &p.Credential
	most := 2 + len(c.APINames) + len(c.OAuthNames)
	if cap(r.room)-len(r.room) < most {
		r.room = make([]NameSource, 0, max(most, min(2*cap(r.room), 512)))
	}
	list := r.room[len(r.room):]
	for g := range p.Secrets() {
		pointer := keyEnv
		if g.IsToken() {
			pointer = oauthEnv
		}
		list = appendForm(list, *g.Form, g.IsToken(), g.Names, pointer)
	}
	for i := range list {
		text, state := r.env.Var(list[i].Name)
		list[i].State, list[i].Blank = state, state == Set && blank(text)
	}
	c.Sources = list[:len(list):len(list)]
	r.room = r.room[:len(r.room)+len(list)]
}

// appendForm adds the variable that a field refers to, or the names that stand in for it; pointer is
// the key that gives the first of them, or nil.
func appendForm(list []NameSource, f SecretForm, oauth bool, names []string, pointer *document.Node) []NameSource {
	switch f.Kind {
	case EnvReference:
		return addName(list, f.Text, oauth, Origin{Source: FromFile, Node: f.Node})
	case Absent:
		for i, n := range names {
			from := Origin{Source: FromKind}
			if i == 0 && pointer != nil {
				from = Origin{Source: FromFile, Node: pointer}
			}
			list = addName(list, n, oauth, from)
		}
	}
	return list
}

func addName(list []NameSource, name string, oauth bool, from Origin) []NameSource {
	name = trim(name)
	if name == "" {
		return list
	}
	for i := range list {
		if list[i].Name == name {
			return list
		}
	}
	return append(list, NameSource{Name: name, OAuth: oauth, From: from})
}

// namesVariable reports whether the file names a variable for a secret.
func (c *Credential) namesVariable() bool {
	return c.pointer || c.APIKey.Kind == EnvReference || c.OAuth.Kind == EnvReference
}

// form is how the secret of that key is given.
func (c *Credential) form(key schema.Key) *SecretForm {
	if key == schema.KeyOAuthAccessToken {
		return &c.OAuth
	}
	return &c.APIKey
}

// EnvNames lists the names of Sources.
func (c *Credential) EnvNames() []string {
	names := make([]string, len(c.Sources))
	for i := range c.Sources {
		names[i] = c.Sources[i].Name
	}
	return names
}

// firstSet is the first variable that is set and not blank. Where nothing is known it is none.
func firstSet(names []string, env *Environment) string {
	for _, n := range names {
		if text, state := env.Var(n); state == Declared || state == Set && !blank(text) {
			return n
		}
	}
	return ""
}

// GivenSecret is one of the secrets that a profile may authenticate with.
type GivenSecret struct {
	Key   schema.Key  // api_key or oauth_access_token
	Form  *SecretForm // how it is given
	Names []string    // the variables that stand in for it where it is not given
}

// IsToken reports whether the secret is an OAuth token, not an API key.
func (g *GivenSecret) IsToken() bool { return g.Key == schema.KeyOAuthAccessToken }

// Secrets yields the secrets of a profile in the order in which Loong tries them: of kinds that take bearer
// tokens the OAuth token, then the API key (behaviour.md 4.3). Whoever lists credentials follows it.
func (p *Profile) Secrets() iter.Seq[GivenSecret] {
	return func(yield func(GivenSecret) bool) {
		c := &p.Credential
		if p.Kind.Bearer() && !yield(GivenSecret{schema.KeyOAuthAccessToken, &c.OAuth, c.OAuthNames}) {
			return
		}
		yield(GivenSecret{schema.KeyAPIKey, &c.APIKey, c.APINames})
	}
}

// nameInUse is behaviour.md 4.9.
func (p *Profile) nameInUse(env *Environment) string {
	for g := range p.Secrets() {
		switch g.Form.Kind {
		case EnvReference:
			if p.Table.Target().KeepsSecretText() {
				return ""
			}
			return g.Form.Text
		case Absent:
			if n := firstSet(g.Names, env); n != "" {
				return n
			}
		default:
			return ""
		}
	}
	return ""
}

// candidates is a number of secrets, -1 when it is not known, and whether there is one.
type candidates struct {
	count  int
	exists Tri
}

// keyCandidates is the first half of behaviour.md 4.3.
func (p *Profile) keyCandidates(env *Environment) candidates {
	c := &p.Credential
	var list []string
	known := true
	add := func(text string, state State) {
		if state.Known() {
			list = splitSecret(list, text)
		} else {
			known = false
		}
	}
	switch c.APIKey.Kind {
	case Literal:
		add(c.APIKey.Text, Set)
	case EnvReference:
		add(env.Var(c.APIKey.Text))
	case FileReference:
		text, state := env.FileText(c.APIKey.Text)
		if state == Declared {
			return candidates{-1, Yes}
		}
		add(text, state)
	case ExecReference:
		text, _ := programText(c.APIKey.Args())
		add(text, Set)
	case Absent:
		for _, n := range c.APINames {
			add(env.Var(n))
		}
	}
	switch {
	case !known && len(list) > 0:
		return candidates{-1, Yes}
	case !known:
		return candidates{-1, Maybe}
	case len(list) > 0:
		return candidates{len(list), Yes}
	}
	return candidates{}
}

// oauthExists is the second half of behaviour.md 4.3.
func (p *Profile) oauthExists(env *Environment) Tri {
	c := &p.Credential
	switch c.OAuth.Kind {
	case Literal:
		return Yes
	case EnvReference:
		text, state := env.Var(c.OAuth.Text)
		return truth(state, !blank(text))
	case FileReference:
		return truth(env.File(c.OAuth.Text), true)
	case ExecReference:
		if _, ok := programText(c.OAuth.Args()); ok {
			return Yes
		}
		return No
	}
	found := No
	for _, n := range c.OAuthNames {
		text, state := env.Var(n)
		found = anyOf(found, truth(state, len(splitSecret(nil, text)) > 0))
	}
	return found
}

// truth turns what is known of a variable or file into whether it gives something.
func truth(s State, filled bool) Tri {
	switch {
	case !s.Known():
		return Maybe
	case s == Set && filled:
		return Yes
	}
	return No
}

func anyOf(a, b Tri) Tri {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == Maybe || b == Maybe:
		return Maybe
	}
	return No
}

// writtenSecret is what gives a secret in the file: the field, or else the key that names a variable; or nil.
func (p *Profile) writtenSecret(f *SecretForm, pointer schema.Key) *document.Node {
	if f.Kind != Absent {
		return f.Node
	}
	if n, name := p.text(pointer); name != "" {
		return n
	}
	return nil
}

// awsReady is 4.6/3 as far as variables tell: keys and a region are there, or something names
// another place to find them.
func (p *Profile) awsReady(env *Environment) Tri {
	keys, region := p.HasAWSKeys(env), p.SigningRegion(env).State
	switch {
	case keys == No, region == Unset && !awsElsewhere(env):
		return No
	case region == Set:
		return keys
	}
	return Maybe
}

// awsElsewhere reports whether the AWS chain may find something outside its own key variables.
func awsElsewhere(env *Environment) bool {
	for _, n := range awsSourceNames {
		if _, state := env.Var(n); state != Unset {
			return true
		}
	}
	home, state := env.Var("HOME")
	if state != Set || env.Files == nil {
		return false
	}
	for _, f := range awsHomeFiles {
		if env.File(home+"/"+f) != Unset {
			return true
		}
	}
	return false
}

// allOf is "and": No beats Maybe beats Yes.
func allOf(a, b Tri) Tri {
	switch {
	case a == No || b == No:
		return No
	case a == Maybe || b == Maybe:
		return Maybe
	}
	return Yes
}
