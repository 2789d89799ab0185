package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var misspelledHost = lint.Rule{
	Name:    "misspelled-host",
	Group:   lint.GroupAddresses,
	Summary: "a host that is one or two letters away from the host of a vendor",
	Doc: `Loong sends the key to whatever host is written: to api.groq.con where api.groq.com was meant, or to whoever owns the
name. It is compared with the hosts of the catalog and those that vendors document. Names that differ in a number, in a region after
a hyphen, or in an ending that exists are taken for what somebody chose; so are names of three letters and fewer.

For kinds with a host of their own that host is meant, or OpenAI's, which Loong writes for it; kinds openai, anthropic and custom are
used for any.`,
	Level:    lint.Error,
	Levels:   "warning where the host is not one of the profile's kind",
	Since:    "0.1.0",
	Address:  true,
	Silences: []string{"missing-base-path", "address-of-other-kind", "endpoint-hosts-differ", "models-route-differs", "default-path-on-own-base"},
	Bad: `[providers.main]
kind = "groq"
base_url = "https://api.groq.con"
model = "llama-3.3-70b-versatile"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `[providers.main]
kind = "groq"
base_url = "https://api.groq.com"
model = "llama-3.3-70b-versatile"
api_key = { env = "GROQ_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for _, key := range addressKeys {
			if text, n := profileText(pr, key); n != nil {
				host := routeHost(pr.Route, text)
				if near := nearestHosts(pr.Kind, host); len(near) > 0 {
					reportHost(p, pr, key, text, host, near)
				}
			}
		}
	},
}

func reportHost(p *lint.Pass, pr *loong.Profile, key schema.Key, text, host string, near []string) {
	n := pr.Table.NodeOf(key)
	f := p.Report(n.Value(), "host %s looks like a misspelled vendor host", quoted(trimmed(host))).WithNode(n).
		WithNote("Loong sends the key of this profile there").WithHelp("%s", suggest.Question(near))
	if !isHostOf(pr.Kind, near[0]) {
		f.WithSeverity(lint.Warning)
	}
	if len(near) == 1 && strings.Count(text, host) == 1 && n.Text() == text {
		f.WithFix(lint.Unsafe, "write "+near[0], replaceText(p.Document, n, strings.Replace(text, host, near[0], 1)))
	}
}

// nearestHosts lists the hosts of vendors that a host could be meant for, those nearest to it; none where it is one itself.
func nearestHosts(kind *loong.Kind, host string) []string {
	const shortest = 8 // x.ai and the like are near to everything
	if len(host) < shortest || strings.Trim(host, "0123456789.") == "" {
		return nil
	}
	anyHost := kind.IsDefault || kind.ID == "custom" || kind.ProtocolFamily == "anthropic_messages"
	best, found := 3, []string(nil)
	for _, h := range vendorHosts {
		known := h[0]
		if known == host {
			return nil
		}
		most := min(best, 1)
		if len(host) >= 2*shortest {
			most = min(best, 2)
		}
		d := suggest.Apart(host, known, most)
		if d > most || !isSlip(host, known) || !anyHost && known != catalogHost(loong.OpenAIBase) && !isHostOf(kind, known) {
			continue
		}
		if d < best {
			best, found = d, nil
		}
		found = append(found, known)
	}
	if len(found) == 0 || isVendorHost(host, "") {
		return nil
	}
	return found[:min(len(found), suggest.Most)]
}

// isHostOf reports whether a host is one of a kind's own.
func isHostOf(kind *loong.Kind, host string) bool {
	if isVendorHost(host, kind.ID) || originOf(nil, "https://"+host).isOf(kind) {
		return true
	}
	return slices.ContainsFunc(vendorHosts[:], func(h [2]string) bool { return h[0] == host && h[1] == kind.ID })
}

// isSlip reports whether the difference between two hosts is one that nobody chooses.
func isSlip(host, known string) bool {
	a, b := strings.Split(host, "."), strings.Split(known, ".")
	if len(a) != len(b) {
		return len(a) == len(b)-1 && strings.ReplaceAll(host, ".", "") == strings.ReplaceAll(known, ".", "") // a dot is missing
	}
	differ := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if differ++; differ > 1 {
			return false
		}
		switch {
		case i == len(a)-1: // api.groq.con
			if _, real := slices.BinarySearch(hostEndings[:], a[i]); real {
				return false
			}
		case len(b[i]) < 4, strings.Trim(a[i], "0123456789") != a[i], digits(a[i]) != digits(b[i]):
			return false
		case inRegion(a[i], b[i]):
			return false
		}
	}
	return differ == 1
}

// inRegion reports whether two names differ in what is after the last hyphen, and that is short, as eu and us are.
func inRegion(a, b string) bool {
	const longest = 4
	i, j := strings.LastIndexByte(a, '-')+1, strings.LastIndexByte(b, '-')+1
	return (i > 0 || j > 0) && a[:max(i-1, 0)] == b[:max(j-1, 0)] && len(b)-j <= longest
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
