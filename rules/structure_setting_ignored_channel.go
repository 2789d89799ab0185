package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// ignoredChannelVariables reports a *_env beside the credential that it is named for, in one
// table: a credential that is written, even one that leads nowhere, is the only one looked at.
func ignoredChannelVariables(p *lint.Pass) {
	for i := range p.Config.IgnoredInChannels() {
		if i.Entry == "X96" {
			replacedCredential(p, i)
		}
		if i.Entry != "K4" {
			continue
		}
		p.Report(i.Node.Place(), "%s is not read, because %s is also written", i.Node.Name(), i.By.Name()).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("Loong does not fall back to the variable, even where %s gives nothing", i.By.Name()).
			WithRelated(i.By.Place(), "this is used").WithHelp("delete one of them")
	}
}

// replacedCredential reports X96.
func replacedCredential(p *lint.Pass, i loong.Ignored) {
	p.Report(i.Node.Place(), "%s is not used: each account of %s has its own", i.Node.Name(), tableName(i.Node.Parent)).WithNode(i.Node).WithIgnored(i.Node).
		WithSeverity(lint.Warning).WithNote("with accounts the section itself is no account, so nothing runs with this credential").
		WithHelp("move it into an account of its own, or delete the line")
}
