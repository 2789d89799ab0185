// Package bridge offers the library to programs in other languages: a call is the name of a method, a document and
// parameters in JSON; its answer is JSON, too. It knows nothing of how calls arrive.
//
// What a method takes and gives is described by web/wasm/index.d.ts.
package bridge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/render"
)

// Bridge answers calls, one at a time.
type Bridge struct {
	made    string // the options of linter, as they were given
	linter  *loonglint.Linter
	methods map[string]method
}

type method func(text []byte, p *params) (any, error)

// params are the parameters of all methods.
type params struct {
	Options     json.RawMessage `json:"options"`
	Name        string          `json:"name"` // of the document
	Rule        string          `json:"rule"`
	Unsafe      bool            `json:"unsafe"`
	Fingerprint string          `json:"fingerprint"` // of the finding to fix
	Fix         int             `json:"fix"`         // which of its fixes
	Format      string          `json:"format"`
}

// options are the JSON form of loonglint.Options.
type options struct {
	Settings    string   `json:"settings"`
	Enable      []string `json:"enable"`
	Disable     []string `json:"disable"`
	MinLevel    string   `json:"minLevel"`
	NoIgnores   bool     `json:"noIgnores"`
	Baseline    string   `json:"baseline"`
	Target      string   `json:"target"`
	Today       string   `json:"today"` // as 2006-01-02
	Environment *struct {
		Variables map[string]string `json:"variables"`
		Names     []string          `json:"names"`
	} `json:"environment"`
}

// New returns a bridge.
func New() *Bridge {
	b := &Bridge{}
	b.methods = map[string]method{
		"about":      about,
		"rules":      listRules,
		"explain":    explain,
		"redact":     redactDocument,
		"redactText": redactText,
		"check":      b.check,
		"resolve":    b.resolve,
		"render":     b.render,
		"repair":     b.repair,
		"fix":        b.fix,
	}
	return b
}

// Call answers {"result": …} or {"error": "…"}. A document is not changed or kept.
func (b *Bridge) Call(name string, text, parameters []byte) (answer []byte) {
	defer func() {
		if p := recover(); p != nil {
			b.linter = nil
			answer = failure(fmt.Errorf("loonglint failed in %s; please report this", name)) // p may quote the document
		}
	}()
	call, ok := b.methods[name]
	if !ok {
		return failure(fmt.Errorf("there is no method %q", name))
	}
	p := params{Name: "loong.toml"}
	if len(parameters) > 0 {
		if err := decode(parameters, &p); err != nil {
			return failure(err)
		}
	}
	result, err := call(text, &p)
	if err != nil {
		return failure(err)
	}
	raw, err := render.Encode(result)
	if err != nil {
		return failure(err)
	}
	return slices.Concat([]byte(`{"result":`), raw, []byte("}"))
}

func failure(err error) []byte {
	raw, _ := render.Encode(map[string]string{"error": err.Error()}) // a string has a JSON form
	return raw
}

// decode refuses keys that it does not know, so that a misspelled option is not ignored.
func decode(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// with is the linter for options; that of the last call is kept.
func (b *Bridge) with(raw json.RawMessage) (*loonglint.Linter, error) {
	if b.linter != nil && b.made == string(raw) {
		return b.linter, nil
	}
	var o options
	if len(raw) > 0 {
		if err := decode(raw, &o); err != nil {
			return nil, fmt.Errorf("options: %w", err)
		}
	}
	made, err := o.library()
	if err != nil {
		return nil, err
	}
	linter, err := loonglint.New(made)
	if err != nil {
		return nil, err
	}
	b.made, b.linter = string(raw), linter
	return linter, nil
}

func (o *options) library() (loonglint.Options, error) {
	out := loonglint.Options{Settings: o.Settings, Enable: o.Enable, Disable: o.Disable, NoIgnores: o.NoIgnores,
		Baseline: []byte(o.Baseline), Target: o.Target}
	if o.MinLevel != "" {
		levels := []loonglint.Severity{loonglint.Info, loonglint.Warning, loonglint.Error}
		i := slices.IndexFunc(levels, func(s loonglint.Severity) bool { return s.String() == o.MinLevel })
		if i < 0 {
			return out, fmt.Errorf("minLevel is %q, not info, warning or error", o.MinLevel)
		}
		out.MinSeverity = levels[i]
	}
	if o.Today != "" {
		day, err := time.Parse(time.DateOnly, o.Today)
		if err != nil {
			return out, fmt.Errorf("today is %q, not a date as in %s", o.Today, time.DateOnly)
		}
		out.Today = day
	}
	if e := o.Environment; e != nil {
		out.Environment = &loonglint.Environment{Variables: e.Variables, Names: e.Names}
	}
	return out, nil
}

// check gives the document loonglint.v1.
func (b *Bridge) check(text []byte, p *params) (any, error) {
	raw, err := b.report("json", text, p)
	return json.RawMessage(raw), err
}

// render gives a report in any format.
func (b *Bridge) render(text []byte, p *params) (any, error) {
	raw, err := b.report(p.Format, text, p)
	return string(raw), err
}

func (b *Bridge) report(format string, text []byte, p *params) ([]byte, error) {
	l, err := b.with(p.Options)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = loonglint.Render(&out, format, []*loonglint.Result{l.Check(p.Name, text)}, loonglint.RenderOptions{})
	return out.Bytes(), err
}

// resolve gives the document loonglint.resolve.v1.
func (b *Bridge) resolve(text []byte, p *params) (any, error) {
	l, err := b.with(p.Options)
	if err != nil {
		return nil, err
	}
	r, err := l.Resolve(p.Name, text)
	if err != nil {
		return nil, err
	}
	return json.RawMessage(r.JSON()), nil
}

// changed is what repair and fix give.
type changed struct {
	Text     string   `json:"text"`
	Repaired []string `json:"repaired"` // fingerprints of the findings
}

func (b *Bridge) repair(text []byte, p *params) (any, error) {
	l, err := b.with(p.Options)
	if err != nil {
		return nil, err
	}
	fixed, repaired, err := l.Repair(p.Name, text, p.Unsafe)
	if err != nil {
		return nil, err
	}
	c := changed{string(fixed), []string{}}
	for i := range repaired {
		c.Repaired = append(c.Repaired, repaired[i].Fingerprint)
	}
	return c, nil
}

// fix applies one fix of one finding. A report leaves out edits that hold a secret, so they are found again here.
func (b *Bridge) fix(text []byte, p *params) (any, error) {
	l, err := b.with(p.Options)
	if err != nil {
		return nil, err
	}
	findings := l.Check(p.Name, text).Findings
	i := slices.IndexFunc(findings, func(f loonglint.Finding) bool { return f.Fingerprint == p.Fingerprint })
	if i < 0 || p.Fix < 0 || p.Fix >= len(findings[i].Fixes) {
		return nil, errors.New("the document has no such finding, or the finding no such fix")
	}
	fixed, err := loonglint.Apply(text, findings[i].Fixes[p.Fix])
	if err != nil {
		return nil, err
	}
	return changed{string(fixed), []string{p.Fingerprint}}, nil
}

// listRules gives the document loonglint.rules.v1 about all rules.
func listRules(_ []byte, _ *params) (any, error) {
	return json.RawMessage(loonglint.RulesJSON(loonglint.Rules())), nil
}

// explain gives the same about one rule.
func explain(_ []byte, p *params) (any, error) {
	r, err := loonglint.Explain(p.Rule)
	return json.RawMessage(loonglint.RulesJSON([]loonglint.Rule{r})), err
}

func redactDocument(text []byte, _ *params) (any, error) {
	redacted, err := loonglint.Redact(text)
	return string(redacted), err
}

func redactText(text []byte, _ *params) (any, error) {
	return loonglint.RedactText(string(text)), nil
}

func about(_ []byte, _ *params) (any, error) {
	return struct {
		Version string   `json:"version"`
		Targets []string `json:"targets"`
		Formats []string `json:"formats"`
	}{loonglint.Version(), loonglint.Targets(), loonglint.Formats()}, nil
}
