package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var bedrockRegion = lint.Rule{
	Name:    "bedrock-region",
	Group:   lint.GroupAddresses,
	Summary: "a bedrock profile whose requests use different regions, or none",
	Doc: `Chat and signing take the region from the host of the address, if that is bedrock-runtime.REGION.amazonaws.com or
bedrock.REGION.amazonaws.com; the models address takes it from BEDROCK_AWS_REGION, AWS_REGION or AWS_DEFAULT_REGION,
and is always below amazonaws.com. Any other host (FIPS, a VPC endpoint, a proxy) names no region, and at the China
partition the models address is wrong. A region variable with a list or a word that is not a region is used unchecked,
and one that is set but blank makes Loong sign for an empty region.

AWS's own configuration files are not read.`,
	Level:  lint.Warning,
	Levels: "info where a variable holds more than one region, or none by its form",
	Since:  "0.1.0",
	Covers: []string{"U23", "U24", "U25", "U31"},
	Bad: `[providers.main]
kind = "bedrock"
base_url = "https://bedrock-runtime.us-east-1.amazonaws.com"
`,
	Good: `[providers.main]
kind = "bedrock"
base_url = "https://bedrock-runtime.eu-west-1.amazonaws.com"
`,
	Env: []string{"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=example-secret"},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if len(pr.Kind.RegionEnvNames) == 0 {
			return
		}
		regionOfHost(p, pr)
		regionVariable(p, pr)
		blankRegion(p, pr)
	},
}

// regionOfHost reports U23 and U24.
func regionOfHost(p *lint.Pass, pr *loong.Profile) {
	key := schema.KeyBaseURL
	if pr.EndpointOverrides {
		key = schema.KeyEndpoint
	}
	text, n := profileText(pr, key)
	if n == nil || key == schema.KeyBaseURL && pr.Base.From.Ignored != nil || strings.Contains(text, "<region>") ||
		key == schema.KeyBaseURL && loong.SameAddress(text, pr.Kind.BaseURL) {
		return
	}
	host := urlHost(text)
	region := loong.AddressRegion(text)
	switch {
	case host == "":
	case region == "":
		f := p.Report(n.Value(), "the host in %s names no region", key).WithNode(n).
			WithNote("only bedrock-runtime.REGION.amazonaws.com and bedrock.REGION.amazonaws.com do, so the region comes from variables")
		if pr.ModelsEndpointOverrides {
			f.WithHelp("set %s", pr.Kind.RegionEnvNames[0])
		} else {
			f.WithHelp("set %s, and write models_endpoint: the model list comes from %s", pr.Kind.RegionEnvNames[0], trimmed(pr.Models.Val))
		}
	case pr.ModelsEndpointOverrides:
	case strings.HasSuffix(host, ".cn"):
		p.Report(n.Value(), "%s is in the China partition, and the models address is not", key).WithNode(n).
			WithNote("Loong asks %s for the models", trimmed(pr.Models.Val)).WithHelp("write models_endpoint")
	case pr.Region.State == loong.Set && pr.Region.Is != "" && pr.Region.Is != region:
		p.Report(n.Value(), "%s is in region %s, but %s is %s", key, region, pr.Region.Name, trimmed(pr.Region.Is)).WithNode(n).
			WithNote("chat goes to region %s, and the model list comes from %s", region, trimmed(pr.Models.Val)).
			WithHelp("write one region in both, or write models_endpoint")
	}
}

// regionVariable reports U25 at the kind, for the variable is not in the file.
func regionVariable(p *lint.Pass, pr *loong.Profile) {
	if pr.Region.State != loong.Set || pr.Region.Name == "" {
		return
	}
	text, _ := p.Environment.Var(pr.Region.Name)
	text = strings.TrimSpace(text)
	n, at := kindSpan(pr)
	switch {
	case text != pr.Region.Is:
		p.Report(at, "%s holds a list, and Loong takes its first entry for addresses", pr.Region.Name).WithNode(n).WithSeverity(lint.Info).
			WithNote("requests are signed for the whole text").WithHelp("set it to one region")
	case !isRegion(text):
		p.Report(at, "%s does not look like an AWS region", pr.Region.Name).WithNode(n).WithSeverity(lint.Info).
			WithNote("Loong puts it into addresses and signatures unchecked").WithHelp("set it to a region such as us-east-1")
	}
}

// blankRegion reports U31.
func blankRegion(p *lint.Pass, pr *loong.Profile) {
	r := pr.SigningRegion(p.Environment)
	if r.State != loong.Set || r.Is != "" || r.Name == "" {
		return
	}
	n, at := kindSpan(pr)
	p.Report(at, "%s is set but blank, and nothing else gives a region", r.Name).WithNode(n).
		WithNote("Loong gives no error: it sends the requests, and signs them for an empty region").
		WithHelp("set it to a region such as us-east-1, or unset it")
}

// kindSpan is where a finding about a profile's kind or its variables points.
func kindSpan(pr *loong.Profile) (*document.Node, document.Span) {
	n := kindNode(pr)
	switch n {
	case nil:
		return nil, document.Span{}
	case pr.Node:
		return n, n.Place()
	}
	return n, spanOf(n)
}

// isRegion reports whether a text has the form of an AWS region: us-east-1, us-gov-west-1.
func isRegion(s string) bool {
	parts := strings.Split(s, "-")
	for i, part := range parts {
		for _, c := range []byte(part) {
			if isDigit := '0' <= c && c <= '9'; isDigit != (i == len(parts)-1) || !isDigit && (c < 'a' || c > 'z') {
				return false
			}
		}
		if part == "" {
			return false
		}
	}
	return len(parts) >= 3
}
