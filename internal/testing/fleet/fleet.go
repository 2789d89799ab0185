// Package fleet makes configurations of a make-believe company with many installations, good
// and bad, for tests, benchmarks and the example job. Nothing in them is a real key or host.
package fleet

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
)

// Config is a configuration by number, always the same for one number: mostly good, with the
// mistakes that operators make.
func Config(number int) (path, toml string) {
	r := rand.New(rand.NewPCG(uint64(number), 9))
	g := &maker{Rand: r, number: number}
	g.profiles(1 + r.IntN(3))
	g.channels()
	g.tools()
	return fmt.Sprintf("site-%03d/host-%05d/loong.toml", number%173, number), g.top.String() + g.b.String()
}

// Crowded is a configuration with about so many findings.
func Crowded(number, findings int) (path, toml string) {
	path, toml = Config(number)
	var b strings.Builder
	b.WriteString(toml)
	for i := range findings {
		fmt.Fprintf(&b, "\n[providers.extra%d]\nkind = \"openai\"\napi_key = { env = \"OPENAI_API_KEY\" }\nmodle%d = \"gpt-5-mini\"\n", i, i%7)
	}
	return path, b.String()
}

type maker struct {
	*rand.Rand
	number int
	top, b strings.Builder
}

// chance is true in so many of a hundred cases.
func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

func (m *maker) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

func (m *maker) profiles(n int) {
	kinds := loong.Kinds()
	first := ""
	for i := range n {
		k := &kinds[m.IntN(len(kinds))]
		id := fmt.Sprintf("%s%d", []string{"main", "spare", "night"}[i], m.IntN(3))
		if first == "" {
			first = id
		}
		m.line("\n[providers.%s]", id)
		m.line("kind = %q", k.ID)
		m.credential(k)
		if k.RequiresOwnBase || m.chance(10) {
			scheme := "https"
			if m.chance(15) {
				scheme = "http"
			}
			m.line("base_url = \"%s://llm-%d.corp.example/v1\"", scheme, m.IntN(9))
		}
		m.line("model = %q", []string{"auto", "gpt-5-mini", "claude-sonnet-4-5", "deepseek-chat"}[m.IntN(4)])
		if m.chance(10) {
			m.line("temprature = 0.2")
		}
	}
	if m.chance(90) {
		fmt.Fprintf(&m.top, "active_provider = %q\n", first)
	}
}

func (m *maker) credential(k *loong.Kind) {
	switch {
	case m.chance(6):
		m.line("api_key = \"sk-%d\"", m.IntN(40)) // of nobody
	case m.chance(4):
		m.line("api_key = \"sk-fleet%04dAbCdEf9hIjKl2nOpQrSt5vWxYz\"", m.IntN(40))
	case m.chance(8):
		m.line("api_key = { file = \"/run/secrets/llm\" }")
	case m.chance(4):
		m.line("api_key = { exec = [\"/usr/bin/vault\", \"read\"] }")
	case m.chance(10):
		m.line("api_key_env = \"TEAM_LLM_KEY\"")
	case k.APIKeyEnv != "":
		m.line("api_key = { env = %q }", k.APIKeyEnv)
	}
}

func (m *maker) channels() {
	if m.chance(30) {
		m.line("\n[telegram]\nenabled = %v\nbot_token_env = \"TELEGRAM_BOT_TOKEN\"\nallowed_chat_ids = [%s]", m.chance(80), []string{"", "1234"}[m.IntN(2)])
	}
	if m.chance(15) {
		m.line("\n[matrix]\nenabled = true\naccess_token = { env = \"MATRIX_TOKEN\" }")
	}
}

func (m *maker) tools() {
	switch {
	case m.chance(20):
		m.line("\n[tools]\nshell_default_mode = \"%s\"", []string{"allow", "deny"}[m.IntN(2)])
	case m.chance(10):
		m.line("\n[tools.web]\nallow_private_hosts = true")
	}
	if m.chance(2) {
		m.line("max_tokens = = 5")
	}
}
