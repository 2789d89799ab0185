package rules

import (
	"math"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var temperatureOutOfRange = lint.Rule{
	Name:    "temperature-out-of-range",
	Group:   lint.GroupModels,
	Summary: "a temperature that services refuse",
	Doc: `Loong sends temperature as it is; nan and inf become null. Services take 0 to 2, some only up to 1, and refuse the rest.
Write a number from 0 to 2.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"N5"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
temperature = 20
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
temperature = 2
`,
	Writes: []schema.Key{schema.KeyTemperature},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		v := table.At(schema.KeyTemperature)
		t, ok := v.Float()
		if !ok || t >= 0 && t <= 2 {
			return
		}
		f := p.Report(v.Node.Value(), "temperature %s is outside of 0 to 2", v.Node.Text()).WithNode(v.Node).
			WithNote("Loong sends it as it is, and services refuse it").WithHelp("write a number from 0 to 2")
		if math.IsNaN(t) || math.IsInf(t, 0) {
			f.WithNote("Loong sends null instead")
		}
	},
}
