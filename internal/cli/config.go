package cli

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

var configCommand = command{
	name: "config", args: "[PATH]", most: 1,
	summary: "show the settings of loonglint itself and where each comes from",
	about: "The settings are those of the nearest loonglint.toml in or above the working directory; flags of check win over them.\n" +
		"With PATH it shows the levels of rules that hold for this file.",
	examples: []example{
		{"loonglint config", "what check would use here"},
		{"loonglint config deploy/loong.toml", "the same, with the overrides for a file"},
		{"loonglint config --config ci/loonglint.toml --format json", "another file of settings, for programs"},
	},
	flags: func() []cli.Flag { return append([]cli.Flag{formatFlag("text", "json")}, settingsFlags()...) },
	run:   runConfig,
}

// effective is a setting as it holds.
type effective struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
	Line  int    `json:"line,omitempty"` // of the file; 0: the default
}

func runConfig(p *process, cmd *options) error {
	format, err := oneOf(cmd, "format", "text", "json")
	if err != nil {
		return err
	}
	v, err := p.invocation(cmd)
	if err != nil {
		return err
	}
	file := cmd.Args().First()
	top, levels := v.effective(), v.levels(file)
	if format == "json" {
		return p.configJSON(v, file, top, levels)
	}
	path := "none"
	if v.File != nil {
		path = v.File.Path
	}
	p.row("settings file", redact.Printable(path), "")
	for _, e := range top {
		p.row(e.Name, redact.Printable(tomlValue(e.Value)), v.origin(e.Line))
	}
	if file != "" {
		fmt.Fprintf(p.stdout, "\nrules for %s\n", redact.Printable(file))
	} else {
		fmt.Fprint(p.stdout, "\nrules\n")
	}
	for _, e := range levels {
		p.row("  "+e.Name, redact.Printable(tomlValue(e.Value)), v.origin(e.Line))
	}
	if len(levels) == 0 {
		fmt.Fprint(p.stdout, "  all at their own level\n")
	}
	if v.File != nil && file == "" {
		for _, o := range v.File.Overrides {
			fmt.Fprintf(p.stdout, "\nrules for %s\n", redact.Printable(strings.Join(o.Paths.Is, ", ")))
			if o.Target.Line > 0 {
				p.row("  target-loong", strconv.Quote(o.Target.Is), v.origin(o.Target.Line))
			}
			for _, l := range o.Rules {
				p.row("  "+l.Rule, strconv.Quote(l.Level), v.origin(l.Line))
			}
		}
	}
	return nil
}

func (p *process) row(name, value, origin string) {
	fmt.Fprintln(p.stdout, strings.TrimRight(fmt.Sprintf("%-34s %-28s %s", name, value, origin), " "))
}

// origin says where a value comes from.
func (v *invocation) origin(line int) string {
	if line == 0 {
		return "default"
	}
	return fmt.Sprintf("%s:%d", redact.Printable(v.File.Path), line)
}

// effective lists the settings but the rules', in the order of the documentation.
func (v *invocation) effective() []effective {
	c := v.File
	if c == nil {
		c = &settings.File{}
	}
	text := func(name string, own settings.Setting[string], otherwise string) effective {
		if own.Line == 0 {
			return effective{name, otherwise, 0}
		}
		return effective{name, own.Is, own.Line}
	}
	path := func(name string, own settings.Setting[string]) effective {
		if own.Line == 0 {
			return effective{name, nil, 0}
		}
		return effective{name, c.Resolve(own.Is), own.Line}
	}
	texts := func(name string, own settings.Setting[[]string]) effective {
		return effective{name, append([]string{}, own.Is...), own.Line}
	}
	env := text("env", c.Env, "live")
	if c.EnvNames.Line+c.EnvNamesFile.Line > 0 {
		env = effective{"env", "declared", max(c.EnvNames.Line, c.EnvNamesFile.Line)}
	}
	failOn, minLevel := v.effectiveLevels(c)
	return []effective{
		failOn, minLevel, text("target-loong", c.Target, schema.Target(0).String()), env,
		texts("env-names", c.EnvNames), path("env-names-file", c.EnvNamesFile),
		texts("exclude", c.Exclude),
		{"force-exclude", c.ForceExclude.Is, c.ForceExclude.Line}, {"all-toml", c.AllTOML.Is, c.AllTOML.Line},
		text("max-file-size", c.MaxFileSize, "32MiB"), path("baseline", c.Baseline), texts("own-hosts", c.OwnHosts),
		{"policy", c.Policy.Parts(), c.PolicyLine},
	}
}

// effectiveLevels are fail-on and min-level; one that the other moves comes from the other's line.
func (v *invocation) effectiveLevels(c *settings.File) (failOn, minLevel effective) {
	shown, failing, _ := v.Thresholds() // two that contradict each other were refused with the file
	failOn, minLevel = effective{"fail-on", "never", c.FailOn.Line}, effective{"min-level", shown.Level.String(), c.MinLevel.Line}
	if failing > 0 {
		failOn.Value = failing.String()
	}
	if shown.Level < lint.Warning && minLevel.Line == 0 {
		minLevel.Line = failOn.Line
	} else if failing > lint.Warning && failOn.Line == 0 {
		failOn.Line = minLevel.Line
	}
	return failOn, minLevel
}

// levels lists the rules that the file of settings names, for a path to check; "" stands for
// any path that no override matches.
func (v *invocation) levels(file string) []effective {
	var list []effective
	for _, r := range rules.All() {
		level, line := v.File.LevelOf(file, r)
		if line == 0 {
			continue
		}
		word := "on"
		if level == lint.Off {
			word = "off"
		} else if level != 0 {
			word = level.String()
		}
		list = append(list, effective{r.Name, word, line})
	}
	return list
}

func tomlValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		return strconv.Quote(v)
	case []string:
		quoted := make([]string, len(v))
		for i := range v {
			quoted[i] = strconv.Quote(v[i])
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return fmt.Sprint(v)
}

func (p *process) configJSON(v *invocation, file string, top, levels []effective) error {
	doc := struct {
		Schema   string      `json:"schema"`
		Path     *string     `json:"path"` // of the file of settings
		For      string      `json:"for,omitempty"`
		Settings []effective `json:"settings"`
		Rules    []effective `json:"rules"`
	}{Schema: "loonglint.config.v1", For: redact.Printable(file), Settings: top, Rules: append([]effective{}, levels...)}
	if v.File != nil {
		path := redact.Printable(v.File.Path)
		doc.Path = &path
	}
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
