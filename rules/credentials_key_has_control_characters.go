package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var keyHasControlCharacters = lint.Rule{
	Name:    "key-has-control-characters",
	Group:   lint.GroupCredentials,
	Summary: "a key with a control character, which cannot be sent",
	Doc: `A header cannot hold control characters (the tab aside) or DEL. Loong accepts such a key, and then nothing is sent for it:
the attempt fails, and Loong tries the other credentials. A line end inside an OAuth token counts, too; in an API key it parts two keys.
Write the key again, without what came along when it was copied. Signs outside of ASCII do no harm.`,
	Level:  lint.Error,
	Levels: "warning where the profile has other credentials",
	Since:  "0.1.0",
	Covers: []string{"K18"},
	Bad: `[providers.main]
kind = "openai"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "TEAM_KEY" }
`,
	Env:     []string{"OPENAI_API_KEY=o\x1bne", "TEAM_KEY=two"},
	Profile: controlCharacters,
}

func controlCharacters(p *lint.Pass, pr *loong.Profile) {
	for _, s := range knownSecrets(p, pr) {
		texts := []string{s.text}
		if !s.oauth || pr.Credential.OAuth.Kind == loong.Absent {
			texts = loong.SplitSecret(s.text)
		}
		for _, text := range texts {
			if !hasControl(text) {
				continue
			}
			f := reportAt(p, pr, s.node, "%s holds a control character, so nothing can be sent with it", s.what).
				WithNote("a header cannot hold it").WithHelp("write the key again, as one line without it")
			if !isOnly(p, pr, &s) {
				f.WithSeverity(lint.Warning)
			}
			break
		}
	}
}
