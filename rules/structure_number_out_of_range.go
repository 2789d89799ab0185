package rules

import (
	"fmt"
	"math"
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var numberOutOfRange = lint.Rule{
	Name:    "number-out-of-range",
	Group:   lint.GroupStructure,
	Summary: "a number outside what its key can hold",
	Doc: `A number that does not fit the key's type (negative, or a port above 65535) makes decoding fail. For 26
further keys Loong's own validation has bounds and refuses the file beyond them. The upper bound of
feishu_integration.retry_initial_backoff_ms moves the lower one of retry_max_backoff_ms.

Numbers that Loong limits without a message are reported by value-clamped.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	Covers: []string{"X25"},
	// The same digits do not fit 64 bits either.
	Silences: []string{"toml-syntax"},
	Bad: `[gateway]
port = 70000

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[gateway]
port = 7000

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: runNumberOutOfRange,
}

func runNumberOutOfRange(p *lint.Pass) {
	eachProblem(p, schema.NumberOutOfRange, func(b *schema.Problem) {
		p.Report(b.Node.Value(), "%s = %s is not %s", b.Node.Name(), b.Node.Text(), b.Want).WithNode(b.Node).WithNote(refuses).WithHelp("write %s", b.Want)
	})
	eachDiagnostic(p, "config.numeric_range", reportRange)
}

func reportRange(p *lint.Pass, d *loong.Diagnostic) {
	name := lastName(d.FieldPath)
	if d.Node != nil && d.Node.Name() != "" {
		name = d.Node.Name()
	}
	written := name + " is not written, and its default"
	if d.Node != nil && d.Node.Kind == document.Integer {
		written = name + " = " + d.Node.Text()
	}
	f := reportDiagnostic(p, d, "%s is outside %d to %d", written, d.Min, d.Max).
		WithHelp("write a number from %d to %d", d.Min, d.Max)
	switch {
	case d.Max == math.MaxInt64 || d.Max < 0:
		f.Message = written + " is below " + strconv.FormatInt(d.Min, 10)
		f.WithHelp("write %d or more", d.Min)
	case d.Min > d.Max:
		f.Message = fmt.Sprintf("no value of %s is valid: it must be at least retry_initial_backoff_ms, which is %d, and at most %d", name, d.Min, d.Max)
		f.WithHelp("lower retry_initial_backoff_ms")
	}
}
