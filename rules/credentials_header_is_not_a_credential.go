package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

var headerIsNotACredential = lint.Rule{
	Name:    "header-is-not-a-credential",
	Group:   lint.GroupCredentials,
	Summary: "the only credential is a header that is not used as one",
	Doc: `Loong takes two headers for a credential: authorization and x-api-key, whatever the kind. Others, as api-key or
x-goog-api-key, are sent, but the profile counts as one without credentials: the variable of the kind is sent in addition, or
every request is refused. With a bearer kind an x-api-key header passes the check, and nothing is sent as
authorization. bedrock refuses both for lack of AWS credentials. Give the key as api_key.

A custom service may well want x-api-key; there, and at services on your own machine, it is an info only.`,
	Level:  lint.Warning,
	Levels: "error where every request fails; info for x-api-key with kind custom and with local kinds",
	Since:  "0.1.0",
	Covers: []string{"K21", "K26", "HD8"},
	Bad: `[providers.main]
kind = "gemini"
headers = { x-goog-api-key = "ABC" } # loonglint: ignore[key-in-file] an example
`,
	Good: `[providers.main]
kind = "gemini"
api_key = { env = "GEMINI_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyHeaders},
	Profile: headerCredential,
}

func headerCredential(p *lint.Pass, pr *loong.Profile) {
	if h := unknownAuthHeader(p, pr); h != nil {
		f := p.Report(spanOf(h.node), "header %s is not recognized as a credential", h.node.Name()).WithNode(h.node).Claims(pr.Node, aCredential).
			WithHelp("write the key as api_key, which Loong sends as %s", authHeader(pr))
		switch pr.Credential.Ready {
		case loong.No:
			f.WithSeverity(lint.Error).WithNote("Loong refuses every request for missing credentials")
		case loong.Yes:
			f.WithNote("the variable of the kind is sent in addition")
		default:
			f.WithNote("either the variable of the kind is sent in addition, or Loong refuses every request")
		}
		return
	}
	if pr.HasKey(p.Environment) != loong.No || pr.HasToken(p.Environment) != loong.No || pr.Kind.TokenExchange != nil {
		return
	}
	list := headersOf(p, pr.Table)
	authorization, key := filledHeader(list, "authorization"), filledHeader(list, "x-api-key")
	switch {
	case pr.Kind.SigV4 != nil && pr.CanSign(p.Environment) == loong.No && (authorization != nil || key != nil):
		h := authorization
		if h == nil {
			h = key
		}
		p.Report(spanOf(h.node), "header %s is not a credential for kind %s", h.node.Name(), pr.Kind.ID).WithNode(h.node).WithSeverity(lint.Error).
			WithNote("it passes the check, and every request is refused for missing AWS credentials").
			WithHelp("write a bearer token as api_key, or set AWS credentials and a region")
	case pr.Kind.SigV4 == nil && pr.Kind.Bearer() && key != nil && authorization == nil:
		n := pr.Table.At(schema.KeyHeaders).Node
		f := p.Report(n.Place(), "header %s is the only credential, and nothing is sent as authorization", key.node.Name()).WithNode(n).
			WithNote("kind %s authenticates with a bearer token", pr.Kind.ID).WithHelp("write the key as api_key").
			WithRelated(spanOf(key.node), "this counts as the credential")
		if pr.Kind.ID == "custom" || !pr.Kind.RequiresAuth {
			f.WithSeverity(lint.Info).WithHelp("keep it if the service wants this header")
		}
	}
}

// unknownAuthHeader is the header that is meant as the only credential of a profile and that
// Loong does not recognize (HD8); nil where there is none, or where no credential is needed.
func unknownAuthHeader(p *lint.Pass, pr *loong.Profile) *header {
	if !pr.Credential.Required || len(pr.Kind.EnvNames) == 0 || writtenKey(pr, schema.KeyAPIKey) != nil || writtenKey(pr, schema.KeyOAuthAccessToken) != nil || pr.HeaderCounts() {
		return nil
	}
	list := headersOf(p, pr.Table)
	for i := range list {
		if h := &list[i]; !loong.IsCredentialHeader(h.name) && !slices.Contains(droppedHeaders[:], h.name) && secret.HeaderName(h.name) && filledHeader(list, h.name) == h {
			return h
		}
	}
	return nil
}
