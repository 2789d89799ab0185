package probe

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// The names of the rules that results become findings of.
const (
	RuleRejected       = "probe-rejected"
	RuleInconclusive   = "probe-inconclusive"
	RuleNotRun         = "probe-not-run"
	RuleModelNotListed = "probe-model-not-listed"
)

// Rules lists them.
func Rules() []string {
	return []string{RuleRejected, RuleInconclusive, RuleNotRun, RuleModelNotListed}
}

// Report reports what belongs to the rule of a pass, of the results for its file.
func Report(p *lint.Pass, results []*Result) {
	for _, r := range results {
		if r.job == nil || r.job.Profile == nil || r.job.Config.Document != p.Document {
			continue // check itself tells about a file that does not load
		}
		switch rule := p.Rule.Name; {
		case rule == r.rule():
			r.report(p)
		case rule == RuleModelNotListed && r.Outcome == OK:
			r.reportModels(p)
		}
	}
}

// rule is the rule of the outcome, or "".
func (res *Result) rule() string {
	switch res.Outcome {
	case Rejected:
		return RuleRejected
	case Inconclusive:
		return RuleInconclusive
	case NotRun:
		return RuleNotRun
	}
	return ""
}

func (res *Result) report(p *lint.Pass) {
	verb := "was not probed"
	switch res.Outcome {
	case Rejected:
		verb = "was rejected"
	case Inconclusive:
		verb = "could not be judged"
	}
	f := p.Report(spanOf(res.job.Profile), "profile %q %s: %s", res.Profile, verb, res.Detail).WithNode(res.job.Profile.Node)
	if res.Advice != "" {
		f.WithHelp("%s", res.Advice)
	}
	if res.Host != "" && res.Asked > 0 {
		f.WithNote("asked was %s://%s%s", res.Scheme, res.Host, res.Route)
	}
}

func (res *Result) reportModels(p *lint.Pass) {
	profile := res.job.Profile
	if n := profile.Model.From.Node; res.Model == loong.No && n != nil {
		f := p.Report(n.Place(), "the model is not among the %s that the service lists", plural(res.Count, "model")).WithNode(n)
		if res.local {
			f.WithNote("a server of one's own lists every model that it serves").WithHelp("load the model there, or write one that the server lists")
		} else {
			f.WithSeverity(lint.Info)
		}
	}
	if !profile.Auto {
		return
	}
	missing := make(map[string]bool, len(res.missing))
	for _, m := range res.missing {
		missing[m] = true
	}
	for _, item := range profile.Table.Field("preferred_models").Items() {
		text, _ := item.Text()
		if m := strings.TrimSpace(text); missing[m] && item.Node != nil {
			delete(missing, m)
			p.Report(item.Node.Place(), "the preferred model is not among the %s that the service lists, and Loong drops it", plural(res.Count, "model")).WithNode(item.Node)
		}
	}
}

// spanOf is the place of a profile: its header, or its key.
func spanOf(p *loong.Profile) document.Span {
	if p.Node == nil {
		return document.Span{}
	}
	return p.Node.Place()
}
