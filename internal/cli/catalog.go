package cli

import (
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/internal/view"
	"github.com/loonglint/loonglint/schema"
)

var catalogCommand = command{
	name: "catalog", args: "[KIND]", most: 1,
	summary: "show Loong's provider kinds, or all about one of them",
	examples: []example{
		{"loonglint catalog", "all kinds, a line each"},
		{"loonglint catalog cloudflare", "addresses, variables, aliases and a minimal config of one"},
		{"loonglint catalog --format json", "the same for machines"},
	},
	flags: func() []cli.Flag { return []cli.Flag{formatFlag("text", "json"), targetFlag()} },
	run:   runCatalog,
}

func runCatalog(p *process, cmd *options) error {
	format, err := oneOf(cmd, "format", "text", "json")
	if err != nil {
		return err
	}
	target, err := flagTarget(cmd)
	if err != nil {
		return err
	}
	kinds := loong.KindsOf(target)
	if cmd.NArg() == 1 {
		one, err := kindNamed(cmd.Args().First(), target)
		if err != nil {
			return err
		}
		if format == "text" {
			return view.Kind(p.stdout, one, target)
		}
		kinds = []*loong.Kind{one}
	}
	if format == "json" {
		return view.CatalogJSON(p.stdout, kinds, target)
	}
	return view.Kinds(p.stdout, kinds, target)
}

// kindNamed finds a kind of a version as the program's own selectors do, and suggests near names.
func kindNamed(name string, target schema.Target) (*loong.Kind, error) {
	if k := loong.FoldKind(name); k != nil {
		if k.Missing.Has(target) {
			return nil, usagef("%s does not know the kind %q; %s does", target.Title(), k.ID, (schema.AllTargets &^ k.Missing).First().Title())
		}
		return k.As(target), nil
	}
	near := suggest.Nearest(name, slices.Values(loong.KindNames(target)))
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
	flags: func() []cli.Flag { return []cli.Flag{targetFlag()} },
	run:   runInit,
}

func runInit(p *process, cmd *options) error {
	if cmd.NArg() == 0 {
		return withHint(usagef("init needs a KIND; loonglint catalog lists them"), "init")
	}
	target, err := flagTarget(cmd)
	if err != nil {
		return err
	}
	k, err := kindNamed(cmd.Args().First(), target)
	if err != nil {
		return err
	}
	_, err = p.stdout.WriteString(sheet.MinimalConfig(k, target, true))
	return err
}
