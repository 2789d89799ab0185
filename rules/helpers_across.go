package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/internal/weburl"
)

// service is what a profile talks to: rules across files compare it. The address is parsed only
// when two are compared, for most never are.
type service struct {
	kind    *loong.Kind
	request string       // address; may be empty or a template
	route   *loong.Route // that has read it; nil where there is none
}

func serviceOf(p *loong.Profile) service { return service{p.Kind, p.Request.Val, p.Route} }

// kept is s without a hold on the text of its file; of the address it has scheme and host, if any and no secret of the file.
func (s service) kept(p *lint.Pass) service {
	origin := ""
	if u := s.route.ReadURL(s.request); u != nil && u.Host != "" && !secret.HidesHost(s.request) {
		origin = p.Secrets().Text(u.Scheme + "://" + u.Host)
	}
	return service{s.kind, origin, nil}
}

// keptText is a text of the file as others are told it: masked, without a hold on the text of the file.
func keptText(p *lint.Pass, text string) string { return strings.Clone(p.Secrets().Text(text)) }

// isKept reports whether a text is told as it is, also in quotes, in which a short secret is known.
func isKept(p *lint.Pass, text string) bool {
	quoted := strconv.Quote(text)
	return p.Secrets().Text(text) == text && p.Secrets().Text(quoted) == quoted
}

// keptPlace is a place as other files are told it: its key is masked.
func keptPlace(p *lint.Pass, at lint.Place) lint.Place {
	at.Key = keptText(p, at.Key)
	return at
}

// host is the host of the request address; empty where there is none.
func (s service) host() string {
	if s.route != nil {
		if u := s.route.RequestURL(); u != nil {
			return u.Host
		}
		return ""
	}
	u, _ := weburl.Parse(s.request)
	return u.Host
}

func (s service) sameHost(o service) bool { return s.request == o.request || s.host() == o.host() }

// differs reports whether two profiles belong to different services, so that a credential of
// the one is of no use for the other.
func (s service) differs(o service) bool { return s.kind != o.kind && !s.sameHost(o) }

// own reports whether a profile talks to the very service of its kind.
func (s service) own() bool {
	u, ok := weburl.Parse(s.kind.BaseURL)
	return ok && u.Host == s.host()
}

// reads reports whether a kind has the variable among its own names.
func (s service) reads(variable string) bool { return slices.Contains(s.kind.EnvNames, variable) }

// seen is an earlier occurrence of something that is compared across files.
type seen[T any] struct {
	file string
	is   T
}

// eachFact calls f for every T that Collect recorded as []T, files in path order.
func eachFact[T any](p *lint.CrossPass, f func(file string, is T)) {
	for fact := range p.Facts {
		for _, is := range fact.Is.([]T) {
			f(fact.File, is)
		}
	}
}

// mostFacts is how many facts a rule compares of one file. Nobody writes so many profiles by hand.
const mostFacts = 1000

// asFacts is what Collect returns: nil, not an empty list, where there is nothing, and no endless list.
func asFacts[T any](list []T) any {
	switch {
	case len(list) == 0:
		return nil
	case len(list) == cap(list) && len(list) <= mostFacts:
		return list
	}
	return slices.Clone(list[:min(len(list), mostFacts)])
}
