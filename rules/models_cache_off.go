package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var cacheOff = lint.Rule{
	Name:    "cache-off",
	Group:   lint.GroupModels,
	Summary: "a cache time of 0, which also gives up the fallback to an older list of models",
	Doc: `model_catalog_cache_ttl_ms = 0 turns the cache of the model list off, and with it the older list that Loong would use while
the service cannot be reached, whatever model_catalog_stale_if_error_ms says. Write a small number, such as 1000, to keep that.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"N11"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model_catalog_cache_ttl_ms = 0
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model_catalog_cache_ttl_ms = 1000
`,
	Writes: []schema.Key{schema.KeyModelCatalogCacheTTLMs},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		v := table.At(schema.KeyModelCatalogCacheTTLMs)
		if n, ok := v.Int(); ok && n == 0 {
			f := p.Report(v.Node.Value(), "a cache time of 0 turns the cache of the model list off").WithNode(v.Node).
				WithNote("Loong also loses the older list that it uses while the service cannot be reached").
				WithHelp("write a small number, such as 1000")
			if stale := table.At(schema.KeyModelCatalogStaleIfErrorMs); stale.Present() {
				f.WithRelated(spanOf(stale.Node), "has no effect then")
			}
		}
	},
}
