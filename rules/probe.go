package rules

import "github.com/loonglint/loonglint/internal/lint"

// What the probe finds. These rules have no Run: only a service can tell.

var probeRejected = lint.Rule{
	Name: "probe-rejected", Group: lint.GroupProbe, Level: lint.Error, Since: "0.1.0", Needs: lint.Network,
	Summary: "the service refused the credential",
	Doc: `The models route answered 401 or 403, or the token exchange of GitHub Copilot did. Loong sends the same
credential with every request of the profile, so every request would fail. The finding names the variable or key that was used,
never its value.

A key of another region of the same service is refused, too: Kimi, MiniMax, Z.ai, Zhipu, and StepFun have two addresses each, with
keys of their own.`,
}

var probeInconclusive = lint.Rule{
	Name: "probe-inconclusive", Group: lint.GroupProbe, Level: lint.Warning, Since: "0.1.0", Needs: lint.Network,
	Summary: "the service could not be asked, or its answer tells nothing about the credential",
	Doc: `There was no answer in time, the name or the certificate of the host is wrong, the service is overloaded (429, 5xx), it has no
models route (404, 405), it redirects, or the answer holds no model.

Where a service has no reliable list of models, set model or preferred_models: with model = "auto" Loong needs the list before every
first request.`,
}

var probeNotRun = lint.Rule{
	Name: "probe-not-run", Group: lint.GroupProbe, Level: lint.Info, Since: "0.1.0", Needs: lint.Network,
	Summary: "the profile was not asked about",
	Doc: `Either Loong itself would send nothing (no credential, no region, a header that cannot be sent), or the probe may not. It sends a
credential only over https, to a host that the catalog names for the kind, and from a variable that the catalog names for it; it sends
nothing to an address in which a placeholder or a variable is left; it never runs a program, and reads secret files only when told so. --allow-host, --allow-env, --allow-secret-files, and --allow-ci open more; the
finding says which one.`,
}

var probeModelNotListed = lint.Rule{
	Name: "probe-model-not-listed", Group: lint.GroupProbe, Level: lint.Warning, Since: "0.1.0", Needs: lint.Network,
	Levels:  "info for model at a remote service, which may know more models than it lists; a warning for a local server",
	Summary: "a configured model is not in the list of the service",
	Doc: `Preferred models that are not in the list are dropped when model is "auto": Loong chooses as if they were not written. The
comparison ignores case. A model that is set is sent as it is written, and the service answers with an error if it does not know it.
A local server lists every model that it serves; the tag :latest need not be written.`,
}

// Probe is the rule for what a probe found, by name.
func Probe(name string) *lint.Rule {
	for _, r := range []*lint.Rule{&probeRejected, &probeInconclusive, &probeNotRun, &probeModelNotListed} {
		if r.Name == name {
			return r
		}
	}
	return nil
}
