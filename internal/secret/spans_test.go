package secret

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

const mask = "********"

// masked replaces what Spans finds.
func masked(src string) string {
	var b strings.Builder
	at := 0
	for _, s := range Of(document.Parse("a.toml", []byte(src))).Spans {
		b.WriteString(src[at:s.Start] + mask)
		at = s.End
	}
	return b.String() + src[at:]
}

func TestSpansHideSecrets(t *testing.T) {
	for name, src := range map[string]string{
		"literal key":          "[providers.a]\napi_key = \"hunter2\"",
		"single quotes":        "[providers.a]\napi_key = 'hunter2'",
		"multi-line":           "[providers.a]\napi_key = \"\"\"\nhunter2\"\"\"",
		"header":               "[providers.a.headers]\nX-Team = \"hunter2\"",
		"inline header":        "[providers.a]\nheaders = { X-Team = \"hunter2\" }",
		"mcp env":              "[mcp.servers.a.env]\nFOO = \"hunter2\"",
		"mcp header":           "[mcp.servers.a]\nhttp_headers = { FOO = \"hunter2\" }",
		"channel secret":       "[tlon]\ncode = \"hunter2\"",
		"secret and no slip":   "[audit]\ncode = \"hunter2\"",
		"behind a dash":        "[providers.a]\n- base_url: \"https://h.example # x?k=hunter2\n",
		"lines in a string":    "active_provider = \"\"\"a\n[providers.a.headers]\nX-Team = \"\"b\nc\"hunter2==\"\"\"\n",
		"settings in a string": "model = \"\"\"auto\"\n[providers.a]\nkind = 1\n\"hunter2\"\"\"\n",
		"in an escaped string": "model = \"\"\"\\\n  a\n[[a.http_headers]\n[providers.a]\nX  \"hunter2\"\"\"\n",
		"channel account":      "[teams.accounts.x]\nwebhook_url = \"hunter2\"",
		"quoted unknown key":   "[providers.a]\nkind = \"openai\"\n\"hunter2\" = 1",
		"key of another":       "[providers.a]\nnote = \"hunter2\"",
		"slip elsewhere":       "[nothing]\nmodle = \"hunter2\"",
		"begun in a comment":   "[nostr] # private_key = 'Qji\nhunter2 = 1\nx' # rotated",
		"rest of a key":        "[google_chat]\nurl = \"hunter2\"",
		"unknown key":          "[providers.a]\nmy_password = \"hunter2\"",
		"wrong type":           "[providers.a]\napi_key = 1234567890",
		"list":                 "[providers.a]\napi_key = [\"hunter2\"]",
		"unknown key in ref":   "[providers.a]\napi_key = { value = \"hunter2\" }",
		"assignment":           "[providers.a]\napi_key_env = \"OPENAI_API_KEY=hunter2\"",
		"secret in name":       "[providers.a]\napi_key_env = \"Hunter2/x+y\"",
		"secret in ref":        "[providers.a]\napi_key = { env = \"hunter2!\" }",
		"user-info":            "[providers.a]\nbase_url = \"https://u:hunter2@host/v1\"",
		"query":                "[providers.a]\nbase_url = \"https://host/v1?k=hunter2\"",
		"query with a blank":   "[providers.a]\nbase_url = \"https://host/v1?k=a hunter2\"",
		"query no scheme":      "[providers.a]\nbase_url = \"host/v1?k=hunter2\"",
		"escaped":              "[providers.a]\nmodel = \"\\u0073k-9f2Kd83Lq0Zr\"",
		"comment":              "# api_key = \"hunter2\"",
		"trailing comment":     "a = 1 # token: hunter2",
		"broken":               "[providers.a]\napi_key = \"hunter2",
		"broken unquoted":      "[providers.a]\napi_key = hunter2",
		"broken multi-line":    "[providers.a]\napi_key = \"\"\"x\nhunter2\n",
		"broken yaml":          "providers:\n  api_key: hunter2",
		"broken header":        "[providers.a.headers]\nX-Team = hunter2",
		"broken inline":        "[providers.a]\nheaders = { X-Team = \"hunter2\", Y",
		"broken ref":           "[providers.a]\napi_key = { value = hunter2 }",
		"broken later":         "p = { a = { api_key = \"hunter2\"\n\u202e\xe2",
		"broken inside":        "p = { b = 1, a = [{ api_key = \"hunter2\"\n\u202e\xe2",
		"broken list":          "[providers.a]\napi_key = [\n\"hunter2\"\n",
		"duplicate":            "[providers.a]\napi_key = \"hunter2\"\napi_key = \"hunter2\"",
		"dotted":               "providers.a.api_key = \"hunter2\"",
		"nested too deep":      "[providers.a.auth]\ntoken = \"hunter2\"",
		"bearer":               "[providers.a.headers]\nAuthorization = \"Bearer hunter2\"",
		"assignment left":      "[providers.a]\napi_key_env = \"hunter2!=OPENAI_API_KEY\"",
		"header array":         "[providers.a]\nheaders = [\"hunter2\"]",
		"headers as a name":    "[providers.a]\nheaders = \"HUNTER2\"",
		"header no table":      "[nothing]\nheaders = \"HUNTER2\"",
		"headers in a text":    "[cli]\nsystem_prompt = \"\"\"\n[a.headers]\nX-Team = hunter2\n\"\"\"",
		"header one string":    "[providers.a]\nheaders = \"X: hunter2\"",
		"spaces around quote":  "[providers.a]\n'api_key' = 'hunter2' trailing",
	} {
		got := masked(src)
		if lower := strings.ToLower(got); strings.Contains(lower, "hunte") || strings.Contains(lower, "unter") || strings.Contains(got, "1234567890") || strings.Contains(got, "0073k") || !strings.Contains(got, mask) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestSpansBeginWithTheSecret(t *testing.T) {
	for src, want := range map[string]string{
		"a = 1 # token: hunter2":    "a = 1 # token: " + mask,
		"hunter2 -":                 mask,
		"# password = 'hunter2'":    "# password = '" + mask,
		"# \"token\": \"hunter2\",": "# \"token\": \"" + mask,
	} {
		if got := masked(src); got != want {
			t.Errorf("%q becomes %q, want %q", src, got, want)
		}
	}
}

func TestSpansShowTheRest(t *testing.T) {
	for _, src := range []string{
		"[providers.a]\napi_key = { env = \"OPENAI_API_KEY\" }\nkind = \"openai\"\nmax_tokens = 5",
		"[providers.a]\napi_key = \"${OPENAI_API_KEY}\"",
		"[providers.a]\napi_key = \"env:OPENAI_API_KEY\"",
		"[providers.a]\napi_key = \"YOUR_API_KEY\"",
		"[providers.a]\napi_key_env = \"OPENAI_API_KEY\"",
		"[providers.a]\napi_key = { file = \"/run/secrets/key\" }",
		"[providers.a]\napi_key = { exec = [\"pass\", \"show\", \"openai\"] }",
		"[nothing]\nenv = \"TEAM_KEY\"",
		"[mcp.servers.a.env_http_headers]\nX-Key = \"TEAM_KEY\"",
		"[providers.a]\nbase_url = \"https://api.openai.com/v1\" # the default",
		"[providers.a]\nkind = \"openai\nmodel = \"gpt-4o\"",
		"[webhook]\nauth_header_name = \"X-Auth\"",
		"# no token:/",
		"[cli]\nsystem_prompt = \"\"\"\n[a.headers]\n[b]\nX-Team = hunter2\n\"\"\"",
		"# the key is at https://platform.example/keys",
		"# base_url = \"https://llm.example/v1\"",
		"# \"auto\" takes a model from the service's list; for the Global region: another",
		"[providers.a]\nmodle = \"gpt-5\"\n\"漢字\" = 1\n\"max tokens\" = 5",
		"[providers.a]\napi_key = {env = \"OPENAI_API_KEY\"",
	} {
		if got := masked(src); got != src {
			t.Errorf("%q becomes %q", src, got)
		}
	}
}

func TestSpansAreOrdered(t *testing.T) {
	d := document.Parse("a.toml", []byte("[providers.a]\napi_key = \"sk-9f2Kd83Lq0Zr\"\nbase_url = \"https://u:sk-9f2Kd83Lq0Zr@h/?sk-9f2Kd83Lq0Zr\"\n"))
	end := -1
	for _, s := range Of(d).Spans {
		if s.Start <= end || s.Len() <= 0 || s.End > len(d.Source) {
			t.Fatalf("span %v after %d", s, end)
		}
		end = s.End
		if !Within([]document.Span{s}, document.Span{Start: s.Start, End: s.Start}) {
			t.Errorf("Within misses %v", s)
		}
	}
	if Within(Of(d).Spans, document.Span{Start: 0, End: 3}) {
		t.Error("the header is no secret")
	}
}

func TestVariablesOfLoongAreShown(t *testing.T) {
	for _, name := range variables {
		if !Shown("$" + name) {
			t.Errorf("a reference to %s is hidden, and ShownName shows it", name)
		}
	}
	if ShownName("AKIAIOSFODNN7EXAMPLE") || !ShownName("OUR_KEY") {
		t.Error("a key is shown, or a name is not")
	}
}

// A table that Loong also reads from a list holds its secrets there, too.
func TestTablesGivenByPosition(t *testing.T) {
	tried := 0
	for p := schema.RootPath + 1; int(p) < schema.PathCount; p++ {
		parent := p.Parent()
		if typ := parent.Type(); typ == nil || !typ.Positional || parent.Item(0) == schema.NoPath {
			continue
		}
		at := 0
		for parent.Item(at) != p {
			at++
		}
		before := strings.ReplaceAll(parent.String(), "<id>", "a") + " = [" + strings.Repeat("0, ", at)
		for text, hidden := range map[string]bool{"hunt 2": p.IsSecret(), "https://u:hunt2@llm.example/v1": true} {
			if got := masked(before + `"` + text + `"]`); hidden && strings.Contains(got, "hunt") {
				t.Errorf("%s: %s", p, got)
			} else if hidden {
				tried++
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d places were tried", tried)
	}
}

// A span touches another one where they share a byte; a place between two bytes stands for the one after it.
func TestSpansThatTouchASecret(t *testing.T) {
	secrets := []document.Span{{Start: 3, End: 5}, {Start: 7, End: 8}}
	for s, want := range map[document.Span]bool{
		{Start: 1, End: 3}: false, {Start: 1, End: 4}: true, {Start: 4, End: 9}: true, {Start: 5, End: 7}: false, {Start: 6, End: 8}: true, {Start: 8, End: 9}: false,
		{Start: 3, End: 3}: true, {Start: 2, End: 2}: false, {Start: 5, End: 5}: false, {Start: 7, End: 7}: true, {Start: 0, End: 9}: true,
	} {
		if got := Within(secrets, s); got != want {
			t.Errorf("%v: %v", s, got)
		}
	}
}
