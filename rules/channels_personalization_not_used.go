package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var personalizationNotUsed = lint.Rule{
	Name:    "personalization-not-used",
	Group:   lint.GroupChannels,
	Summary: "preferences of the user that never reach the prompt",
	Doc: `What is written about the user goes into the prompt only with memory.profile = "profile_plus_window". The default,
window_only, sends the latest messages alone, and window_plus_summary a summary of the older ones. Of profile_note the
parts that were imported as an identity may be used all the same.`,
	Level:   lint.Info,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X24"},
	Bad: `[memory]
profile_note = "prefers short answers"
`,
	Good: `[memory]
profile = "profile_plus_window"
profile_note = "prefers short answers"
`,
	Run: func(p *lint.Pass) {
		for i := range p.Config.IgnoredMemory() {
			if i.Entry == "X24" {
				p.Report(i.Node.Place(), "%s does not reach the prompt", i.Node.Name()).WithNode(i.Node).WithIgnored(i.Node).
					WithNote("only memory.profile = %q puts it there", loong.UserProfile).
					WithHelp("write memory.profile = %q, or keep it as a note", loong.UserProfile)
			}
		}
	},
}
