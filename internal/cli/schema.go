package cli

import (
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var schemaCommand = command{
	name: "schema", args: "[loong|loonglint]", most: 1,
	summary: "print the JSON Schema of Loong's config, for editors",
	about: "Editors that use Taplo or Tombi take it when loong.toml begins with the line: #:schema ./loong.schema.json\n" +
		"With the argument loonglint it prints the schema of loonglint.toml.",
	flags: func() []cli.Flag { return []cli.Flag{targetFlag()} },
	examples: []example{
		{"loonglint schema > loong.schema.json", "save it beside loong.toml"},
		{"loonglint schema loonglint > loonglint.schema.json", "the one for loonglint.toml"},
	},
	run: func(p *process, cmd *options) error {
		target, err := flagTarget(cmd)
		if err != nil {
			return err
		}
		text := schema.JSONFor(target)
		switch name := cmd.Args().First(); name {
		case "", "loong":
		case "loonglint":
			text = schema.ConfigJSON
		default:
			near := suggest.Nearest(name, slices.Values([]string{"loong", "loonglint"}))
			return usagef("there is a schema for loong and one for loonglint, not for %q%s", name, didYouMean(near))
		}
		_, err = p.stdout.WriteString(text)
		return err
	},
}
