package probe

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

const listOfTwo = `{"data":[{"id":"m-1","created":1},{"id":"m-2","created":2}]}`

// TestKinds asks every kind at its own default address, over TLS where that is https, under the
// permissions of a user who opens nothing.
func TestKinds(t *testing.T) {
	for i := range loong.Kinds() {
		k := &loong.Kinds()[i]
		t.Run(k.ID, func(t *testing.T) {
			var got seen
			n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got.add(r)
				if x := k.TokenExchange; x != nil && r.URL.Path == "/copilot_internal/v2/token" {
					io.WriteString(w, `{"token":"short-lived","expires_at":9999999999}`)
					return
				}
				io.WriteString(w, listOfTwo)
			}))
			permissions, toml, env := n.permissions(), "[providers.main]\nkind = \""+k.ID+"\"\nmodel = \"m-2\"\n", map[string]string{}
			name := k.APIKeyEnv
			if k.TokenExchange != nil {
				name = k.OAuthEnv
			}
			if name != "" {
				env[name] = "secret-1"
			}
			for _, r := range k.RegionEnvNames {
				env[r] = "eu-west-1"
			}
			switch {
			case k.ID != "custom" && k.RequiresOwnBase:
				toml += "base_url = \"" + regexp.MustCompile("<[^>]*>").ReplaceAllString(k.BaseURL, "a1") + "\"\n"
			case k.ID == "custom":
				toml += "base_url = \"https://llm.example/v1\"\n"
				permissions.Hosts = []Host{{"llm.example", -1, false}}
			}
			res := run1(t, permissions, toml, env)
			if res.Outcome != OK || res.Count != 2 || res.Model != loong.Yes || res.Asked == 0 {
				t.Fatalf("%s %s: %s, %s; %d models; asked %d", res.Outcome, res.Reason, res.Detail, res.Advice, res.Count, res.Asked)
			}
			checkRequest(t, k, got.list(), res)
		})
	}
}

// checkRequest compares what arrived with what the catalog says of the kind.
func checkRequest(t *testing.T, k *loong.Kind, all []*http.Request, res *Result) {
	r := all[len(all)-1]
	models := res.job.Profile.Models.Val
	u, _ := weburl.Parse(models)
	if r.Host != u.HostPort() || r.RequestURI != u.Target() || r.Method != "GET" || (r.TLS != nil) != (u.Scheme == "https") {
		t.Errorf("%s %s%s, TLS %v; want %s", r.Method, r.Host, r.RequestURI, r.TLS != nil, models)
	}
	header, value := "Authorization", "Bearer secret-1"
	switch {
	case k.TokenExchange != nil:
		value = "Bearer short-lived"
		first := all[0]
		if len(all) != 2 || first.Host != "api.github.com" || first.Header.Get("Authorization") != k.TokenExchange.AuthorizationPrefix+"secret-1" {
			t.Errorf("%d requests, the first to %s with %v", len(all), first.Host, first.Header)
		}
		if res.Used.Name != k.OAuthEnv {
			t.Errorf("used %v", res.Used)
		}
	case !k.Bearer():
		header, value = k.AuthHeader, "secret-1"
	case k.APIKeyEnv == "":
		value = ""
	}
	if got := r.Header.Get(header); got != value {
		t.Errorf("%s: %q, want %q", header, got, value)
	}
	for _, h := range k.Headers {
		if got := r.Header.Get(h.Name); got != h.Value {
			t.Errorf("%s: %q, want %q", h.Name, got, h.Value)
		}
	}
	if got := r.Header.Get("User-Agent"); got != k.UserAgent {
		t.Errorf("user agent %q, want %q", got, k.UserAgent)
	}
	if got := r.Header.Get("Cookie"); got != "" {
		t.Errorf("a cookie: %q", got)
	}
}

// TestBedrockKeys signs, and asks twice: with the bearer key, and signed.
func TestBedrockKeys(t *testing.T) {
	var got seen
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") {
			w.WriteHeader(403)
			return
		}
		io.WriteString(w, `{"modelSummaries":[{"modelId":"a.one"}]}`)
	}))
	env := map[string]string{"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret-1", "AWS_SESSION_TOKEN": "session-1",
		"AWS_REGION": "us-east-1", "AWS_BEARER_TOKEN_BEDROCK": "secret-2"}
	res := run1(t, n.permissions(), "[providers.main]\nkind = \"bedrock\"\n", env)
	all := got.list()
	if res.Outcome != OK || res.Used.From != FromSignature || len(all) != 2 {
		t.Fatalf("%s %s, used %v, %d requests", res.Outcome, res.Detail, res.Used, len(all))
	}
	if all[1].Host != "bedrock.us-east-1.amazonaws.com" || all[1].Header.Get("X-Amz-Security-Token") != "session-1" || all[1].Header.Get("X-Amz-Date") == "" {
		t.Errorf("%s %v", all[1].Host, all[1].Header)
	}
}

func TestCopilotExchange(t *testing.T) {
	for _, c := range []struct {
		status  int
		body    string
		outcome Outcome
		reason  Reason
	}{
		{401, "", Rejected, TokenRejected},
		{403, "", Rejected, TokenRejected},
		{500, "", Inconclusive, TokenStatus},
		{302, "", Inconclusive, TokenStatus},
		{200, "", Inconclusive, TokenDecode},
		{200, "<html>", Inconclusive, TokenDecode},
		{200, `{"token":""}`, Inconclusive, TokenDecode},
		{200, `{"token":7}`, Inconclusive, TokenDecode},
		{200, `{"token":"a\nb"}`, Inconclusive, TokenDecode},
	} {
		t.Run(fmt.Sprint(c.status, c.body), func(t *testing.T) {
			var got seen
			n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got.add(r)
				w.Header().Set("Location", "https://elsewhere.example/")
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			}))
			res := run1(t, n.permissions(), "[providers.main]\nkind = \"github-copilot\"\n", map[string]string{"GITHUB_COPILOT_OAUTH_TOKEN": "secret-1"})
			if res.Outcome != c.outcome || res.Reason != c.reason || len(got.list()) != 1 {
				t.Errorf("%s %s after %d requests, want %s %s", res.Outcome, res.Reason, len(got.list()), c.outcome, c.reason)
			}
		})
	}
}
