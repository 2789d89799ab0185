package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/schema"
)

var variableNotExpanded = lint.Rule{
	Name:    "variable-not-expanded",
	Group:   lint.GroupStructure,
	Summary: "a variable, a template or ~ in a text that Loong uses as it is written",
	Doc: `Loong fills in variables in secret fields only. In every other text ${CHAT_ID}, $CHAT_ID, %CHAT_ID%, env:CHAT_ID and
{{ chat_id }} stay what they are: an id that nobody has, a host that does not exist, a folder of that name. Where a key with
_env is beside it, name the variable there; otherwise write the value itself, or let the program that writes the file fill it in.

A leading ~ or ~/ is the home directory in the paths of Loong's own files only: not in the command and folders of agent
sessions, nor with the name of a user after it. Not looked at are texts for people, such as prompts, and the addresses
of providers, which unreplaced-placeholder judges.`,
	Level:    lint.Warning,
	Levels:   "error for a model; info in a section that is off",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X69", "X70", "X72", "X73", "X78", "X79", "X81", "X82", "X83", "X84", "X85"},
	Silences: []string{"wildcard-is-literal", "value-clamped"},
	Bad: `[memory]
sqlite_path = "${HOME}/.loong/memory.sqlite3"
`,
	Good: `[memory]
sqlite_path = "~/.loong/memory.sqlite3"
`,
	Paths: &textAt,
	Key: func(p *lint.Pass, v, table schema.Value) {
		if v.Node.Kind == document.String {
			literalText(p, v, table)
			return
		}
		for _, item := range v.Items() {
			if item.Node.Kind == document.String {
				item.Path = v.Path
				literalText(p, item, table)
			}
		}
	},
}

// literalText judges a text, or an entry of a list of them.
func literalText(p *lint.Pass, v, table schema.Value) {
	use, text := textAt[v.Path], strings.TrimSpace(v.Node.Text())
	if text == "" || !strings.ContainsAny(text, "$%{<:~") || p.Config.Reports(v.Node) || isUnusedTable(table) {
		return
	}
	if isPath(use) && literalHome(p, v, text, use) {
		return
	}
	form, found := variableIn(use, text)
	if !found || use == usedByChild && runsShell(table) {
		return
	}
	f := p.Report(v.Node.Value(), "%s in %s is not filled in: Loong uses this text as it is written", trimmed(namePart(p, v.Node, placeholder.In(v.Node.Text(), form))), nameOf(v.Node)).WithNode(v.Node)
	explainLiteral(p, f, v, table)
	if isOff(v) {
		f.WithSeverity(lint.Info)
	}
}

func isPath(use uint8) bool {
	return use == usedAsHomePath || use == usedAsPath || use == usedAsPathEvenOff
}

// variableIn is the variable or template in a text, by what the text is used as.
func variableIn(use uint8, text string) (form string, found bool) {
	switch use {
	case usedAsAddress:
		if len(placeholder.InAddress(text)) > 0 {
			return "", false // unreplaced-placeholder
		}
		if form, found = placeholder.Variable(text, true); !found {
			form, found = hostVariable(text)
		}
		return form, found
	case usedByChild:
		if form, found = placeholder.Variable(text, false); found && form != text && !strings.HasPrefix(form, "${") {
			return "", false // the program may know it
		}
		return form, found
	}
	return placeholder.Variable(text, isPath(use))
}

// hostVariable finds $NAME with a port after it.
func hostVariable(text string) (form string, found bool) {
	if host, _, ok := strings.Cut(text, ":"); ok && strings.HasPrefix(host, "$") {
		return placeholder.Variable(host, false)
	}
	return "", false
}

// explainLiteral says what comes of the text, and what to write.
func explainLiteral(p *lint.Pass, f *lint.Finding, v, table schema.Value) {
	key := nameOf(v.Node)
	switch use := textAt[v.Path]; {
	case use == usedAsModel:
		f.WithSeverity(lint.Error).WithNote("Loong asks the service for a model of that name").WithHelp("write the model's name")
	case use == usedAsPreference:
		f.WithNote("no list of models has that name").WithHelp("write the model's name")
	case use == usedAsHomePath:
		f.WithNote("it means a folder of that name where Loong is started").WithHelp("write a path that begins with ~/ or /")
	case isPath(use):
		f.WithNote("it means a folder of that name where Loong is started").WithHelp("write the whole path")
	case use == usedByChild:
		f.WithNote("the program gets the text").WithHelp("write the value itself")
		if v.Path.IsVariables() {
			f.WithHelp("leave it out: the program inherits the variables of Loong")
		}
	case pointerBeside(v, table) != "":
		pointer := pointerBeside(v, table)
		f.WithHelp("write %s = \"NAME\" with the name of the variable", pointer)
		if name, ok := schema.EnvReference(v.Node.Text(), v.Target()); ok && table.Node.At(pointer) == nil && !v.Node.Key().IsZero() {
			f.WithHelp("write %s = %q", pointer, name)
			f.WithFix(lint.Unsafe, "name the variable", renameKey(v.Node, pointer), replaceText(p.Document, v.Node, name))
		}
	case strings.HasPrefix(key, "allowed_"):
		f.WithNote("it equals no id, so it lets nobody in").WithHelp("write the id itself")
	default:
		f.WithHelp("write the value itself")
	}
}

// literalHome reports a ~ that is not expanded (X70, X72, X73).
func literalHome(p *lint.Pass, v schema.Value, text string, use uint8) bool {
	if text[0] != '~' || use == usedAsHomePath && (text == "~" || strings.HasPrefix(text, "~/")) {
		return false
	}
	user, _, _ := strings.Cut(text, "/")
	f := p.Report(v.Node.Value(), "%s in %s is not expanded", quoted(trimmed(user)), nameOf(v.Node)).WithNode(v.Node).WithHelp("write the whole path")
	if use == usedAsHomePath {
		f.WithNote("Loong expands ~ and ~/ only, not the name of a user")
	} else {
		f.WithNote("Loong uses this path as it is written, and no shell expands it")
	}
	if isOff(v) {
		f.WithSeverity(lint.Info)
	}
	return true
}

// pointerBeside is the key that names a variable for a text, "" where there is none.
func pointerBeside(v, table schema.Value) string {
	if v.Node.Name() == "" || table.Path == schema.NoPath {
		return ""
	}
	if name := v.Node.Name() + "_env"; table.Path.Child(name) != schema.NoPath {
		return name
	}
	return ""
}

// isUnusedTable reports whether nothing reads a table, which table-not-used says.
func isUnusedTable(table schema.Value) bool { return loong.UnusedACPAt[table.Path] != 0 }

// runsShell reports whether the command of an MCP server is a shell, which may fill variables in.
func runsShell(table schema.Value) bool {
	command, _ := table.At(schema.KeyCommand).Text()
	if table.Node.Name() == "env" && table.Node.Parent != nil {
		if n := table.Node.Parent.At("command"); n != nil && n.Kind == document.String {
			command = n.Text()
		}
	}
	command = ascii.Lower(strings.TrimSpace(command))
	return slices.Contains(shells[:], command[strings.LastIndexAny(command, `/\`)+1:])
}

// isOff reports whether a section or account around a value is off, so that nothing reads it.
func isOff(v schema.Value) bool {
	if textAt[v.Path] == usedAsPathEvenOff {
		return false
	}
	path := v.Path.Parent()
	for n := v.Node.Parent; n != nil && path > schema.RootPath; n = n.Parent {
		if n.Kind.IsArray() {
			continue // an entry of a list has the path of the list
		}
		if on := path.Child("enabled"); on != schema.NoPath && on.Shape().Op == schema.OpBool {
			written := n.At("enabled")
			switch {
			case written == nil && on.Field().Default == "false", written != nil && written.Kind == document.Bool && !written.Bool():
				return true
			}
		}
		path = path.Parent()
	}
	return false
}
