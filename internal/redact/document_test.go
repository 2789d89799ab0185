package redact

import (
	"strconv"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// A secret that begins another one, one with quotes in it, and one too short to be looked for outside of quotes.
func TestSecretsOfADocumentAreHidden(t *testing.T) {
	src := "[providers.a]\nkind = \"openai\"\napi_key = \"hunter22\"\n[providers.b]\nkind = \"openai\"\napi_key = \"hunter22-and-more\"\n" +
		"[providers.c]\nkind = \"openai\"\napi_key = 'two\"quoted'\n[providers.d]\nkind = \"openai\"\napi_key = \"pw1\"\n[providers.e]\nkind = \"openai\"\napi_key = \"sixlet\"\n[providers.f]\nkind = \"openai\"\napi_key = \"fives\"\n"
	d := Of(document.Parse("a.toml", []byte(src)))
	for text, want := range map[string]string{
		"it is hunter22, not hunter22-and-more":       "it is ********, not ********",
		"hunter22-and-more":                           "********",
		"written " + strconv.Quote(`two"quoted`):      `written "********"`,
		`plain two"quoted`:                            "plain ********",
		`"pw1" and 'pw1', but pw1x`:                   `"********" and '********', but pw1x`,
		"sixlets, and fives":                          "********s, and fives",
		"nothing of it":                               "nothing of it",
		"kind \"openai\" of [providers.a], model\x1b": `kind "openai" of [providers.a], model\x1b`,
	} {
		if got := d.Text(text); got != want {
			t.Errorf("Text(%q) is %q, want %q", text, got, want)
		}
	}
}
