package probe

import (
	"regexp"
	"slices"
	"strings"
)

// openAddress is an address with something between brackets.
var openAddress = regexp.MustCompile(`(?m)^(base_url|models_endpoint) = .*(<.*>|\{[^{}]+\})`)

// difference names the rule by which a recording may end otherwise here, and says what is wrong
// when the rule does not explain it.
func difference(rec *recording, got, want []arrived, res *Result) (rule, fault string) {
	refused := func(rule string, r Reason) (string, string) {
		if res.Outcome != NotRun || res.Reason != r || len(got) > 0 {
			return rule, "should be refused: " + rule
		}
		return rule, ""
	}
	switch {
	case openAddress.MatchString(strings.NewReplacer("{port}", "", "{port2}", "", "{closed}", "").Replace(rec.TOML)):
		return refused("nothing goes to an address that is not filled in", NotFilledIn)
	case strings.Contains(rec.TOML, "exec = ["):
		return refused("a program is never run", ExecNotAllowed)
	case strings.Contains(rec.TOML, "host = \"other.example\""):
		return refused("no other virtual host", HostHeader)
	case rec.Env["AWS_PROFILE"] != "":
		return refused("AWS keys and region only from variables", AWSElsewhere)
	}
	return fewer(rec, got, want, res)
}

// fewer explains requests that are not made: redirects, tries, identities. What is made must be
// what Loong makes, in its order, and the conclusion that of the last answer.
func fewer(rec *recording, got, want []arrived, res *Result) (rule, fault string) {
	var groups [][]arrived
	for _, a := range want {
		if n := len(groups); n > 0 && sameRequest(groups[n-1][0], a) {
			groups[n-1] = append(groups[n-1], a)
		} else {
			groups = append(groups, []arrived{a})
		}
	}
	rest := got
	script := rec.Script
	if len(got) > 0 && got[0].Server == 2 {
		script = rec.Script2
	}
	var last scripted
	used := 0
	answer := func() scripted { s := script[min(used, len(script)-1)]; used++; return s }
	redirected := false
	for i, g := range groups {
		if len(rest) == 0 {
			break
		}
		if i >= maxIdentities {
			return "", "more than two identities"
		}
		for n := 0; len(rest) > 0 && sameRequest(rest[0], g[0]); n++ {
			if n >= min(maxTries, len(g)) {
				return "", "more tries than Loong makes, or than are allowed"
			}
			rest, last = rest[1:], answer()
		}
		if last.Status/100 == 3 {
			redirected = true
			break
		}
	}
	switch {
	case len(rest) > 0:
		return "", "a request that Loong does not send"
	case redirected && len(got) == 1:
		rule = "redirects are not followed"
	case len(groups) > maxIdentities && len(got) >= maxIdentities:
		rule = "two identities a profile"
	case len(got) > 0 && len(got) < len(want):
		rule = "one more try at most"
	default:
		return "", "differs"
	}
	return rule, concluded(last, res, rec)
}

// concluded compares the conclusion with that of a last answer.
func concluded(last scripted, res *Result, rec *recording) string {
	bad := res.Reason == BadStatus && res.Status == last.Status && last.Status/100 != 2
	broken := res.Reason == SendFailed && (last.Do != "" || last.Raw != nil || last.PadHead > 0 || last.WaitMS > 0 || last.DripHead != nil)
	if !bad && !broken && !(res.reason() == rec.Result.ErrorClass && slices.Equal(res.models, rec.Result.Models)) {
		return "the conclusion is not that of the last answer"
	}
	return ""
}
