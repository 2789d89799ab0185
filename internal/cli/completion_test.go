package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/schema"
)

// TestChoicesAreOffered holds the grammar in which the usage of a flag lists its choices.
func TestChoicesAreOffered(t *testing.T) {
	want := map[string]string{"check --fail-on": "error warning info never", "check --env": "live static", "check --color": "auto always never",
		"resolve --format": "text json", "resolve --target-loong": strings.Join(schema.TargetNames(), " "), "check --max-file-size": "",
		"audit --out": "text= json= markdown= csv= html=", "audit --table": strings.Join(audit.Tables(), " ")}
	word := regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*=?$`)
	for _, c := range commands() {
		if c.flags == nil {
			continue
		}
		flags := c.flags()
		for _, f := range flags {
			name := c.name + " --" + f.Names()[0]
			words := flagWords(flags, f)
			for _, w := range words {
				if !word.MatchString(w) {
					t.Errorf("%s offers %q", name, w)
				}
			}
			if list, ok := want[name]; ok && list != strings.Join(words, " ") {
				t.Errorf("%s offers %q", name, words)
			}
		}
	}
}
