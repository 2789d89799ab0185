package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
)

// vendorSite is a host with the requests that its vendor documents.
type vendorSite struct {
	host     string
	requests []vendorRequest
}

// vendorRequest is a chat request that a vendor documents (facts/vendors.json).
type vendorRequest struct {
	request string // of the kind with the base; a star in the host stands for a resource, workspace or region
	kind    string
	base    string // empty: the kind's own
	product string
}

// productPath is a path on a kind's own host that belongs to another product or protocol.
type productPath struct {
	kind    string
	hosts   string // instead of the kind's own, with a star
	paths   []string
	help    string
	anyHost bool
	silent  bool // not known to fail
}

// isDocumented reports whether a vendor documents the chat request of a profile.
func isDocumented(pr *loong.Profile) bool { return documented(pr.Request.Val, "") }

// documented reports whether a vendor documents a request, with a kind: for that kind.
func documented(request, kind string) bool {
	if before, ok := strings.CutSuffix(request, "/responses"); ok {
		request = before + "/chat/completions"
	}
	return slices.ContainsFunc(requestsAt(catalogHost(request)), func(r vendorRequest) bool {
		return (kind == "" || r.kind == kind) && matchesStar(r.request, request)
	})
}

// requestsAt lists the requests that are documented at a host.
func requestsAt(host string) []vendorRequest {
	for i := range vendorSites {
		if vendorSites[i].host == host {
			return vendorSites[i].requests
		}
	}
	for i := range vendorStarSites {
		if matchesStar(vendorStarSites[i].host, host) {
			return vendorStarSites[i].requests
		}
	}
	return nil
}

// productAt is the product of a vendor that has exactly this base, of another kind than the profile's; nil: none.
func productAt(pr *loong.Profile, base string) *vendorRequest {
	base = strings.TrimRight(base, "/")
	list := requestsAt(catalogHost(base))
	for i := range list {
		if r := &list[i]; r.base != "" && matchesStar(r.base, base) && r.kind != pr.Kind.ID {
			return r
		}
	}
	return nil
}

// isVendorHost reports whether requests to a host are documented, with a kind: of that kind.
func isVendorHost(host, kind string) bool {
	return slices.ContainsFunc(requestsAt(host), func(r vendorRequest) bool { return kind == "" || r.kind == kind })
}

// matchesStar compares a text with one that may have one star.
func matchesStar(pattern, text string) bool {
	last := len(pattern) - 1
	if len(text) <= last || last >= 0 && pattern[last] != '*' && pattern[last] != text[len(text)-1] {
		return false // as most: a star stands for one byte at least
	}
	star := strings.IndexByte(pattern, '*')
	if star < 0 {
		return pattern == text
	}
	before, after := pattern[:star], pattern[star+1:]
	return len(text) > len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}
