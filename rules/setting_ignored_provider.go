package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// ignoredProviderSettings reports the settings of a profile that have no effect.
func ignoredProviderSettings(p *lint.Pass, pr *loong.Profile) {
	ignoredDefaults(p, pr)
	ignoredByEndpoint(p, pr)
	ignoredDerived(p, pr)
	ignoredByModel(p, pr)
	ignoredVariable(p, pr, schema.KeyAPIKey)
	ignoredVariable(p, pr, schema.KeyOAuthAccessToken)
	ignoredStatePath(p, pr)
}

// ignoredDefaults reports U1 and U3: OpenAI's address and path stand for the kind's defaults.
func ignoredDefaults(p *lint.Pass, pr *loong.Profile) {
	if base, n := profileText(pr, schema.KeyBaseURL); n != nil && pr.Base.From.Ignored == n {
		f := p.Report(n.Value(), "base_url = %q has no effect for kind %s", shown(base), pr.Kind.ID).At(n).
			Why("OpenAI's address counts as not written, so %s is used", shown(pr.Base.Is)).
			Help("delete the line, or write the address that is meant")
		removeKey(p, f, n, lint.Safe)
	}
	path, n := profileText(pr, schema.KeyChatCompletionsPath)
	if n != nil && pr.Path.From.Ignored == n && loong.NormalPath(pr.Kind.ChatPath) != loong.OpenAIPath {
		f := p.Report(n.Value(), "chat_completions_path = %q has no effect for kind %s", path, pr.Kind.ID).At(n).
			Why("without a base_url of its own OpenAI's path counts as not written, so %s is used", pr.Path.Is).
			Help("delete the line")
		if base, _ := profileText(pr, schema.KeyBaseURL); base == "" {
			removeKey(p, f, n, lint.Safe)
		}
	}
}

// ignoredByEndpoint reports U16.
func ignoredByEndpoint(p *lint.Pass, pr *loong.Profile) {
	if !pr.EndpointOverrides || routesByModel(pr) {
		return
	}
	_, endpoint := profileText(pr, schema.KeyEndpoint)
	_, n := profileText(pr, schema.KeyBaseURL)
	if n == nil || pr.Base.From.Node != n {
		_, path := profileText(pr, schema.KeyChatCompletionsPath)
		if path == nil || pr.Path.From.Node != path {
			return
		}
		n = path
	}
	f := p.Report(n.Value(), "%s has no effect on chat: endpoint takes its place", n.Name()).At(n).
		Related(place(endpoint), "chat requests go here").
		Help("delete endpoint, or delete %s", n.Name())
	if pr.ModelsEndpointOverrides || pr.Kind.ModelsPathAbsolute {
		f.Why("the models route does not use it either")
	} else {
		f.Why("it only shapes the models route, %s", shown(pr.Models.Is))
	}
}

// ignoredDerived reports U17.
func ignoredDerived(p *lint.Pass, pr *loong.Profile) {
	for _, c := range [...]struct {
		key       schema.Key
		overrides bool
	}{{schema.KeyEndpoint, pr.EndpointOverrides}, {schema.KeyModelsEndpoint, pr.ModelsEndpointOverrides}} {
		if _, n := profileText(pr, c.key); n != nil && !c.overrides {
			f := p.Report(n.Value(), "%s has no effect: it is the address that is used anyway", c.key).At(n).
				Why("it counts as not written and follows later changes of base_url and path").
				Help("delete the line")
			removeKey(p, f, n, lint.Safe)
		}
	}
}

// ignoredByModel reports U26.
func ignoredByModel(p *lint.Pass, pr *loong.Profile) {
	if !routesByModel(pr) {
		return
	}
	report := func(n *document.Node) {
		p.Report(place(n), "%s has no effect on chat for kind %s", n.Name(), pr.Kind.ID).At(n).Level(lint.Warning).
			Why("Loong chooses path and payload by the model's name; only reports show %s", shown(pr.Request.Is)).
			Help("delete the line; base_url is the only address that counts")
	}
	if _, n := profileText(pr, schema.KeyEndpoint); n != nil && pr.EndpointOverrides {
		report(n)
	}
	if _, n := profileText(pr, schema.KeyChatCompletionsPath); n != nil && pr.Path.From.Node == n && pr.Path.Is != pr.Kind.ChatPath {
		report(n)
	}
	if n := pr.Table.At(schema.KeyWireAPI).Node; n != nil && pr.WireAPI == "responses" {
		report(n)
	}
}

// ignoredVariable reports K4.
func ignoredVariable(p *lint.Pass, pr *loong.Profile, key schema.Key) {
	form, pointer := credentialOf(pr, key)
	_, n := profileText(pr, pointer)
	if n == nil || form.Kind == loong.Absent {
		return
	}
	f := p.Report(n.Value(), "%s has no effect beside %s", n.Name(), key).At(n).
		Why("%s counts even where it cannot be read", key).Help("delete one of them")
	if form.Node != nil {
		f.Related(place(form.Node), "this counts")
	}
	removeKey(p, f, n, lint.Unsafe)
}

// ignoredStatePath reports N9.
func ignoredStatePath(p *lint.Pass, pr *loong.Profile) {
	backend := pr.Table.At(schema.KeyProfileStateBackend)
	word, _ := backend.Word()
	_, n := profileText(pr, schema.KeyProfileStateSQLitePath)
	switch {
	case word == "sqlite":
		p.Report(place(backend.Node), "profile_state_backend = \"sqlite\" has no effect on the models probe").At(backend.Node).
			Why("doctor and the model list keep to the JSON file").Help("expect two states, or write \"file\"")
	case n != nil:
		f := p.Report(n.Value(), "profile_state_sqlite_path has no effect: the backend is file").At(n).
			Help("write profile_state_backend = \"sqlite\", or delete the line")
		removeKey(p, f, n, lint.Safe)
	}
}
