package rules

import "github.com/loonglint/loonglint/internal/lint"

var probeInconclusive = lint.Rule{
	Name: "probe-inconclusive", Group: lint.GroupProbe, Level: lint.Warning, Since: "0.1.0", Needs: lint.Network,
	Summary: "the service could not be asked, or its answer tells nothing about the credential",
	Doc: `There was no answer in time, the name or the certificate of the host is wrong, the service is overloaded (429, 5xx), it has no
models route (404, 405), it redirects, or the answer holds no model.

Where a service has no reliable list of models, set model or preferred_models: with model = "auto" Loong needs the list before every
first request.`,
}
