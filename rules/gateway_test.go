package rules_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
)

// TestGatewayExamples holds the worked examples of gateway.md: what is reported on an address of
// Cloudflare AI Gateway by all rules at warning or above, and by those about the gateway at all.
func TestGatewayExamples(t *testing.T) {
	expand := strings.NewReplacer("G/", "https://gateway.ai.cloudflare.com/", "A/ACC", "https://api.cloudflare.com/client/v4/accounts/ACC")
	var said strings.Builder
	for i, example := range [...]struct{ base, kind, model, more, want string }{
		{base: "G/v1/ACC/prod/compat"},
		{base: "G/v1/ACC/prod/compat/"},
		{base: "G/v1/ACC/default/compat"},
		{base: "G/v1/ACC/prod/openai/compat"},
		{base: "G/v1/ACC/prod/openai", model: "gpt-4o"},
		{base: "G/v1/ACC/prod/openai/v1", model: "gpt-4o"},
		{base: "G/v1/ACC/prod/workers-ai/v1", model: "@cf/meta/llama-3.1-8b-instruct"},
		{base: "G/v1/ACC/prod/groq", model: "llama-3.3-70b-versatile"},
		{base: "G/v1/ACC/prod/mistral/v1", model: "mistral-large-latest"},
		{base: "G/v1/ACC/prod/deepseek", model: "deepseek-chat"},
		{base: "G/v1/ACC/prod/grok/v1", model: "grok-4"},
		{base: "G/v1/ACC/prod/openrouter", model: "anthropic/claude-sonnet-4.5"},
		{base: "G/v1/ACC/prod/perplexity-ai", model: "sonar"},
		{base: "G/v1/ACC/prod/google-ai-studio/v1beta/openai", model: "gemini-2.5-flash"},
		{base: "G/v1/ACC/prod/custom-acme/v1", model: "acme-1"},
		{base: "G/v1/ACC/prod/compat", model: "custom-acme/acme-1"},
		{base: "G/v1/ACC/prod/compat", model: "dynamic/support"},
		{base: "G/v1/ACC/prod/compat", model: "workers-ai/@cf/meta/llama-3.1-8b-instruct"},
		{base: "A/ACC/ai/v1"},
		{base: "A/ACC/ai/v1", model: "@cf/moonshotai/kimi-k2.6", want: "gateway-model info"},
		{base: "https://ai.acme.example/compat"},
		{base: "G/v1/ACC/prod", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/", want: "gateway-address error"},
		{base: "G/v1/ACC/compat", want: "gateway-address error"},
		{base: "G/v1/ACC", want: "gateway-address error"},
		{base: "G/ACC/prod/compat", want: "gateway-address error"},
		{base: "G/v1/v1/ACC/prod/compat", want: "gateway-address error"},
		{base: "G/v1//ACC/prod/compat", want: "gateway-address error"},
		{base: "G/v1/acme-corp/prod/compat", want: "gateway-address error"},
		{base: "G/v1/01234567/prod/compat", want: "gateway-address error"},
		{base: "G/v1/prod/ACC/compat", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/compat/v1", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/compat/chat/completions", want: "repeated-path-segment error"},
		{base: "G/v1/ACC/prod/workers-ai", model: "@cf/meta/llama-3.1-8b-instruct", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/anthropic", model: "claude-sonnet-4-5", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/google-ai-studio", model: "gemini-2.5-flash", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/cohere", model: "command-a", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/perplexity", model: "sonar", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/xai", model: "grok-4", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/elevenlabs", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/compat", model: "gpt-4o", want: "gateway-model warning"},
		{base: "G/v1/ACC/prod/compat", model: "@cf/meta/llama-3.1-8b-instruct", want: "gateway-model warning"},
		{base: "G/v1/ACC/prod/compat", model: "cloudflare-ai-gateway/claude-sonnet-4-5", want: "gateway-model warning"},
		{base: "G/v1/ACC/prod/openai", model: "openai/gpt-4o", want: "gateway-model warning"},
		{base: "G/v1/ACC/prod/compat", more: `wire_api = "responses"`, want: "gateway-wire-api info"},
		{base: "G/v1/ACC/prod/compat", model: "auto", want: "gateway-model warning"},
		{base: "A/ACC/ai/run", want: "gateway-address error"},
		{base: "A/ACC", want: "gateway-address error"},
		{base: "A/ACC/ai-gateway/gateways/prod", want: "gateway-address error"},
		{base: "https://dash.cloudflare.com/ACC/ai/ai-gateway/gateways/prod", want: "gateway-address error"},
		{base: "G/v1/${CF_ACCOUNT_ID}/prod/compat", want: "unreplaced-placeholder error"},
		{base: "G/v1/[ACCOUNT-ID]/[GATEWAY-ID]/compat", want: "unreplaced-placeholder error"},
		{base: "G/v1/account_id/gateway_name/openai/compat", want: "unreplaced-placeholder error"},
		{base: "G/v1/%3Caccount_id%3E/%3Cgateway_name%3E/openai/compat", want: "unreplaced-placeholder error"},
		{base: "http://gateway.ai.cloudflare.com/v1/ACC/prod/compat", want: "key-over-http error"},
		{base: "G/v1/ACC/prod/compat", kind: "openai", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/compat", kind: "custom"},
		{base: "G/v1/ACC/prod/anthropic", kind: "anthropic", model: "claude-sonnet-4-5"},
		{base: "G/v1/ACC/prod/groq", kind: "groq", model: "llama-3.3-70b-versatile", want: "gateway-address error"},
		{base: "G/v1/ACC/groq/groq", kind: "groq", model: "llama-3.3-70b-versatile", want: "gateway-address error"},
		{base: "G/v1/ACC/prod/mistral", kind: "mistral", model: "mistral-large-latest"},
		{base: "A/ACC/ai", kind: "anthropic", model: "anthropic/claude-sonnet-4.5"},
		{base: "G/v1/ACC/" + strings.Repeat("g", 65) + "/compat", want: "gateway-address warning"},
		{base: "G/V1/ACC/prod/compat", want: "gateway-address warning"},
		{base: "G/v1/ACC/prod/azure-openai/res/dep", more: `chat_completions_path = "/chat/completions?api-version=2025-04-01-preview"`},
	} {
		kind, model, key := example.kind, example.model, "CLOUDFLARE_API_KEY"
		if kind == "" {
			kind = "cloudflare_ai_gateway"
		} else {
			key = strings.ToUpper(kind) + "_API_KEY"
		}
		if model == "" {
			model = "openai/gpt-4o"
		}
		base := strings.ReplaceAll(expand.Replace(example.base), "ACC", "0123456789abcdef0123456789abcdef")
		if strings.Contains(example.base, "[ACC") || strings.Contains(example.base, "CF_ACC") {
			base = expand.Replace(example.base)
		}
		src := fmt.Sprintf("[providers.cf]\nkind = %q\nbase_url = %q\nmodel = %q\napi_key = { env = %q }\n%s\n", kind, base, model, key, example.more)
		var got []string
		var about []*lint.Finding
		for _, f := range static().check("gateway.toml", src, enabled(nil)).Findings {
			if f.Severity > lint.Info || strings.HasPrefix(f.Rule.Name, "gateway-") {
				got, about = append(got, f.Rule.Name+" "+f.Severity.String()), append(about, f)
			}
		}
		fmt.Fprintf(&said, "== %s of kind %s with %s %s\n%s", example.base, kind, model, example.more, tell(about))
		slices.Sort(got)
		if strings.Join(got, ", ") != example.want {
			t.Errorf("example %d, %s of kind %s with %s: %q, want %q", i+1, base, kind, model, got, example.want)
		}
	}
	golden(t, "testdata/gateway.told", said.String())
}

// What is said of each route that Cloudflare has, whatever the kind of the profile is; and after what the help says there is
// nothing to say of the address.
func TestEachRouteOfTheGateway(t *testing.T) {
	var facts struct {
		Routes []struct{ Route string }
	}
	if err := json.Unmarshal([]byte(readFile(t, "../facts/gateway.json")), &facts); err != nil || len(facts.Routes) < 10 {
		t.Fatalf("%d routes, %v", len(facts.Routes), err)
	}
	var said strings.Builder
	for _, route := range facts.Routes {
		for _, kind := range []string{"cloudflare_ai_gateway", "anthropic", "custom", "openai", "groq"} {
			for _, path := range []string{"", "/v1", "/other"} {
				about := saidOfRoute(kind, route.Route+path)
				fmt.Fprintf(&said, "== %s%s of kind %s\n%s", route.Route, path, kind, tell(about))
				for _, f := range about {
					toKind, toRoute := kind, route.Route+path
					if m := helpOfRoute.FindStringSubmatch(f.Help); m != nil && f.Rule.Name == "gateway-address" {
						toKind, toRoute = cmp.Or(m[1], toKind), cmp.Or(m[2], toRoute)
						for _, left := range saidOfRoute(toKind, toRoute) {
							if left.Rule.Name != "gateway-model" {
								t.Errorf("%s%s of kind %s, help %q: afterwards %s", route.Route, path, kind, f.Help, left.Message)
							}
						}
					}
				}
			}
		}
	}
	golden(t, "testdata/routes.told", said.String())
}

// helpOfRoute is a help that says which kind or route to write.
var helpOfRoute = regexp.MustCompile(`^write (?:kind = "(\w+)" and )?(?:/(\S+?)|keep this base_url)(?:$|[ ,])`)

// saidOfRoute is what the rules of the gateway report for an address with a route.
func saidOfRoute(kind, route string) []*lint.Finding {
	src := fmt.Sprintf("[providers.cf]\nkind = %q\nbase_url = \"https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/%s\"\nmodel = \"openai/m\"\n", kind, route)
	return slices.DeleteFunc(static().check("gateway.toml", src, enabled(nil)).Findings, func(f *lint.Finding) bool {
		return !strings.HasPrefix(f.Rule.Name, "gateway-") && f.Rule.Name != "repeated-path-segment"
	})
}
