package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
)

// typical is the good config that the benchmarks of package rules use, too.
const typical = "rules/testdata/bench.toml"

// fleet writes n configs of about 1.4 KB into a new folder.
func fleet(dir string, n int) error {
	src, err := os.ReadFile(typical)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i := range n {
		text := bytes.ReplaceAll(src, []byte("providers.main"), fmt.Appendf(nil, "providers.main%d", i))
		text = bytes.Replace(text, []byte(`"main"`), fmt.Appendf(nil, `"main%d"`, i), 1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%05d.loong.toml", i)), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// single writes a file of about size bytes into a folder of its own, for parseonly takes folders. It does
// not make it in memory: what this program takes counts as taken by the programs that it starts.
func single(dir string, s *shape, size int) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "loong.toml")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	w := bufio.NewWriter(f)
	n, _ := w.WriteString(s.head)
	for i := 0; n < size; i++ {
		more, _ := fmt.Fprintf(w, s.part, i)
		n += more
	}
	return path, cmp.Or(w.Flush(), f.Close())
}

// shape is a kind of large file.
type shape struct {
	name string
	head string
	part string // printed with a number
}

var shapes = []shape{
	{"profiles", "active_provider = \"p0\"\n", "\n[providers.p%d]\nkind = \"openai\"\napi_key = { env = \"KEY_%[1]d\" }\n" +
		"model = \"gpt-5-mini\"\ntemperature = 0.5\nrequest_timeout_ms = 30000\n"},
	{"one huge table", "[provider]\nkind = \"openai\"\nmodel = \"gpt-5-mini\"\n\n[provider.headers]\n", "x-header-%d = \"the value of it\"\n"},
	{"unknown keys", "[provider]\nkind = \"openai\"\nmodel = \"gpt-5-mini\"\n", "unknown_key_number_%d = \"value\"\n"},
}

// mixed is a file of all sections, in which what can be there often is there often.
func mixed() (*shape, error) {
	src, err := os.ReadFile(typical)
	if err != nil {
		return nil, err
	}
	return &shape{"everything", string(src), `
# Team %[1]d, see OPS-%[1]d.
[providers.team%[1]d]
kind = "cloudflare_ai_gateway"
model = "workers-ai/@cf/meta/llama-3.3-70b-instruct"   # pinned
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/openai"
api_key = { env = "TEAM_%[1]d_API_KEY" }
temperature = 0.2
max_tokens = 4096

[providers.team%[1]d.headers]
x-team = "platform"
x-number = "%[1]d"

[telegram.accounts.team%[1]d]
account_id = "team%[1]d"
bot_token = { env = "TEAM_%[1]d_BOT_TOKEN" }
allowed_chat_ids = [1001, 1002, -100200300]
polling_timeout_s = 30
`}, nil
}
