package view

import (
	"fmt"
	"io"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/schema"
)

// Kind writes all that is known of a kind, as its guide page has it.
func Kind(w io.Writer, k *loong.Kind, target schema.Target) error {
	p := page{}
	p.b.WriteString(k.DisplayName + "\n\n")
	p.facts(k, target)
	p.title("Minimal config")
	p.indent(sheet.MinimalConfig(k, target, false))
	p.title("Verify it")
	p.indent(verify)
	p.title("Notes")
	for _, n := range Notes(k) {
		p.b.WriteString("  - " + n + "\n")
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// verify are the commands of the guide pages.
const verify = `loong doctor
loong list-models
loong ask --message "Say hello and name the active provider."
`

type page struct{ b strings.Builder }

func (p *page) title(s string) { p.b.WriteString("\n" + s + "\n\n") }

func (p *page) indent(text string) {
	for line := range strings.Lines(text) {
		if line != "\n" {
			p.b.WriteString("  ")
		}
		p.b.WriteString(line)
	}
}

func (p *page) fact(name string, values ...string) {
	text := strings.Join(values, ", ")
	if text == "" {
		text = "none"
	}
	fmt.Fprintf(&p.b, "%-26s %s\n", name, text)
}

func (p *page) facts(k *loong.Kind, target schema.Target) {
	p.fact("kind", k.ID)
	p.fact("group", k.Group)
	p.fact("protocol family", k.ProtocolFamily)
	p.fact("feature family", k.FeatureFamily)
	p.fact("auth scheme", k.AuthScheme)
	p.fact("credential variables", keyNames(k)...)
	p.fact("default key variable", k.APIKeyEnv)
	p.fact("OAuth variables", oauthNames(k)...)
	p.fact("aliases", k.AliasesIn(target)...)
	p.fact("default base address", k.BaseURL)
	p.fact("request route", k.Endpoints.Request)
	p.fact("models route", k.Endpoints.Models)
	p.fact("placeholders", k.Placeholders...)
	p.fact("auth optional", yesNo(k.AuthOptional))
	p.fact("model probe auth optional", yesNo(k.ProbeAuthOptional))
	p.rest(k)
}

// rest lists what only some kinds have.
func (p *page) rest(k *loong.Kind) {
	if len(k.RegionEnvNames) > 0 {
		p.fact("region variables", k.RegionEnvNames...)
	}
	if k.Region != nil {
		for _, v := range k.Region.Variants {
			p.fact("region "+v.Label, v.BaseURL)
		}
	}
	if k.SigV4 != nil {
		p.fact("signing variables", append(k.SigV4.Required[:len(k.SigV4.Required):len(k.SigV4.Required)], k.SigV4.Optional...)...)
	}
	for _, h := range k.Headers {
		p.fact("header", h.Name+": "+h.Value)
	}
	if k.UserAgent != "" {
		p.fact("user agent", k.UserAgent)
	}
	if k.TokenExchange != nil {
		p.fact("token exchange", k.TokenExchange.Method+" "+k.TokenExchange.URL)
	}
	for _, r := range k.ModelRoutes {
		name := "other models"
		if r.Prefix != "" {
			name = "models " + r.Prefix + "…"
		}
		p.fact(name, k.BaseURL+r.Path+" ("+r.Payload+", "+r.AuthScheme+")")
	}
	if k.OnboardingModel != "" {
		p.fact("reviewed model", k.OnboardingModel)
	}
	if k.DefaultModel != "" {
		p.fact("model that setup writes", k.DefaultModel)
	}
}

// Kinds writes the catalog as a table, one kind a line.
func Kinds(w io.Writer, kinds []*loong.Kind, target schema.Target) error {
	rows := make([][]string, 0, len(kinds)+1)
	rows = append(rows, []string{"KIND", "CREDENTIAL", "BASE ADDRESS", "ALIASES"})
	for i := range kinds {
		k := kinds[i]
		credential := "none"
		if len(k.EnvNames) > 0 {
			credential = keyOrOAuth(k)
		}
		rows = append(rows, []string{k.ID, credential, k.BaseURL, strings.Join(k.AliasesIn(target), ", ")})
	}
	return table(w, rows)
}

// table writes rows of ASCII in columns two blanks apart.
func table(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			fmt.Fprintf(&line, "%-*s  ", widths[i], cell)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func keyOrOAuth(k *loong.Kind) string {
	if k.APIKeyEnv != "" {
		return k.APIKeyEnv
	}
	return k.OAuthEnv
}

func keyNames(k *loong.Kind) []string   { return names(k.APIKeyEnv, k.APIKeyEnvAliases) }
func oauthNames(k *loong.Kind) []string { return names(k.OAuthEnv, k.OAuthEnvAliases) }

func names(first string, others []string) []string {
	if first == "" {
		return others
	}
	return append([]string{first}, others...)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
