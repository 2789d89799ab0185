package schema_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

var kindNames = [...]string{
	schema.WrongType: "wrong-type", schema.InvalidValue: "invalid-value", schema.NumberOutOfRange: "number-out-of-range",
	schema.MissingRequiredKey: "missing-required-key", schema.InvalidSecretReference: "invalid-secret-reference",
	schema.UnknownProviderKind: "unknown-provider-kind", schema.ForbiddenKey: "forbidden-key",
}

// problems lists what Check finds as "kind at: want | why (key)".
func problems(t *testing.T, src string) []string {
	t.Helper()
	var list []string
	for _, p := range schema.Check(root(t, src).Node, 0) {
		s := fmt.Sprintf("%s %s", kindNames[p.Kind], p.Node.KeyPath())
		for _, part := range []struct{ before, text string }{{": ", p.Want}, {" | ", p.Why}, {" # ", p.Key}} {
			if part.text != "" {
				s += part.before + part.text
			}
		}
		list = append(list, s)
	}
	return list
}

func TestCheck(t *testing.T) {
	const secret = ": a string or a table with just one of env, file and exec"
	for _, c := range []struct {
		src  string
		want []string
	}{
		{``, nil},
		{`nothing = { known = 1 }`, nil},
		{`gateway = []`, nil},
		{`gateway = [8080, "surplus"]`, nil},
		{`gateway = ["8080"]`, []string{"wrong-type gateway: a table"}},
		{`gateway = 2024-05-06`, nil},
		{`gateway = "x"`, []string{"wrong-type gateway: a table"}},
		{"[[gateway]]\nport = 1", []string{"wrong-type gateway: a table"}},
		{`gateway.port = 65536`, []string{"number-out-of-range gateway.port: a whole number from 0 to 65535"}},
		{`gateway.port = -1`, []string{"number-out-of-range gateway.port: a whole number from 0 to 65535"}},
		{`gateway.port = 1.0`, []string{"wrong-type gateway.port: a whole number from 0 to 65535"}},
		{`provider.max_tokens = 4294967296`, []string{"number-out-of-range provider.max_tokens: a whole number from 0 to 4294967295"}},
		{`provider.retry_max_attempts = -1`, []string{"number-out-of-range provider.retry_max_attempts: a whole number from 0 to 9223372036854775807"}},
		{`provider.temperature = "0.2"`, []string{"wrong-type provider.temperature: a number"}},
		{`provider.temperature = nan`, nil},
		{`telegram.allowed_chat_ids = [-1, 1.5, "2"]`, []string{"wrong-type telegram.allowed_chat_ids[1]: a whole number", "wrong-type telegram.allowed_chat_ids[2]: a whole number"}},
		{`provider.stop = "END"`, []string{"wrong-type provider.stop: a list of strings"}},
		{`provider.headers = { A = 1 }`, []string{"wrong-type provider.headers.A: a string"}},
		{`provider.headers = ["A"]`, []string{"wrong-type provider.headers: a table of strings"}},
		{`provider.headers = 07:08:09`, nil},
		{`tools.tool_execution.per_tool_timeout = 07:08:09`, []string{"wrong-type tools.tool_execution.per_tool_timeout: a table of whole numbers"}},
		{`providers = []`, []string{"wrong-type providers: a table of tables"}},
		{`providers.a = []`, []string{"wrong-type providers.a: a table"}},
		{`providers.a.default_for_kind = "yes"`, []string{"wrong-type providers.a.default_for_kind: true or false"}},

		{`provider.kind = "Groq"`, []string{"unknown-provider-kind provider.kind: one of 45 words"}},
		{`provider.kind = ["groq"]`, []string{"wrong-type provider.kind: one of 45 words"}},
		{`provider.kind = { groq = {} }`, nil},
		{`provider.kind = { groq = [] }`, nil},
		{`provider.kind = { groq = { x = 1 } }`, []string{"wrong-type provider.kind: one of 45 words"}},
		{`provider.kind = { groq = {}, openai = {} }`, []string{"wrong-type provider.kind: one of 45 words"}},
		{`provider.kind = { grok2 = {} }`, []string{"unknown-provider-kind provider.kind: one of 45 words"}},
		{`providers.a.kind = { groq = [] }`, []string{"wrong-type providers.a.kind: one of 45 words"}},
		{`provider.wire_api = "Responses"`, []string{`invalid-value provider.wire_api: one of "chat_completions", "responses"`}},
		{`memory.backend = "postgres"`, []string{`invalid-value memory.backend: "sqlite"`}},
		{`memory.ingest_mode = " SYNC_minimal "`, nil},
		{`memory.ingest_mode = { sync_minimal = {} }`, []string{`wrong-type memory.ingest_mode: one of "sync_minimal", "async_background"`}},

		{`provider.api_key = 5`, []string{"wrong-type provider.api_key" + secret}},
		{`provider.api_key = {}`, []string{"invalid-secret-reference provider.api_key" + secret + " | none of env, file and exec is given"}},
		{`provider.api_key = { env = " ", file = "k" }`, nil},
		{`provider.api_key = { env = "A", file = "k" }`, []string{"invalid-secret-reference provider.api_key" + secret + " | more than one of env, file and exec is given"}},
		{`provider.api_key = { exec = [" "] }`, []string{"invalid-secret-reference provider.api_key" + secret + " | exec names no program"}},
		{`provider.api_key = { env = 5 }`, []string{"invalid-secret-reference provider.api_key.env: a string"}},
		{`provider.api_key = { ENV = "A", env = "A" }`, []string{"invalid-secret-reference provider.api_key.ENV | a secret table has no key but env, file and exec # ENV"}},

		{`mcp.servers.x = { command = "c", args = [], enabled = true }`, nil},
		{`mcp.servers.x = {}`, []string{"missing-required-key mcp.servers.x: one of the keys command and url # command"}},
		{`mcp.servers.x = { args = [] }`, []string{"missing-required-key mcp.servers.x: a string # command"}},
		{`mcp.servers.x = { http_headers = {} }`, []string{"missing-required-key mcp.servers.x: a string # url"}},
		{`mcp.servers.x = { url = "u", cwd = "/" }`, []string{"forbidden-key mcp.servers.x.cwd | it does not go with url # cwd"}},
		{`mcp.servers.x = { url = "u", type = "http" }`, []string{"forbidden-key mcp.servers.x.type # type"}},
		{`mcp.servers.x = 2024-05-06`, []string{"missing-required-key mcp.servers.x: one of the keys command and url # command"}},
		{`mcp.servers.x = ["c"]`, []string{"wrong-type mcp.servers.x: a table"}},
		{`acp.backends.acpx.mcp_servers.x = { url = "u" }`, []string{"missing-required-key acp.backends.acpx.mcp_servers.x: a string # command"}},
		{`acp.backends.acpx.mcp_servers.x = ["c"]`, nil},
		{`acp.backends.acpx.mcp_servers.x = []`, []string{"wrong-type acp.backends.acpx.mcp_servers.x: a table"}},
		{`acp.backends.acpx.mcp_servers.x = 2024-05-06`, []string{"missing-required-key acp.backends.acpx.mcp_servers.x: a string # command"}},
	} {
		if got := problems(t, c.src); !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.src, got, c.want)
		}
	}
}

func TestProblemsAreInFileOrder(t *testing.T) {
	src := "[tools.web]\nenabled = 1\n[memory]\nsliding_window = true\n[tools]\nshell_allow = 1\n[tools.browser]\nenabled = 1\n"
	want := "tools.web.enabled memory.sliding_window tools.shell_allow tools.browser.enabled"
	var got []string
	for _, p := range schema.Check(root(t, src).Node, 0) {
		got = append(got, p.Value.Path.String())
	}
	if strings.Join(got, " ") != want {
		t.Errorf("got %q", got)
	}
}

// A problem with an enum carries the words that would do, for suggestions.
func TestEnumProblemsCarryTheirWords(t *testing.T) {
	for _, src := range []string{`provider.kind = "x"`, `provider.kind = 1`, `cli.personality = "x"`} {
		ps := schema.Check(root(t, src).Node, 0)
		if len(ps) != 1 || len(ps[0].Words) == 0 || ps[0].Type == nil {
			t.Errorf("%s: %+v", src, ps)
		}
	}
}
