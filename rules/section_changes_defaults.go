package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var sectionChangesDefaults = lint.Rule{
	Name:    "section-changes-defaults",
	Summary: "writing a section changes a default that the file does not mention",
	Doc: `For some keys Loong has two defaults: one for a file without the section, another as soon as the section is there.
Writing [telegram] makes it forget the variable TELEGRAM_BOT_TOKEN, writing [tools.web] closes private hosts. Write
the key with the value that is meant.

Silent where the section or channel is off, where the key or the credential itself is written (in the section or in
every account), and where both defaults have the same effect.`,
	Level:  lint.Info,
	Levels: "warning where an enabled channel loses the variable of a credential that it needs",
	Since:  "0.1.0",
	Covers: []string{"X2"},
	Bad: `[tools.web]
timeout_seconds = 20
`,
	Good: `[tools.web]
timeout_seconds = 20
allow_private_hosts = false
`,
	Run: runSectionChangesDefaults,
}

func runSectionChangesDefaults(p *lint.Pass) {
	root := schema.Root(p.Document.Root)
	for i := range sectionDefaults {
		d := &sectionDefaults[i]
		section := root
		for name := range strings.SplitSeq(d.section, ".") {
			section = section.Field(name)
		}
		if !section.Present() || section.Field(d.key).Present() {
			continue
		}
		if d.kind == defaultRight {
			reportRight(p, section, d)
		} else {
			reportVanished(p, section, d)
		}
	}
}

// reportRight speaks of an access right that the section takes away.
func reportRight(p *lint.Pass, section schema.Value, d *sectionDefault) {
	if on, ok := section.Field("enabled").Bool(); ok && !on {
		return
	}
	p.Report(section.Node.Place(), "%s without %s makes it false; it is %s in a file without the section", tableName(section.Node), d.key, d.absent).
		At(section.Node).Help("write %s = false or true", d.key)
}

// reportVanished speaks of a credential's variable that Loong reads only without the section.
func reportVanished(p *lint.Pass, section schema.Value, d *sectionDefault) {
	if on, _ := section.Field("enabled").Bool(); !on || given(section, d.key) || givenByAccounts(section, d.key) {
		return
	}
	f := p.Report(section.Node.Place(), "%s without %s: Loong does not read %s", tableName(section.Node), d.key, d.absent).
		At(section.Node).Why("%s is the default only in a file without the section", d.absent).
		Help("write %s = %q", d.key, d.absent)
	if d.kind == defaultVariable || d.unless != "" && wordOf(section.Field(d.unless)) == d.word {
		f.Level(lint.Warning)
	}
	if edit, ok := insertKey(p.Document, section.Node, d.key+" = "+quoted(d.absent)); ok {
		f.Fix(lint.Unsafe, "write "+d.key, edit)
	}
}

func wordOf(v schema.Value) string {
	word, _ := v.Word()
	return word
}

// given reports whether a table gives a credential by itself, or the name of its variable.
func given(table schema.Value, key string) bool {
	if table.Field(key).Present() {
		return true
	}
	v := table.Field(strings.TrimSuffix(key, "_env"))
	if text, ok := v.Text(); ok {
		return strings.TrimSpace(text) != ""
	}
	return v.Secret().Configured()
}

// givenByAccounts reports whether there are accounts and each that is on gives the credential.
func givenByAccounts(section schema.Value, key string) bool {
	accounts := section.Field("accounts").Entries()
	for _, a := range accounts {
		if on, ok := a.Value.Field("enabled").Bool(); ok && !on {
			continue
		}
		if !given(a.Value, key) {
			return false
		}
	}
	return len(accounts) > 0
}
