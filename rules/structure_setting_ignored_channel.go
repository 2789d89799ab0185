package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
)

// ignoredChannelVariables reports a *_env beside the credential that it is named for, in one
// table: a credential that is written, even one that leads nowhere, is the only one looked at.
func ignoredChannelVariables(p *lint.Pass) {
	for i := range p.Config.IgnoredInChannels() {
		if i.Entry != "K4" {
			continue
		}
		p.Report(i.Node.Place(), "%s is not read, because %s is also written", i.Node.Name(), i.By.Name()).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("Loong does not fall back to the variable, even where %s gives nothing", i.By.Name()).
			WithRelated(i.By.Place(), "this is used").WithHelp("delete one of them")
	}
}
