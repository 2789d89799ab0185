package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var personalisationNotUsed = lint.Rule{
	Name:    "personalisation-not-used",
	Group:   lint.GroupChannels,
	Summary: "preferences of the user that never reach the prompt",
	Doc: `What is written about the user goes into the prompt only with memory.profile = "profile_plus_window". The default,
window_only, sends the latest messages alone, and window_plus_summary a summary of the older ones. Of profile_note the
parts that were imported as an identity may be used all the same.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"X24"},
	Bad: `[memory]
profile_note = "prefers short answers"
`,
	Good: `[memory]
profile = "profile_plus_window"
profile_note = "prefers short answers"
`,
	Run: func(p *lint.Pass) {
		memory := p.Config.Root.At(schema.KeyMemory)
		profile, _ := memory.At(schema.KeyProfile).Word()
		if !memory.Present() || profile == userProfile {
			return
		}
		for _, v := range [...]schema.Value{memory.At(schema.KeyProfileNote), memory.At(schema.KeyPersonalization)} {
			if text, _ := v.Text(); strings.TrimSpace(text) == "" && !saysSomething(v) {
				continue
			}
			p.Report(v.Node.Place(), "%s does not reach the prompt", v.Node.Name()).At(v.Node).
				Why("only memory.profile = %q puts it there", userProfile).
				Help("write that profile, or leave it as a note")
		}
	},
}

// userProfile is the memory profile that puts the user's preferences into the prompt (X24).
const userProfile = "profile_plus_window"

// saysSomething reports whether a personalization table holds more than Loong's own notes.
func saysSomething(v schema.Value) bool {
	for _, key := range aboutTheUser {
		f := v.Field(key)
		text, isText := f.Text()
		if f.Present() && (!isText || strings.TrimSpace(text) != "") {
			return true
		}
	}
	return false
}
