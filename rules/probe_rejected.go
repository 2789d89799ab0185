package rules

import "github.com/loonglint/loonglint/internal/lint"

var probeRejected = lint.Rule{
	Name: "probe-rejected", Group: lint.GroupProbe, Level: lint.Error, Since: "0.1.0", Needs: lint.Network,
	Summary: "the service refused the credential",
	Doc: `The models route answered 401 or 403, or the token exchange of GitHub Copilot did. Loong sends the same
credential with every request of the profile, so every request would fail. The finding names the variable or key that was used,
never its value.

A key of another region of the same service is refused, too: Kimi, MiniMax, Z.ai, Zhipu, and StepFun have two addresses each, with
keys of their own.`,
}
