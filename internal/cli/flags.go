package cli

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/suggest"
)

// formatFlag is --format; the first word is the default.
//
// Flags have no defaults of the library: it is told only of those that are used.
func formatFlag(words ...string) cli.Flag {
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"},
		Usage: "how to write the result: `FORMAT` is " + words[0] + " (default), " + strings.Join(words[1:], ", ")}
}

// oneOf returns a flag's value, which must be one of words; the first is the default.
func oneOf(cmd *options, flag string, words ...string) (string, error) {
	if !cmd.IsSet(flag) {
		return words[0], nil
	}
	value := cmd.String(flag)
	if slices.Contains(words, value) {
		return value, nil
	}
	near := suggest.Nearest(value, slices.Values(words))
	if len(near) == 0 {
		return "", usagef("--%s is one of %s, not %q", flag, strings.Join(words, ", "), value)
	}
	return "", usagef("--%s cannot be %q%s", flag, value, didYouMean(near))
}
