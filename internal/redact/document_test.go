package redact

import (
	"fmt"
	"strconv"
	"strings"
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

// The text of a document is shown line by line, with its line ends; a secret of several lines is as many masks.
func TestSourceOfADocument(t *testing.T) {
	other := Of(document.Parse("b.toml", []byte("api_key = 'hunter2other'")))
	for src, want := range map[string]string{
		"":                                     "",
		"a = 1":                                "a = 1",
		"a = 1\nb = 2\n":                       "a = 1\nb = 2\n",
		"a = 1\r\nb = 2\r\n":                   "a = 1\r\nb = 2\r\n",
		"api_key = 'hunter2'\nb = 1":           "api_key = '********'\nb = 1",
		"api_key = 'hunter2'":                  "api_key = '********'",
		"api_key = '''\nhun\nter'''\nb = 1\n":  "api_key = '''********\n********\n********'''\nb = 1\n",
		"b = 'é\u202e'\n":                      "b = 'é\\u{202e}'\n",
		"# hunter2other\r\n":                   "# ********\r\n",
		"api_key = 'hunter2'\n# see hunter2\n": "api_key = '********'\n# see ********\n",
		"hunter2 -\n":                          "********\n",
		"# ##vso[x]\n":                         "# \\u{23}#vso[x]\n",
	} {
		d := document.Parse("a.toml", []byte(src))
		if got := string(Of(d).Source(d, other)); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// What a message quotes of a document's secrets: long ones anywhere, short ones in quotes, and however they are quoted.
func TestMessagesAboutADocument(t *testing.T) {
	for _, c := range []struct{ value, text, want string }{
		{`'hunter'`, "say hunter, 'hunter' and hunters", "say ********, '********' and ********s"},
		{`'hunte'`, `say hunte, "hunte", 'hunte' and hunters`, `say hunte, "********", '********' and hunters`},
		{`'hun"ter'`, `say hun"ter and "hun\"ter"`, `say ******** and "********"`},
		{`"hun\tter"`, "say hun\tter and \"hun\\tter\"", `say ******** and "********"`},
		{`"hun\\ter"`, `say hun\ter and hun\\ter`, `say ******** and ********`},
		{`'ollama'`, "kind ollama", "kind ollama"},
		{`'********'`, "the mask ******** stays", "the mask ******** stays"},
		{`['hunter', 'hunters']`, "hunters hunter", "******** ********"},
		{`'hunter'`, "", ""},
		{`'hunter'`, "a\nb", `a\nb`},
		{`'hunter'`, "sk-proj-9f2Kd83Lq0ZrAbCdEf at https://u:p@h", "******** at https://********@h"},
	} {
		s := Of(document.Parse("a.toml", []byte("[providers.a]\napi_key = "+c.value)))
		for range 2 {
			if got := s.Text(c.text); got != c.want {
				t.Errorf("%s: %q, want %q", c.value, got, c.want)
			}
		}
		if got := s.Holds(c.text); got != strings.Contains(c.want, Mask) && !strings.Contains(c.text, Mask) {
			t.Errorf("%s: %q holds a secret: %v", c.value, c.text, got)
		}
	}
	if got := None().Text("hunter sk-proj-9f2Kd83Lq0ZrAbCdEf"); got != "hunter ********" {
		t.Error(got)
	}
}

// However many secrets a document has, each is hidden.
func TestManySecretsOfADocument(t *testing.T) {
	for n := few - 2; n <= few+2; n++ {
		var src, text strings.Builder
		for i := range n {
			fmt.Fprintf(&src, "[providers.p%d]\napi_key = 'hunter-%d-x'\n", i, i)
			fmt.Fprintf(&text, "hunter-%d-x ", i)
		}
		s := Of(document.Parse("a.toml", []byte(src.String())))
		if got := s.Text(text.String()); got != strings.Repeat(Mask+" ", n) {
			t.Errorf("%d secrets: %s", n, got)
		}
	}
}

// A piece of a secret is told where it is long enough to tell anything.
func TestPiecesOfSecrets(t *testing.T) {
	const src = "[providers.a]\napi_key = 'hunter2'\nkind = 'openai'"
	s := Of(document.Parse("a.toml", []byte(src)))
	for piece, want := range map[string]string{"hunt": "hunt", "hun": "", "unter2": "unter2", "openai": "", "'hunter2": ""} {
		at := strings.Index(src, piece)
		if got := s.Piece(document.Span{Start: at, End: at + len(piece)}); got != want {
			t.Errorf("%s: %q", piece, got)
		}
	}
}

func TestNamesThatAreTold(t *testing.T) {
	const key = "sk-proj-9f2Kd83Lq0ZrAbCdEf"
	for name, want := range map[string]string{"OPENAI_API_KEY": "OPENAI_API_KEY", "my_key": "my_key", "hunter2": Mask, key: Mask, "A=b": Mask, "": ""} {
		if got := VariableName(name); got != want {
			t.Errorf("variable %q: %q", name, got)
		}
	}
	for name, want := range map[string]string{"X-Team": "X-Team", "hunter2": "hunter2", key: Mask, "Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": Mask} {
		if got := HeaderName(name); got != want {
			t.Errorf("header %q: %q", name, got)
		}
	}
}

func TestSignsThatSteerATerminal(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb": "a\tb", "\x1f": `\x1f`, "\x00": `\x00`, "\x7f": `\x7f`, "\u0080": `\u{0080}`, "\u009f": `\u{009f}`, "\u00a0": "\u00a0", "\u2028": `\u{2028}`, "\u2029": `\u{2029}`, "\u2027": "\u2027",
		"\u200b": `\u{200b}`, "\u200c": "\u200c", "\u200d": "\u200d", "\u200e": `\u{200e}`, "\ufeff": `\u{feff}`, "\U000e0001": `\u{e0001}`, "\ufffd": "\ufffd", "\xff": `\xff`, "\xe2\x82": `\xe2\x82`, "\r\n": `\r\n`,
		"##[x": `\u{23}#[x`, "##vso[": `\u{23}#vso[`, "##teamcity[": `\u{23}#teamcity[`, "## x": "## x", "###[": `#\u{23}#[`, "#[": "#[", "##vs[": "##vs[", " ": " ", "~": "~", "é#": "é#",
	} {
		if got := Harmless(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
