package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// typical is the good config that the benchmarks of package rules use, too.
const typical = "rules/testdata/bench.toml"

// mistakes turn the good config into one with as many findings.
var mistakes = [...][2]string{
	{"temperature = 0.2", "temperature = 20"}, {"max_tokens", "max_token"}, {"wire_api", "wire_ap"}, {"request_timeout_ms", "request_timeout"},
	{"retry_max_attempts", "retry_max_attempt"}, {`"gpt-4.1-mini"`, `"openai/gpt-4.1-mini"`}, {`"qwen3:8b"`, "\"qwen3:8b\"\nmax_retries = 3"},
	{"allow_private_hosts", "allow_private_host"}, {"allowed_domains", "allowed_domain"}, {"allowed_sender_ids", "allowed_senders"},
	{"polling_timeout_s", "polling_timeout"}, {"sliding_window", "sliding_windows"}, {"summary_max_chars", "summary_max_char"},
	{`shell_default_mode = "deny"`, `shell_default_mode = "refuse"`}, {"shell_allow", "shell_allowed"},
	{`bot_token = { env = "DISCORD_BOT_TOKEN" }`, `bot_token = "MTA1NzQ0.GfakE1.z9x8c7v6b5n4m3"`},
}

// config is a config of about 1.4 KB, without findings or with one of each mistake.
func config(src []byte, number int, dirty bool) []byte {
	text := bytes.ReplaceAll(src, []byte("providers.main"), fmt.Appendf(nil, "providers.main%d", number))
	text = bytes.Replace(text, []byte(`"main"`), fmt.Appendf(nil, `"main%d"`, number), 1)
	if dirty {
		for _, m := range mistakes {
			text = bytes.Replace(text, []byte(m[0]), []byte(m[1]), 1)
		}
	}
	return text
}

// fleet writes n configs into a folder.
func fleet(dir string, n int, dirty bool) error {
	src, err := os.ReadFile(typical)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%05d.loong.toml", i)), config(src, i, dirty), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// requests writes n configs without findings as lines for --batch.
func requests(path string, n int) error {
	src, err := os.ReadFile(typical)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for i := range n {
		if err := lines.Encode(map[string]string{"id": fmt.Sprintf("c%05d", i), "toml": string(config(src, i, false))}); err != nil {
			return err
		}
	}
	return cmp.Or(w.Flush(), f.Close())
}

// session writes what an editor sends that opens n documents with a text, changes each once, and asks for
// its findings then: a server need not answer what a later message makes void.
func session(path, text string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	id := 0
	send := func(method string, params any, asks bool) {
		m := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if asks {
			id++
			m["id"] = id
		}
		body, _ := json.Marshal(m)
		fmt.Fprintf(w, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	type object = map[string]any
	send("initialize", object{"capabilities": object{"textDocument": object{"diagnostic": object{}}}}, true)
	send("initialized", object{}, false)
	for i := range n {
		document := object{"uri": fmt.Sprintf("file:///work/%d.loong.toml", i), "version": 1}
		send("textDocument/didOpen", object{"textDocument": object{"uri": document["uri"], "languageId": "toml", "version": 1, "text": text}}, false)
		document["version"] = 2
		start := object{"line": 0, "character": 0}
		change := object{"range": object{"start": start, "end": start}, "text": "# changed\n"}
		send("textDocument/didChange", object{"textDocument": document, "contentChanges": []object{change}}, false)
		send("textDocument/diagnostic", object{"textDocument": document}, true)
	}
	send("shutdown", nil, true)
	send("exit", nil, false)
	return cmp.Or(w.Flush(), f.Close())
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
	head := bytes.Replace(src, []byte("[telegram]\n"), []byte("[telegram]\ndefault_account = \"ops\"\n"), 1) // of many that follow
	return &shape{"everything", string(head), `
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
