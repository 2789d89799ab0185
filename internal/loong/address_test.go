package loong

import (
	"os"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// read reads a configuration in a world of exactly these variables, NAME=value.
func read(t testing.TB, toml string, env ...string) *Config {
	t.Helper()
	values := map[string]string{}
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		values[name] = value
	}
	world := Given(values)
	world.Files = someFiles{}
	return Read(document.Parse("test.toml", []byte(toml)), world)
}

// only returns the single profile of a configuration that loads.
func only(t testing.TB, c *Config) *Profile {
	t.Helper()
	if c.Verdict != Loads || len(c.Profiles) != 1 {
		t.Fatalf("verdict %s, %d profiles, problems %v", c.Verdict, len(c.Profiles), c.Problems)
	}
	return &c.Profiles[0]
}

func TestWorkedAddresses(t *testing.T) {
	b, err := os.ReadFile("testdata/addresses.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(strings.TrimSpace(string(b)), "\n\n")[1:]
	if len(cases) != 60 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		lines := strings.Split(c, "\n")
		head := strings.Split(lines[0], "\t")
		t.Run(head[0], func(t *testing.T) {
			n := len(lines) - 2
			p := only(t, read(t, "[provider]\n"+strings.Join(lines[1:n], "\n"), head[1:]...))
			if got, want := p.Request.Val, strings.TrimPrefix(lines[n], "-> "); got != want {
				t.Errorf("request %s, want %s", got, want)
			}
			if got, want := p.Models.Val, strings.TrimPrefix(lines[n+1], "-> "); got != want {
				t.Errorf("models %s, want %s", got, want)
			}
		})
	}
}

func TestDefaultEndpointsOfEveryKind(t *testing.T) {
	for _, k := range Kinds() {
		for wire, want := range map[string]Endpoints{wireChat: k.Endpoints, wireResponses: k.ResponsesEndpoints} {
			p := only(t, read(t, "[provider]\nkind = \""+k.ID+"\"\nwire_api = \""+wire+"\""))
			if got := (Endpoints{p.Request.Val, p.Models.Val}); got != want {
				t.Errorf("%s %s: %v, want %v", k.ID, wire, got, want)
			}
		}
	}
}

func TestAddressOrigins(t *testing.T) {
	tests := []struct {
		name, toml string
		value      func(*Profile) Origin
		source     Source
		node       string // the key of Node
		ignored    string // the key of Ignored
	}{
		{"default", `kind = "groq"`, base, FromKind, "", ""},
		{"own base", `base_url = "https://p.example"`, base, FromFile, "base_url", ""},
		{"blank base", `base_url = " "`, base, FromKind, "", "base_url"},
		{"OpenAI's base for another kind", "kind = \"groq\"\nbase_url = \"https://api.openai.com/\"", base, FromKind, "", "base_url"},
		{"OpenAI's path for another kind", "kind = \"groq\"\nchat_completions_path = \"v1/chat/completions\"", path, FromKind, "", "chat_completions_path"},
		{"own path", `chat_completions_path = "/x"`, path, FromFile, "chat_completions_path", ""},
		{"endpoint", `endpoint = "https://p.example/x"`, request, FromFile, "endpoint", ""},
		{"endpoint as derived", `endpoint = "https://api.openai.com/v1/chat/completions/"`, request, FromKind, "", "endpoint"},
		{"models endpoint", `models_endpoint = "https://p.example/x"`, models, FromFile, "models_endpoint", ""},
		{"request from base", `base_url = "https://p.example"`, request, FromFile, "base_url", ""},
		{"models of a kind with its own address", "kind = \"cohere\"\nbase_url = \"https://p.example\"", models, FromKind, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from := tt.value(only(t, read(t, "[provider]\n"+tt.toml)))
			if from.Source != tt.source || nameOf(from.Node) != tt.node || nameOf(from.Ignored) != tt.ignored {
				t.Errorf("from %d %q ignoring %q", from.Source, nameOf(from.Node), nameOf(from.Ignored))
			}
			if (from.Ignored != nil) && from.Note() == "" {
				t.Error("no reason is given")
			}
		})
	}
}

func base(p *Profile) Origin    { return p.Base.From }
func path(p *Profile) Origin    { return p.Path.From }
func request(p *Profile) Origin { return p.Request.From }
func models(p *Profile) Origin  { return p.Models.From }

func nameOf(n *document.Node) string {
	if n == nil {
		return ""
	}
	return n.Name()
}

func TestTransport(t *testing.T) {
	tests := []struct {
		toml string
		want Transport
	}{
		{``, Ready},
		{`wire_api = "responses"`, Ready},
		{"wire_api = \"responses\"\nbase_url = \"https://api.openai.com/\"\nchat_completions_path = \"v1/chat/completions\"", Ready},
		{"wire_api = \"responses\"\nbase_url = \"https://p.example\"", Review},
		{"wire_api = \"responses\"\nchat_completions_path = \"/x\"", Review},
		{"wire_api = \"responses\"\nendpoint = \"https://p.example/x\"", Review},
		{"wire_api = \"responses\"\nendpoint = \"https://api.openai.com/v1/responses\"", Ready},
		{"wire_api = \"responses\"\nkind = \"groq\"", Review},
		{"wire_api = \"responses\"\nkind = \"kimi_coding\"", Unsupported},
		{`kind = "kimi_coding"`, Ready},
	}
	for _, tt := range tests {
		if got := only(t, read(t, "[provider]\n"+tt.toml)).Transport; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.toml, got, tt.want)
		}
	}
}

func TestRegionInWorlds(t *testing.T) {
	toml := []byte("[provider]\nkind = \"bedrock\"")
	tests := []struct {
		name  string
		env   *Environment
		want  string // instead of <region>
		state State
	}{
		{"first usable", Given(map[string]string{"BEDROCK_AWS_REGION": " ;,\r\n eu-west-1 ;x", "AWS_REGION": "no"}), "eu-west-1", Set},
		{"blank is passed over", Given(map[string]string{"BEDROCK_AWS_REGION": " ", "AWS_REGION": "us-east-1"}), "us-east-1", Set},
		{"none", Given(nil), "<region>", Unset},
		{"declared by name", Declare(nil, []string{"AWS_REGION"}), "<region>", Declared},
		{"nothing known", Static(), "<region>", Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := only(t, Read(document.Parse("", toml), tt.env))
			if want := "https://bedrock-runtime." + tt.want + ".amazonaws.com"; p.Base.Val != want || p.Region.State != tt.state {
				t.Errorf("%s, state %d", p.Base.Val, p.Region.State)
			}
		})
	}
}

func TestAddressRegion(t *testing.T) {
	for address, want := range map[string]string{
		"https://bedrock-runtime.us-east-1.amazonaws.com/x":       "us-east-1",
		" HTTPS://u:p@Bedrock.EU-west-1.amazonaws.com.cn:443?x=1": "eu-west-1",
		"https://bedrock-runtime.<region>.amazonaws.com":          "",
		"https://bedrock-runtime-fips.us-east-1.amazonaws.com":    "",
		"https://bedrock.amazonaws.com":                           "",
		"bedrock.us-east-1.amazonaws.com":                         "",
	} {
		if got := AddressRegion(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestSigningRegion(t *testing.T) {
	tests := []struct {
		name, toml string
		env        []string
		want       Region
	}{
		{"address before variable", `base_url = "https://bedrock-runtime.eu-west-1.amazonaws.com"`, []string{"AWS_REGION=us-east-1"}, Region{Is: "eu-west-1", State: Set}},
		{"endpoint before base", "base_url = \"https://bedrock.eu-west-1.amazonaws.com\"\nendpoint = \"https://bedrock.us-west-2.amazonaws.com/x\"", nil, Region{Is: "us-west-2", State: Set}},
		{"variable whole, models address aside", `models_endpoint = "https://x.example"` + "\n" + `base_url = "https://y.example"`, []string{"AWS_DEFAULT_REGION= a, b "}, Region{Is: "a, b", Name: "AWS_DEFAULT_REGION", State: Set}},
		{"a blank variable counts", `base_url = "https://y.example"`, []string{"AWS_REGION="}, Region{Name: "AWS_REGION", State: Set}},
		{"none", `base_url = "https://y.example"`, nil, Region{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, "[provider]\nkind = \"bedrock\"\n"+tt.toml, tt.env...)
			if got := only(t, c).SigningRegion(c.Environment); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
