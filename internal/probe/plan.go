package probe

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/secret"
)

// maxIdentities is how many identities of a profile are tried; Loong tries all of them.
const maxIdentities = 2

// decision is what is to be done for a job: an Entry, and when it says so, the requests.
type decision struct {
	Entry
	job      *Job
	base     request    // without an identity
	tries    []identity // at most maxIdentities
	exchange *request   // goes first; its token becomes the first identity
	signer   *signer    // for anonymous tries; nil: not signed
	attempts int        // Loong's tries for each identity (behaviour.md 7.2)
	pause    time.Duration
	patience time.Duration // the longest pause
}

// Plan tells for every job what a run would send, and why, or why not. It opens no socket.
func (p *Policy) Plan(jobs []*Job) []Entry {
	entries := make([]Entry, len(jobs))
	for i, j := range jobs {
		entries[i] = p.decide(j).Entry
	}
	return entries
}

// decide goes through Loong's own checks in their order (behaviour.md 6), and then the policy's.
func (p *Policy) decide(j *Job) *decision {
	d := &decision{job: j}
	d.File = j.File
	if j.Profile == nil {
		d.refuse(&refusal{Refused, "Loong does not start with this file", "loonglint check tells why"})
		return d
	}
	d.Profile, d.Kind, d.Active = j.secrets.Text(j.Profile.ID), j.Profile.Kind.ID, j.Profile.Active
	if r := p.consider(d); r != nil {
		d.refuse(r)
	} else {
		d.Send = true
	}
	d.mask()
	return d
}

func (d *decision) refuse(r *refusal) {
	d.Reason, d.Message, d.Help = r.reason, r.message, r.help
}

func (p *Policy) consider(d *decision) *refusal {
	j := d.job
	if r := checkKind(j.Profile); r != nil {
		return r
	}
	ids := p.gather(j)
	region := j.Profile.SigningRegion(j.Config.Environment)
	noAddress := d.address(region)
	switch r := d.ready(ids, region); {
	case r != nil && r.reason == NotKnown:
		d.Credentials = ids.possible
		if noAddress == nil {
			if first := p.permit(d); first != nil {
				return first
			}
		}
		return r
	case r != nil:
		return r
	case noAddress != nil:
		return noAddress
	}
	d.identify(ids, region)
	return p.permit(d)
}

// checkKind is checks 1 and 2 of behaviour.md 6.
func checkKind(p *loong.Profile) *refusal {
	if p.Kind.ForbidsKimiCoding {
		raw, _ := p.Table.Field("endpoint").Text()
		for _, a := range []string{p.Request.Is, raw} {
			if strings.Contains(lower(a), "://api.kimi.com/coding/") {
				return &refusal{KindEndpoint, "the address belongs to another kind, and Loong sends nothing", "use kind kimi_coding for it"}
			}
		}
	}
	if p.Kind.RequiresKimiAgent {
		for _, e := range p.Table.Field("headers").Entries() {
			if value, _ := e.Value.Text(); lower(e.Name) == "user-agent" && !strings.HasPrefix(strings.TrimSpace(value), "KimiCLI/") {
				return &refusal{KindUserAgent, "the configured user-agent is none that this kind accepts", "begin it with KimiCLI/, or leave it out"}
			}
		}
	}
	return nil
}

// ready is checks 4 to 6 of behaviour.md 6: whether there is what a request needs.
func (d *decision) ready(ids *identities, region loong.Region) *refusal {
	kind, c := d.job.Profile.Kind, &d.job.Profile.Credential
	if ids.refusal != nil {
		return ids.refusal
	}
	if kind.TokenExchange != nil && ids.token == nil {
		return &refusal{TokenMissing, "this kind needs an OAuth token, and there is none", "set " + kind.OAuthEnv}
	}
	regional := kind.SigV4 != nil
	signs := regional && ids.signing && region.State == loong.Set
	found := len(ids.list) > 0 || ids.token != nil && kind.Bearer()
	elsewhere := regional && !found && c.Ready == loong.Maybe
	if elsewhere && !ids.signing {
		return &refusal{AWSElsewhere, "AWS keys may be in files or services, where the probe does not look", "set " + strings.Join(kind.SigV4.Required, " and ")}
	}
	if c.Required && !found && !d.headerCounts() && !signs {
		if elsewhere {
			return &refusal{AWSElsewhere, "the AWS region may be in files or services, where the probe does not look", "set " + kind.RegionEnvNames[0]}
		}
		return &refusal{MissingCredentials, "no credential is set, and Loong sends nothing", "set " + orList(d.settable())}
	}
	if regional && region.State != loong.Set {
		return &refusal{NoRegion, "no AWS region is known, and Loong sends nothing", "set " + kind.RegionEnvNames[0]}
	}
	if regional && !found && !ids.signing {
		return &refusal{NoAWSCredentials, "a header is configured, and Loong still needs AWS keys", "set " + strings.Join(kind.SigV4.Required, " and ")}
	}
	return nil
}

// settable lists what would do as a credential.
func (d *decision) settable() []string {
	names := d.job.Profile.Credential.EnvNames()
	if s := d.job.Profile.Kind.SigV4; s != nil {
		names = append(names, strings.Join(s.Required, " and "))
	}
	return names
}

func orList(names []string) string {
	names = slices.Clone(names)
	for i := range names {
		names[i] = safeName(names[i])
	}
	if len(names) > 4 {
		names = append(names[:4], "another of its variables")
	}
	return strings.Join(names, " or ")
}

// headerCounts reports whether a configured header counts as a credential (behaviour.md 4.6/2).
func (d *decision) headerCounts() bool {
	for _, e := range d.job.Profile.Table.Field("headers").Entries() {
		if n := lower(e.Name); n == "authorization" || n == "x-api-key" {
			if value, _ := e.Value.Text(); strings.TrimSpace(value) != "" {
				return true
			}
		}
	}
	return false
}

// address builds the request without an identity: check 7 of behaviour.md 6, and 7.1.
func (d *decision) address(region loong.Region) *refusal {
	p := d.job.Profile
	headers, own, r := configured(p)
	if r != nil {
		return r
	}
	text := p.Models.Is
	if p.Kind.SigV4 != nil && region.State == loong.Set {
		for _, hole := range p.Kind.Placeholders {
			text = strings.ReplaceAll(text, hole, region.Is)
		}
	}
	u, ok := loong.ParseURL(text)
	if !ok || !u.HasHost {
		return &refusal{BadAddress, "the models address is no address: " + loong.URLFault(text), "loonglint resolve shows it"}
	}
	d.Scheme, d.Host, d.Route = u.Scheme, u.HostPort(), u.Target()
	if u.Scheme != "http" && u.Scheme != "https" {
		return &refusal{SendFailed, "the models address is neither http nor https", "loonglint resolve shows it"}
	}
	d.base = request{method: "GET", url: u, headers: headers, own: own, loopback: isLocal(p.Kind) && u.Loopback()}
	number := func(key string, low, high int64) time.Duration {
		v := p.Table.Field(key)
		n, ok := v.Int()
		if !ok {
			n, _ = strconv.ParseInt(v.Default(), 10, 64)
		}
		return time.Duration(min(max(n, low), high)) * time.Millisecond
	}
	d.base.timeout = number("request_timeout_ms", 1000, 180000)
	d.attempts = int(number("retry_max_attempts", 1, 8) / time.Millisecond)
	d.pause = number("retry_initial_backoff_ms", 50, 10000)
	d.patience = max(d.pause, number("retry_max_backoff_ms", 0, 30000))
	return nil
}

// identify chooses the identities that are tried, and how anonymous requests are signed.
func (d *decision) identify(ids *identities, region loong.Region) {
	kind := d.job.Profile.Kind
	d.tries = ids.list
	if len(d.tries) == 0 && kind.TokenExchange == nil || kind.SigV4 != nil {
		d.tries = append(slices.Clip(d.tries), identity{from: Credential{From: FromNowhere, Allowed: true, Known: true}})
	}
	room := maxIdentities
	if kind.TokenExchange != nil {
		room--
		d.exchange = exchangeRequest(kind, ids.token.secret)
		u := &d.exchange.url
		d.Exchange = u.HostPort() + u.Target()
		d.Credentials = []Credential{ids.token.from}
	}
	d.tries = d.tries[:min(len(d.tries), room)]
	if ids.signing {
		d.signer = &signer{keys: ids.keys, region: region.Is, service: kind.SigV4.ModelsName}
		last := &d.tries[len(d.tries)-1]
		if last.secret == "" {
			last.from = Credential{From: FromSignature, Name: kind.SigV4.Required[0], Known: true}
		}
	}
	d.Credentials = append(d.Credentials, d.carried()...)
	d.Requests = len(d.tries) * min(d.attempts, maxTries)
	if d.exchange != nil {
		d.Requests += min(d.attempts, maxTries) + 1
	}
}

func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// mask makes the texts of the entry printable.
func (d *decision) mask() {
	text := d.job.secrets.Text
	if d.Host != "" {
		shown := text(d.Scheme + "://" + d.Host + d.Route)
		if rest, ok := strings.CutPrefix(shown, d.Scheme+"://"); ok {
			host, route, _ := strings.Cut(rest, "/")
			d.Host, d.Route = host, "/"+route
		} else {
			d.Host, d.Route = text(d.Host), text(d.Route)
		}
	}
	d.Message, d.Help = text(d.Message), text(d.Help)
	for i := range d.Credentials {
		d.Credentials[i].Name = text(safeName(d.Credentials[i].Name))
	}
}

// safeName is the name of a variable, unless it could be a key that stands in its place.
func safeName(name string) string {
	if _, isKey := secret.KeyShape(name); isKey || secret.LooksRandom(name) {
		return redact.Mask
	}
	return name
}
