package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var sectionChangesDefaults = lint.Rule{
	Name:    "section-changes-defaults",
	Group:   lint.GroupStructure,
	Summary: "writing a section changes a default that the file does not mention",
	Doc: `For some keys Loong has two defaults: one for a file without the section, another as soon as the section is there.
Writing [telegram] makes it forget the variable TELEGRAM_BOT_TOKEN, writing [tools.web] closes private hosts. Write
the key with the value that you want.

Silent where the section or channel is off, where the key or the credential itself is written (in the section or in
every account) or misspelled, and where both defaults have the same effect: the variable of a credential that the
channel works without counts only where it may be set.`,
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
	After: []string{"unknown-key"},
	End:   runSectionChangesDefaults,
}

func runSectionChangesDefaults(p *lint.Pass) {
	for i := 0; i < len(sectionDefaults); {
		top, name := sectionDefaults[i].top, sectionDefaults[i].section
		if !p.Config.Root.Has(top) {
			for i < len(sectionDefaults) && sectionDefaults[i].top == top {
				i++
			}
			continue
		}
		section := p.Config.Root.At(top)
		if _, below, found := strings.Cut(name, "."); found {
			section = sectionAt(section, below)
		}
		var lost []*sectionDefault
		for ; i < len(sectionDefaults) && sectionDefaults[i].section == name; i++ {
			d := &sectionDefaults[i]
			switch {
			case !isSection(section) || section.Field(d.key).Present():
			case d.kind == defaultRight && !hasDefault(p.Config.Target, d), d.kind != defaultRight && !vanishes(p, section, d):
			case p.Told(section.Node, d.key, strings.TrimSuffix(d.key, "_env")):
			case d.kind == defaultRight:
				reportRight(p, section, d)
			default:
				lost = append(lost, d)
			}
		}
		if len(lost) > 0 {
			reportVanished(p, section, lost)
		}
	}
}

// hasDefault reports whether a key has the default of a file without its section in a version.
func hasDefault(target schema.Target, d *sectionDefault) bool {
	return schema.Root(nil, target).Get(append(strings.Split(d.section, "."), d.key)...).Default() == d.absent
}

// sectionAt is the table of a name such as tools.web.
func sectionAt(root schema.Value, name string) schema.Value {
	for more := true; more && root.Present(); {
		var first string
		first, name, more = strings.Cut(name, ".")
		root = root.Field(first)
	}
	return root
}

// isSection reports whether something that Loong reads as a table is written.
func isSection(v schema.Value) bool {
	return v.Present() && (v.Node.Kind.IsTable() || v.Node.Kind.IsArray() || v.Node.Kind.IsDatetime())
}

// reportRight reports an access right that the section takes away.
func reportRight(p *lint.Pass, section schema.Value, d *sectionDefault) {
	if on, ok := section.At(schema.KeyEnabled).Bool(); ok && !on {
		return
	}
	p.Report(section.Node.Place(), "%s without %s makes it false; it is %s in a file without the section", tableName(section.Node), d.key, d.absent).
		WithNode(section.Node).WithHelp("write %s = false or true", d.key)
}

// vanishes reports whether the section takes a credential's variable away from a channel that is
// on; one that the channel works without counts only where it may be set.
func vanishes(p *lint.Pass, section schema.Value, d *sectionDefault) bool {
	if on, _ := section.At(schema.KeyEnabled).Bool(); !on || given(section, d.key) || givenByAccounts(section, d.key) {
		return false
	}
	_, state := p.Environment.Var(d.absent)
	return isNeeded(section, d) || state != loong.Unset
}

// isNeeded reports whether the channel does not work without the credential.
func isNeeded(section schema.Value, d *sectionDefault) bool {
	return d.kind == defaultVariable || d.unless != "" && wordOf(section.Field(d.unless)) == d.word
}

// reportVanished reports the variables that Loong reads only without the section.
func reportVanished(p *lint.Pass, section schema.Value, lost []*sectionDefault) {
	var keys, names, lines []string
	level := lint.Info
	for _, d := range lost {
		keys, names = append(keys, d.key), append(names, d.absent)
		if d.kind != defaultUnread {
			lines = append(lines, d.key+" = "+quoted(d.absent))
		}
		if isNeeded(section, d) {
			level = lint.Warning
		}
	}
	f := p.Report(section.Node.Place(), "%s without %s: Loong does not read %s", tableName(section.Node), joinAnd(keys), joinAnd(names)).
		WithNode(section.Node).Claims(section.Node, keys...).WithSeverity(level)
	if len(lost) == 1 {
		f.WithNote("%s is the default only in a file without the section", names[0])
	} else {
		f.WithNote("they are the defaults only in a file without the section")
	}
	if len(lines) == 0 {
		f.WithHelp("keep it: this version does not use the value")
		return
	}
	f.WithHelp("write %s", joinAnd(lines))
	if edit, ok := insertKey(p.Document, section.Node, strings.Join(lines, p.Document.LineBreak())); ok {
		f.WithFix(lint.Unsafe, "write "+joinAnd(lines), edit)
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
	accounts := section.At(schema.KeyAccounts).Entries()
	for _, a := range accounts {
		if on, ok := a.Value.At(schema.KeyEnabled).Bool(); ok && !on {
			continue
		}
		if !given(a.Value, key) {
			return false
		}
	}
	return len(accounts) > 0
}
