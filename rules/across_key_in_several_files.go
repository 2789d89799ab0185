package rules

import (
	"crypto/sha256"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

var keyInSeveralFiles = lint.Rule{
	Name:    "key-in-several-files",
	Group:   lint.GroupAcross,
	Summary: "the same literal key is in two files, or in profiles of two kinds",
	Doc: `A key that is written into several files has to be found and changed in each of them when it is rotated, and a leak of
one is a leak of all. Name a variable or a file instead. A key under two kinds is worse: it goes to a service that
it does not belong to, unless both profiles have the same host.

Keys are compared in memory, by a hash that is neither kept nor shown. Placeholders, and what stands for a key where none is
needed, are left out. Of headers, channels and tools only values that look like keys are compared.`,
	Level:  lint.Info,
	Levels: "warning where the kinds differ",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "deepseek"
api_key = "team-key-of-march-2025"

[providers.spare]
kind = "groq"
api_key = "team-key-of-march-2025"
`,
	Good: `[providers.main]
kind = "deepseek"
api_key = { env = "DEEPSEEK_API_KEY" }

[providers.spare]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		if len(p.Config.Profiles) < 2 {
			return
		}
		first := map[keyHash]literalKey{}
		for _, k := range profileKeys(p) {
			f, ok := first[k.hash]
			if !ok {
				first[k.hash] = k
			} else if k.service.differs(f.service) {
				p.Report(k.at.Span, "profile %q of kind %s has the same key as %q of kind %s", k.profile, k.service.kind.ID, f.profile, f.service.kind.ID).
					WithNode(k.node).WithSeverity(lint.Warning).WithNote("one of the two services gets a key that is not its own").
					WithRelated(f.at.Span, "the same key").WithHelp("give each profile its own key, in a variable")
			}
		}
	},
	Keys: lint.Secrets | lint.Headers,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		if p.Alone {
			return
		}
		if k, ok := otherKey(p, v); ok {
			keys, _ := p.State.([]literalKey)
			p.State = append(keys, k)
		}
	},
	Collect: func(p *lint.Pass) any {
		keys := profileKeys(p)
		if others, ok := p.State.([]literalKey); ok {
			keys = append(keys, others...)
		}
		for i := range keys {
			k := &keys[i]
			k.profile, k.service, k.at, k.node = keptText(p, k.profile), k.service.kept(p), keptPlace(p, k.at), nil
		}
		return asFacts(keys)
	},
	Compare: compareKeys,
}

type keyHash [sha256.Size]byte

// literalKey is a credential as written in a file.
type literalKey struct {
	hash      keyHash
	guessable bool    // the secret could be found by trying
	profile   string  // empty: of a channel or tool
	service   service // of the profile
	at        lint.Place
	node      *document.Node
}

func newLiteralKey(p *lint.Pass, n *document.Node, text, profile string, s service) literalKey {
	return literalKey{sha256.Sum256([]byte(text)), guessable(text), profile, s, p.PlaceOf(spanOf(n), n), n}
}

// profileKeys lists the literal credentials of profiles.
func profileKeys(p *lint.Pass) []literalKey {
	var list []literalKey
	for i := range p.Config.Profiles {
		pr := &p.Config.Profiles[i]
		for _, form := range [...]loong.SecretForm{pr.Credential.APIKey, pr.Credential.OAuth} {
			text := strings.TrimSpace(form.Text)
			if form.Kind == loong.Literal && isKeyText(text) && (pr.Kind.RequiresAuth || secret.IsKey(text)) {
				list = append(list, newLiteralKey(p, form.Node, text, pr.ID, serviceOf(pr)))
			}
		}
	}
	return list
}

// otherKey is the literal of a header, channel or tool, if it looks like a key.
func otherKey(p *lint.Pass, v schema.Value) (k literalKey, ok bool) {
	var text string
	switch {
	case v.Path.IsHeaders():
		text, ok = v.Text()
		text = bareToken(text)
	case v.Path.IsSecret() && !inProvider(v.Path):
		text, ok = secretText(p, v)
	}
	if text = strings.TrimSpace(text); !ok || !isKeyText(text) || !secret.IsKey(text) {
		return k, false
	}
	return newLiteralKey(p, v.Node, text, "", service{}), true
}

// bareToken is the value of a header without the scheme of an authorization before it.
func bareToken(value string) string {
	if scheme, token, ok := strings.Cut(strings.TrimSpace(value), " "); ok && strings.EqualFold(scheme, "bearer") {
		return token
	}
	return value
}

// secretText is the literal of a field that holds a credential, in either type.
func secretText(p *lint.Pass, v schema.Value) (string, bool) {
	if s := p.Secret(v); s.Form == schema.SecretLiteral {
		return s.Text, true
	}
	text, ok := v.Text()
	_, reference := schema.EnvReference(text, v.Target())
	return text, ok && !reference
}

// isKeyText reports whether a literal may be a key at all: no placeholder, and not too short.
func isKeyText(text string) bool {
	if len(text) < 8 {
		return false
	}
	_, leftover := placeholder.First(text)
	return !leftover
}

func compareKeys(p *lint.CrossPass) {
	first := map[keyHash]seen[literalKey]{}
	told := map[keyHash]string{} // the file last told of
	eachFact(p, func(file string, k literalKey) {
		f, ok := first[k.hash]
		switch {
		case !ok:
			first[k.hash] = seen[literalKey]{file, k}
		case f.file != file && told[k.hash] != file:
			told[k.hash] = file
			r := p.Report(file, k.at, "the key in %s is also written in %s", k.at.Key, f.file).
				WithRelatedIn(f.file, f.is.at, "the same key").WithHelp("name a variable or a file instead of the key")
			if k.profile != "" && f.is.profile != "" && k.service.differs(f.is.service) {
				r.Message += ", under kind " + f.is.service.kind.ID
				r.WithSeverity(lint.Warning).WithNote("here it goes to a service of kind %s: one of the two gets a key that is not its own", k.service.kind.ID)
			}
		}
	})
}
