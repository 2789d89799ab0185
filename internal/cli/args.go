package cli

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/suggest"
)

// usedFlags are the flags of a command that words name. Not all is known where help is asked for or a word names another
// flag: then they are all flags of the command, for its help and for suggestions.
func (c *command) usedFlags(words []string) (list []cli.Flag, known bool) {
	var names []string
	for _, word := range words {
		if isFlag(word) && word != "--" {
			name, _, _ := strings.Cut(strings.TrimLeft(strings.TrimSpace(word), "-"), "=")
			names = append(names, name)
		}
	}
	var flags []cli.Flag
	if c.flags != nil {
		flags = c.flags()
	}
	for _, f := range flags {
		if len(names) == 0 {
			break
		}
		before, own := len(names), f.Names()
		names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(own, name) })
		if len(names) < before {
			list = append(list, f)
		}
	}
	if len(names) > 0 || slices.Contains(words, helpName) {
		return flags, false
	}
	return list, true
}

// options are the arguments of a command and the flags that it was given, by their first names. The library goes through
// all flags and their names for each question.
type options struct {
	*cli.Command
	values map[string]any
}

func optionsOf(cmd *cli.Command) *options {
	o := &options{Command: cmd, values: make(map[string]any, len(cmd.Flags))}
	for _, f := range cmd.Flags {
		if f.IsSet() {
			o.values[f.Names()[0]] = f.Get()
		}
	}
	return o
}

func (o *options) IsSet(name string) bool { return o.values[name] != nil }

func (o *options) Bool(name string) bool {
	value, _ := o.values[name].(bool)
	return value
}

func (o *options) String(name string) string {
	value, _ := o.values[name].(string)
	return value
}

func (o *options) StringSlice(name string) []string {
	value, _ := o.values[name].([]string)
	return value
}

// restrict refuses what the library takes of a flag: a second value where there is one, and -- as a value.
func restrict(f cli.Flag) {
	switch f := f.(type) {
	case *cli.StringFlag:
		f.OnlyOnce = true
		f.Validator = func(value string) error { return notSeparator(value) }
	case *cli.StringSliceFlag:
		f.Validator = func(values []string) error { return notSeparator(values...) }
		f.SetStringer(func(f cli.Flag) string { // the library's has each name twice
			name, usage, _ := strings.Cut(cli.FlagStringer(f), "\t")
			name, _, _ = strings.Cut(name, " [")
			return name + "\t" + usage
		})
	case *cli.BoolFlag:
		var first *bool
		f.Validator = func(on bool) error {
			if first != nil && *first != on {
				return errors.New("twice")
			}
			first = &on
			return nil
		}
	}
}

var errNoValue = errors.New("needs a value")

func notSeparator(values ...string) error {
	if slices.Contains(values, "--") {
		return errNoValue
	}
	return nil
}

// usageError says what the library says in the words of the program.
func usageError(cmd *cli.Command, err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		near := suggest.Nearest(name, flagNames(cmd.Flags))
		for i := range near {
			near[i] = dashed(near[i])
		}
		return usagef("unknown flag %s%s", dashed(name), didYouMean(near))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return usagef("flag %s needs a value", name)
	}
	// It is: invalid value "x" for flag -name: reason.
	at := max(strings.LastIndex(text, " for flag -"), 0)
	name, reason, _ := strings.Cut(strings.TrimPrefix(text[at:], " for flag -"), ": ")
	if i := slices.IndexFunc(cmd.Flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) }); i >= 0 {
		name = cmd.Flags[i].Names()[0]
	}
	switch reason {
	case errNoValue.Error():
		return usagef("flag %s %s", dashed(name), reason)
	case "parse error":
		return usagef("flag %s is true or false, not %s", dashed(name), strings.TrimPrefix(text[:at], "invalid value "))
	}
	return usagef("flag %s is given twice", dashed(name))
}

// refuseFiles refuses what may be the name of a file as well as a flag: whoever names files must not steer the program.
func refuseFiles(args []string) error {
	for _, arg := range args {
		if arg == "--" {
			break
		}
		if isFlag(arg) && exists(arg) {
			return usagef("%q is a flag, and a file has this name; write %q for the file, or put -- before the paths", arg, "./"+arg)
		}
	}
	return nil
}

// isFlag reports whether the library takes a word for a flag.
func isFlag(word string) bool {
	word = strings.TrimSpace(word)
	return len(word) > 1 && word[0] == '-'
}

// exists reports whether there is a file, a folder or a link of that name.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// flagNames yields the names of flags that are longer than a letter.
func flagNames(flags []cli.Flag) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, f := range flags {
			for _, n := range f.Names() {
				if len(n) > 1 && !yield(n) {
					return
				}
			}
		}
	}
}
