package probe

import (
	"slices"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// maxAddress is the length in bytes above which an address is not looked at.
const maxAddress = 16 << 10

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
func (p *Permissions) Plan(jobs []*Job) []Entry {
	entries := make([]Entry, len(jobs))
	for i, j := range jobs {
		entries[i] = p.decide(j).Entry
	}
	return entries
}

// decide goes through Loong's own checks in their order (behaviour.md 6), and then those of the permissions.
func (p *Permissions) decide(j *Job) *decision {
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

func (p *Permissions) consider(d *decision) *refusal {
	j := d.job
	if r := checkKind(j.Profile); r != nil {
		return r
	}
	ids := p.gather(j)
	region := j.Profile.SigningRegion(j.Config.Environment)
	noAddress := d.address(region)
	if noAddress != nil && noAddress.reason == NotFilledIn {
		return noAddress
	}
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
		for _, a := range []string{p.Request.Val, raw} {
			if strings.Contains(ascii.Lower(a), "://api.kimi.com/coding/") {
				return &refusal{KindEndpoint, "the address belongs to another kind, and Loong sends nothing", "use kind kimi_coding for it"}
			}
		}
	}
	if p.Kind.RequiresKimiAgent {
		for _, e := range p.Table.Field("headers").Entries() {
			if value, _ := e.Value.Text(); ascii.Lower(e.Name) == "user-agent" && !strings.HasPrefix(strings.TrimSpace(value), "KimiCLI/") {
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
	if c.Required && !found && !d.job.Profile.HeaderCounts() && !signs {
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
		names[i] = redact.VariableName(names[i])
	}
	if len(names) > 4 {
		names = append(names[:4], "another of its variables")
	}
	return strings.Join(names, " or ")
}

// address builds the request without an identity: check 7 of behaviour.md 6, and 7.1.
func (d *decision) address(region loong.Region) *refusal {
	p := d.job.Profile
	text := p.Models.Val
	if p.Kind.SigV4 != nil && region.State == loong.Set {
		for _, hole := range p.Kind.Placeholders {
			text = strings.ReplaceAll(text, hole, region.Is)
		}
	}
	if len(text) > maxAddress {
		return &refusal{BadAddress, "the models address is longer than 16 KB, which no service takes", "loonglint resolve shows it"}
	}
	u, ok := weburl.Parse(text)
	if ok && u.HasHost {
		d.Scheme, d.Host, d.Route = u.Scheme, u.HostPort(), u.Target()
	}
	if r := d.unfilled(text); r != nil {
		return r
	}
	headers, own, r := configured(p)
	if r != nil {
		return r
	}
	d.describeHeaders()
	if !ok || !u.HasHost {
		return &refusal{BadAddress, "the models address is no address: " + weburl.Fault(text), "loonglint resolve shows it"}
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return &refusal{SendFailed, "the models address is neither http nor https", "loonglint resolve shows it"}
	}
	d.base = request{method: "GET", url: u, headers: headers, own: own, loopback: isLocal(p.Kind) && u.Loopback()}
	milliseconds := func(key schema.Key) time.Duration { return time.Duration(p.Number(key)) * time.Millisecond }
	d.base.timeout = milliseconds(schema.KeyRequestTimeoutMs)
	d.attempts = int(p.Number(schema.KeyRetryMaxAttempts))
	d.pause = milliseconds(schema.KeyRetryInitialBackoffMs)
	d.patience = milliseconds(schema.KeyRetryMaxBackoffMs)
	return nil
}

// unfilled refuses an address in which a placeholder or a variable is left. What Loong fills in
// itself is judged by the region instead.
func (d *decision) unfilled(address string) *refusal {
	p := d.job.Profile
	if len(p.Kind.RegionEnvNames) > 0 {
		for _, hole := range p.Kind.Placeholders {
			address = strings.ReplaceAll(address, hole, regionLabel)
		}
	}
	left, found := placeholder.Unfilled(address)
	if !found {
		return nil
	}
	r := &refusal{reason: NotFilledIn, message: "base_url is not filled in", help: "write your own value in its place"}
	switch {
	case p.ModelsEndpointOverrides:
		r.message = "models_endpoint is not filled in"
	case p.Base.From.Node == nil:
		r.help = "kind " + p.Kind.ID + " has no address of its own: write base_url"
		return r
	}
	if shown, _ := placeholder.Unfilled(withoutSecrets(address)); shown == left {
		r.help = "write your own value in the place of " + left
	}
	return r
}

// withoutSecrets is an address as far as it can be shown: without user info, query and fragment.
func withoutSecrets(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	return scheme + "://" + rest[strings.LastIndexByte(rest, '@')+1:]
}

// describeHeaders lists the configured headers that go along, and those that do not.
func (d *decision) describeHeaders() {
	text := d.job.secrets.Text
	for _, e := range headerEntries(d.job.Profile) {
		name := ascii.Lower(e.Name)
		shown := text(redact.HeaderName(name))
		if isFraming(name) {
			d.LeftOut = append(d.LeftOut, shown)
			continue
		}
		value, _ := e.Value.Text()
		d.Headers = append(d.Headers, SentHeader{Name: shown, Secret: secret.Header(name, value)})
	}
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

// mask makes the texts of the entry printable.
func (d *decision) mask() {
	text := d.job.secrets.Text
	if at := strings.IndexAny(d.Route, "?#"); at >= 0 && at+1 < len(d.Route) {
		d.Route = d.Route[:at+1] + redact.Mask
	}
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
		d.Credentials[i].Name = text(d.Credentials[i].safeName())
	}
}
