package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/config"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/rules"
)

const head = `# Rules

<!-- Generated from the rules by go generate ./...; do not edit. -->

%d rules. **error**: Loong refuses the file, or every request of the profile fails, or a credential or data reaches a place
that the file does not name. **warning**: a setting does not do what it says. **info**: worth knowing, changes nothing.
Levels are changed in ` + "`loonglint.toml`" + `, single findings are accepted by a comment with a reason:
` + "`# loonglint: ignore[rule] reason`" + `.

Below each rule stand a file that it reports, what it prints then, and the same file in order.
`

// render makes the page. root is the module's.
func render(root string) ([]byte, error) {
	rest, err := elsewhere(root)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, head, len(rules.All()))
	for _, g := range lint.Groups() {
		contents(&b, g)
	}
	for _, g := range lint.Groups() {
		fmt.Fprintf(&b, "\n## %s\n", g.Title())
		for _, r := range members(g) {
			if err := section(&b, r); err != nil {
				return nil, err
			}
		}
	}
	others(&b, rest)
	return b.Bytes(), nil
}

// members lists the rules of a group by name.
func members(g lint.Group) []*lint.Rule {
	list := slices.DeleteFunc(slices.Clone(rules.All()), func(r *lint.Rule) bool { return r.Group != g })
	slices.SortFunc(list, func(a, b *lint.Rule) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func contents(b *bytes.Buffer, g lint.Group) {
	fmt.Fprintf(b, "\n**%s**\n\n| Rule | Level | Fix | Reports |\n|---|---|---|---|\n", g.Title())
	for _, r := range members(g) {
		fmt.Fprintf(b, "| [%s](#%s) | %s | %s | %s |\n", r.Name, r.Name, level(r), fixes(r), escape(r.Summary))
	}
}

func level(r *lint.Rule) string {
	if r.OptIn {
		return r.Level.String() + ", opt-in"
	}
	return r.Level.String()
}

func section(b *bytes.Buffer, r *lint.Rule) error {
	fmt.Fprintf(b, "\n### %s\n\n%s.\n\n%s\n", r.Name, escape(upperFirst(r.Summary)), escape(strings.TrimSpace(r.Doc)))
	fmt.Fprintf(b, "\n%s\n", strings.Join(facts(r), " · "))
	if r.Bad == "" {
		return nil
	}
	var out bytes.Buffer
	own := &lint.FileResult{Findings: findings(r)}
	if err := report.Report("text", &out, &report.Result{Files: []*lint.FileResult{own}}, report.Options{}); err != nil {
		return err
	}
	if len(r.Env) > 0 {
		fmt.Fprintf(b, "\nWhere the variables are `%s`:\n", strings.Join(r.Env, "`, `"))
	}
	if r.Settings != "" {
		b.WriteString("\nWith this `loonglint.toml`:\n")
		fenced(b, "toml", r.Settings)
		b.WriteString("\nthe file\n")
	}
	fenced(b, "toml", r.Bad)
	fenced(b, "text", out.String())
	if r.Good != "" {
		b.WriteString("\nIn order:\n")
		fenced(b, "toml", r.Good)
	}
	return nil
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
		if f.Fixes != nil && !slices.Contains(kinds, string(f.Fixes.Safety)) {
			kinds = append(kinds, string(f.Fixes.Safety))
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
	settings, err := config.Read(config.Name, []byte(r.Settings), rules.All())
	if err != nil {
		panic(err) // the tests of package rules hold it right
	}
	doc := document.Parse("loong.toml", []byte(r.Bad))
	res := lint.Check(doc, loong.Read(doc, env), &lint.Options{Rules: rules.All(), Policy: settings.Policy, LevelOf: func(_ string, o *lint.Rule) lint.Level {
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

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// escape keeps the angle brackets and stars of a text from being Markdown.
func escape(s string) string { return strings.NewReplacer("<", `\<`, "*", `\*`, "|", `\|`).Replace(s) }
