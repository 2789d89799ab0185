package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

var missingRegion = lint.Rule{
	Name:    "missing-region",
	Group:   lint.GroupCredentials,
	Summary: "bedrock with a credential but without a region",
	Doc: `Loong needs a region for bedrock, whether to fill <region> in the address or to sign: from an address of the profile, or
from BEDROCK_AWS_REGION, AWS_REGION or AWS_DEFAULT_REGION. A bearer token passes the check for credentials without one, and
then every request fails; AWS keys without a region count as no credentials. Set a variable, or write base_url with the region.

Silent where AWS files, profiles or roles may give a region.`,
	Level:  lint.Error,
	Since:  "0.1.0",
	Covers: []string{"K23"},
	Needs:  lint.Environment,
	Bad: `[providers.main]
kind = "bedrock"
api_key = { env = "TEAM_TOKEN" }
`,
	Good: `[providers.main]
kind = "bedrock"
base_url = "https://bedrock-runtime.eu-west-1.amazonaws.com"
api_key = { env = "TEAM_TOKEN" }
`,
	Env:   []string{"TEAM_TOKEN=one"},
	After: []string{"unreplaced-placeholder"},
	End: func(p *lint.Pass) {
		for i := range p.Config.Profiles {
			if pr := &p.Config.Profiles[i]; pr.Kind.SigV4 != nil && pr.HasRegion(p.Environment) == loong.No && !p.Told(pr.Node, aRegion) {
				reportRegion(p, pr)
			}
		}
	},
}

func reportRegion(p *lint.Pass, pr *loong.Profile) {
	token := pr.HasKey(p.Environment) == loong.Yes || pr.HasToken(p.Environment) == loong.Yes
	if !token && pr.HasAWSKeys(p.Environment) != loong.Yes {
		return
	}
	f := reportAt(p, pr, nil, "%s has a credential but no region", profileLabel(pr)).Claims(pr.Node, aRegion).
		WithHelp("set %s, or write the region into base_url", suggest.Or(pr.Kind.RegionEnvNames))
	if token {
		f.WithNote("it passes the check for credentials, and then every request fails")
	} else {
		f.WithNote("AWS keys without a region count as no credentials")
	}
}
