package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
)

var profileDiffersBetweenFiles = lint.Rule{
	Name:    "profile-differs-between-files",
	Group:   lint.GroupAcross,
	Summary: "profiles of one id have another kind or host from file to file",
	Doc: `Where several files describe one fleet, people take profiles of one id to be the same thing. The finding names a profile
whose kind or host differs from that of the first file that has the id, so that a copy that was not changed with the
others is seen. Different stages may well differ on purpose: exclude those files, or give the profiles different ids.

Only ids written as [providers.<id>] are compared, and of these only kind and host.`,
	Level: lint.Info,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "deepseek"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	Collect: func(p *lint.Pass) any {
		list := make([]profileFact, 0, len(p.Config.Profiles))
		for i := range p.Config.Profiles {
			pr := &p.Config.Profiles[i]
			if !pr.Legacy && pr.Node != nil && isKept(p, pr.ID) { // else it would be compared by its mask
				list = append(list, profileFact{strings.Clone(pr.ID), serviceOf(pr).kept(p), keptPlace(p, p.PlaceOf(pr.Node.Place(), pr.Node))})
			}
		}
		return asFacts(list)
	},
	Compare: func(p *lint.CrossPass) {
		first := map[string]seen[profileFact]{}
		eachFact(p, func(file string, f profileFact) {
			o, ok := first[f.id]
			switch {
			case !ok:
				first[f.id] = seen[profileFact]{file, f}
			case o.file == file:
			case o.is.service.kind != f.service.kind:
				p.Report(file, f.at, "profile %q is kind %s here, and %s in %s", f.id, f.service.kind.ID, o.is.service.kind.ID, o.file).
					WithRelatedIn(o.file, o.is.at, "kind %s", o.is.service.kind.ID).
					WithHelp("use one kind for one id, or different ids")
			case !f.service.sameHost(o.is.service):
				p.Report(file, f.at, "profile %q talks to %s here, and to %s in %s", f.id, hostName(f), hostName(o.is), o.file).
					WithRelatedIn(o.file, o.is.at, "host %s", hostName(o.is)).
					WithHelp("use one host for one id, or different ids")
			}
		})
	},
}

// profileFact is a saved profile, for comparison with others of its id.
type profileFact struct {
	id      string
	service service
	at      lint.Place
}

func hostName(f profileFact) string {
	if host := f.service.host(); host != "" {
		return host
	}
	return "no known host"
}
