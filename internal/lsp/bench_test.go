package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// benchText is a configuration of about a size in bytes, with or without findings.
func benchText(size int, findings bool) string {
	var b strings.Builder
	b.WriteString("active_provider = \"p0\"\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "\n[providers.p%d]\nkind = \"openai\"\nmodel = \"gpt-4.1\" # the one that is agreed on\napi_key = { env = \"OPENAI_API_KEY\" }\nbase_url = \"https://proxy%d.example.com\"\n", i, i)
		if findings && i%2 == 0 {
			b.WriteString("request_timeout = 90\n")
		}
	}
	return b.String()
}

// BenchmarkChange measures a change of one character, from the message to the diagnostics as they are written.
func BenchmarkChange(b *testing.B) {
	for _, bench := range []struct {
		name     string
		size     int
		findings bool
	}{{"2KB", 2 << 10, false}, {"50KB", 50 << 10, false}, {"50KB-findings", 50 << 10, true}, {"1MB", 1 << 20, false}} {
		b.Run(bench.name, func(b *testing.B) {
			s := New(Page{}, "1")
			s.transport = nowhere{}
			text := benchText(bench.size, bench.findings)
			const uri = "file:///work/loong.toml"
			do := func(method string, params any) {
				raw, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
				s.inbox.put(raw)
				m, _ := s.inbox.take()
				s.handle(m)
				s.publishNext()
			}
			do("initialize", json.RawMessage(plainClient))
			do("textDocument/didOpen", openParams{textDocumentItem{uri, 1, text}})
			line := strings.Count(text[:strings.LastIndex(text, "# the")], "\n")
			b.ResetTimer()
			defer func() { b.ReportMetric(float64(len(s.buffers[uri].latest.findings)), "findings") }()
			for i := range b.N {
				at := Range{Position{line, 26}, Position{line, 26}}
				if i%2 == 1 {
					at.End.Character++
				}
				do("textDocument/didChange", changeParams{versionedTextDocumentIdentifier{uri, i + 2}, []change{{&at, strings.Repeat("x", 1-i%2)}}})
			}
		})
	}
}

// nowhere drops what is written.
type nowhere struct{}

func (nowhere) Read() ([]byte, error) { return nil, nil }
func (nowhere) Write([]byte) error    { return nil }
