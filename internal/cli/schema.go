package cli

import (
	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/schema"
)

var schemaCommand = command{
	name:    "schema",
	summary: "print the JSON Schema of Loong's config, for editors",
	about:   "Editors that use Taplo take it when loong.toml begins with the line: #:schema ./loong.schema.json",
	examples: []example{
		{"loonglint schema > loong.schema.json", "save it beside loong.toml"},
		{"loonglint schema | python3 -m json.tool | less", "read it"},
	},
	run: func(p *process, _ *cli.Context) error {
		_, err := p.stdout.WriteString(schema.JSON)
		return err
	},
}
