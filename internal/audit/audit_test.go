package audit_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// inspect audits one configuration with the variables given, and no others.
func inspect(src string, env map[string]string) *audit.Audit {
	opt := &lint.Options{Rules: rules.All()}
	opt.Inspect = audit.Inspect(opt)
	doc := document.Parse("a.toml", []byte(src))
	e := audit.NewEntry(lint.Check(doc, loong.Read(doc, loong.Declare(env, nil)), opt))
	a, err := audit.Build(func(yield func(*audit.Entry) bool) error { yield(e); return nil }, nil)
	if err != nil {
		panic(err)
	}
	return a
}

func rows(a *audit.Audit, table string) string {
	var b strings.Builder
	for row := range audit.TableNamed(table).Rows(a, nil) {
		b.WriteString(strings.Join(row[1:], "|") + "\n")
	}
	return b.String()
}

func TestInventory(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		env       map[string]string
		table     string
		want      string
	}{
		{"a variable and its fallbacks", "[providers.g]\nkind = \"gemini\"\nmodel = \"m\"\n", map[string]string{"GEMINI_API_KEY": "x"}, "credentials",
			"|profile g|yes|variable|GEMINI_API_KEY|set|1\n|profile g|yes|variable|GOOGLE_API_KEY|missing|1\n"},
		{"a literal", "[providers.g]\nkind = \"groq\"\napi_key = \"hunter2hunter2\"\n", nil, "credentials", "3|profile g|yes|literal|||0\n"},
		{"a file", "[providers.g]\nkind = \"groq\"\napi_key = { file = \"/run/x\" }\n", nil, "credentials", "3|profile g|yes|file|/run/x|unknown|0\n"},
		{"a program", "[providers.g]\nkind = \"groq\"\napi_key = { exec = [\"vault\", \"hunter2\"] }\n", nil, "credentials", "3|profile g|yes|program|vault||0\n"},
		{"a reference", "[providers.g]\nkind = \"groq\"\napi_key = \"${TEAM_KEY}\"\n", map[string]string{"TEAM_KEY": " "}, "credentials", "3|profile g|yes|variable|TEAM_KEY|blank|0\n"},
		{"a tool's key", "[tools.web_search]\nbrave_api_key = \"hunter2hunter2\"\n[providers.o]\nkind = \"ollama\"\n", nil, "credentials", "2|tools.web_search.brave_api_key|yes|literal|||0\n"},
		{"profiles", "active_provider = \"b\"\n[providers.a]\nkind = \"groq\"\nmodel = \"m\"\n[providers.b]\nkind = \"openai\"\nbase_url = \"http://u:p@h.example:8080/v1\"\n",
			nil, "profiles", "2|a|groq|no|https|api.groq.com|m|ready|no\n5|b|openai|yes|http|h.example:8080|auto|ready|no\n"},
		{"a channel", "[telegram]\nenabled = true\nallowed_chat_ids = [1]\nbot_token_env = \"T\"\n", map[string]string{"T": "x"}, "channels", "1|telegram|default|yes|ready|ready\n"},
		{"wider access", "[tools]\nshell_default_mode = \"allow\"\nshell_allow = [\"ls\", \"rm\"]\n[mcp.servers.x]\ncommand = \"y\"\n[control_plane]\nallow_remote = true\n", nil, "access",
			"2|tools.shell_default_mode|allow|shell commands on no list run\n3|tools.shell_allow|ls, rm|these shell commands run\n" +
				"7|control_plane.allow_remote|true|the control plane may listen on other addresses than loopback\n4|mcp.servers.x||an MCP server\n"},
		{"nothing wider", "[tools]\nshell_default_mode = \"deny\"\nshell_allow = []\n", nil, "access", ""},
		{"what cannot be read", "[providers", nil, "profiles", ""},
	} {
		if got := rows(inspect(tt.src, tt.env), tt.table); got != tt.want {
			t.Errorf("%s:\n%swant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestRowsAreFiltered(t *testing.T) {
	a := inspect("active_provider = \"b\"\n[providers.a]\nkind = \"groq\"\n[providers.b]\nkind = \"openai\"\n", nil)
	for _, tt := range []struct {
		where []audit.Where
		want  []string
	}{
		{nil, []string{"a", "b"}},
		{[]audit.Where{{Column: "kind", Pattern: "GROQ"}}, []string{"a"}},
		{[]audit.Where{{Column: "host", Pattern: "*.openai.com", Not: true}}, []string{"a"}},
		{[]audit.Where{{Column: "kind", Pattern: "*o*"}, {Column: "active", Pattern: "yes"}}, []string{"b"}},
	} {
		var got []string
		for row := range audit.TableNamed("profiles").Select([]string{"profile"}, tt.where).Rows(a) {
			got = append(got, row[0])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: %q", tt.where, got)
		}
	}
}

func TestTotalsCountFilesOnce(t *testing.T) {
	a := inspect("active_provider = \"b\"\n[providers.a]\nkind = \"openai\"\n[providers.b]\nkind = \"openai\"\n", nil)
	k := a.Totals.Kinds
	if len(k) != 1 || k[0].Name != "openai" || k[0].Count != 2 || k[0].Active != 1 || k[0].Files != 1 {
		t.Errorf("kinds are %+v", k)
	}
}

// TestEveryFactCanTravel holds that what rules across files collect can be packed and read again.
func TestEveryFactCanTravel(t *testing.T) {
	opt := &lint.Options{Rules: rules.All()}
	doc := document.Parse("a.toml", []byte("[providers.a]\nkind = \"groq\"\napi_key = \"hunter2hunter2\"\n[providers.b]\nkind = \"openai\"\napi_key_env = \"TEAM_KEY\"\n"))
	r := lint.Check(doc, loong.Read(doc, nil), opt)
	n := 0
	for rule, is := range r.Facts(opt) {
		n++
		facts, err := rules.PackFacts(is, &rules.Seal{Key: []byte("0123456789abcdef")})
		if err != nil || len(facts) == 0 {
			t.Fatalf("%s: %v, %v", rule.Name, facts, err)
		}
		var w jsonwrite.Writer
		facts.AppendJSON(&w, "")
		if tagged, err := json.Marshal(facts); err != nil || string(tagged) != string(w.Bytes) {
			t.Errorf("%s: it is written as %s, and its tags say %s, %v", rule.Name, w.Bytes, tagged, err)
		}
		back, err := rules.UnpackFact(rule, w.Bytes)
		if err != nil || len(rules.FactPlaces(back)) != len(rules.FactPlaces(is)) {
			t.Errorf("%s: %v comes back as %v, %v", rule.Name, is, back, err)
		}
	}
	across := 0
	for _, rule := range rules.All() {
		if rule.Collect != nil {
			across++
		}
	}
	if n != across {
		t.Errorf("%d rules across files have facts of %d", n, across)
	}
}
