package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2/unstable"
)

// typical is a config of about 1.4 KB.
var typical = []byte(`# the team's config
active_provider = "main"

[providers.main]
kind = "cloudflare"
model = "@cf/meta/llama-3.3-70b-instruct"   # pinned
base_url = "https://gateway.example/v1/0123456789abcdef/prod/openai"
api_key = { env = "CLOUDFLARE_API_KEY" }
temperature = 0.2
max_tokens = 4096
preferred_models = ["alpha", "beta", "gamma"]

[providers.main.headers]
x-team = "platform"
"x-trace.id" = 'on'

[providers.spare]
kind = "openai"
model = "gpt-4.1-mini"
wire_api = "responses"
api_key_env = "OPENAI_API_KEY"
request_timeout_ms = 60000
retry_max_attempts = 3

[tools.web]
allow_private_hosts = false
enabled = true
allowed_domains = [
  "docs.example",   # internal
  "api.example",
]

[tools.shell]
allow = ["git status", "git diff", "go test ./..."]
default_mode = "deny"

[telegram]
enabled = true
bot_token_env = "TELEGRAM_BOT_TOKEN"
allowed_chat_ids = [1001, 1002, -100200300]

[telegram.accounts.ops]
account_id = "ops"
bot_token = { env = "OPS_BOT_TOKEN" }
polling_timeout_s = 30

[memory]
profile = "window_plus_summary"
sliding_window = 12
summary_max_chars = 1200

[mcp.servers.files]
command = "mcp-files"
args = ["--root", "/srv/data", "--read-only"]
env = { LOG_LEVEL = "warn", TZ = "UTC" }
`)

var benchSizes = []struct {
	name string
	src  []byte
}{
	{"1.4KB", typical},
	{"profiles", []byte(many(9_000, "\n[providers.p%d]\nkind = \"openai\"\napi_key = { env = \"KEY_%[1]d\" }\nmodel = \"gpt-5-mini\"\ntemperature = 0.5\nrequest_timeout_ms = 30000\n"))},
	{"texts", []byte(many(30_000, "x-header-%d = \"the value of it\"\n"))},
	{"keys", []byte(many(100_000, "key_%d = %[1]d\n"))},
	{"headers", []byte(many(100_000, "[providers.x%d]\n"))},
	{"tables", []byte(many(100_000, "[[x]]\na = %d\n"))},
	{"dotted", []byte(many(100_000, "a.b.c%d = 1\n"))},
	{"array", []byte("a = [" + many(100_000, "%d, ") + "]")},
	{"inline", []byte("a = {" + many(100_000, "k%d = 1, ") + "}")},
}

// many is format printed n times with the numbers from 0.
func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// BenchmarkParse and BenchmarkUnstable compare the tree with go-toml's parser alone.
func BenchmarkParse(b *testing.B) {
	for _, s := range benchSizes {
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(s.src)))
			b.ReportAllocs()
			for b.Loop() {
				Parse("", s.src)
			}
		})
	}
}

func BenchmarkUnstable(b *testing.B) {
	for _, s := range benchSizes {
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(s.src)))
			b.ReportAllocs()
			p := unstable.Parser{KeepComments: true}
			for b.Loop() {
				p.Reset(s.src)
				for p.NextExpression() {
					p.Expression()
				}
			}
		})
	}
}

func BenchmarkPosition(b *testing.B) {
	src := []byte("# é\na = \"" + strings.Repeat("x", 1<<20) + "\"\n")
	d := Parse("", src)
	b.ReportAllocs()
	for i := 0; b.Loop(); i += 4099 {
		d.Position(i % len(src))
	}
}
