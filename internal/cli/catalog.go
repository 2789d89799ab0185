package cli

import (
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/internal/view"
)

var catalogCommand = command{
	name: "catalog", args: "[KIND]", most: 1,
	summary: "show Loong's provider kinds, or all about one of them",
	examples: []example{
		{"loonglint catalog", "all kinds, a line each"},
		{"loonglint catalog cloudflare", "addresses, variables, aliases and a minimal config of one"},
		{"loonglint catalog --format json", "the same for machines"},
	},
	flags: func() []cli.Flag { return []cli.Flag{formatFlag("text", "json")} },
	run:   runCatalog,
}

func runCatalog(p *process, ctx *cli.Context) error {
	format, err := oneOf(ctx, "format", "text", "json")
	if err != nil {
		return err
	}
	kinds := loong.Kinds()
	var one *loong.Kind
	if ctx.NArg() == 1 {
		if one, err = kindNamed(ctx.Args().First()); err != nil {
			return err
		}
		kinds = []loong.Kind{*one}
	}
	switch {
	case format == "json":
		return view.CatalogJSON(p.stdout, kinds)
	case one != nil:
		return view.Kind(p.stdout, one)
	}
	return view.Kinds(p.stdout, kinds)
}

// kindNamed finds a kind as the program's own selectors do, and suggests near names.
func kindNamed(name string) (*loong.Kind, error) {
	if k := loong.FoldKind(name); k != nil {
		return k, nil
	}
	near := suggest.Nearest(name, slices.Values(loong.KindNames()))
	if len(near) == 0 {
		return nil, usagef("unknown kind %q; loonglint catalog lists the kinds", name)
	}
	return nil, usagef("unknown kind %q%s", name, didYouMean(near))
}

var initCommand = command{
	name: "init", args: "KIND", most: 1,
	summary: "print a minimal, commented config for a provider kind",
	examples: []example{
		{"loonglint init ollama > loong.toml", "a local model, ready to be used"},
		{"loonglint init cloudflare > loong.toml", "a gateway; the comments say what to fill in"},
	},
	run: runInit,
}

func runInit(p *process, ctx *cli.Context) error {
	if ctx.NArg() == 0 {
		return withHint(usagef("init needs a KIND; loonglint catalog lists them"), "init")
	}
	k, err := kindNamed(ctx.Args().First())
	if err != nil {
		return err
	}
	_, err = p.stdout.WriteString(view.MinimalConfig(k, true))
	return err
}
