package loong

import (
	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// CredentialHeaders are the headers that Loong takes for a credential, whatever the kind (4.6/2).
var CredentialHeaders = [...]string{headerAuthorization, headerXAPIKey}

const (
	headerAuthorization = "authorization"
	headerXAPIKey       = "x-api-key"
)

// IsCredentialHeader reports whether a header of this name, in any case, counts as a credential when it is
// not blank.
func IsCredentialHeader(name string) bool {
	name = ascii.Lower(name)
	return name == headerAuthorization || name == headerXAPIKey
}

// HeaderCounts reports whether a configured header counts as a credential (4.6/2).
func (p *Profile) HeaderCounts() bool {
	for i := range p.headers.Len() {
		if e := p.headers.EntryAt(i); IsCredentialHeader(e.Name) {
			if s, _ := e.Value.Text(); !blank(s) {
				return true
			}
		}
	}
	return false
}

// HeaderReplacing is the configured header that is sent instead of the profile's credential, and the key
// that gives the credential (HD4). Both are nil where no header is; the key alone where a variable of the
// kind gives the credential.
func (p *Profile) HeaderReplacing(env *Environment) (header, key *document.Node) {
	if header = p.sentHeader(p.Kind.AuthHeader); header == nil {
		return nil, nil
	}
	key = p.writtenSecret(&p.Credential.APIKey, schema.KeyAPIKeyEnv)
	if key == nil && p.Kind.Bearer() {
		key = p.writtenSecret(&p.Credential.OAuth, schema.KeyOAuthAccessTokenEnv)
	}
	found := anyOf(p.HasKey(env), p.HasToken(env))
	if found == No || found == Maybe && key == nil {
		return nil, nil
	}
	return header, key
}

// sentHeader is the configured header that is sent under a name: of several spellings the last in byte
// order (behaviour.md 7.1); nil when there is none.
func (p *Profile) sentHeader(name string) *document.Node {
	name = ascii.Lower(name)
	var sent *document.Node
	for i := range p.headers.Len() {
		e := p.headers.EntryAt(i)
		if len(e.Name) != len(name) {
			continue
		}
		if _, isText := e.Value.Text(); isText && ascii.Lower(e.Name) == name && (sent == nil || sent.Name() < e.Name) {
			sent = e.Value.Node
		}
	}
	return sent
}
