package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// ignoredProviderSettings reports the settings of a profile that have no effect, as far as no rule of their
// own does.
func ignoredProviderSettings(p *lint.Pass, pr *loong.Profile) {
	byEndpoint := false
	for i := range p.Config.IgnoredOf(pr) {
		switch i.Entry {
		case "U1", "U3":
			ignoredDefault(p, pr, i)
		case "U16":
			if !byEndpoint { // one cause, one finding
				ignoredByEndpoint(p, pr, i)
			}
			byEndpoint = true
		case "U17":
			f := reportNoEffect(p, i, "%s has no effect: it is the address that is used anyway", i.Node.Name()).
				WithNote("it counts as not written and follows later changes of base_url and path").
				WithHelp("delete the line")
			removeKey(p, f, i.Node, lint.Safe)
		case "U26":
			reportNoEffect(p, i, "%s has no effect on chat for kind %s", i.Node.Name(), pr.Kind.ID).WithSeverity(lint.Warning).
				WithNote("Loong chooses path and payload by the model's name; only reports show %s", trimmed(pr.Request.Val)).
				WithHelp("delete the line; base_url is the only address that counts")
		case "K4":
			ignoredVariable(p, i)
		case "N9":
			ignoredState(p, i)
		}
	}
}

// reportNoEffect reports what has no effect, at its value.
func reportNoEffect(p *lint.Pass, i loong.Ignored, format string, args ...any) *lint.Finding {
	return p.Report(spanOf(i.Node), format, args...).WithNode(i.Node).WithIgnored(i.Node)
}

// ignoredDefault reports U1 and U3: OpenAI's address and path stand for the kind's defaults.
func ignoredDefault(p *lint.Pass, pr *loong.Profile, i loong.Ignored) {
	base, _ := profileText(pr, schema.KeyBaseURL)
	if i.Entry == "U1" {
		f := reportNoEffect(p, i, "base_url = %q has no effect for kind %s", trimmed(base), pr.Kind.ID).
			WithNote("OpenAI's address counts as not written, so %s is used", trimmed(pr.Base.Val)).
			WithHelp("delete the line, or write the address that you want")
		removeKey(p, f, i.Node, lint.Safe)
		return
	}
	path, _ := profileText(pr, schema.KeyChatCompletionsPath)
	f := reportNoEffect(p, i, "chat_completions_path = %q has no effect for kind %s", path, pr.Kind.ID).
		WithNote("without a base_url of its own OpenAI's path counts as not written, so %s is used", pr.Path.Val).
		WithHelp("delete the line")
	if base == "" {
		removeKey(p, f, i.Node, lint.Safe)
	}
}

// ignoredByEndpoint reports U16.
func ignoredByEndpoint(p *lint.Pass, pr *loong.Profile, i loong.Ignored) {
	f := reportNoEffect(p, i, "%s has no effect on chat: endpoint replaces it", i.Node.Name()).
		WithRelated(spanOf(i.By), "chat requests go here").
		WithHelp("delete endpoint, or delete %s", i.Node.Name())
	if pr.ModelsEndpointOverrides || pr.Kind.ModelsPathAbsolute {
		f.WithNote("the models route does not use it either")
	} else {
		f.WithNote("it only shapes the models route, %s", trimmed(pr.Models.Val))
	}
}

// ignoredVariable reports K4.
func ignoredVariable(p *lint.Pass, i loong.Ignored) {
	key := i.By.Name()
	f := reportNoEffect(p, i, "%s has no effect beside %s", i.Node.Name(), key).
		WithNote("Loong uses %s even where it cannot be read", key).WithHelp("delete one of them").
		WithRelated(spanOf(i.By), "this is used")
	removeKey(p, f, i.Node, lint.Unsafe)
}

// ignoredState reports N9.
func ignoredState(p *lint.Pass, i loong.Ignored) {
	if i.Node.Name() == "profile_state_backend" {
		reportNoEffect(p, i, "profile_state_backend = \"sqlite\" has no effect on the models probe").
			WithNote("doctor and the model list use their own JSON file").WithHelp("write \"file\" to have one state")
		return
	}
	f := reportNoEffect(p, i, "profile_state_sqlite_path has no effect: the backend is file").
		WithHelp("write profile_state_backend = \"sqlite\", or delete the line")
	removeKey(p, f, i.Node, lint.Safe)
}
