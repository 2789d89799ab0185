package rules

import "github.com/loonglint/loonglint/internal/lint"

var probeModelNotListed = lint.Rule{
	Name: "probe-model-not-listed", Group: lint.GroupProbe, Level: lint.Warning, Since: "0.1.0", Needs: lint.Network,
	Levels:  "info for model at a remote service, which may know more models than it lists; a warning for a local server",
	Summary: "a configured model is not in the list of the service",
	Doc: `Preferred models that are not in the list are dropped when model is "auto": Loong chooses as if they were not written. The
comparison ignores case. A model that is set is sent as it is written, and the service answers with an error if it does not know it.
A local server lists every model that it serves; the tag :latest need not be written.`,
}
