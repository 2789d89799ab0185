package rules

import "github.com/loonglint/loonglint/internal/lint"

var probeNotRun = lint.Rule{
	Name: "probe-not-run", Group: lint.GroupProbe, Level: lint.Info, Since: "0.1.0", Needs: lint.Network,
	Summary: "the profile was not asked about",
	Doc: `Either Loong itself would send nothing (no credential, no region, a header that cannot be sent), or the probe may not. It sends a
credential only over https, to a host that the catalog names for the kind, and from a variable that the catalog names for it; it sends
nothing to an address in which a placeholder or a variable is left; it never runs a program, and reads secret files only when told so. --allow-host, --allow-env, --allow-secret-files, and --allow-ci open more; the
finding says which one.`,
}
