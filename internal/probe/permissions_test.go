package probe

import (
	"net/netip"
	"testing"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

func TestPublicAddresses(t *testing.T) {
	for text, want := range map[string]bool{
		"1.1.1.1": true, "93.184.216.34": true, "2606:4700::1111": true, "64:ff9b::101:101": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "127.255.255.254": false, "::1": false, "0.0.0.0": false, "0.1.2.3": false, "::": false,
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, "fc00::1": false, "fd12:3456::1": false,
		"169.254.1.1": false, "169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "fec0::1": false,
		"100.64.0.1": false, "100.127.255.255": false, "100.100.100.200": false, "168.63.129.16": false, "192.0.0.192": false,
		"fd00:ec2::254": false, "198.18.0.1": false, "192.0.2.1": false, "198.51.100.1": false, "203.0.113.1": false,
		"224.0.0.1": false, "239.1.1.1": false, "240.0.0.1": false, "255.255.255.255": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false, "::10.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "2002:7f00:1::": false, "2002:a00:1::1": false,
		"2001::1": false, "2001:db8::1": false, "3fff::1": false, "100::1": false, "5f00::1": false, "4000::1": false,
		"172.32.0.1": true, "100.128.0.1": true, "2001:4860:4860::8888": true,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("public(%s) = %v", text, got)
		}
	}
	if public(netip.Addr{}) || !forbidden(netip.Addr{}) {
		t.Error("no address is dialed")
	}
}

func TestMayDial(t *testing.T) {
	open := &Permissions{Networks: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}
	ten := &Permissions{Networks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, c := range []struct {
		permissions *Permissions
		address     string
		loopback    bool
		want        bool
	}{
		{&Permissions{}, "1.1.1.1", false, true},
		{&Permissions{}, "1.1.1.1", true, false},
		{&Permissions{}, "127.0.0.1", false, false},
		{&Permissions{}, "127.0.0.1", true, true},
		{&Permissions{}, "::ffff:127.0.0.1", true, true},
		{&Permissions{}, "10.0.0.1", true, false},
		{ten, "10.1.2.3", false, true},
		{ten, "::ffff:10.1.2.3", false, true},
		{ten, "11.1.2.3", false, true},
		{ten, "192.168.0.1", false, false},
		{open, "192.168.0.1", false, true},
		{open, "169.254.169.254", false, false},
		{open, "::ffff:169.254.169.254", false, false},
		{open, "64:ff9b::a9fe:a9fe", false, false},
		{open, "fd00:ec2::254", false, false},
		{open, "100.100.100.200", false, false},
		{open, "168.63.129.16", false, false},
		{open, "0.0.0.0", true, false},
		{open, "224.0.0.1", false, false},
	} {
		if got := c.permissions.mayDial(netip.MustParseAddr(c.address), c.loopback); got != c.want {
			t.Errorf("%v: mayDial(%s, %v) = %v", c.permissions.Networks, c.address, c.loopback, got)
		}
	}
}

func TestAllowHost(t *testing.T) {
	for text, want := range map[string]Host{
		"llm.example":           {"llm.example", -1, false},
		" LLM.Example ":         {"llm.example", -1, false},
		"llm.example:8443":      {"llm.example", 8443, false},
		"llm.example:443":       {"llm.example", 443, false},
		"https://llm.example":   {"llm.example", -1, false},
		"https://llm.example/":  {"llm.example", -1, false},
		"http://llm.example":    {"llm.example", 80, true},
		"http://127.0.0.1:4000": {"127.0.0.1", 4000, true},
		"127.0.0.1:4000":        {"127.0.0.1", 4000, false},
		"[::1]:4000":            {"[::1]", 4000, false},
		"::1":                   {"[::1]", -1, false},
	} {
		p := &Permissions{}
		if err := p.AllowHost(text); err != nil || len(p.Hosts) != 1 || p.Hosts[0] != want {
			t.Errorf("AllowHost(%q): %v %v, want %v", text, p.Hosts, err, want)
		}
	}
	p := &Permissions{}
	if err := p.AllowHost("10.1.2.3/8"); err != nil || len(p.Hosts) != 0 || len(p.Networks) != 1 || p.Networks[0].String() != "10.0.0.0/8" {
		t.Errorf("a network gave %+v, %v", p, err)
	}
	for _, text := range []string{"", "*", "*.example", "a b", "https://u:p@llm.example", "llm.example/v1", "https://llm.example?x", "llm.example#x", "llm.example:99999", "<host>"} {
		if err := new(Permissions).AllowHost(text); err == nil {
			t.Errorf("AllowHost(%q) is no error", text)
		}
	}
}

func TestApprove(t *testing.T) {
	allowing := func(hosts ...string) *Permissions {
		p := &Permissions{}
		for _, h := range hosts {
			if err := p.AllowHost(h); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	for _, c := range []struct {
		permissions   *Permissions
		kind, address string
		want          approval
	}{
		{&Permissions{}, "openai", "https://api.openai.com/v1/models", byCatalog},
		{&Permissions{}, "openai", "https://api.openai.com:443/other", byCatalog},
		{&Permissions{}, "openai", "https://api.openai.com:8443/", unapproved},
		{&Permissions{}, "openai", "http://api.openai.com/", unapproved},
		{&Permissions{}, "openai", "https://api.openai.com.evil.example/", unapproved},
		{&Permissions{}, "openai", "https://evil.example/api.openai.com", unapproved},
		{&Permissions{}, "openai", "https://api.anthropic.com/", unapproved},
		{&Permissions{}, "openai", "https://xapi.openai.com/", unapproved},
		{&Permissions{}, "kimi", "https://api.moonshot.ai/", byCatalog},
		{&Permissions{}, "cohere", "https://api.cohere.com/v1/models", byCatalog},
		{&Permissions{}, "cohere", "https://api.cohere.ai/x", byCatalog},
		{&Permissions{}, "bedrock", "https://bedrock.eu-west-1.amazonaws.com/foundation-models", byCatalog},
		{&Permissions{}, "bedrock", "https://bedrock.evil.example.amazonaws.com/", unapproved},
		{&Permissions{}, "bedrock", "https://bedrock..amazonaws.com/", unapproved},
		{&Permissions{}, "bedrock", "https://bedrock.amazonaws.com/", unapproved},
		{&Permissions{}, "bedrock", "https://s3.eu-west-1.amazonaws.com/", unapproved},
		{&Permissions{}, "cloudflare_ai_gateway", "https://gateway.ai.cloudflare.com/v1/a/g/openai/compat/models", byCatalog},
		{&Permissions{}, "custom", "https://llm.example/v1/models", unapproved},
		{&Permissions{}, "ollama", "http://127.0.0.1:11434/v1/models", byCatalog},
		{&Permissions{}, "ollama", "http://localhost:11434/v1/models", byCatalog},
		{&Permissions{}, "ollama", "http://127.0.0.1:11435/v1/models", unapproved},
		{allowing("llm.example"), "custom", "https://llm.example/v1/models", byFlag},
		{allowing("llm.example"), "custom", "https://llm.example:8443/v1/models", byFlag},
		{allowing("llm.example"), "custom", "http://llm.example/v1/models", unapproved},
		{allowing("llm.example:8443"), "custom", "https://llm.example/v1/models", unapproved},
		{allowing("http://llm.example"), "custom", "http://llm.example/v1/models", byFlag},
		{allowing("llm.example"), "custom", "https://sub.llm.example/v1/models", unapproved},
	} {
		u, ok := weburl.Parse(c.address)
		if !ok {
			t.Fatal(c.address)
		}
		if got, _ := c.permissions.approve(loong.KindByName(c.kind), &u); got != c.want {
			t.Errorf("%v, %s: %s is approved %q, want %q", c.permissions.Hosts, c.kind, c.address, got, c.want)
		}
	}
}

// Every kind names its own default address, but custom, which has none.
func TestEveryKindApprovesItsDefaults(t *testing.T) {
	for i := range loong.Kinds() {
		k := &loong.Kinds()[i]
		u, ok := weburl.Parse(k.Endpoints.Models)
		if k.SigV4 != nil {
			u, ok = weburl.Parse("https://bedrock.us-east-1.amazonaws.com/foundation-models")
		}
		got, _ := (&Permissions{}).approve(k, &u)
		if want := k.ID != "custom"; ok != want || (got == byCatalog) != want {
			t.Errorf("%s: %s parses: %v, is approved: %q", k.ID, k.Endpoints.Models, ok, got)
		}
		for _, name := range append([]string{k.APIKeyEnv, k.OAuthEnv}, k.APIKeyEnvAliases...) {
			if _, may := (&Permissions{}).maySend(k, name); may != (name != "") {
				t.Errorf("%s: %q may be sent: %v", k.ID, name, may)
			}
		}
		for _, other := range []string{"HOME", "AWS_SECRET_ACCESS_KEYS", "GITHUB_TOKEN", "PATH"} {
			if _, may := (&Permissions{}).maySend(k, other); may {
				t.Errorf("%s: %s may be sent", k.ID, other)
			}
		}
	}
}
