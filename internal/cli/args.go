package cli

import (
	"flag"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/suggest"
)

// arrange moves the flags before the other arguments, because the library takes a flag after
// the first path for a path. It also finds unknown flags, which it names better, and refuses what may be
// the name of a file as well as a flag: whoever names files must not steer the program.
func arrange(args []string, flags []cli.Flag) (a arrangement, err error) {
	var rest []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		if exists(arg) {
			return a, usagef("%q is a flag, and a file has this name; write %q for the file, or put -- before the paths", arg, "./"+arg)
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		f := flagByName(flags, name)
		if f == nil {
			return a, unknownFlag(arg, name, flags)
		}
		if f == helpFlag {
			return arrangement{help: true}, nil
		}
		if err := a.add(f, arg, value); err != nil {
			return a, err
		}
		if takesValue(f) && !hasValue {
			if i+1 == len(args) {
				return a, usagef("flag --%s needs a value", flagNames(f)[0])
			}
			i++
			a.args = append(a.args, args[i])
		}
	}
	if slices.Contains(rest, stdinPath) && exists(stdinPath) {
		return a, usagef("%q is stdin, and a file has this name; write %q for the file", stdinPath, "./"+stdinPath)
	}
	a.args = append(append(a.args, "--"), rest...)
	return a, nil
}

// exists reports whether there is a file, a folder or a link of that name.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// arrangement is a command line for the library.
type arrangement struct {
	args   []string   // flags, --, the rest
	used   []cli.Flag // the flags among args, each once
	values []string   // of used, where they are written after an equals sign
	help   bool       // help is asked for; the rest is empty
}

// add takes a flag. Only lists, and switches that are set alike, may come again.
func (a *arrangement) add(f cli.Flag, arg, value string) error {
	a.args = append(a.args, arg)
	i := slices.Index(a.used, f)
	if i < 0 {
		a.used, a.values = append(a.used, f), append(a.values, value)
		return nil
	}
	if _, list := f.(*cli.StringSliceFlag); !list && (takesValue(f) || value != a.values[i]) {
		return usagef("flag --%s is given twice", flagNames(f)[0])
	}
	return nil
}

// flagNames is f.Names without the regular expression that the library runs for each name.
func flagNames(f cli.Flag) []string {
	switch f := f.(type) {
	case *cli.BoolFlag:
		return append([]string{f.Name}, f.Aliases...)
	case *cli.StringFlag:
		return append([]string{f.Name}, f.Aliases...)
	case *cli.StringSliceFlag:
		return append([]string{f.Name}, f.Aliases...)
	}
	return f.Names()
}

// namedFlag is a flag of the library that knows its names; the library would cut them out with a
// regular expression, for each question again.
type namedFlag struct {
	cli.Flag
	names []string
}

func (f namedFlag) Names() []string { return f.names }

// Apply defines the flag, which is switched on or has a text.
func (f namedFlag) Apply(set *flag.FlagSet) error {
	for _, name := range f.names {
		if takesValue(f.Flag) {
			set.String(name, "", "")
		} else {
			set.Bool(name, false, "")
		}
	}
	return nil
}

// namedFlags replaces flags by such ones, but for lists, which the library must define itself.
func namedFlags(flags []cli.Flag) []cli.Flag {
	for i, f := range flags {
		if _, list := f.(*cli.StringSliceFlag); !list {
			flags[i] = namedFlag{f, flagNames(f)}
		}
	}
	return flags
}

// helpFlag is listed for every command and never handed to the library, which has its own.
var helpFlag cli.Flag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show this help"}

func flagByName(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(flagNames(f), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	_, isBool := f.(*cli.BoolFlag)
	return !isBool
}

func unknownFlag(arg, name string, flags []cli.Flag) error {
	written, _, _ := strings.Cut(arg, "=")
	return usagef("unknown flag %s%s", written, nearFlags(name, flags))
}

func nearFlags(name string, flags []cli.Flag) string {
	near := suggest.Nearest(name, func(yield func(string) bool) {
		for _, f := range flags {
			for _, n := range flagNames(f) {
				if len(n) > 1 && !yield(n) {
					return
				}
			}
		}
	})
	for i := range near {
		near[i] = "--" + near[i]
	}
	return didYouMean(near)
}

// didYouMean is the end of an error's sentence; empty without words.
func didYouMean(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "; " + suggest.Question(words)
}

func unknownCommand(name string, commands []*command) error {
	names := func(yield func(string) bool) {
		for _, c := range commands {
			if !yield(c.name) {
				return
			}
		}
	}
	if near := suggest.Nearest(name, names); len(near) > 0 {
		return usagef("unknown command %q%s", name, didYouMean(near))
	}
	if strings.ContainsAny(name, "./\\") {
		return usagef("unknown command %q; to lint a file: loonglint check %s", name, name)
	}
	return usagef("unknown command %q; loonglint --help lists the commands", name)
}
