// Command newrule begins a rule: its file in rules, two fixtures, and its row in the list of rules. The tests of package
// rules fail until every TODO is filled in.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/tools/rulefiles"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
)

func main() {
	group := flag.String("group", "", "the subject of the rule: one of the groups of internal/lint/group.go, such as models")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/tools/newrule -group GROUP NAME")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *group == "" {
		flag.Usage()
		os.Exit(2)
	}
	written, err := begin(".", *group, flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, "newrule:", err)
		os.Exit(1)
	}
	fmt.Printf("wrote %s\nFill in every TODO, then run: go generate ./... && go test ./rules -update\n", strings.Join(written, ", "))
}

var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// begin writes the files of a new rule into the module at root, all or none, and says which.
func begin(root, group, name string) ([]string, error) {
	if !kebab.MatchString(name) {
		return nil, fmt.Errorf("%q is not a name for a rule; write lower-case words with hyphens between them, such as model-too-long", name)
	}
	groups, err := rulefiles.Groups(root)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(groups, group) {
		return nil, fmt.Errorf("there is no group %q; write one of %s", group, strings.Join(groups, ", "))
	}
	source := "rules/" + rulefiles.FileName(group, name)
	files := []writefiles.File{
		{Path: source, Content: []byte(strings.NewReplacer("VARIABLE", variable(name), "NAME", name, "GROUP", strings.ToUpper(group[:1])+group[1:]).Replace(skeleton))},
		{Path: "fixtures/" + name + "/err-todo.toml", Content: []byte(reported)},
		{Path: "fixtures/" + name + "/ok-todo.toml", Content: []byte(silent)},
	}
	var written []string
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(root, f.Path)); err == nil {
			return nil, fmt.Errorf("%s exists already", f.Path)
		}
		written = append(written, f.Path)
	}
	list, err := rulefiles.List(root, rulefiles.Source{File: filepath.Base(source), Text: files[0].Content})
	if err != nil {
		return nil, err
	}
	return written, writefiles.All(root, append(files, writefiles.File{Path: rulefiles.ListFile, Content: list}))
}

// initialisms are the words that Go names write in capitals.
var initialisms = []string{"api", "http", "https", "id", "url"}

// variable is the Go name of a rule: some-id is someID.
func variable(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words[1:] {
		switch {
		case w == "ids":
			words[i+1] = "IDs"
		case slices.Contains(initialisms, w):
			words[i+1] = strings.ToUpper(w)
		default:
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}

const skeleton = `package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var VARIABLE = lint.Rule{
	Name:    "NAME",
	Group:   lint.GroupGROUP,
	Summary: "TODO: what is wrong, in one line, lower case, no full stop",
	Doc: ` + "`" + `TODO: what Loong does instead and why it matters; how to fix it; what the rule does not report.` + "`" + `,
	Level: lint.Warning,
	Since: "0.1.0",
	Bad: ` + "`" + `# TODO: a short file that only this rule reports
` + "`" + `,
	Good: ` + "`" + `# TODO: the same file, corrected
` + "`" + `,
	Table: func(p *lint.Pass, table schema.Value, profile *loong.Profile) {
		// TODO: choose the hook and report; CONTRIBUTING.md says how. profile is nil where Loong makes none.
	},
}
`

const (
	reported = "# TODO: a file as operators write it, which the rule reports; rename it to err-WHAT.toml\n"
	silent   = "# TODO: a file that comes close and must stay silent; rename it to ok-WHAT.toml\n"
)
