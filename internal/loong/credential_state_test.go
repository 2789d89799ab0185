package loong

import (
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func loneProfile(t *testing.T, src string, env *Environment) *Profile {
	t.Helper()
	c := Read(document.Parse("a.toml", []byte(src)), env)
	if len(c.Profiles) != 1 {
		t.Fatalf("%d profiles", len(c.Profiles))
	}
	return &c.Profiles[0]
}

func TestPayload(t *testing.T) {
	tests := []struct{ fields, want string }{
		{`kind = "openai"`, "openai_chat_completions"},
		{"kind = \"openai\"\nwire_api = \"responses\"", "responses"},
		{"kind = \"anthropic\"\nwire_api = \"responses\"", "anthropic_messages"},
		{"kind = \"kimi_coding\"\nwire_api = \"responses\"", "kimi_api"},
		{`kind = "opencode_zen"`, ""},
		{"kind = \"opencode_zen\"\nmodel = \" OpenCode/GPT-5 \"", "responses"},
		{"kind = \"opencode_zen\"\nmodel = \"gemini-3-pro\"", "google_generate_content"},
		{"kind = \"opencode_zen\"\nmodel = \"kimi-k2\"\nwire_api = \"responses\"", "openai_chat_completions"},
		{"kind = \"opencode_go\"\nmodel = \"opencode-go/minimax-m2\"", "anthropic_messages"},
	}
	for _, tt := range tests {
		if got := loneProfile(t, "[provider]\n"+tt.fields+"\n", Static()).Payload(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.fields, got, tt.want)
		}
	}
}

func TestChatAddress(t *testing.T) {
	const zen, other = "https://opencode.ai/zen/v1", "https://own.example"
	tests := []struct{ fields, want string }{
		{`kind = "opencode_zen"`, ""},
		{"kind = \"opencode_zen\"\nmodel = \"claude-x\"", zen + "/messages"},
		{"kind = \"opencode_zen\"\nmodel = \"opencode/gemini-x\"\nwire_api = \"responses\"", zen + "/models/gemini-x"},
		{"kind = \"opencode_zen\"\nmodel = \"opencode-go/claude-x\"", ""},
		{"kind = \"opencode_go\"\nmodel = \"m\"\nbase_url = \"" + other + "/\"", other + "/chat/completions"},
		{"kind = \"openai\"\nmodel = \"m\"", ""},
	}
	for _, tt := range tests {
		if got := loneProfile(t, "[provider]\n"+tt.fields+"\n", Static()).ChatAddress(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.fields, got, tt.want)
		}
	}
}

func TestHasKeyAndToken(t *testing.T) {
	env := Declare(map[string]string{"A": "one", "BLANK": " ", "COMMA": ","}, []string{"NAMED"})
	tests := []struct {
		fields     string
		key, token Tri
	}{
		{"kind = \"openai\"\napi_key = \"a\"", Yes, No},
		{"kind = \"openai\"\napi_key = \"$A\"\noauth_access_token = \"$NAMED\"", Yes, Yes},
		{"kind = \"openai\"\napi_key = \"$BLANK\"", No, No},
		{"kind = \"openai\"\napi_key_env = \"COMMA\"", No, No},
		{"kind = \"openai\"\napi_key = { file = \"/key\" }", Maybe, No},
		{"kind = \"openai\"\napi_key = { exec = [\"pass\"] }", Maybe, No},
		{"kind = \"openai\"\napi_key = { exec = [\"/bin/false\"] }", No, No},
		{"kind = \"openai\"\napi_key = { exec = [\"echo\", \"a\"] }", Yes, No},
		{"kind = \"anthropic\"\noauth_access_token = \"a\"", No, No},
	}
	for _, tt := range tests {
		p := loneProfile(t, "[provider]\n"+tt.fields+"\n", env)
		if key, token := p.HasKey(env), p.HasToken(env); key != tt.key || token != tt.token {
			t.Errorf("%s: %v %v, want %v %v", tt.fields, key, token, tt.key, tt.token)
		}
	}
	if p := loneProfile(t, "[provider]\nkind = \"openai\"\n", Static()); p.HasKey(Static()) != Maybe {
		t.Error("something is known of variables although nothing is")
	}
}

func TestHasRegion(t *testing.T) {
	tests := []struct {
		fields string
		vars   map[string]string
		want   Tri
	}{
		{"", nil, No},
		{"", map[string]string{"AWS_REGION": "eu-west-1"}, Yes},
		{"", map[string]string{"AWS_REGION": ""}, Yes},
		{"", map[string]string{"AWS_PROFILE": "team"}, Maybe},
		{"base_url = \"https://bedrock-runtime.eu-west-1.amazonaws.com\"", nil, Yes},
	}
	for _, tt := range tests {
		env := Declare(tt.vars, nil)
		if got := loneProfile(t, "[provider]\nkind = \"bedrock\"\n"+tt.fields+"\n", env).HasRegion(env); got != tt.want {
			t.Errorf("%q %v: %v, want %v", tt.fields, tt.vars, got, tt.want)
		}
	}
}

func TestSigning(t *testing.T) {
	const keys = "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b"
	for _, tt := range []struct {
		vars, declared string
		keys, sign     Tri
	}{
		{"", "", No, No},
		{keys, "", Yes, No},
		{keys + " AWS_REGION=r", "", Yes, Yes},
		{keys, "AWS_REGION", Yes, Maybe},
		{keys + " AWS_PROFILE=p", "", Yes, Maybe},
		{"AWS_PROFILE=p", "", Maybe, Maybe},
		{"AWS_PROFILE=p AWS_REGION=r", "", Maybe, Maybe},
		{"AWS_ACCESS_KEY_ID=a AWS_REGION=r", "AWS_SECRET_ACCESS_KEY", Maybe, Maybe},
		{"AWS_ACCESS_KEY_ID=a AWS_REGION=r", "", No, No},
	} {
		vars := map[string]string{}
		for _, v := range strings.Fields(tt.vars) {
			name, value, _ := strings.Cut(v, "=")
			vars[name] = value
		}
		env := Declare(vars, strings.Fields(tt.declared))
		p := loneProfile(t, "[provider]\nkind = \"bedrock\"\n", env)
		if k, s := p.HasAWSKeys(env), p.CanSign(env); k != tt.keys || s != tt.sign {
			t.Errorf("%s, %s declared: keys %v, signs %v, want %v and %v", tt.vars, tt.declared, k, s, tt.keys, tt.sign)
		}
	}
	if p := loneProfile(t, "[provider]\nkind = \"groq\"\n", Static()); p.HasAWSKeys(Static()) != No || p.CanSign(Static()) != No {
		t.Error("a kind signs that does not know how")
	}
}

func TestHeaderReplacing(t *testing.T) {
	env := Declare(map[string]string{"OPENAI_API_KEY": "k"}, []string{"NAMED"})
	tests := []struct{ fields, header, key string }{
		{"api_key = \"k\"", "", ""},
		{"api_key = \"k\"\nheaders = { x-api-key = \"h\" }", "", ""},
		{"api_key = \"k\"\nheaders = { Authorization = \"\" }", "Authorization", "api_key"},
		{"oauth_access_token = \"k\"\nheaders = { authorization = \"h\" }", "authorization", "oauth_access_token"},
		{"headers = { authorization = \"h\" }", "authorization", ""},
		{"api_key_env = \"NAMED\"\nheaders = { authorization = \"h\" }", "authorization", "api_key_env"},
	}
	for _, tt := range tests {
		header, key := loneProfile(t, "[provider]\nkind = \"openai\"\n"+tt.fields+"\n", env).HeaderReplacing(env)
		name := func(n *document.Node) string {
			if n == nil {
				return ""
			}
			return n.Name()
		}
		if name(header) != tt.header || name(key) != tt.key {
			t.Errorf("%s: %q replaces %q, want %q and %q", tt.fields, name(header), name(key), tt.header, tt.key)
		}
	}
}

func TestSecretsAreSplit(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " , ;\n": nil, "a": {"a"}, "a, b;c\nd\r\ne": {"a", "b", "c", "d", "e"}, "a,a, a": {"a"}, "a b": {"a b"},
	} {
		if got := SplitSecret(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
