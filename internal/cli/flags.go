package cli

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/suggest"
)

// formatFlag is --format; the first word is the default.
func formatFlag(words ...string) cli.Flag {
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: words[0],
		Usage: "how to write the result: `FORMAT` is one of " + strings.Join(words, ", ")}
}

// oneOf returns a flag's value, which must be one of words.
func oneOf(ctx *cli.Context, flag string, words ...string) (string, error) {
	value := ctx.String(flag)
	if slices.Contains(words, value) {
		return value, nil
	}
	near := suggest.Nearest(value, slices.Values(words))
	if len(near) == 0 {
		return "", usagef("--%s is one of %s, not %q", flag, strings.Join(words, ", "), value)
	}
	return "", usagef("--%s cannot be %q%s", flag, value, didYouMean(near))
}
