package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var unreadableSecretFile = lint.Rule{
	Name:    "unreadable-secret-file",
	Group:   lint.GroupCredentials,
	Summary: "a secret from a file or program that gives nothing, or depends on where Loong is started",
	Doc: `When the file of a secret cannot be read, or is empty, or its program fails, Loong says nothing: the credential counts
as optional and requests go out without one. The path is used as written, so ~ is not your home directory, and a relative path
starts at the directory in which Loong is started. Write the whole path.

Whether a file is there is looked at in the live world only; loonglint never opens it and runs no program.`,
	Level:  lint.Warning,
	Levels: "error where a profile is left without any credential that it needs",
	Since:  "0.1.0",
	Covers: []string{"K14", "K15"},
	Bad: `[providers.main]
kind = "openai"
api_key = { file = "~/.secrets/openai" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { file = "/run/secrets/openai" }
`,
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		c := &pr.Credential
		if c.APIKey.Kind < loong.FileReference && c.OAuth.Kind < loong.FileReference {
			return
		}
		if pr.Kind.RequiresAuth && pr.HasKey(p.Environment) == loong.No && pr.HasToken(p.Environment) == loong.No && pr.CanSign(p.Environment) == loong.No && !pr.HeaderCounts() {
			only, _ := p.State.(map[*document.Node]bool) // fields whose profile has nothing else
			if only == nil {
				only = map[*document.Node]bool{}
				p.State = only
			}
			only[c.APIKey.Node], only[c.OAuth.Node] = true, true
		}
	},
	Keys: lint.Secrets,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		s, ok := secretAt(p, v)
		if !ok {
			return
		}
		only, _ := p.State.(map[*document.Node]bool)
		switch s.Form {
		case schema.SecretFile:
			secretFile(p, v, s, only[v.Node])
		case schema.SecretExec:
			if loong.FormOf(v).Gives(p.Environment) == loong.No {
				f := p.Report(spanOf(s.Node), "%s gets no value: the program prints nothing", keyOf(v)).WithNode(s.Node).Claims(v.Node.Parent, v.Node.Name()).
					WithNote("%s", withoutSecret(v)).WithHelp("name a program that prints the secret")
				f.WithSeverity(levelOfNothing(only[v.Node]))
			}
		}
	},
}

// secretFile reports K15, and K14 where files are looked at.
func secretFile(p *lint.Pass, v schema.Value, s schema.SecretValue, only bool) {
	missing := p.Environment.File(s.Text) == loong.Unset
	var f *lint.Finding
	switch {
	case strings.HasPrefix(s.Text, "~"):
		f = p.Report(spanOf(s.Node), "%s is used as written: Loong does not expand ~ in this path", quoted(s.Text)).
			WithHelp("write the whole path")
	case !isAbsolute(s.Text):
		f = p.Report(spanOf(s.Node), "%s is looked up in the directory where Loong is started", quoted(s.Text)).
			WithHelp("write the whole path")
	case missing:
		f = p.Report(spanOf(s.Node), "%s cannot be read, or is empty", quoted(s.Text)).
			WithHelp("write the secret into that file, or name the right one")
	default:
		return
	}
	f.WithNode(s.Node).Claims(v.Node.Parent, v.Node.Name()).WithNote("%s", withoutSecret(v))
	if missing && !isAbsolute(s.Text) {
		f.WithNote("there is no such file here, and %s", withoutSecret(v))
	}
	f.WithSeverity(levelOfNothing(missing && only))
}

// withoutSecret says what comes of a secret that is not there.
func withoutSecret(v schema.Value) string {
	if inProvider(v.Path) && keyOf(v) == "oauth_access_token" {
		return "Loong does not say so, and goes on as if there were no token"
	}
	if inProvider(v.Path) {
		return "Loong says nothing and sends requests without it"
	}
	return "Loong says nothing, and the secret is missing"
}

func levelOfNothing(only bool) lint.Level {
	if only {
		return lint.Error
	}
	return lint.Warning
}

// isAbsolute reports whether a path starts at a root, of Unix or Windows.
func isAbsolute(path string) bool {
	drive := len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/')
	return strings.HasPrefix(path, "/") || strings.HasPrefix(path, `\\`) || drive
}
