package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// ignoredChannelVariables reports a *_env beside the credential that it is named for, in one
// table: a credential that is written, even one that leads nowhere, is the only one looked at.
func ignoredChannelVariables(p *lint.Pass) {
	if !writesChannel(p) {
		return
	}
	all := p.Config.WrittenChannels()
	for i := range all {
		var read []*document.Node // by some account
		var beside []*loong.Setting
		for k := range all[i].Accounts {
			settings := all[i].Accounts[k].Settings
			for j := range settings {
				s := &settings[j]
				switch {
				case s.EnvNode == nil || s.Env == "":
				case s.EnvRead:
					read = append(read, s.EnvNode)
				case s.Inline != nil && s.Inline.Parent == s.EnvNode.Parent && !besideOf(beside, s.EnvNode):
					beside = append(beside, s)
				}
			}
		}
		for _, s := range beside {
			if !slices.Contains(read, s.EnvNode) {
				p.Report(s.EnvNode.Place(), "%s is not read, %s is written beside it", s.Credential.EnvField, s.Credential.Field).At(s.EnvNode).
					Why("Loong does not fall back to the variable, not even where %s gives nothing", s.Credential.Field).
					Related(s.Inline.Place(), "this counts").Help("delete one of them")
			}
		}
	}
}

func besideOf(list []*loong.Setting, env *document.Node) bool {
	return slices.ContainsFunc(list, func(s *loong.Setting) bool { return s.EnvNode == env })
}
