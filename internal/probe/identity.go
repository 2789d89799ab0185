package probe

import (
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
)

// identity is one way to authenticate (behaviour.md 4.4). An empty secret is an anonymous request,
// which is signed when there are AWS keys.
type identity struct {
	from   Credential
	secret string
}

// identities is what a profile authenticates with, before the permissions are asked.
type identities struct {
	list     []identity // in Loong's order
	token    *identity  // the OAuth token; of kinds with an exchange it is not in list
	signing  bool
	keys     awsKeys
	refusal  *refusal     // what keeps the secrets from being read
	possible []Credential // where they could come from, when that is not known
}

// refusal is a reason not to send.
type refusal struct {
	reason        Reason
	message, help string
}

// gather reads the secrets of a profile (behaviour.md 4.3, 4.4). It never runs a program.
func (p *Permissions) gather(j *Job) *identities {
	g := &gatherer{permissions: p, env: j.Config.Environment, kind: j.Profile.Kind}
	var tokens, keys []identity
	for s := range j.Profile.Secrets() {
		list := g.secrets(s.Key.String(), *s.Form, s.Names)
		if s.IsToken() {
			tokens = list[:min(len(list), 1)] // only variables are split, and only the first piece counts
		} else {
			keys = list
		}
	}
	out := identities{refusal: g.refusal, possible: g.possible}
	if len(tokens) > 0 {
		out.token = &tokens[0]
	}
	if g.kind.TokenExchange == nil {
		out.list = tokens
	}
	for _, k := range keys {
		if !slices.ContainsFunc(out.list, func(i identity) bool { return i.secret == k.secret }) {
			out.list = append(out.list, k)
		}
	}
	if g.kind.SigV4 != nil {
		out.keys, out.signing = g.aws()
		out.refusal, out.possible = g.refusal, g.possible
	}
	return &out
}

type gatherer struct {
	permissions *Permissions
	env         *loong.Environment
	kind        *loong.Kind
	refusal     *refusal
	possible    []Credential
}

func (g *gatherer) refuse(reason Reason, message, help string) {
	if g.refusal == nil {
		g.refusal = &refusal{reason, message, help}
	}
}

// secrets are the values of a secret field, or of the variables that stand in for it. An OAuth token
// that is written, or in the variable that the field names, is not split (4.3).
func (g *gatherer) secrets(key string, form loong.SecretForm, names []string) []identity {
	whole := key == "oauth_access_token"
	switch form.Kind {
	case loong.Literal:
		return g.pieces(strings.TrimSpace(form.Text), whole, Credential{From: FromConfig, Name: key, Why: "it is in the file"})
	case loong.EnvReference:
		return g.variable(form.Text, whole)
	case loong.FileReference:
		if !g.permissions.Files {
			g.refuse(FilesNotAllowed, key+" is read from a file", "--allow-secret-files lets the probe read it")
			return nil
		}
		return g.pieces(readSecret(form.Text), whole, Credential{From: FromFile, Name: key, Why: "--allow-secret-files"})
	case loong.ExecReference:
		g.refuse(ExecNotAllowed, key+" comes from a program, which the probe never runs", "give the key in a variable for the probe")
		return nil
	}
	var all []identity
	for _, n := range names {
		all = append(all, g.variable(n, false)...)
	}
	return all
}

// variable is what a variable holds.
func (g *gatherer) variable(name string, whole bool) []identity {
	c := Credential{From: FromVariable, Name: name}
	text, state := g.env.Var(name)
	if !state.Known() {
		g.possible = append(g.possible, c)
		g.refuse(NotKnown, "the values of variables are not known here", "give them with --env-file, or run the probe where they are set")
	}
	return g.pieces(strings.TrimSpace(text), whole, c)
}

func (g *gatherer) pieces(text string, whole bool, c Credential) []identity {
	c.Known = true
	if whole {
		if text == "" {
			return nil
		}
		return []identity{{c, text}}
	}
	var all []identity
	for _, piece := range loong.SplitSecret(text) {
		all = append(all, identity{c, piece})
	}
	return all
}

// maxSecretFile is the size in bytes above which a file is no secret.
const maxSecretFile = 64 << 10

// readSecret is a secret file as Loong reads it (behaviour.md 4.2): "" when there is none. Pipes
// and devices are not read.
func readSecret(path string) string {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := files.OpenNow(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	if err != nil || len(b) > maxSecretFile || !utf8.Valid(b) {
		return ""
	}
	return strings.TrimRight(string(b), "\r\n")
}

// aws reads the keys for signing from the variables of the catalog; blank ones are none
// (behaviour.md 4.8). Other places of the AWS chain are not searched.
func (g *gatherer) aws() (k awsKeys, ok bool) {
	read := func(names []string, into ...*string) {
		for i, n := range names {
			text, state := g.env.Var(n)
			if !state.Known() {
				g.possible = append(g.possible, Credential{From: FromSignature, Name: n})
				g.refuse(NotKnown, "the values of variables are not known here", "give them with --env-file, or run the probe where they are set")
			}
			if i < len(into) && strings.TrimSpace(text) != "" {
				*into[i] = text
			}
		}
	}
	read(g.kind.SigV4.Required, &k.id, &k.secret)
	read(g.kind.SigV4.Optional, &k.session)
	return k, k.id != "" && k.secret != ""
}
