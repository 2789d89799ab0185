// Package fleet makes configurations of a make-believe company with many installations, good
// and bad, for tests, benchmarks and the example job. Nothing in them is a real key or host.
package fleet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
)

// Config is a configuration by number, always the same for one number: mostly good, with the
// mistakes that operators make.
func Config(number int) (path, toml string) {
	r := rand.New(rand.NewPCG(uint64(number), 9))
	return (&maker{Rand: r, number: number}).config()
}

// Good is Config without mistakes: nothing is to be found in it at warning or above, where nothing is known of variables.
func Good(number int) (path, toml string) {
	r := rand.New(rand.NewPCG(uint64(number), 9))
	return (&maker{Rand: r, number: number, good: true}).config()
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
	good   bool
	top, b strings.Builder
}

func (m *maker) config() (path, toml string) {
	m.profiles(1 + m.IntN(3))
	m.channels()
	m.tools()
	return fmt.Sprintf("site-%03d/host-%05d/loong.toml", m.number%173, m.number), m.top.String() + m.b.String()
}

// chance is true in so many of a hundred cases.
func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

// mistake is chance, for what is wrong.
func (m *maker) mistake(percent int) bool { return m.chance(percent) && !m.good }

func (m *maker) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

// profiles writes profiles as a company has them: an id is of the same kind nearly everywhere.
func (m *maker) profiles(n int) {
	kinds := slices.DeleteFunc(slices.Clone(loong.Kinds()), func(k loong.Kind) bool { return !isCommon(&k) })
	first := ""
	for i := range n {
		id := m.IntN(3)
		k := &kinds[(5*i+id)%len(kinds)]
		if m.mistake(4) {
			k = &kinds[m.IntN(len(kinds))]
		}
		name := fmt.Sprintf("%s%d", []string{"main", "spare", "night"}[i], id)
		if first == "" {
			first = name
		}
		m.line("\n[providers.%s]", name)
		m.line("kind = %q", k.ID)
		m.credential(k)
		switch {
		case m.mistake(3):
			m.line("base_url = \"http://llm-%d.corp.example%s\"", m.IntN(9), pathOf(k.BaseURL))
		case m.chance(10):
			m.line("base_url = \"https://llm-%d.corp.example%s\"", m.IntN(9), pathOf(k.BaseURL))
		}
		m.model(k)
		if m.mistake(10) {
			m.line("temprature = 0.2")
		}
	}
	if !m.mistake(10) {
		fmt.Fprintf(&m.top, "active_provider = %q\n", first)
	}
}

// pathOf is what comes after the host of an address.
func pathOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if at := strings.IndexByte(rest, '/'); at >= 0 {
		return rest[at:]
	}
	return ""
}

// isCommon reports whether a kind needs no more than a key.
func isCommon(k *loong.Kind) bool {
	return k.APIKeyEnv != "" && k.OAuthEnv == "" && !k.RequiresOwnBase && !k.ModelsPathAbsolute && k.SigV4 == nil && k.TokenExchange == nil && k.Advice == nil && k.Region == nil
}

// model writes a model that the kind has, or by mistake one of another vendor.
func (m *maker) model(k *loong.Kind) {
	switch {
	case m.mistake(8):
		m.line("model = %q", []string{"gpt-5-mini", "claude-sonnet-4-5", "deepseek-chat"}[m.IntN(3)])
	case k.OnboardingModel != "" && m.chance(50):
		m.line("model = %q", k.OnboardingModel)
	case k.DefaultModel != "" && m.chance(50):
		m.line("model = %q", k.DefaultModel)
	default:
		m.line("model = \"auto\"")
	}
}

func (m *maker) credential(k *loong.Kind) {
	switch {
	case m.mistake(6):
		m.line("api_key = \"sk-%d\"", m.IntN(40)) // of nobody
	case m.mistake(4):
		m.line("api_key = \"sk-fleet%04dAbCdEf9hIjKl2nOpQrSt5vWxYz\"", m.IntN(40))
	case m.chance(8):
		m.line("api_key = { file = \"/run/secrets/llm\" }")
	case m.chance(4):
		m.line("api_key = { exec = [\"/usr/bin/vault\", \"read\"] }")
	case m.mistake(10):
		m.line("api_key_env = \"TEAM_LLM_KEY\"")
	default:
		m.line("api_key = { env = %q }", k.APIKeyEnv)
	}
}

func (m *maker) channels() {
	if m.chance(30) {
		chats := "1234"
		if m.mistake(30) {
			chats = ""
		}
		m.line("\n[telegram]\nenabled = %v\nbot_token = { env = \"TELEGRAM_BOT_TOKEN\" }\nallowed_chat_ids = [%s]", m.chance(80), chats)
	}
	if m.mistake(15) {
		m.line("\n[matrix]\nenabled = true\naccess_token = { env = \"MATRIX_TOKEN\" }")
	}
}

func (m *maker) tools() {
	switch {
	case m.mistake(10):
		m.line("\n[tools]\nshell_default_mode = \"allow\"")
	case m.chance(10):
		m.line("\n[tools]\nshell_default_mode = \"deny\"")
	case m.chance(10):
		m.line("\n[tools.web]\nallow_private_hosts = true")
	}
	if m.mistake(2) {
		m.line("max_tokens = = 5")
	}
}
