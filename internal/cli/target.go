package cli

import (
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/schema"
)

// targetFlag says as which version of Loong files are read.
func targetFlag() cli.Flag {
	return &cli.StringFlag{Name: "target-loong", Usage: "the `VERSION` of Loong: " + strings.Join(schema.TargetNames(), ", ") +
		"; several as A..B or A,B (default: " + schema.Target(0).String() + ", the newest release)"}
}

// flagTargets are the versions that the flag names; none without it.
func flagTargets(cmd *options) (schema.Targets, error) {
	if !cmd.IsSet("target-loong") {
		return 0, nil
	}
	set, err := schema.ParseTargets(cmd.String("target-loong"))
	if err != nil {
		return 0, usagef("--target-loong: %w", err)
	}
	return set, nil
}

// flagTarget is the one version that the flag names, for commands that show what one version has.
func flagTarget(cmd *options) (schema.Target, error) {
	set, err := flagTargets(cmd)
	if err != nil || set == 0 {
		return 0, err
	}
	if list := set.List(); len(list) > 1 {
		return 0, usagef("--target-loong: this command shows one version of Loong, not %d", len(list))
	}
	return set.First(), nil
}
