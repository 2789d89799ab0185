package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
	"github.com/loonglint/loonglint/rules"
)

const generated = "<!-- Generated from the rules by go generate ./...; do not edit. -->\n"

const head = `# Rules

` + generated + `
%d rules. **error**: Loong refuses the file, or every request of the profile fails, or a credential or data reaches a place
that the file does not name. **warning**: a setting does not do what it says. **info**: worth knowing, changes nothing.
Levels are changed in ` + "`loonglint.toml`" + `, single findings are accepted by a comment with a reason:
` + "`# loonglint: ignore[rule] reason`" + `.

Each rule has a file that triggers it, the output, and the corrected file.
`

// pages makes docs/rules.md, the index, and a page of each group. root is the module's.
func pages(root string) ([]writefiles.File, error) {
	rest, err := elsewhere(root)
	if err != nil {
		return nil, err
	}
	var index bytes.Buffer
	fmt.Fprintf(&index, head, len(rules.All()))
	files := []writefiles.File{{Path: "docs/rules.md"}}
	for _, g := range lint.Groups() {
		contents(&index, g)
		page, err := groupPage(g)
		if err != nil {
			return nil, err
		}
		files = append(files, writefiles.File{Path: "docs/rules/" + string(g) + ".md", Content: page})
	}
	others(&index, rest)
	files[0].Content = index.Bytes()
	return files, nil
}

func groupPage(g lint.Group) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n%s\n[All rules](../rules.md)\n", g.Title(), generated)
	for _, r := range members(g) {
		if err := section(&b, r); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// members lists the rules of a group by name.
func members(g lint.Group) []*lint.Rule {
	list := slices.DeleteFunc(slices.Clone(rules.All()), func(r *lint.Rule) bool { return r.Group != g })
	slices.SortFunc(list, func(a, b *lint.Rule) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// contents lists the rules of a group. Links from findings lead to the anchors, whatever the group.
func contents(b *bytes.Buffer, g lint.Group) {
	fmt.Fprintf(b, "\n## [%s](rules/%s.md)\n\n| Rule | Level | Fix | Reports |\n|---|---|---|---|\n", g.Title(), g)
	for _, r := range members(g) {
		fmt.Fprintf(b, "| <a id=\"%[1]s\"></a>[%[1]s](rules/%[2]s.md#%[1]s) | %[3]s | %[4]s | %[5]s |\n", r.Name, g, level(r), fixes(r), escape(r.Summary))
	}
}

func level(r *lint.Rule) string {
	if r.OptIn {
		return r.Level.String() + ", opt-in"
	}
	return r.Level.String()
}

func section(b *bytes.Buffer, r *lint.Rule) error {
	fmt.Fprintf(b, "\n## %s\n\n%s\n", r.Name, strings.Join(facts(r), " · "))
	fmt.Fprintf(b, "\n### What it reports\n\n%s.\n", escape(upperFirst(r.Summary)))
	fmt.Fprintf(b, "\n### Why\n\n%s\n", escape(strings.TrimSpace(r.Doc)))
	howToFix(b, r)
	if r.Bad == "" {
		return nil
	}
	var out bytes.Buffer
	own := &lint.FileResult{Findings: findings(r)}
	if err := report.Report("text", &out, &report.Result{Files: []*lint.FileResult{own}}, report.Options{}); err != nil {
		return err
	}
	b.WriteString("\n### Example\n")
	if len(r.Env) > 0 {
		fmt.Fprintf(b, "\nThe variables are `%s`.\n", strings.Join(r.Env, "`, `"))
	}
	if r.Settings != "" {
		b.WriteString("\nThe `loonglint.toml`:\n")
		fenced(b, "toml", r.Settings)
		b.WriteString("\nThe file:\n")
	}
	fenced(b, "toml", r.Bad)
	fenced(b, "text", out.String())
	if r.Good != "" {
		b.WriteString("\n### Corrected\n")
		fenced(b, "toml", r.Good)
	}
	return nil
}

// howToFix writes the next step of each finding in Bad, and whether the program can do it.
func howToFix(b *bytes.Buffer, r *lint.Rule) {
	var steps []string
	for _, f := range findings(r) {
		if step := "- " + escape(upperFirst(f.Help)) + ".\n"; f.Help != "" && !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	switch fixes(r) {
	case "":
	case string(lint.Unsafe):
		steps = append(steps, "- `loonglint check --fix --unsafe-fixes` does it.\n")
	default:
		steps = append(steps, "- `loonglint check --fix` does it.\n")
	}
	if len(steps) > 0 {
		fmt.Fprintf(b, "\n### How to fix\n\nIn the example below:\n\n%s", strings.Join(steps, ""))
	}
}

// facts are the words below a rule's text.
func facts(r *lint.Rule) []string {
	f := []string{"**" + level(r) + "**"}
	if r.Levels != "" {
		f = append(f, escape(r.Levels))
	}
	if s := fixes(r); s != "" {
		f = append(f, "fix: "+s)
	}
	switch r.Needs {
	case lint.Environment:
		f = append(f, "needs to know variables, silent with `--env=static`")
	case lint.Network:
		f = append(f, "only from the probe")
	}
	if r.OptIn {
		f = append(f, "off unless `--enable "+r.Name+"`")
	}
	return append(f, "since "+r.Since)
}

// fixes says what kinds of fixes the rule offers for Bad.
func fixes(r *lint.Rule) string {
	var kinds []string
	for _, f := range findings(r) {
		if x := f.Fix(); x != nil && !slices.Contains(kinds, string(x.Safety)) {
			kinds = append(kinds, string(x.Safety))
		}
	}
	return strings.Join(kinds, ", ")
}

// findings are those of the rule itself in Bad, which is read as the tests of package rules do.
func findings(r *lint.Rule) []*lint.Finding {
	env := loong.Static()
	if r.Env != nil {
		vars := map[string]string{}
		for _, v := range r.Env {
			name, value, _ := strings.Cut(v, "=")
			vars[name] = value
		}
		env = loong.Given(vars)
	}
	own, err := settings.Parse(settings.FileName, []byte(r.Settings), rules.All())
	if err != nil {
		panic(err) // the tests of package rules hold it right
	}
	doc := document.Parse("loong.toml", []byte(r.Bad))
	res := lint.Check(doc, loong.ReadAll((&settings.Settings{File: own}).TargetsOf(doc.Name), doc, env), &lint.Options{Rules: rules.All(), Policy: own.Policy, LevelOf: func(_ string, o *lint.Rule) lint.Level {
		if o == r && r.OptIn {
			return r.Level
		}
		return 0
	}})
	return slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool { return f.Rule != r })
}

func others(b *bytes.Buffer, rest []entry) {
	b.WriteString("\n## What no file shows\n\nSome of what Loong does without a word shows only in an answer of the service, " +
		"or after Loong has saved the file.\n`check` is silent about it; the command beside it is not.\n\n| Command | What happens |\n|---|---|\n")
	for _, e := range rest {
		fmt.Fprintf(b, "| `loonglint %s` | %s |\n", e.ShownBy, e.What)
	}
}

func fenced(b *bytes.Buffer, lang, text string) {
	fmt.Fprintf(b, "\n```%s\n%s\n```\n", lang, strings.TrimRight(text, "\n"))
}

func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// escape keeps the angle brackets and stars of a text from being Markdown.
func escape(s string) string { return strings.NewReplacer("<", `\<`, "*", `\*`, "|", `\|`).Replace(s) }
