package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/config"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

func settingsFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "config", Usage: "take the settings of loonglint from `FILE`, not from the nearest loonglint.toml"},
		&cli.BoolFlag{Name: "no-config", Usage: "take no settings from a file"},
	}
}

// settings are what the flags say, else loonglint.toml, else the defaults.
type settings struct {
	ctx   *cli.Context
	own   *config.Config // nil: there is none
	paths []string       // to check

	passed *files.Found // what a search for them found and left out; nil before
}

// settings reads the flags about loonglint.toml, and the file.
func (p *process) settings(ctx *cli.Context) (*settings, error) {
	s := &settings{ctx: ctx, paths: expandGlobs(ctx.Args().Slice())}
	path := ctx.String("config")
	switch {
	case ctx.Bool("no-config"):
		if ctx.IsSet("config") {
			return nil, usagef("--config and --no-config contradict each other")
		}
		return s, nil
	case !ctx.IsSet("config"):
		var err error
		if path, err = nearestConfig(); err != nil || path == "" {
			return s, err
		}
	}
	src, err := files.ReadSide(path, defaultLimit)
	if err != nil {
		return nil, usagef("%s: %w", path, err)
	}
	if s.own, err = config.Read(path, src, rules.All()); err != nil {
		return nil, &exit{status: statusUsage, err: err}
	}
	if ctx.Bool("verbose") {
		p.note("settings from %s", path)
	}
	return s, nil
}

// nearestConfig is the loonglint.toml that counts here, relative where it lies in the working
// directory; empty when there is none.
func nearestConfig() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", failuref("working directory: %w", err)
	}
	path, err := config.Find(wd)
	if err != nil {
		return "", failuref("looking for %s: %w", config.Name, err)
	}
	if filepath.Dir(path) == wd {
		return config.Name, nil
	}
	return path, nil
}

// setting is a setting of the file; the zero one when there is no file.
func setting[T any](s *settings, of func(*config.Config) config.Setting[T]) config.Setting[T] {
	if s.own == nil {
		return config.Setting[T]{}
	}
	return of(s.own)
}

// threshold is a level, and how near to the user it was set: 0 by default, 1 in the file, 2 by a flag.
type threshold struct {
	level lint.Level // 0: never
	rank  int
}

func (s *settings) threshold(flag string, own config.Setting[string], words ...string) (threshold, error) {
	word, err := oneOf(s.ctx, flag, words...)
	if err != nil {
		return threshold{}, err
	}
	rank := 0
	switch {
	case s.ctx.IsSet(flag):
		rank = 2
	case own.Line > 0:
		word, rank = own.Is, 1
	}
	level, _ := lint.ParseLevel(word)
	return threshold{level, rank}, nil
}

// thresholds are the lowest level that is shown, and the lowest that fails the run (0: none does). What is not
// shown fails no run: of --min-level and --fail-on, the one that was set nearer to the user moves the other.
func (s *settings) thresholds() (shown threshold, failing lint.Level, err error) {
	shown, err = s.threshold("min-level", setting(s, func(c *config.Config) config.Setting[string] { return c.MinLevel }), "warning", "error", "info")
	if err != nil {
		return shown, 0, err
	}
	fail, err := s.threshold("fail-on", setting(s, func(c *config.Config) config.Setting[string] { return c.FailOn }), "warning", "error", "info", "never")
	switch {
	case err != nil || fail.level == 0 || fail.level >= shown.level:
	case fail.rank > shown.rank:
		shown.level = fail.level
	case fail.rank < shown.rank:
		fail.level = shown.level
	default:
		err = usagef("--min-level=%s hides what --fail-on=%s fails for; use --min-level=%s", shown.level, fail.level, fail.level)
	}
	return shown, fail.level, err
}

// limit is the size in bytes above which files are not read.
func (s *settings) limit() (int64, error) {
	if own := setting(s, func(c *config.Config) config.Setting[string] { return c.MaxFileSize }); own.Line > 0 && !s.ctx.IsSet("max-file-size") {
		return config.ParseSize(own.Is)
	}
	return sizeFlag(s.ctx)
}

// search says what to take of folders.
func (s *settings) search() files.Options {
	o := files.Options{AllTOML: s.ctx.Bool("all-toml"), ConfigsOnly: s.ctx.Bool("configs-only"), NoGitignore: s.ctx.Bool("no-gitignore"),
		Exclude: slashed(s.ctx.StringSlice("exclude")), ForceExclude: s.ctx.Bool("force-exclude")}
	if s.own != nil {
		o.AllTOML = o.AllTOML || s.own.AllTOML.Is
		o.ForceExclude = o.ForceExclude || s.own.ForceExclude.Is
		o.Also = files.NewPatterns(s.own.Dir, s.own.Exclude.Is)
	}
	return o
}

// environment is the world that the flags declare, else the one of the file.
func (s *settings) environment(p *process) (*loong.Environment, error) {
	for _, flag := range [...]string{"env", "env-file", "env-names", "env-names-file"} {
		if s.ctx.IsSet(flag) {
			return p.world(s.ctx)
		}
	}
	switch {
	case s.own == nil:
	case s.own.EnvNames.Line > 0 || s.own.EnvNamesFile.Line > 0:
		names := slices.Clone(s.own.EnvNames.Is)
		if s.own.EnvNamesFile.Line > 0 {
			more, err := namesFile("env-names-file", s.own.Resolve(s.own.EnvNamesFile.Is))
			if err != nil {
				return nil, err
			}
			names = append(names, more...)
		}
		return declare(nil, names), nil
	case s.own.Env.Line > 0:
		return p.undeclaredWorld(s.own.Env.Is), nil
	}
	return p.world(s.ctx)
}

// baselinePath is the file of the baseline; empty when there is none.
func (s *settings) baselinePath() string {
	if s.ctx.IsSet("baseline") {
		return s.ctx.String("baseline")
	}
	if own := setting(s, func(c *config.Config) config.Setting[string] { return c.Baseline }); own.Line > 0 {
		return s.own.Resolve(own.Is)
	}
	return ""
}

// readBaseline reads the list of accepted findings, if one is given.
func (s *settings) readBaseline() (*lint.Baseline, error) {
	path := s.baselinePath()
	if path == "" {
		return nil, nil
	}
	return readBaseline(path)
}

func readBaseline(path string) (*lint.Baseline, error) {
	src, err := files.ReadSide(path, defaultLimit)
	if errors.Is(err, files.ErrMissing) {
		return nil, failuref("baseline %s: %w; loonglint baseline write makes one", path, err)
	}
	if err != nil {
		return nil, failuref("baseline %s: %w", path, err)
	}
	b, err := lint.ReadBaseline(bytes.NewReader(src))
	if err != nil {
		return nil, usagef("baseline %s: %w", path, err)
	}
	return b, nil
}

// rules sets which rules run, at which level: --enable and --disable, else the file.
func (s *settings) rules(o *lint.Options) error {
	o.Rules = rules.All()
	on, err := ruleList(s.ctx, "enable")
	if err != nil {
		return err
	}
	off, err := ruleList(s.ctx, "disable")
	if err != nil {
		return err
	}
	for _, r := range off {
		if slices.Contains(on, r) {
			return usagef("rule %q is both enabled and disabled", r.Name)
		}
	}
	if s.own != nil {
		o.Policy = s.own.Policy
	}
	if s.own != nil && len(s.own.OwnHosts.Is) > 0 {
		o.OwnHost = s.own.OwnHost
	}
	if len(on)+len(off) == 0 && s.own == nil {
		return nil
	}
	o.LevelOf = func(file string, r *lint.Rule) lint.Level {
		level, _ := s.own.LevelOf(file, r)
		switch {
		case slices.Contains(off, r):
			return lint.Off
		case slices.Contains(on, r):
			if level == lint.Off || level == 0 && r.OptIn {
				level = ownLevel(r)
			}
		}
		return level
	}
	return nil
}

// ownLevel keeps the level of a rule's findings; one that is off by default must be told.
func ownLevel(r *lint.Rule) lint.Level {
	if r.OptIn {
		return r.Level
	}
	return 0
}

// ruleList finds the rules that a flag names, with commas or repeated.
func ruleList(ctx *cli.Context, flag string) ([]*lint.Rule, error) {
	var list []*lint.Rule
	for _, value := range ctx.StringSlice(flag) {
		for name := range strings.SplitSeq(value, ",") {
			r, err := ruleNamed(strings.TrimSpace(name))
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
	}
	return list, nil
}

// weakened tells what the settings took from a run: whoever may write them must not silence it unseen.
func (s *settings) weakened() (list []string) {
	if s.own == nil {
		return nil
	}
	in := " in " + harmless(filepath.Base(s.own.Path))
	off, lowered := s.own.Weaker(rules.All())
	if off > 0 {
		list = append(list, count(off, "rule")+" off"+in)
	}
	if lowered > 0 {
		list = append(list, count(lowered, "rule")+" lowered"+in)
	}
	if word := s.own.FailOn.Is; !s.ctx.IsSet("fail-on") && (word == "error" || word == "never") {
		list = append(list, "fail-on "+word+in)
	}
	if n := len(s.own.OwnHosts.Is); n > 0 {
		list = append(list, count(n, "own host")+in)
	}
	return list
}

// home is the folder that files are named from in fingerprints: that of the baseline, else of the settings,
// else of the repository, else the working directory.
func (s *settings) home() string {
	if path := s.baselinePath(); path != "" {
		return filepath.Dir(path)
	}
	if s.own != nil {
		return s.own.Dir
	}
	if wd, err := os.Getwd(); err == nil {
		if root := files.Repository(wd); root != "" {
			return root
		}
	}
	return "."
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
// is elsewhere keeps its name.
func (p *process) pathOf() func(string) string {
	var trees []*files.Tree
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
	return func(file string) string {
		for _, t := range trees {
			if name, below := t.Name(file); below && file != stdinName {
				return name
			}
		}
		return file
	}
}
