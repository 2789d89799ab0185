package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var listeningAddress = lint.Rule{
	Name:    "listening-address",
	Group:   lint.GroupAddresses,
	Summary: "an address to send to that is one to listen on, 0.0.0.0 or [::]",
	Doc: `A server that listens on 0.0.0.0 or [::] can be reached at every address of its machine; as an address to send to, it is none.
Linux and macOS take it for this machine, Windows and many proxies do not. Write 127.0.0.1, or the name of the machine where the
service runs: in a container 127.0.0.1 is the container itself.

Silent for addresses that Loong itself listens on, such as webhook_bind.`,
	Level: lint.Info,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "ollama"
base_url = "http://0.0.0.0:11434"
model = "qwen3:8b"
`,
	Good: `[providers.main]
kind = "ollama"
base_url = "http://127.0.0.1:11434"
model = "qwen3:8b"
`,
	Keys: lint.Addresses,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		text, ok := v.Text()
		if !ok {
			return
		}
		u := urlAt(p, v, text)
		if u == nil || !u.Unspecified() {
			return
		}
		f := p.Report(v.Node.Value(), "%s is an address to listen on, not one to send to", u.Host).WithNode(v.Node).
			WithNote("Linux and macOS take it for this machine, other systems and proxies do not").
			WithHelp("write 127.0.0.1, or the name of the machine where the service runs")
		if strings.Count(text, u.Host) == 1 {
			f.WithFix(lint.Unsafe, "write 127.0.0.1", replaceText(p.Document, v.Node, strings.Replace(text, u.Host, "127.0.0.1", 1)))
		}
	},
}
