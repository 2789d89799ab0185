package lsp

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// parseProblems says why a text is no TOML, "" if it is.
func parseProblems(src []byte) string {
	doc := document.Parse("a.toml", src)
	if len(doc.Problems) > 0 {
		return doc.Problems[0].Message
	}
	return ""
}

func TestHover(t *testing.T) {
	const profile = "active_provider = \"a\"\n[providers.a]\nkind = \"cloudflare\"\nbase_url = \"https://gateway.ai.cloudflare.com/v1/0123/prod/compat\"\nmodel = \"openai/gpt-5\"\napi_key = { env = \"MY_KEY\" }\n"
	for _, c := range []struct {
		uri, text string
		want      []string
	}{
		{"", strings.Replace(profile, "kind", "ki^nd", 1), []string{"providers.<id>.kind", "Service this profile talks to", "Takes "}},
		{"", strings.Replace(profile, "\"cloudflare\"", "\"cloud^flare\"", 1), []string{"cloudflare_ai_gateway: ", "Also written", "chat ", "0123/prod/compat", "Nothing is known about variables here (static world)"}},
		{"", strings.Replace(profile, "MY_KEY", "MY^_KEY", 1), []string{"MY_KEY may be set or not", "from MY_KEY"}},
		{"", strings.Replace(profile, "\"a\"", "\"^a\"", 1), []string{"profile a (active)", "Id of the profile in use"}},
		{"", strings.Replace(profile, "[providers.a]", "[^providers.a]", 1), []string{"Provider profiles by id"}},
		{"", strings.Replace(profile, "providers.a", "providers.a^", 1), []string{"profile a (active)", "One provider profile"}},
		{"", profile + "request_time^ot_ms = 1\n", []string{"unknown-key", "docs/rules.md"}},
		{"", profile + "request_timeout_ms = 30^000\n", []string{"Takes a whole number. Default: 30000.", "limited to 1000 to 180000"}},
		{"", profile + "x = 1 # loonglint: ignore[unk^nown-key] for a test\n", []string{"unknown-key", "a key that Loong does not know"}},
		{"", profile + "# no^thing\n", nil},
		{"", profile + "\n^\n", nil},
		{"", profile + "no_such_ke^y_at_all = 1\n", []string{"unknown-key"}},
		{"file:///work/loonglint.toml", "[rules]\nunknown-k^ey = \"off\"\n", []string{"unknown-key", "Takes "}},
		{"file:///work/loonglint.toml", "fail^-on = \"never\"\n", []string{"lowest level", "Takes error, warning, info or never"}},
		{"file:///work/Cargo.toml", "[pack^age]\n", nil},
	} {
		if c.uri == "" {
			c.uri = "file:///work/loong.toml"
		}
		client := start(t, Page{}, plainClient)
		p, _ := client.opened(c.uri, c.text)
		var h *hover
		client.request("textDocument/hover", p, &h)
		if h == nil {
			if c.want != nil {
				t.Errorf("%q: nothing", c.text)
			}
			continue
		}
		if c.want == nil {
			t.Errorf("%q: %s", c.text, h.Contents.Value)
		}
		for _, w := range c.want {
			if !strings.Contains(h.Contents.Value, w) {
				t.Errorf("%q lacks %q:\n%s", c.text, w, h.Contents.Value)
			}
		}
		if h.Contents.Kind != "plaintext" {
			t.Errorf("%q has %s", c.text, h.Contents.Kind)
		}
	}
}

// What the user has written is no markup.
func TestHoverIsNoMarkup(t *testing.T) {
	c := start(t, Page{}, snippetClient)
	p, _ := c.opened("file:///work/loong.toml", "[providers.a]\nkind = \"openai\"\nmodel = \"``^`\\n# [x](http://evil) <b>\"\n")
	var h *hover
	c.request("textDocument/hover", p, &h)
	if h == nil || h.Contents.Kind != "markdown" {
		t.Fatalf("%+v", h)
	}
	for i, part := range strings.Split(h.Contents.Value, "```") {
		if i%2 == 0 && strings.Contains(part, "evil") {
			t.Errorf("%s", h.Contents.Value)
		}
	}
	if strings.Count(h.Contents.Value, "```") != 2 {
		t.Errorf("%s", h.Contents.Value)
	}
}
