package loong

import (
	"strings"
	"sync"
	"testing"
)

func TestNotes(t *testing.T) {
	tests := []struct {
		toml, env string
		of        func(*Profile) Origin
		want      string
	}{
		{`kind = "groq_compatible"`, "", (*Profile).KindFrom, `alias "groq_compatible"`},
		{`kind = { groq_compatible = {} }`, "", (*Profile).KindFrom, `alias "groq_compatible"`},
		{`kind = "groq"`, "", (*Profile).KindFrom, ""},
		{`kind = "bedrock"`, "AWS_REGION=eu-west-1", base, "region from AWS_REGION"},
		{`kind = "bedrock"`, "", request, "no region variable is set"},
		{"kind = \"bedrock\"\nbase_url = \"https://bedrock-runtime.<region>.amazonaws.com/\"", "BEDROCK_AWS_REGION=eu-west-1", base,
			"the kind's default; region from BEDROCK_AWS_REGION"},
		{"kind = \"bedrock\"\nendpoint = \" \"", "AWS_REGION=eu-west-1", request, "endpoint is blank, as if not written"},
		{`models_endpoint = "https://api.openai.com/v1/models/"`, "", models, "models_endpoint is the derived address, as if not written"},
	}
	for _, tt := range tests {
		p := only(t, read(t, "[provider]\n"+tt.toml, strings.Fields(tt.env)...))
		if from := tt.of(p); from.Note() != tt.want {
			t.Errorf("%s: %q, want %q", tt.toml, from.Note(), tt.want)
		}
	}
}

func TestProfilesShareWhatTheyDoNotWrite(t *testing.T) {
	src := "[providers.a]\nkind = \"bedrock\"\n[providers.b]\nkind = \"bedrock\"\nmodel = \"m\"\n[providers.c]\nkind = \"bedrock\"\nwire_api = \"responses\"\n" +
		"[providers.d]\nkind = \"groq\"\n[providers.e]\nkind = \"groq\"\nbase_url = \"https://own.example\"\n[providers.f]\nkind = \"groq\"\n" +
		"api_key_env = \"OWN\"\n"
	here, there := read(t, src, "AWS_REGION=eu-west-1", "GROQ_API_KEY=k"), read(t, src, "AWS_REGION=us-east-1")
	p, q := here.Profiles, there.Profiles
	if p[0].Route != p[1].Route || p[0].Route == p[2].Route || p[3].Route == p[4].Route || p[3].Route != p[5].Route {
		t.Error("the wrong profiles share a route")
	}
	if p[3].Route != q[3].Route || p[0].Route == q[0].Route || p[0].Base.Val == q[0].Base.Val {
		t.Error("readings share a route that depends on the environment, or none")
	}
	if p[3].Credential.Sources[0].State != Set || q[3].Credential.Sources[0].State != Unset {
		t.Error("readings share what they know of variables")
	}
	if n := p[5].Credential.APINames; len(n) != 2 || n[0] != "OWN" || p[3].Credential.APINames[0] != n[1] {
		t.Errorf("variables %q", n)
	}
}

func TestAddressesAreReadOnce(t *testing.T) {
	p := only(t, read(t, "[provider]\nbase_url = \"https://h.example\"\nmodels_endpoint = \"no address\""))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if u := p.RequestURL(); u == nil || u.Host != "h.example" || p.ModelsURL() != nil {
				t.Errorf("request %v, models %v", u, p.ModelsURL())
			}
		})
	}
	group.Wait()
	if first := p.RequestURL(); first != p.RequestURL() {
		t.Error("the address is read again")
	}
}
