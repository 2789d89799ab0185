package settings

import (
	"path/filepath"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

// kind is what a key's value must be.
type kind uint8

const (
	isText kind = iota
	isTexts
	isBool
	isRules     // a table of rules and levels
	isOverrides // an array of tables
	isPolicy    // a table; see policy.go
	isList      // a table that allows and denies
	isSettings  // an array of tables
	isNumber
	isScalars // an array of strings, numbers and booleans
)

// key is a setting: its documentation, and how it is read.
type key struct {
	name  string
	doc   string
	kind  kind
	words []string                  // the only values, for isText
	check func(value string) string // what is wrong with a text; empty when it is fine; may be nil
	text  func(*File) *Setting[string]
	texts func(*File) *Setting[[]string]
	bool  func(*File) *Setting[bool]
}

// levelsOf are the levels that a rule may have.
func levelsOf(r *lint.Rule) []string {
	if r.Mandatory {
		return []string{"error", "on"}
	}
	return []string{"error", "warning", "info", "off", "on"}
}

// keys lists all settings; a further section is one more line here.
var keys = []key{
	{name: "fail-on", doc: "The lowest level of a finding that fails the run; as --fail-on.", words: []string{"error", "warning", "info", "never"},
		text: func(c *File) *Setting[string] { return &c.FailOn }},
	{name: "min-level", doc: "The lowest level of a finding that is shown; as --min-level.", words: []string{"error", "warning", "info"},
		text: func(c *File) *Setting[string] { return &c.MinLevel }},
	{name: "target-loong", doc: "The version of Loong that files are read as, or several as A..B or A,B; as --target-loong.", check: version,
		text: func(c *File) *Setting[string] { return &c.Target }},
	{name: "env", doc: "Which variables Loong will see: those of the process, or nothing is known; as --env.", words: []string{"live", "static"},
		text: func(c *File) *Setting[string] { return &c.Env }},
	{name: "env-names", doc: "The names of the variables that Loong will see, and no others; as --env-names.", kind: isTexts, check: variableName,
		texts: func(c *File) *Setting[[]string] { return &c.EnvNames }},
	{name: "env-names-file", doc: "A file with such names, one a line, below the folder of this file; as --env-names-file.", check: localPath,
		text: func(c *File) *Setting[string] { return &c.EnvNamesFile }},
	{name: "exclude", doc: "What to leave out in folders, as patterns of .gitignore relative to this file; --exclude adds to it.", kind: isTexts, check: notEmpty,
		texts: func(c *File) *Setting[[]string] { return &c.Exclude }},
	{name: "force-exclude", doc: "Whether exclude applies to files named on the command line, too; as --force-exclude.", kind: isBool,
		bool: func(c *File) *Setting[bool] { return &c.ForceExclude }},
	{name: "all-toml", doc: "Whether every *.toml in folders is taken, not only configs of Loong; as --all-toml.", kind: isBool,
		bool: func(c *File) *Setting[bool] { return &c.AllTOML }},
	{name: "max-file-size", doc: "The size above which files are not read: bytes, or with KiB, MiB, GiB; as --max-file-size.", check: size,
		text: func(c *File) *Setting[string] { return &c.MaxFileSize }},
	{name: "baseline", doc: "The list of accepted findings, a file below the folder of this one; as --baseline.", check: localPath,
		text: func(c *File) *Setting[string] { return &c.Baseline }},
	{name: "own-hosts", doc: "Hosts that are yours, such as gateways: rules that judge where an address leads are silent about them. *.example.com stands for all hosts below.",
		kind: isTexts, check: host, texts: func(c *File) *Setting[[]string] { return &c.OwnHosts }},
	{name: "rules", doc: "Levels of rules by name; on is the rule's own level.", kind: isRules},
	{name: "overrides", doc: "Levels of rules for the files whose path matches; a later one wins.", kind: isOverrides},
	{name: "policy", doc: "What your organization allows; every breach is a finding that quotes its because.", kind: isPolicy},
}

// overrideKeys are the keys of an override.
var overrideKeys = []key{
	{name: "paths", doc: "Patterns of .gitignore, relative to this file.", kind: isTexts, check: notEmpty},
	{name: "rules", doc: "Levels of rules by name in these files.", kind: isRules},
	{name: "target-loong", doc: "The version of Loong that these files are read as, or several as A..B or A,B.", check: version},
}

// version checks versions of Loong.
func version(s string) string {
	if _, err := schema.ParseTargets(s); err != nil {
		return "is not a version of Loong: use one of " + strings.Join(schema.TargetNames(), ", ") + ", or a range of them, A..B"
	}
	return ""
}

func notEmpty(s string) string {
	if strings.TrimSpace(s) == "" {
		return "is empty"
	}
	return ""
}

// localPath checks the name of a file that settings may name.
func localPath(s string) string {
	if strings.TrimSpace(s) != "" && !filepath.IsLocal(filepath.FromSlash(s)) {
		return "is not a path below the folder of the settings"
	}
	return notEmpty(s)
}

func variableName(s string) string {
	if s == "" || strings.ContainsAny(s, "= \t,$%") {
		return "is not the name of a variable"
	}
	return ""
}

func size(s string) string {
	if _, err := ParseSize(s); err != nil {
		return "is not a size such as 500000 or 64MiB"
	}
	return ""
}

func host(s string) string {
	name := strings.TrimPrefix(s, "*.")
	if name == "" || strings.ContainsAny(name, "*/:@? \t") {
		return "is not a host such as llm.example.com or *.example.com"
	}
	return ""
}

// names lists keys for suggestions.
func names(keys []key) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range keys {
			if !yield(keys[i].name) {
				return
			}
		}
	}
}

func keyNamed(keys []key, name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

// wanted says what a kind of value is.
func (k kind) wanted() string {
	switch k {
	case isTexts:
		return "an array of strings"
	case isBool:
		return "true or false"
	case isRules, isPolicy, isList:
		return "a table"
	case isOverrides:
		return "an array of tables, [[overrides]]"
	case isSettings:
		return "an array of tables, [[policy.settings]]"
	case isNumber:
		return "a number"
	case isScalars:
		return "an array of strings, numbers or booleans"
	}
	return "a string"
}

func (k kind) fits(n *document.Node) bool {
	switch k {
	case isTexts, isScalars:
		return n.Kind == document.Array
	case isBool:
		return n.Kind == document.Bool
	case isRules, isPolicy, isList:
		return n.Kind.IsTable()
	case isOverrides, isSettings:
		return n.Kind.IsArray()
	case isNumber:
		return n.Kind == document.Integer || n.Kind == document.Float
	}
	return n.Kind == document.String
}
