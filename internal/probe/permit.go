package probe

import (
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

// permit asks the permissions about a request that Loong would send.
func (p *Permissions) permit(d *decision) *refusal {
	kind, u := d.job.Profile.Kind, &d.base.url
	approved, plain := p.approve(kind, u)
	d.Approval = approved.String()
	if d.base.loopback && approved == unapproved && !d.sensitive() {
		d.Approval = byLoopback.String()
	}
	d.base.loopback = d.base.loopback || approved == byFlag && u.Loopback()
	variables := p.judge(d)
	if p.InCI && !p.AllowCI {
		return &refusal{InCI, "this is a run of CI", "--allow-ci lets the probe run there"}
	}
	a, judged := known(u)
	d.Looked = !judged
	switch {
	case u.Scheme == "http" && !plain:
		return &refusal{PlainHTTP, "plain http, which anybody on the way can read", "--allow-host http://" + u.HostPort() + " allows it"}
	case approved == unapproved && d.sensitive():
		help := "--allow-host " + u.HostPort() + " allows it"
		if variables != nil {
			help += ", and " + variables.help
		}
		message := "the catalog does not name this host for " + kind.ID
		if region, ok := regionOf(kind, u); ok && !loong.IsAWSRegion(region) {
			message = strconv.Quote(region) + " is not a region of AWS"
		}
		return &refusal{HostNotAllowed, message, help}
	case judged && !p.mayDial(a, d.base.loopback):
		return &refusal{AddressNotAllowed, notPublic, dialHelp(u.Host)}
	case !p.sameHost(d):
		return &refusal{HostHeader, "the configured host header names another host", "--allow-host allows that one, too"}
	case variables != nil:
		return variables
	}
	return p.route(d, approved)
}

// notPublic is the message about an address that may not be dialed, in a plan and in a run.
const notPublic = "the host has no address of the public internet"

func dialHelp(address string) string { return "--allow-host " + address + " allows the address" }

// sensitive reports whether a request carries anything that only an approved host may get.
func (d *decision) sensitive() bool {
	u := &d.base.url
	if len(d.base.headers) > d.base.own || u.HasUser || u.HasQuery || d.exchange != nil {
		return true
	}
	for _, c := range d.Credentials {
		if c.From != FromNowhere {
			return true
		}
	}
	return false
}

// judge marks each credential as allowed or not, and returns the refusal of the first that is not.
func (p *Permissions) judge(d *decision) *refusal {
	var first *refusal
	kind := d.job.Profile.Kind
	for i := range d.Credentials {
		c := &d.Credentials[i]
		if c.Allowed = true; c.From != FromVariable && c.From != FromSignature {
			continue
		}
		if c.Why, c.Allowed = p.maySend(kind, c.Name); c.Allowed {
			continue
		}
		c.Why = "the catalog does not name it for this kind"
		if first == nil {
			name := c.safeName()
			first = &refusal{EnvNotAllowed, "the catalog does not name the variable " + name + " for " + kind.ID, "--allow-env " + name + " allows the variable"}
		}
	}
	before := len(d.Credentials) - len(d.tries) // those of an exchange
	for i := range d.tries {
		d.tries[i].from = d.Credentials[before+i]
	}
	return first
}

// sameHost reports whether a configured host header, which chooses the virtual host, stays with
// the host that is approved.
func (p *Permissions) sameHost(d *decision) bool {
	value, ok := d.base.get("host")
	if !ok {
		return true
	}
	v, ok := weburl.Parse(d.base.url.Scheme + "://" + value + "/")
	if !ok || v.HasUser || strings.ContainsAny(value, "/?#\\") {
		return false
	}
	if v.Host == d.base.url.Host && v.EffectivePort() == d.base.url.EffectivePort() {
		return true
	}
	approved, _ := p.approve(d.job.Profile.Kind, &v)
	return approved != unapproved
}

// route chooses the proxy. Behind one the address cannot be checked, so the host must be approved.
func (p *Permissions) route(d *decision, approved approval) *refusal {
	if !p.Proxy {
		return nil
	}
	env := d.job.Config.Environment
	d.base.proxy = proxyFor(env, &d.base.url)
	if d.exchange != nil {
		d.exchange.proxy = proxyFor(env, &d.exchange.url)
	}
	if d.base.proxy == nil {
		return nil
	}
	d.Proxy = d.base.proxy.name
	if approved == unapproved && d.Looked && !d.base.loopback {
		return &refusal{HostNotAllowed, "behind a proxy the address of this host cannot be checked", "--allow-host " + d.base.url.HostPort() + " allows it"}
	}
	return nil
}
