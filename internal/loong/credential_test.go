package loong

import (
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestCredentialInWorlds(t *testing.T) {
	given := func(env ...string) *Environment {
		values := map[string]string{}
		for _, v := range env {
			n, s, _ := strings.Cut(v, "=")
			values[n] = s
		}
		return Declare(values, nil)
	}
	names := func(n ...string) *Environment { return Declare(nil, n) }
	tests := []struct {
		name, toml string
		env        *Environment
		use        string
		resolved   Tri
		candidates int
		ready      Tri
	}{
		{"nothing set", `kind = "groq"`, given(), "", No, 0, No},
		{"set", `kind = "groq"`, given("GROQ_API_KEY= a , b;a"), "GROQ_API_KEY", Yes, 2, Yes},
		{"blank", `kind = "groq"`, given("GROQ_API_KEY= "), "", No, 0, No},
		{"separators alone", `kind = "groq"`, given("GROQ_API_KEY=,"), "GROQ_API_KEY", No, 0, No},
		{"declared by name", `kind = "groq"`, names("GROQ_API_KEY"), "GROQ_API_KEY", Maybe, -1, Maybe},
		{"other name declared", `kind = "groq"`, names("X"), "", No, 0, No},
		{"static", `kind = "groq"`, Static(), "", Maybe, -1, Maybe},
		{"literal needs no world", "kind = \"groq\"\napi_key = \"a;b\"", Static(), "", Yes, 2, Yes},
		{"reference unset", "kind = \"groq\"\napi_key = \"$T\"", given("GROQ_API_KEY=a"), "T", No, 0, No},
		{"reference static", "kind = \"groq\"\napi_key = \"$T\"", Static(), "T", Maybe, -1, Maybe},
		{"OAuth literal beside unknown keys", "kind = \"groq\"\noauth_access_token = \"t\"", Static(), "", Yes, -1, Yes},
		{"OAuth does not serve anthropic", "kind = \"anthropic\"\noauth_access_token = \"t\"", given(), "", No, 0, No},
		{"header", "kind = \"groq\"\nheaders = { X-API-Key = \"h\" }", given(), "", No, 0, Yes},
		{"blank header", "kind = \"groq\"\nheaders = { Authorization = \" \" }", given(), "", No, 0, No},
		{"file in a world without files", "kind = \"groq\"\napi_key = { file = \"/x\" }", given(), "", Maybe, -1, Maybe},
		{"program", "kind = \"groq\"\napi_key = { exec = [\"x\"] }", given("GROQ_API_KEY=a"), "", No, 0, No},
		{"AWS keys and region", `kind = "bedrock"`, given("AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", "AWS_REGION=r"), "", No, 0, Yes},
		{"AWS keys without region", `kind = "bedrock"`, given("AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b"), "", No, 0, No},
		{"half a pair", `kind = "bedrock"`, given("AWS_ACCESS_KEY_ID=a", "AWS_REGION=r"), "", No, 0, No},
		{"AWS profile", `kind = "bedrock"`, given("AWS_PROFILE=p"), "", No, 0, Maybe},
		{"AWS static", `kind = "bedrock"`, Static(), "", Maybe, -1, Maybe},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := only(t, Read(document.Parse("", []byte("[provider]\n"+tt.toml)), tt.env)).Credential
			if c.Env != tt.use || c.Resolved != tt.resolved || c.Candidates != tt.candidates || c.Ready != tt.ready {
				t.Errorf("env %q, resolved %d, %d candidates, ready %d", c.Env, c.Resolved, c.Candidates, c.Ready)
			}
		})
	}
}

// someFiles are files by their path: the text where it is known, "?" where it is not.
type someFiles map[string]string

func (f someFiles) Text(path string) (string, State) {
	switch text := f[path]; text {
	case "":
		return "", Unset
	case "?":
		return "", Declared
	default:
		return text, Set
	}
}

func (f someFiles) HasFolder(path string) bool { _, ok := f[path+"/"]; return ok }

func TestSecretFiles(t *testing.T) {
	world := &Environment{Lookup: Given(nil).Lookup, Files: someFiles{"/key": "?", "/made-up": "one,two", "/empty": ""}}
	tests := []struct {
		path       string
		resolved   Tri
		candidates int
	}{
		{"/key", Yes, -1},
		{"/made-up", Yes, 2},
		{"/empty", No, 0},
		{"/none", No, 0},
	}
	for _, tt := range tests {
		for _, field := range []string{"api_key", "oauth_access_token"} {
			c := only(t, readText("[provider]\n"+field+" = { file = '"+tt.path+"' }", world)).Credential
			if c.Resolved != tt.resolved {
				t.Errorf("%s %s: resolved %d", field, tt.path, c.Resolved)
			}
			if field == "api_key" && c.Candidates != tt.candidates {
				t.Errorf("%s: %d candidates", tt.path, c.Candidates)
			}
		}
	}
}

func TestFoldersBelowHome(t *testing.T) {
	world := &Environment{Lookup: Given(map[string]string{"HOME": "/home/a"}).Lookup, Files: someFiles{"/home/a/": "", "/home/a/plugins/": ""}}
	for path, want := range map[string]State{"~": Set, " ~/plugins ": Set, "~/none": Unset, "/home/a": Set, "~a": Unset} {
		if got := world.Folder(path); got != want {
			t.Errorf("%q: %d, want %d", path, got, want)
		}
	}
	if got := Given(nil).Folder("~"); got != Unknown {
		t.Errorf("no file is looked at, and a folder is %d", got)
	}
}

func TestNamesAndTheirOrigins(t *testing.T) {
	c := only(t, read(t, "[provider]\nkind = \"gemini\"\napi_key_env = \" TEAM \"", "GOOGLE_API_KEY=x", "GEMINI_API_KEY=")).Credential
	if want := []string{"TEAM", "GEMINI_API_KEY", "GOOGLE_API_KEY"}; !slices.Equal(c.EnvNames(), want) || !slices.Equal(c.APINames, want) || len(c.Sources) != 3 {
		t.Fatalf("%+v", c)
	}
	if s := c.Sources[0]; s.From.Source != FromFile || nameOf(s.From.Node) != "api_key_env" || s.State != Unset {
		t.Errorf("%+v", s)
	}
	if s := c.Sources[1]; s.From.Source != FromKind || s.State != Set || !s.Blank {
		t.Errorf("%+v", s)
	}
	if c.Env != "GOOGLE_API_KEY" {
		t.Errorf("in use: %s", c.Env)
	}
}

func TestVariablesThatAreNotUnicodeCountAsUnset(t *testing.T) {
	env := Given(map[string]string{"BYTES": "\xff", "TEXT": "é"})
	if _, s := env.Var("BYTES"); s != Unset {
		t.Errorf("bytes: %d", s)
	}
	if v, s := env.Var("TEXT"); v != "é" || s != Set {
		t.Errorf("text: %q %d", v, s)
	}
}

func TestDeclaredValueWinsOverName(t *testing.T) {
	e := Declare(map[string]string{"A": "1"}, []string{"A", "B"})
	if v, s := e.Var("A"); v != "1" || s != Set {
		t.Errorf("A: %q %d", v, s)
	}
	if _, s := e.Var("B"); s != Declared {
		t.Errorf("B: %d", s)
	}
	if _, s := e.Var("C"); s != Unset {
		t.Errorf("C: %d", s)
	}
	if names := e.Names(); !slices.Contains(names, "A") || !slices.Contains(names, "B") {
		t.Errorf("names %v", names)
	}
	var none *Environment
	if _, s := none.Var("A"); s != Unknown || !none.Static() || e.Static() {
		t.Errorf("no environment: %d", s)
	}
}

// A kind tries an OAuth token before its API keys, and its variables in the order in which they are listed.
func TestSecretsAreTriedInOrder(t *testing.T) {
	kinds := Kinds()
	for i := range kinds {
		doc := document.Parse("", []byte("[providers.main]\nkind = \""+kinds[i].ID+"\"\n"))
		p := &Read(doc, Static()).Profiles[0]
		var order []string
		for g := range p.Secrets() {
			order = append(order, g.Names...)
		}
		if !slices.Equal(order, p.Credential.EnvNames()) {
			t.Errorf("%s: tries %q and lists %q", kinds[i].ID, order, p.Credential.EnvNames())
		}
		for k := range order {
			later := Declare(nil, order[k:])
			if used := Read(doc, later).Profiles[0].Credential.Env; used != order[k] {
				t.Errorf("%s with %q: uses %q", kinds[i].ID, order[k:], used)
			}
		}
	}
}
