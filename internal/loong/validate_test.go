package loong

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

func TestEveryCheckStandsInTheTable(t *testing.T) {
	facts := loadFacts[ruleExamples](t, "validation").Checks
	if len(checks) != 301 || len(facts) != len(checks) {
		t.Fatalf("%d checks of %d", len(checks), len(facts))
	}
	for i := range sections {
		s := &sections[i]
		for j := s.first; j < s.end; j++ {
			k := &checks[j]
			where := scope{name: s.name, key: "<id>", id: "<id>", account: j >= s.accounts}
			if s.name != "providers" && !where.account {
				where.id = ""
			}
			path := where.path(k, k.field)
			switch k.rule {
			case checkEnvPointer:
				path += "_env"
			case checkSecretRefEnv:
				path += ".env"
			case checkProviderSelectionImplicitActive, checkProviderSelectionUnknownActive:
				path = "active_provider"
			}
			if f := facts[j]; f.Path != path || f.Rule != ruleNames[k.rule] {
				t.Errorf("check %d is %s %s, want %s %s", j+1, ruleNames[k.rule], path, f.Rule, f.Path)
			}
		}
	}
}

// What is not written is not judged, so what Loong fills in must pass: absent tables and absent keys.
func TestDefaultsPass(t *testing.T) {
	empty := schema.Root(readText("", Static()).Document.Root, 0)
	for i := range sections[3:] {
		s := &sections[3+i]
		for j := s.first; j < s.accounts; j++ {
			k := &checks[j]
			switch k.rule {
			case checkEnvPointer:
				text := textOrDefault(empty.At(s.key).At(k.pointer))
				if fault := checkPointer(text, "X", k.telegram); fault != (pointerFault{}) {
					t.Errorf("%s.%s_env is %q by default: %+v", s.name, k.field, text, fault)
				}
			case checkNumericRange:
				v := k.value(empty.At(s.key))
				if n, ok := intOrDefault(v); ok && (n < k.min || n > k.max) {
					t.Errorf("%s.%s is %d by default", s.name, k.field, n)
				}
			}
		}
	}
}

func TestNumericBounds(t *testing.T) {
	for i := range sections {
		s := &sections[i]
		for _, k := range checks[s.first:s.end] {
			if k.rule != checkNumericRange || k.minKey != 0 {
				continue
			}
			path := s.name + "." + strings.Replace(k.field, "<id>", "x", 1)
			for _, n := range []int64{k.min, k.max} {
				if c := readText(fmt.Sprintf("%s = %d\n%s", path, n, companion(path, n)), Given(nil)); c.Verdict != Loads {
					t.Errorf("%s = %d: %s %q %v", path, n, c.Verdict, said(c), c.Problems)
				}
			}
			outside := []int64{k.min - 1}
			if k.max < 1<<62 {
				outside = append(outside, k.max+1)
			}
			for _, n := range outside {
				if n < 0 {
					continue // does not decode
				}
				c := readText(fmt.Sprintf("%s = %d\n%s", path, n, companion(path, n)), Given(nil))
				if len(c.Diagnostics) != 1 {
					t.Errorf("%s = %d: %q", path, n, said(c))
					continue
				}
				d := c.Diagnostics[0]
				if d.FieldPath != path || d.InlineFieldPath != path || d.Min != k.min || d.Max != k.max || d.Node.Text() != strconv.FormatInt(n, 10) {
					t.Errorf("%s = %d: %+v", path, n, d)
				}
			}
		}
	}
}

// companion is what else must be written for a bound to be looked at alone.
func companion(path string, n int64) string {
	if path == "feishu_integration.retry_initial_backoff_ms" && n > 2000 {
		return "feishu_integration.retry_max_backoff_ms = 60000\n"
	}
	return ""
}

func TestMovingMinimum(t *testing.T) {
	for _, c := range []struct {
		initial, highest string
		want             int64 // the minimum that is named; 0: nothing is wrong
	}{
		{"", "199", 200}, {"", "200", 0}, {"2000", "", 0}, {"2001", "", 2001}, {"30000", "29999", 30000}, {"30000", "30000", 0},
		{"0", "0", 0},
	} {
		text := "[feishu_integration]\n"
		if c.initial != "" {
			text += "retry_initial_backoff_ms = " + c.initial + "\n"
		}
		if c.highest != "" {
			text += "retry_max_backoff_ms = " + c.highest + "\n"
		}
		got := readText(text, Static()).Diagnostics
		if c.want == 0 && len(got) != 0 || c.want != 0 && (len(got) != 1 || got[0].Min != c.want || got[0].Max != 60000) {
			t.Errorf("%s: %+v", text, got)
			continue
		}
		if c.want != 0 && (got[0].Node != nil) != (c.highest != "") {
			t.Errorf("%s: at %v", text, got[0].Node)
		}
	}
}

func TestValidationQuirks(t *testing.T) {
	bad := Given(map[string]string{"IRC_SERVER": "a:b/c d", "IRC_NICKNAME": "a b", "OTHER": "a b"})
	const both = "value.invalid irc.nickname, value.invalid irc.server"
	for _, c := range []struct {
		name, text string
		env        *Environment
		want       string
	}{
		{"a lone [provider] is a profile", "[provider]\napi_key_env = '$A'", nil, "env_pointer.dollar_prefix providers.openai.api_key"},
		{"named by active_provider", "active_provider = 'Main'\n[provider]\napi_key_env = '$A'", nil, "env_pointer.dollar_prefix providers.main.api_key"},
		{"beside profiles it is itself, used or not", "active_provider = 'a'\n[provider]\napi_key_env = '$A'\n[providers.a]", nil,
			"env_pointer.dollar_prefix provider.api_key"},
		{"copied into the profiles it is reported once", "[provider]\napi_key_env = '$A'\n[providers.a]\nkind = 'groq'", nil,
			"env_pointer.dollar_prefix provider.api_key, provider_selection.implicit_active providers"},
		{"a replaced profile is not checked", "[providers.A]\napi_key_env = '$A'\n[providers.a]", nil, ""},
		{"nor can it abort", "[providers.A]\napi_key_env = 'éééé=x'\n[providers.a]", nil, ""},
		{"a blank active_provider is unknown", "active_provider = ' '\n[providers.a]", nil, "provider_selection.unknown_active providers"},
		{"no profiles, no selection", "active_provider = '?'", nil, ""},
		{"disabled channels are checked", "[slack]\nenabled = false\nbot_token_env = 'a b'", nil, "env_pointer.invalid_name slack.bot_token"},
		{"paths show normalized ids", "[slack.accounts.'A b']\nbot_token_env = 'a b'", nil, "env_pointer.invalid_name slack.accounts.a-b.bot_token"},
		{"but four channels raw keys", "[qqbot.accounts.'A b']\napp_id_env = 'a b'", nil, "env_pointer.invalid_name qqbot.accounts.A b.app_id"},
		{"accounts in byte order of raw keys", "[slack.accounts]\na.bot_token_env = 'a b'\n'é'.bot_token_env = 'a b'\nB.bot_token_env = 'a b'", nil,
			"env_pointer.invalid_name slack.accounts.b.bot_token, env_pointer.invalid_name slack.accounts.a.bot_token, env_pointer.invalid_name slack.accounts.default.bot_token"},
		{"a blank key is no account to name", "[slack]\ndefault_account = 'x'\n[slack.accounts.' ']", nil, ""},
		{"default_account is normalized", "[slack]\ndefault_account = ' A '\n[slack.accounts.a]", nil, ""},
		{"default_account names none", "[slack]\ndefault_account = 'b'\n[slack.accounts.a]", nil, "channel_account.unknown_default slack.accounts"},
		{"strings are references only by strict names", "[slack]\nbot_token = '$a-b'", nil, ""},
		{"tables by any name", "[slack]\nbot_token.env = '$a-b'", nil, "env_pointer.dollar_prefix slack.bot_token"},
		{"a string that is a reference can look like a key", "[slack]\nbot_token = '$ghp_x'", nil, "env_pointer.secret_literal slack.bot_token"},
		{"irc is looked up without a section", "", bad, both},
		{"and with one", "[irc]", bad, both},
		{"an inline value wins", "[irc]\nserver = 'h'\nnickname = 'n'", bad, ""},
		{"a blank one does not", "[irc]\nserver = ' '\nnickname = ' n '", bad, "value.invalid irc.server"},
		{"an account looks at itself only", "[irc]\nserver = 'h'\nnickname = 'n'\n[irc.accounts.a]\nserver_env = ' OTHER '", bad,
			"value.invalid irc.accounts.a.server"},
		{"what is unknown passes", "[irc.accounts.a]\nserver_env = 'OTHER'", Static(), ""},
		{"and what is only declared", "[irc.accounts.a]\nserver_env = 'OTHER'", Declare(nil, []string{"OTHER", "IRC_SERVER"}), ""},
		{"search is judged when it is on", "[tools.web_search]\ndefault_provider = 'x'", nil, "web_search.unknown_provider tools.web_search.default_provider"},
		{"not when it is off", "[tools.web_search]\nenabled = false\ndefault_provider = 'x'", nil, ""},
		{"by any spelling", "[tools.web_search]\ndefault_provider = ' DDG '", nil, ""},
		{"plugins want a root", "[runtime_plugins]\nenabled = true\nroots = [' ']", nil, "value.invalid runtime_plugins.roots"},
		{"one is enough", "[runtime_plugins]\nenabled = true\nroots = [' ', 'x']", nil, ""},
		{"bridges are judged always, once", "[runtime_plugins]\nsupported_bridges = ['', 'unknown', 'x']", nil, "value.invalid runtime_plugins.supported_bridges"},
		{"search keys and MCP names are not checked", "[tools.web_search]\nbrave_api_key = 'A=b'\n[mcp.servers.a]\nurl = 'http://x'\nbearer_token_env_var = '$A'", nil, ""},
	} {
		if c.env == nil {
			c.env = Given(nil)
		}
		if got := strings.Join(said(readText(c.text, c.env)), ", "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestCrash(t *testing.T) {
	for _, text := range []string{
		"[slack]\nbot_token_env = 'éééé=x'", "[slack.accounts.a]\nbot_token.env = 'aaaé=1'", "[provider]\napi_key_env = 'aaaaaaé='",
	} {
		if c := readText(text, Static()); c.Verdict != Crashes || c.Diagnostics != nil {
			t.Errorf("%s: %s, %q", text, c.Verdict, said(c))
		}
	}
}

func TestDiagnosticPlaces(t *testing.T) {
	env := Given(map[string]string{"OTHER": "a b"})
	for _, c := range []struct{ text, at string }{
		{"[slack]\nbot_token_env = '$A'", "$A"},
		{"[slack]\nbot_token = { env = 'a b' }", "a b"},
		{"[slack]\nbot_token = '$ghp_x'", "$ghp_x"},
		{"[slack]\ndefault_account = 'b'\n[slack.accounts.a]", "b"},
		{"[irc]\nserver = ' '\nserver_env = 'OTHER'", "OTHER"},
		{"[runtime_plugins]\nsupported_bridges = ['http', 'x']", "x"},
		{"[runtime_plugins]\nenabled = true", "true"},
		{"active_provider = 'x'\n[providers.a]", "x"},
	} {
		got := readText(c.text, env).Diagnostics
		if len(got) != 1 || got[0].Node == nil || got[0].Node.Text() != c.at {
			t.Errorf("%s: %+v", c.text, got)
		}
	}
	got := readText("[providers.b]\n[providers.a]", env).Diagnostics
	if len(got) != 1 || got[0].Node != nil || got[0].SuggestedEnvName != "a" || len(got[0].Related) != 1 || got[0].Related[0].Name() != "a" {
		t.Errorf("implicit selection: %+v", got)
	}
}

func TestExampleNames(t *testing.T) {
	for kind, want := range map[string][]string{
		"openai": {"OPENAI_API_KEY", "OPENAI_CODEX_OAUTH_TOKEN"},
		"groq":   {"GROQ_API_KEY", "PROVIDER_OAUTH_ACCESS_TOKEN"},
	} {
		c := readText("[providers.a]\nkind = '"+kind+"'\napi_key_env = '?'\noauth_access_token_env = '?'\n", Static())
		var got []string
		for _, d := range c.Diagnostics {
			got = append(got, d.ExampleEnvName)
			if d.SuggestedEnvName != d.ExampleEnvName {
				t.Errorf("%s suggests %s", d.FieldPath, d.SuggestedEnvName)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}
