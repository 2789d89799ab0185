package rules

import (
	"bytes"
	"sort"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var removedKey = lint.Rule{
	Name:    "removed-key",
	Group:   lint.GroupStructure,
	Summary: "a key, folder or variable prefix that only older versions of Loong read",
	Doc: `Loong dropped these keys without an alias and ignores them without a message, whatever their type. Where the
program now uses a constant, the finding names it. [external_skills] is [skills] now. One finding stands for a
removed table.

The folder ~/.loongclaw and variables that begin with LOONGCLAW_ are the names of Loong before 0.1.2; Loong
no longer looks there by itself. LOONGCLAW_GATEWAY_PORT is the exception, it still overrides gateway.port.`,
	Level:  lint.Warning,
	Levels: "info for the old folder and variables",
	Since:  "0.1.0",
	Covers: []string{"X1", "X31"},
	Bad: `[external_skills]
enabled = true
`,
	Good: `[skills]
enabled = true
`,
	Keys: lint.Unknown,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		if u := unknownAt(p, v, parent); u.class == unknownRemoved {
			reportRemoved(p, u.node, removedAt(u.parent.Path, u.node.Name()))
		}
	},
	Run: func(p *lint.Pass) {
		if !mayHoldOldNames(p.Document) {
			return
		}
		p.Config.Root.Walk(func(v, _ schema.Value) {
			if v.Path != schema.NoPath {
				reportOldNames(p, v)
			}
		})
	},
}

// mayHoldOldNames is false where no text of a document can hold an old name: its source has none, and
// no escapes that could hide one.
func mayHoldOldNames(d *document.Document) bool {
	variables := strings.TrimSuffix(loong.OldPrefix, "_")
	return holdsWord(d.Source, "oongclaw") || holdsWord(d.Source, variables) || bytes.IndexByte(d.Source, '\\') >= 0
}

// holdsWord is bytes.Contains for a word whose last byte is rare, as w and W are.
func holdsWord(text []byte, word string) bool {
	for end := 0; ; {
		i := bytes.IndexByte(text[end:], word[len(word)-1])
		if i < 0 {
			return false
		}
		if end += i + 1; bytes.HasSuffix(text[:end], []byte(word)) {
			return true
		}
	}
}

// removedAt returns the removed key of this name in a table, or nil.
func removedAt(table schema.PathID, name string) *removedEntry {
	path := name
	if above := table.String(); above != "" {
		path = above + "." + name
	}
	i := sort.Search(len(removedKeys), func(i int) bool { return removedKeys[i].path >= path })
	if i < len(removedKeys) && removedKeys[i].path == path {
		return &removedKeys[i]
	}
	return nil
}

func reportRemoved(p *lint.Pass, n *document.Node, k *removedEntry) {
	f := p.Report(n.Place(), "%s was removed in Loong %s and is ignored", removedName(n), k.in).WithNode(n).WithIgnored(n).WithNote("%s", k.note)
	switch {
	case k.replacement != "":
		f.WithHelp("write %s", replacementName(k))
		to := strings.Split(k.replacement, ".")
		name := to[len(to)-1]
		if p.Document.Root.At(to...) == nil && len(to) == len(n.Path()) && isNamedOnce(n) && fitsPath(n, schema.PathOf(k.replacement)) {
			offerRename(p, f, n, name)
		}
	case k.fixed != "":
		f.WithHelp("delete it: Loong always uses %s", k.fixed)
	case k.table:
		f.WithHelp("delete the table")
	default:
		f.WithHelp("delete it")
	}
}

// fitsPath reports whether Loong would decode n, and the keys in it, at path. It ignored them
// where they stood.
func fitsPath(n *document.Node, path schema.PathID) bool {
	if !fitsShape(n, path.Shape()) {
		return false
	}
	for _, e := range n.Entries {
		if child := path.Child(e.Name()); child != schema.NoPath && !fitsShape(e, child.Shape()) {
			return false
		}
	}
	return true
}

func removedName(n *document.Node) string {
	if n.Kind.IsTable() {
		return tableName(n)
	}
	return quoteKey(n)
}

func replacementName(k *removedEntry) string {
	if k.table {
		return "[" + k.replacement + "] instead, with the same keys"
	}
	return k.replacement + " instead"
}

// reportOldNames looks for the old folder and variables in a text.
func reportOldNames(p *lint.Pass, v schema.Value) {
	n := v.Node
	if n.Kind.IsArray() {
		for _, item := range n.Entries {
			reportOldNames(p, schema.Value{Node: item, Path: v.Path})
		}
		return
	}
	if n.Kind != document.String || len(n.Text()) < len("loongclaw") {
		return
	}
	switch {
	case holdsPart(n.Text(), loong.OldFolder):
		p.Report(n.Value(), "the path leads into .loongclaw, the folder of Loong before 0.1.2").WithNode(n).WithSeverity(lint.Info).
			WithNote("Loong now keeps its files in .loong, or in LOONG_HOME").
			WithHelp("move the file and write its new path")
	case oldVariable(n.Text()) != "":
		name := oldVariable(n.Text())
		f := p.Report(n.Value(), "%s is a variable of Loong before 0.1.2", name).WithNode(n).WithSeverity(lint.Info).
			WithNote("Loong's own variables now begin with LOONG_")
		f.WithHelp("write LOONG_%s, and rename the variable", strings.TrimPrefix(name, loong.OldPrefix))
		if v.Path.IsEnvPointer() || v.Path.IsSecret() {
			f.WithNote("Loong's own variables now begin with LOONG_; this one is read only because the key names it")
		}
	}
}

// oldVariable returns the first LOONGCLAW_ variable of a text, except the one still read.
func oldVariable(text string) string {
	i := strings.Index(text, loong.OldPrefix)
	if i < 0 {
		return ""
	}
	end := i
	for end < len(text) && (text[end] == '_' || 'A' <= text[end] && text[end] <= 'Z' || '0' <= text[end] && text[end] <= '9') {
		end++
	}
	name := text[i:end]
	if name == loong.OldPrefix || name == "LOONGCLAW_GATEWAY_PORT" || i > 0 && schema.PortableName(text[i-1:i]) {
		return ""
	}
	return name
}

// holdsPart reports whether part is one of the parts of a path.
func holdsPart(path, part string) bool {
	for {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		rest := path[i+len(part):]
		if (i == 0 || path[i-1] == '/' || path[i-1] == '\\') && (rest == "" || rest[0] == '/' || rest[0] == '\\') {
			return true
		}
		path = rest
	}
}
