package cli

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
)

func settingsFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "config", Usage: "take the settings of loonglint from `FILE`, not from the nearest loonglint.toml"},
		&cli.BoolFlag{Name: "no-config", Usage: "take no settings from a file"},
	}
}

func worldFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "env", Usage: "the variables that Loong will see, `live|static`: those of this process (default), or nothing is known"},
		&cli.StringFlag{Name: "env-default", Usage: "`live|static`, as --env, where neither another flag nor loonglint.toml says which variables there are"},
		&cli.StringSliceFlag{Name: "env-file", Usage: "the variables that Loong will see, from a dotenv `FILE`; repeatable"},
		&cli.StringSliceFlag{Name: "env-names", Usage: "the `NAMES` of variables that Loong will see, with commas; repeatable"},
		&cli.StringSliceFlag{Name: "env-names-file", Usage: "a `FILE` with such names, one a line; repeatable"},
		targetFlag(),
	}
}

// invocation is a command line with the settings that count for it.
type invocation struct {
	settings.Settings
	cmd   *options
	paths []string // to check

	passed *files.Found // what a search for them found and left out; nil before
}

// invocation reads the flags, and the file of settings.
func (p *process) invocation(cmd *options) (*invocation, error) {
	v := &invocation{cmd: cmd, paths: expandGlobs(cmd.Args().Slice())}
	var err error
	if v.Explicit, err = explicit(cmd); err != nil {
		return nil, err
	}
	path := cmd.String("config")
	switch {
	case cmd.Bool("no-config"):
		if cmd.IsSet("config") {
			return nil, usagef("--config and --no-config contradict each other")
		}
		return v, nil
	case !cmd.IsSet("config"):
		if path, err = nearestSettings(); err != nil || path == "" {
			return v, err
		}
	}
	if v.File, err = settings.ReadFile(path, rules.All()); err != nil {
		return nil, err
	}
	if cmd.Bool("verbose") {
		p.note("settings from %s", path)
	}
	return v, nil
}

// explicit reads the flags that win over a file of settings; a command need not have all of them.
func explicit(cmd *options) (e settings.Explicit, err error) {
	if e.MinLevel, err = levelFlag(cmd, "min-level", "warning", "error", "info"); err != nil {
		return e, err
	}
	if e.FailOn, err = levelFlag(cmd, "fail-on", "warning", "error", "info", "never"); err != nil {
		return e, err
	}
	if e.World, err = worldOf(cmd); err != nil {
		return e, err
	}
	if e.Targets, err = flagTargets(cmd); err != nil {
		return e, err
	}
	if cmd.IsSet("max-file-size") {
		if e.MaxFileSize, err = parseSize(cmd.String("max-file-size")); err != nil {
			return e, err
		}
	}
	e.Enable, e.Disable = listFlag(cmd, "enable"), listFlag(cmd, "disable")
	e.NoIgnores, e.Baseline = cmd.Bool("no-ignores"), cmd.String("baseline")
	e.Search = files.Options{AllTOML: cmd.Bool("all-toml"), ConfigsOnly: cmd.Bool("configs-only"), NoGitignore: cmd.Bool("no-gitignore"),
		Exclude: slashed(cmd.StringSlice("exclude")), ForceExclude: cmd.Bool("force-exclude")}
	return e, nil
}

// levelFlag reads a flag whose value is a level; 0 when it is not given, lint.Off for never.
func levelFlag(cmd *options, flag string, words ...string) (lint.Level, error) {
	word, err := oneOf(cmd, flag, words...)
	if err != nil || !cmd.IsSet(flag) {
		return 0, err
	}
	if level, ok := lint.ParseLevel(word); ok {
		return level, nil
	}
	return lint.Off, nil
}

// listFlag lists the values of a flag, with commas or repeated.
func listFlag(cmd *options, flag string) (list []string) {
	for _, value := range cmd.StringSlice(flag) {
		for name := range strings.SplitSeq(value, ",") {
			list = append(list, strings.TrimSpace(name))
		}
	}
	return list
}

// worldOf reads the flags that say which variables there are.
func worldOf(cmd *options) (w settings.World, err error) {
	if w.Mode, err = modeFlag(cmd, "env"); err != nil {
		return w, err
	}
	if w.Default, err = modeFlag(cmd, "env-default"); err != nil {
		return w, err
	}
	for _, name := range []string{"env-file", "env-names", "env-names-file"} {
		if cmd.IsSet(name) {
			w.Declared = true
			if w.Mode != "" {
				return w, usagef("--env=%s and --%s contradict each other; give one of them", w.Mode, name)
			}
		}
	}
	w.Files, w.Names, w.NamesFiles = cmd.StringSlice("env-file"), cmd.StringSlice("env-names"), cmd.StringSlice("env-names-file")
	return w, nil
}

// modeFlag reads a flag whose value is a mode of a world; empty when it is not given.
func modeFlag(cmd *options, flag string) (string, error) {
	word, err := oneOf(cmd, flag, settings.Live, settings.Static)
	if !cmd.IsSet(flag) {
		word = ""
	}
	return word, err
}

// nearestSettings is the loonglint.toml that counts here, relative where it lies in the working
// directory; empty when there is none.
func nearestSettings() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", failuref("working directory: %w", err)
	}
	path, err := settings.Find(wd)
	if err != nil {
		return "", failuref("looking for %s: %w", settings.FileName, err)
	}
	if filepath.Dir(path) == wd {
		return settings.FileName, nil
	}
	return path, nil
}

// weakened tells what the settings took from a run: whoever may write them must not silence it unseen.
func (v *invocation) weakened() (list []string) {
	if v.File == nil {
		return nil
	}
	in := " in " + redact.Printable(filepath.Base(v.File.Path))
	off, lowered := v.File.Weaker(rules.All())
	if off > 0 {
		list = append(list, count(off, "rule")+" off"+in)
	}
	if lowered > 0 {
		list = append(list, count(lowered, "rule")+" lowered"+in)
	}
	if word := v.File.FailOn.Is; !v.cmd.IsSet("fail-on") && (word == "error" || word == "never") {
		list = append(list, "fail-on "+word+in)
	}
	if n := len(v.File.OwnHosts.Is); n > 0 {
		list = append(list, count(n, "own host")+in)
	}
	return list
}

// nameIn names files from a tree; what is not a file keeps its name.
func nameIn(t *files.Tree) func(string) string {
	return func(file string) string {
		if file == stdinName {
			return file
		}
		name, _ := t.Name(file)
		return name
	}
}

// pathOf names files as a server knows them: from the checkout of a CI job, else from the repository. What
// is elsewhere keeps its name. It looks for these folders when a report asks for the first name: most runs have none to report.
func (p *process) pathOf() func(string) string {
	trees := sync.OnceValue(p.checkouts)
	return func(file string) string {
		for _, t := range trees() {
			if name, below := t.Name(file); below && file != stdinName {
				return name
			}
		}
		return file
	}
}

// checkouts are the folders that a server may name files from, those of a CI job first.
func (p *process) checkouts() (trees []*files.Tree) {
	for _, name := range [...]string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		if dir := p.variable(name); filepath.IsAbs(dir) {
			trees = append(trees, files.NewTree(dir))
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if root := files.Repository(wd); root != "" {
			trees = append(trees, files.NewTree(root))
		}
		trees = append(trees, files.NewTree(wd))
	}
	return trees
}
