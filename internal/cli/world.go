package cli

import (
	"bytes"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/hashicorp/go-envparse"
	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
)

// envLimit is the size in bytes above which a file of variables is not read.
const envLimit = 8 << 20

func worldFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "env", Usage: "the variables that Loong will see, `live|static`: those of this process (default), or nothing is known"},
		&cli.StringFlag{Name: "env-default", Usage: "`live|static`, as --env, where neither another flag nor loonglint.toml says which variables there are"},
		&cli.StringSliceFlag{Name: "env-file", Usage: "the variables that Loong will see, from a dotenv `FILE`; repeatable"},
		&cli.StringSliceFlag{Name: "env-names", Usage: "the `NAMES` of variables that Loong will see, with commas; repeatable"},
		&cli.StringSliceFlag{Name: "env-names-file", Usage: "a `FILE` with such names, one a line; repeatable"},
	}
}

// world is the environment that the flags ask for (contract.md, "three worlds").
func (p *process) world(ctx *cli.Context) (*loong.Environment, error) {
	mode, err := oneOf(ctx, "env", "live", "static")
	if err != nil {
		return nil, err
	}
	unset, err := oneOf(ctx, "env-default", "live", "static")
	if err != nil {
		return nil, err
	}
	declared := false
	for _, name := range []string{"env-file", "env-names", "env-names-file"} {
		if ctx.IsSet(name) {
			declared = true
			if ctx.IsSet("env") {
				return nil, usagef("--env=%s and --%s contradict each other; give one of them", mode, name)
			}
		}
	}
	switch {
	case declared:
		return declaredWorld(ctx)
	case !ctx.IsSet("env"):
		return p.undeclaredWorld(unset), nil
	}
	return p.undeclaredWorld(mode), nil
}

// undeclaredWorld is static or live.
func (p *process) undeclaredWorld(mode string) *loong.Environment {
	if mode == "static" {
		return loong.Static()
	}
	return liveWorld(p.environ)
}

// liveWorld is the environment of this process; of a name given twice the first counts, as for
// every program.
func liveWorld(environ []string) *loong.Environment {
	return &loong.Environment{
		Lookup: func(name string) (string, loong.State) {
			for _, entry := range environ {
				if n, value, ok := cutVariable(entry); ok && sameName(n, name) {
					return value, loong.Set
				}
			}
			return "", loong.Unset
		},
		Files: files.Machine{},
		Names: func() []string {
			var names []string
			for _, entry := range environ {
				if n, _, ok := cutVariable(entry); ok {
					names = append(names, n)
				}
			}
			slices.Sort(names)
			return names
		},
	}
}

// cutVariable splits NAME=value; on Windows a name may begin with =.
func cutVariable(entry string) (name, value string, ok bool) {
	if entry == "" {
		return "", "", false
	}
	at := 1 + strings.IndexByte(entry[1:], '=')
	if at == 0 {
		return "", "", false
	}
	return entry[:at], entry[at+1:], true
}

func sameName(a, b string) bool {
	return a == b || runtime.GOOS == "windows" && strings.EqualFold(a, b)
}

// declaredWorld knows the declared variables and no other. A later file wins over an earlier
// one, and a value over a bare name.
func declaredWorld(ctx *cli.Context) (*loong.Environment, error) {
	values := map[string]string{}
	for _, path := range ctx.StringSlice("env-file") {
		more, err := dotenv(path)
		if err != nil {
			return nil, err
		}
		maps.Copy(values, more)
	}
	names, err := declaredNames(ctx)
	if err != nil {
		return nil, err
	}
	return declare(values, names), nil
}

func declare(values map[string]string, names []string) *loong.Environment {
	w := loong.Declare(values, names)
	all := w.Names
	w.Names = func() []string { return slices.Sorted(slices.Values(all())) }
	return w
}

// dotenv reads a file of NAME=value lines; its errors never hold a line's text.
func dotenv(path string) (map[string]string, error) {
	src, err := files.ReadSide(path, envLimit)
	if err != nil {
		return nil, failuref("--env-file %s: %w", path, err)
	}
	values, err := envparse.Parse(bytes.NewReader(withoutMark(src)))
	if err != nil {
		var pe *envparse.ParseError
		if errors.As(err, &pe) && pe.Line > 0 {
			return nil, usagef("--env-file %s: line %d is not NAME=value", path, pe.Line)
		}
		return nil, usagef("--env-file %s: is not a file of NAME=value lines", path)
	}
	return values, nil
}

func withoutMark(src []byte) []byte { return bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")) }

func declaredNames(ctx *cli.Context) ([]string, error) {
	var names []string
	for _, list := range ctx.StringSlice("env-names") {
		more, ok := splitNames(list)
		if !ok {
			return nil, usagef("--env-names takes names without values; --env-file reads a file of NAME=value lines")
		}
		names = append(names, more...)
	}
	for _, path := range ctx.StringSlice("env-names-file") {
		more, err := namesFile("--env-names-file", path)
		if err != nil {
			return nil, err
		}
		names = append(names, more...)
	}
	return names, nil
}

// namesFile reads a file of names, one a line, with comments; setting is what named the file.
func namesFile(setting, path string) ([]string, error) {
	src, err := files.ReadSide(path, envLimit)
	if err != nil {
		return nil, failuref("%s %s: %w", setting, path, err)
	}
	var names []string
	for line := range strings.Lines(string(withoutMark(src))) {
		line, _, _ = strings.Cut(line, "#")
		more, ok := splitNames(line)
		if !ok {
			return nil, usagef("%s %s: has values; --env-file reads such a file", setting, path)
		}
		names = append(names, more...)
	}
	return names, nil
}

// splitNames cuts at commas and blanks; false when there is an equals sign.
func splitNames(list string) ([]string, bool) {
	if strings.Contains(list, "=") {
		return nil, false
	}
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' }), true
}
