package rules

import (
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/policy"
)

// policyDoc ends the documentation of every rule about a policy.
const policyDoc = `

The rule is silent unless loonglint.toml has such a [policy]. Each finding quotes because, the policy's own reason.
Names are patterns, in which * stands for any text; deny wins over allow. Set the rule's level under [rules].`

// reportBreach reports a breach of a list in the words of the policy.
func reportBreach(p *lint.Pass, l *policy.List, at *document.Node, what, name string) {
	denied, breach := l.Breach(name)
	if !breach {
		return
	}
	why := "it is not among what the policy allows"
	if denied != "" {
		why = "the policy denies " + strconv.Quote(denied)
	}
	f := p.Report(spanOrTop(at), "%s: %s", what, l.Because).WithNode(at).WithNote("%s", why).WithHelp("use what the policy does not deny")
	if len(l.Allow) > 0 {
		f.WithHelp("allowed: %s", firstPatterns(l.Allow))
	}
}

// firstPatterns names some patterns, the first ones of many.
func firstPatterns(patterns []string) string {
	const most = 12
	text := ""
	for i, s := range patterns {
		if i == most {
			return text + ", …"
		}
		if i > 0 {
			text += ", "
		}
		text += s
	}
	return text
}

// spanOrTop is where a node is; what is not written is reported at the top of the file.
func spanOrTop(n *document.Node) document.Span {
	if n == nil {
		return document.Span{}
	}
	return spanOf(n)
}

// policyProfiles calls f for every profile of a file that says anything of providers.
func policyProfiles(p *lint.Pass, f func(*loong.Profile)) {
	if p.Policy == nil || p.Config.Verdict == loong.Undecodable && len(p.Config.Saved) == 0 {
		return
	}
	for i := range p.Config.Profiles {
		f(&p.Config.Profiles[i])
	}
}
