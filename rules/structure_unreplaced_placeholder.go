package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/schema"
)

var unreplacedPlaceholder = lint.Rule{
	Name:    "unreplaced-placeholder",
	Group:   lint.GroupStructure,
	Summary: "a placeholder that nobody filled in",
	Doc: `Guides and templates show <account_id>, {account}, :account, YOUR_API_KEY, changeme, xxx or TODO where your own value
belongs. Loong sends them as they are: in a path percent-encoded, with the key, to the real service; in a host nothing
can be sent. cloudflare_ai_gateway and custom have such placeholders in their default address, so they need a base_url.

<region> in an address of bedrock is filled by Loong from BEDROCK_AWS_REGION, AWS_REGION or AWS_DEFAULT_REGION, and
{modelId} for each request; these are reported only where no region is known. Variables in texts that are no address of
a provider are left to variable-not-expanded. Not seen: a value that looks real.`,
	Level:    lint.Error,
	Levels:   "warning in models_endpoint, preferred_models, headers that are no credential, and outside of the provider tables; info in a section that is off",
	Since:    "0.1.0",
	Covers:   []string{"U11", "U12", "U13", "X80", "X107"},
	Silences: []string{"invalid-address", "setting-ignored"},
	Bad: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/<account_id>/<gateway_name>/openai/compat"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Good: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e/prod/openai/compat"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Profile: placeholdersInProfile,
	Keys:    lint.Pointers | lint.Secrets | lint.Headers,
	Paths:   &textAt,
	Key:     placeholderElsewhere,
}

// valuePlace tells where the value of a placeholder is found (facts/choices.json).
type valuePlace struct{ kind, names, text string }

func placeholdersInProfile(p *lint.Pass, pr *loong.Profile) {
	written := false
	for _, key := range [...]schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint, schema.KeyChatCompletionsPath} {
		text, n := profileText(pr, key)
		if n == nil {
			continue
		}
		found := addressLeftovers(p, pr, n.Text())
		if key == schema.KeyBaseURL {
			written = len(found) > 0 && pr.Base.From.Node == n
		}
		if len(found) == 0 || key == schema.KeyBaseURL && pr.Base.From.Node != n {
			continue
		}
		f := reportLeftovers(p, pr, n, found)
		switch {
		case key == schema.KeyModelsEndpoint, (key == schema.KeyBaseURL || key == schema.KeyChatCompletionsPath) && !chatUsesBase(pr):
			f.WithSeverity(lint.Warning)
		}
		if len(pr.Kind.RegionEnvNames) > 0 && slices.ContainsFunc(found, func(l placeholder.Match) bool { return slices.Contains(pr.Kind.Placeholders, l.Text) }) {
			f.Claims(pr.Node, aRegion)
		}
		if len(pr.Kind.RegionEnvNames) > 0 && found[0].Text == "<region>" {
			f.WithNote("Loong fills it from a variable, and none of them is set")
		} else {
			f.WithNote("%s", leftoverEffect(pr, text, key, found[0].Text))
		}
	}
	if !written {
		defaultPlaceholders(p, pr)
	}
	modelPlaceholders(p, pr)
	credentialPlaceholders(p, pr)
}

// leftoverEffect says what becomes of an address that still has a placeholder.
func leftoverEffect(pr *loong.Profile, address string, key schema.Key, leftover string) string {
	switch {
	case key != schema.KeyChatCompletionsPath && routeHost(pr.Route, address) == "":
		return "no request can be sent: the host is not a valid name"
	case strings.ContainsAny(leftover, "<>{}"):
		return "Loong sends it percent-encoded, with the key of the profile"
	}
	return "Loong sends it as it is, with the key of the profile"
}

// defaultPlaceholders reports a default address that is a template for people to fill in.
func defaultPlaceholders(p *lint.Pass, pr *loong.Profile) {
	if !pr.Kind.RequiresOwnBase || pr.Base.Val != pr.Kind.BaseURL || !chatUsesBase(pr) && !modelsUseBase(pr) {
		return
	}
	n, at := kindNode(pr), document.Span{}
	if n != nil {
		at = spanOf(n)
		if n == pr.Node {
			at = n.Place()
		}
	}
	found := placeholder.All(pr.Kind.BaseURL)
	f := p.Report(at, "kind %s needs a base_url: its default address is a template, %s", pr.Kind.ID, pr.Kind.BaseURL).WithNode(n)
	if _, base := profileText(pr, schema.KeyBaseURL); base != nil {
		f.Span = base.Value()
		f.WithNode(base).WithIgnored(base).Message = quoted(trimmed(base.Text())) + " counts as not written for kind " + pr.Kind.ID + ", so the address is the template " + pr.Kind.BaseURL
		if !loong.SameAddress(base.Text(), pr.Kind.BaseURL) {
			f.WithNote("OpenAI's own address means the kind's default")
			f.WithHelp("write %s/v1 for OpenAI itself, or the address of your service", loong.OpenAIBase)
			return
		}
		f.Message = "base_url is still the template " + pr.Kind.BaseURL
	}
	if !chatUsesBase(pr) {
		f.WithSeverity(lint.Warning)
	}
	f.WithNote("%s", leftoverEffect(pr, pr.Kind.BaseURL, schema.KeyBaseURL, found[0].Text)).WithHelp("%s", placesHelp(pr, found))
	if pr.Kind.Advice != nil {
		f.WithHelp("write base_url = %q; %s", pr.Kind.OwnBase(), placesHelp(pr, found))
	}
}

// addressLeftovers lists the placeholders of an address that Loong does not fill, else the first
// variable or encoded placeholder in it.
func addressLeftovers(p *lint.Pass, pr *loong.Profile, text string) []placeholder.Match {
	return slices.DeleteFunc(leftoversInAddress(p, text), func(l placeholder.Match) bool {
		return filledByLoong(p, pr, l.Text)
	})
}

// leftoversInAddress lists the placeholders of an address, else the first variable or encoded placeholder in it.
func leftoversInAddress(p *lint.Pass, text string) []placeholder.Match {
	left, found := p.Unfilled(text)
	if !found {
		return nil
	}
	all := placeholder.InAddress(text)
	if len(all) == 0 {
		all = append(all, placeholder.In(text, left))
	}
	return slices.DeleteFunc(all, func(l placeholder.Match) bool {
		return l.Text[0] == '<' && strings.ContainsAny(l.Text, ":@=") // a piece of user-info or a query, which is not quoted
	})
}

// filledByLoong reports whether a placeholder is one that Loong itself fills, or might.
func filledByLoong(p *lint.Pass, pr *loong.Profile, text string) bool {
	if slices.Contains(pr.Kind.PathParameters, text) {
		return true
	}
	return len(pr.Kind.RegionEnvNames) > 0 && slices.Contains(pr.Kind.Placeholders, text) && pr.HasRegion(p.Environment) != loong.No
}

// mostLeftovers is how many placeholders of a value are named.
const mostLeftovers = 8

// reportLeftovers points at the first placeholder of a value and names all of them, up to mostLeftovers.
func reportLeftovers(p *lint.Pass, pr *loong.Profile, n *document.Node, found []placeholder.Match) *lint.Finding {
	all := found
	found = found[:min(len(found), mostLeftovers)]
	names := make([]string, len(found))
	for i, l := range found {
		if names[i] = l.Text; placeOfValue(pr, l.Text) == "" {
			names[i] = namePart(p, n, l)
		}
	}
	if len(all) > len(found) {
		names = append(names, "others")
	}
	verb := " is not filled in"
	if len(names) > 1 {
		verb = " are not filled in"
	}
	f := p.Report(partOf(p.Document, n, found[0]), "%s in %s%s", joinAnd(names), nameOf(n), verb).WithNode(n)
	return f.WithHelp("%s", placesHelp(pr, found))
}

// placesHelp says what belongs in the place of each placeholder.
func placesHelp(pr *loong.Profile, found []placeholder.Match) string {
	var parts []string
	for _, l := range found {
		if text := placeOfValue(pr, l.Text); text != "" {
			parts = append(parts, l.Text+" is "+text)
		}
	}
	if len(parts) == 0 {
		return "write your own value instead"
	}
	return strings.Join(parts, "; ")
}

// placeOfValue says where the value of a placeholder is found, "" where that is not known.
func placeOfValue(pr *loong.Profile, text string) string {
	name := strings.ToLower(strings.Trim(text, "<>{}[]«»＜＞｛｝【】:_ "))
	name = strings.NewReplacer("-", "_", " ", "_").Replace(name)
	for _, lead := range [...]string{"your_", "my_", "insert_your_", "replace_with_"} {
		name = strings.TrimPrefix(name, lead)
	}
	for i := range valuePlaces {
		v := &valuePlaces[i]
		if (v.kind == "" || pr != nil && v.kind == pr.Kind.ID) && strings.Contains(v.names, " "+name+" ") {
			return v.text
		}
	}
	return ""
}
