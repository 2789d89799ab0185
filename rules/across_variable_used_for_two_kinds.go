package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
)

var variableUsedForTwoKinds = lint.Rule{
	Name:    "variable-used-for-two-kinds",
	Group:   lint.GroupAcross,
	Summary: "one variable gives the key for profiles of two kinds",
	Doc: `A variable holds one key, and a key belongs to one service. Where two profiles of different kinds read the same
variable, one of them sends its service a key that is not for it, whether in one file or in two that run with one
environment. Give each kind a variable of its own.

Silent where both profiles have the same host, and where both kinds know the name themselves. A name that stands for
different keys on different machines is not told apart.`,
	Level:  lint.Info,
	Levels: "warning where both profiles talk to the services of their kinds",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "deepseek"
api_key_env = "LLM_KEY"

[providers.spare]
kind = "groq"
api_key_env = "LLM_KEY"
`,
	Good: `[providers.main]
kind = "deepseek"
api_key_env = "DEEPSEEK_API_KEY"

[providers.spare]
kind = "groq"
api_key_env = "GROQ_API_KEY"
`,
	Run: func(p *lint.Pass) {
		if !severalKinds(p.Config.Profiles) {
			return
		}
		first := map[string]*variableUse{}
		uses := variableUses(p)
		for i := range uses {
			u := &uses[i]
			f, ok := first[u.name]
			if !ok {
				first[u.name] = u
			} else if u.conflicts(f) && secret.ShownName(u.name) {
				u.tell(p.Report(u.at.Span, "variable %q gives the key for kind %s here, and for %s in profile %q", u.name, u.service.kind.ID, f.service.kind.ID, f.profile).
					WithNode(u.node).WithRelated(f.at.Span, "the same variable"), f)
			}
		}
	},
	Collect: func(p *lint.Pass) any {
		uses := slices.DeleteFunc(variableUses(p), func(u variableUse) bool { return !secret.ShownName(u.name) })
		for i := range uses {
			u := &uses[i]
			u.at = keptPlace(p, p.PlaceOf(u.at.Span, u.node))
			u.name, u.profile, u.service, u.node = strings.Clone(u.name), keptText(p, u.profile), u.service.kept(p), nil
		}
		return asFacts(uses)
	},
	Compare: func(p *lint.CrossPass) {
		first := map[string]seen[variableUse]{}
		told := map[string]string{} // the file last told of
		eachFact(p, func(file string, u variableUse) {
			f, ok := first[u.name]
			switch {
			case !ok:
				first[u.name] = seen[variableUse]{file, u}
			case f.file != file && told[u.name] != file && u.conflicts(&f.is):
				told[u.name] = file
				u.tell(p.Report(file, u.at, "variable %q gives the key for kind %s here, and for %s in %s", u.name, u.service.kind.ID, f.is.service.kind.ID, f.file).
					WithRelatedIn(f.file, f.is.at, "the same variable"), &f.is)
			}
		})
	},
}

// severalKinds reports whether profiles that name a variable themselves are of different kinds.
func severalKinds(all []loong.Profile) bool {
	var kind *loong.Kind
	for i := range all {
		pr := &all[i]
		if !namesVariable(pr) {
			continue
		}
		if kind != nil && pr.Kind != kind {
			return true
		}
		kind = pr.Kind
	}
	return false
}

func namesVariable(pr *loong.Profile) bool {
	for i := range pr.Credential.Sources {
		if pr.Credential.Sources[i].From.Source == loong.FromFile {
			return true
		}
	}
	return false
}

// variableUse is a variable that a profile names for its credential.
type variableUse struct {
	name, profile string
	service       service
	at            lint.Place // only its span until it is collected
	node          *document.Node
}

// variableUses lists the variables that the profiles of a file name themselves.
func variableUses(p *lint.Pass) []variableUse {
	list := make([]variableUse, 0, len(p.Config.Profiles))
	for i := range p.Config.Profiles {
		pr := &p.Config.Profiles[i]
		for k := range pr.Credential.Sources {
			s := &pr.Credential.Sources[k]
			if n := s.From.Node; s.From.Source == loong.FromFile && n != nil {
				list = append(list, variableUse{s.Name, pr.ID, serviceOf(pr), lint.Place{Span: spanOf(n)}, n})
			}
		}
	}
	return list
}

func (u *variableUse) conflicts(o *variableUse) bool {
	return u.service.differs(o.service) && !(u.service.reads(u.name) && o.service.reads(u.name))
}

// tell adds what follows, once both services are known.
func (u *variableUse) tell(f *lint.Finding, o *variableUse) {
	f.WithHelp("give each kind a variable of its own")
	if u.service.own() && o.service.own() {
		f.WithSeverity(lint.Warning).WithNote("a key belongs to one service, so one of the two gets a key that is not its own")
	}
}
