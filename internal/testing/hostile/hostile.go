// Package hostile makes files that were written to exhaust whoever reads them. It is for tests
// and benchmarks; fixtures/hostile has the small ones.
package hostile

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Case is a kind of hostile file.
type Case struct {
	Name string
	Make func(size int) []byte // about size bytes
}

// Cases lists all kinds.
func Cases() []Case {
	return []Case{
		{"nested-arrays", once("a = ", "[")},
		{"nested-tables", once("a = ", "{a=")},
		{"closed-arrays", closed("a = ", "[", "]")},
		{"closed-tables", closed("a = ", "{a=", "}")},
		{"mixed-nesting", once("a = ", "[{a=")},
		{"deep-header", around("[a", ".a", "]\n")},
		{"deep-array-header", around("[[a", ".a", "]]\n")},
		{"deep-key", around("a", ".a", " = 1\n")},
		{"dotted-bomb", lines(func(i int) string { return fmt.Sprintf("a%d%s = 1\n", i, strings.Repeat(".a", 79)) })},
		{"header-bomb", lines(func(i int) string { return fmt.Sprintf("[a%d%s]\n", i, strings.Repeat(".a", 79)) })},
		{"one-chain", lines(func(i int) string { return fmt.Sprintf("%sk%d = 1\n", strings.Repeat("a.", 79), i) })},
		{"many-keys", lines(func(i int) string { return fmt.Sprintf("k%d=1\n", i) })},
		{"many-keys-below", below("[providers.p]\n", func(i int) string { return fmt.Sprintf("k%d=1\n", i) })},
		{"many-tables", lines(func(i int) string { return fmt.Sprintf("[t%d]\n", i) })},
		{"many-entries", lines(func(int) string { return "[[a]]\n" })},
		{"many-profiles", lines(func(i int) string { return fmt.Sprintf("[providers.p%d]\n", i) })},
		{"renamed-profiles", lines(func(i int) string { return fmt.Sprintf("[providers.\"P %d\"]\n", i) })},
		{"renamed-accounts", below("[telegram]\n", func(i int) string { return fmt.Sprintf("[telegram.accounts.A%d]\n", i) })},
		{"preferred-models", func(size int) []byte {
			return fill("[provider]\npreferred_models = [", func(i int) string { return fmt.Sprintf("\"m%d\",", i) }, "]\n", size)
		}},
		{"running-accounts", below("[telegram]\nenabled = true\n", func(i int) string {
			return fmt.Sprintf("[telegram.accounts.a%d]\naccount_id = \"a%d\"\nbot_token_env = \"T%d\"\n", i, i, i)
		})},
		{"agent-servers", lines(func(i int) string { return fmt.Sprintf("[acp.backends.acpx.mcp_servers.S%d]\ncommand = \"x\"\n", i) })},
		{"agent-server-keys", below("[acp.backends.acpx.mcp_servers.x]\n", func(i int) string { return fmt.Sprintf("k%d=1\n", i) })},
		{"many-empty", lines(func(int) string { return "\n" })},
		{"many-comments", lines(func(int) string { return "#\n" })},
		{"many-ignores", lines(func(int) string { return "# loonglint: ignore[unknown-key] x\n" })},
		{"ignored-names", around("# loonglint: ignore-file[", "no-rule,", "x] y\n")},
		{"ignored-findings", func(size int) []byte {
			ignore := "# loonglint: ignore-file[" + strings.Repeat("unknown-key, ", size/26) + "unknown-key] y\n[provider]\n"
			return fill(ignore, func(i int) string { return fmt.Sprintf("k%d=1\n", i) }, "", size)
		}},
		{"many-integers", within("a = [", "1,", "]\n")},
		{"many-strings", within("a = [", `"",`, "]\n")},
		{"many-empty-arrays", within("a = [", "[],", "]\n")},
		{"many-empty-tables", within("a = [", "{},", "]\n")},
		{"comments-in-array", within("a = [", "#\n", "]\n")},
		{"wide-inline", wideInline},
		{"duplicate-keys", lines(func(int) string { return "a=1\n" })},
		{"duplicate-tables", lines(func(int) string { return "[a]\n" })},
		{"duplicate-inline", within("a = {", "b=1,", "b=1}\n")},
		{"unclosed-braces", lines(func(i int) string { return fmt.Sprintf("k%d = {\n", i) })},
		{"unclosed-brackets", lines(func(i int) string { return fmt.Sprintf("k%d = [\n", i) })},
		{"unclosed-strings", lines(func(i int) string { return fmt.Sprintf("k%d = \"\n", i) })},
		{"unclosed-long-strings", lines(func(i int) string { return fmt.Sprintf("k%d = \"\"\"\n", i) })},
		{"unclosed-headers", lines(func(i int) string { return fmt.Sprintf("[t%d\n", i) })},
		{"braces-only", once("", "{")},
		{"brackets-only", once("", "[")},
		{"quotes-only", once("", `"`)},
		{"equals-only", once("", "=")},
		{"commas-only", once("a = [", ",")},
		{"long-line", around(`a = "`, "x", "\"\n")},
		{"long-broken-line", once("a = ", "x")},
		{"long-line-of-errors", within("providers.x = {", `k="`, "}\n")},
		{"long-key", around("", "x", " = 1\n")},
		{"long-comment", once("# ", "x")},
		{"long-escapes", around(`a = "`, `\n`, "\"\n")},
		{"long-number", around("a = ", "1", "\n")},
		{"long-kind", around("[provider]\nkind = \"", "x", "\"\n")},
		{"long-address", around("[provider]\nkind = \"openai\"\nbase_url = \"https://", "a.", "com\"\n")},
		{"long-path", around("[provider]\nkind = \"openai\"\nbase_url = \"https://h/", "v1/", "\"\n")},
		{"long-template", around("[provider]\nkind = \"openai\"\nbase_url = \"https://h/", "<a>", "\"\n")},
		{"large-templates", lines(func(i int) string { return profile(i, "h/"+strings.Repeat("{x}", 20_000)) })},
		{"large-hosts", lines(func(i int) string { return profile(i, strings.Repeat("1.", 30_000)+"1/") })},
		{"large-climbs", lines(func(i int) string { return profile(i, "h/"+strings.Repeat("../a/", 12_000)) })},
		{"colons", below("[a]\nk = \"v\"\n", func(i int) string { return fmt.Sprintf("k%d: x\n", i) })},
		{"words-alone", lines(func(i int) string { return fmt.Sprintf("a.b%d\nk = 1\n", i) })},
		{"second-keys", once("a = 1", " b = 1")},
		{"merges", lines(func(i int) string { return fmt.Sprintf("<<<<<<< a\nk%d = 1\n=======\nk = 2\n>>>>>>> b\n", i) })},
		{"merges-not-ended", lines(func(int) string { return "<<<<<<< a\n" })},
		{"zero-bytes", once("", "\x00")},
		{"invalid-utf8", once("a = \"", "\xff\xc0")},
		{"scattered-invalid", lines(func(i int) string { return fmt.Sprintf("k%d = \"\xff\"\n", i) })},
		{"lone-returns", once("a = 1", "\r")},
		{"returns-only", lines(func(i int) string { return fmt.Sprintf("k%d = 1\r", i) })},
		{"byte-order-marks", once("", "\ufeff")},
		{"bidi", around(`a = "`, "\u202e\x1b[31m", "\"\n")},
		{"bidi-keys", lines(func(i int) string { return fmt.Sprintf("\"\u202e%d\" = \"\u2066\"\n", i) })},
		{"wide-characters", below("[provider]\n", func(i int) string { return fmt.Sprintf("\"語%d\" = 1\n", i) })},
		{"unknown-keys-in-a-line", within("provider = {", `k=1,`, "z=1}\n")},
		{"unknown-keys-apart", unknownInline},
		{"bad-kinds", lines(func(i int) string { return fmt.Sprintf("[providers.p%d]\nkind = \"opnai\"\n", i) })},
		{"near-keys", lines(func(i int) string {
			return fmt.Sprintf("[providers.p%d]\nkind = \"openai\"\nbaseurl = \"https://x/<a>\"\n", i)
		})},
		{"literal-keys", lines(func(i int) string {
			return fmt.Sprintf("[providers.p%d]\nkind = \"openai\"\napi_key = \"sk-proj-%040d\"\n", i, i)
		})},
		{"one-literal-key", lines(func(i int) string {
			return fmt.Sprintf("[providers.p%d]\nkind = \"openai\"\napi_key = \"%s\"\n", i, "sk-proj-q8Zr3vN7xK1mW5tY9bC2dF6gH4jL0pS")
		})},
		{"env-names", lines(func(i int) string {
			return fmt.Sprintf("[providers.p%d]\nkind = \"openai\"\napi_key_env = \"$KEY %d\"\n", i, i)
		})},
		{"accounts", below("[telegram]\nenabled = true\n", func(i int) string {
			return fmt.Sprintf("[telegram.accounts.a%d]\nenabled = true\n", i)
		})},
		{"same-accounts", below("[telegram]\nenabled = true\n", func(i int) string {
			return fmt.Sprintf("[telegram.accounts.\"A%s%d\"]\n", strings.Repeat(" ", i%50), i%100)
		})},
		{"mcp-servers", lines(func(i int) string { return fmt.Sprintf("[mcp.servers.s%d]\n", i) })},
		{"headers", below("[provider]\nkind = \"openai\"\n[provider.headers]\n", func(i int) string {
			return fmt.Sprintf("\"x-api-key%d\" = \"$A%d\"\n", i, i)
		})},
		{"preferred-models", within("[provider]\nkind = \"openai\"\npreferred_models = [", `"gpt-5", `, "]\n")},
		{"key-shapes", within("# ", "sk-", "\n")},
		{"key-shape-starts", within("a = \"", "AKIA-ghp_", "\"\n")},
		{"private-keys", lines(func(int) string { return "# -----BEGIN RSA PRIVATE KEY-----\n" })},
		{"separators", within("# ", "key=", "\n")},
		{"broken-separators", within("key key", "=:", "\n")},
		{"old-layouts", lines(func(i int) string { return fmt.Sprintf("active_provider = \"a%d\"\n[x%d]\n", i, i) })},
	}
}

// fill repeats part after head until size is reached, then writes tail.
func fill(head string, part func(i int) string, tail string, size int) []byte {
	var b bytes.Buffer
	b.Grow(size + 256)
	b.WriteString(head)
	for i := 0; b.Len()+len(tail) < size; i++ {
		b.WriteString(part(i))
	}
	b.WriteString(tail)
	return b.Bytes()
}

func same(part string) func(int) string { return func(int) string { return part } }

// profile is a profile with an address.
func profile(i int, address string) string {
	return fmt.Sprintf("[providers.p%d]\nkind = \"custom\"\nbase_url = \"https://%s\"\napi_key = { env = \"A\" }\n", i, address)
}

func once(head, part string) func(int) []byte { return around(head, part, "") }

func around(head, part, tail string) func(int) []byte {
	return func(size int) []byte { return fill(head, same(part), tail, size) }
}

func within(head, part, tail string) func(int) []byte { return around(head, part, tail) }

func lines(part func(int) string) func(int) []byte { return below("", part) }

func below(head string, part func(int) string) func(int) []byte {
	return func(size int) []byte { return fill(head, part, "", size) }
}

// closed nests as deeply as size allows and closes all of it.
func closed(head, open, shut string) func(int) []byte {
	return func(size int) []byte {
		n := max(1, (size-len(head)-2)/(len(open)+len(shut)))
		return []byte(head + strings.Repeat(open, n) + "1" + strings.Repeat(shut, n) + "\n")
	}
}

func wideInline(size int) []byte {
	return fill("a = {", func(i int) string { return fmt.Sprintf("k%d=1,", i) }, "z=1}\n", size)
}

func unknownInline(size int) []byte {
	return fill("provider = {", func(i int) string { return fmt.Sprintf("k%d=1,", i) }, "z=1}\n", size)
}

// Endless repeats a text and never ends.
func Endless(part string) io.Reader { return endless(part) }

type endless string

func (e endless) Read(p []byte) (int, error) {
	for n := 0; n < len(p); {
		n += copy(p[n:], e)
	}
	return len(p), nil
}
