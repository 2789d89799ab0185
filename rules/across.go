package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// service is what a profile talks to, as far as it is known: rules across files compare it.
type service struct {
	kind *loong.Kind
	host string // of the request address; empty where there is none or it is a template
}

func serviceOf(p *loong.Profile) service {
	s := service{kind: p.Kind}
	if u, ok := loong.ParseURL(p.Request.Is); ok {
		s.host = u.Host
	}
	return s
}

// differs reports whether two profiles belong to different services, so that a credential of
// the one is of no use for the other.
func (s service) differs(o service) bool { return s.kind != o.kind && s.host != o.host }

// own reports whether a profile talks to the very service of its kind.
func (s service) own() bool {
	u, ok := loong.ParseURL(s.kind.BaseURL)
	return ok && u.Host == s.host
}

// reads reports whether a kind has the variable among its own names.
func (s service) reads(variable string) bool {
	for _, name := range s.kind.EnvNames {
		if name == variable {
			return true
		}
	}
	return false
}

// seen is an earlier occurrence of something that is compared across files.
type seen[T any] struct {
	file string
	is   T
}

// eachFact calls f for every T that Collect recorded as []T, files in path order.
func eachFact[T any](p *lint.CrossPass, f func(file string, is T)) {
	for _, fact := range p.Facts {
		for _, is := range fact.Is.([]T) {
			f(fact.File, is)
		}
	}
}

// facts is what Collect returns: nil, not an empty list, where there is nothing.
func collected[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return list
}
