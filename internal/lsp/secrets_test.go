package lsp

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// planted are texts that no message of the server may have.
var planted = [...]string{"sk-proj-8fJ2kLq9Zr4Xc8Vb1Nm5TyUi0OpAs3DfGh6Qw7Er", "hunter22secret", "ghp_9aZ8yX7wV6uT5sR4qP3oN2mL1kJ0iH9gF8eD"}

// leaky is a text with secrets wherever somebody may write one.
const leaky = `# the old key was KEY0
active_provider = "main"
last_provider = "KEY0"

[providers.main]
kind = "openai"
api_key = "KEY0"
base_url = "https://me:KEY1@llm.example.com/v1?key=KEY1"
models_endpoint = "https://llm.example.com/KEY0/models"
model = "KEY0"
api_kye = "KEY1"
oauth_access_token_env = "KEY2"
stop = ["KEY2", "a"]

[providers.main.headers]
Authorization = "Bearer KEY1"
KEY2 = "x"

[providers.KEY2]
kind = "KEY2"
api_key = { env = "KEY0" }

[providers.KEY2.headers]
x = "1"

[telegram]
bot_token = "KEY1"
default_account = "KEY2"
[telegram.accounts.KEY2]
bot_token = { exec = ["echo", "KEY1"] }
`

// Whatever is asked at whatever place, nothing that the server sends has a secret: its answers, notifications and errors.
func TestNoMethodTellsASecret(t *testing.T) {
	text := strings.NewReplacer("KEY0", planted[0], "KEY1", planted[1], "KEY2", planted[2]).Replace(leaky)
	broken := strings.Replace(text, "stop = [", "stop = [\"", 1)
	for _, client := range []string{plainClient, richClient, snippetClient, pullingClient} {
		for i, src := range []string{text, broken} {
			c := start(t, Page{}, client)
			const uri = "file:///work/loong.toml"
			c.open(uri, src)
			lines := newText([]byte(src), true)
			for _, method := range slices.Sorted(maps.Keys(c.server.methods)) {
				name, ok := strings.CutPrefix(method, "textDocument/")
				if !ok || strings.HasPrefix(name, "did") || strings.HasPrefix(name, "publish") {
					continue
				}
				for offset := i; offset <= len(src); offset += 5 {
					here := lines.position(offset)
					m := c.call(method, map[string]any{"textDocument": map[string]string{"uri": uri}, "position": here, "newName": "other",
						"range": Range{Position{0, 0}, Position{99, 0}}, "context": map[string]any{"includeDeclaration": true, "diagnostics": []any{}}})
					if m.Error != nil && m.Error.Code == codeInternal {
						t.Fatalf("%s at %d: %s", method, offset, m.Error.Message)
					}
					if !takesPlace[name] {
						break
					}
				}
				for _, secret := range planted {
					if i := strings.Index(c.log.String(), secret); i >= 0 {
						t.Fatalf("%s tells a secret: …%.300s", method, c.log.String()[max(0, i-200):])
					}
				}
			}
		}
	}
}

// takesPlace are the methods that are asked about a place, not about a document.
var takesPlace = map[string]bool{"completion": true, "hover": true, "definition": true, "references": true, "documentHighlight": true,
	"prepareRename": true, "rename": true}
