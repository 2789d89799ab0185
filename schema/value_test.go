package schema_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// root parses a configuration that must be TOML.
func root(t testing.TB, src string) schema.Value {
	t.Helper()
	d := document.Parse("test.toml", []byte(src))
	if len(d.Problems) > 0 {
		t.Fatalf("%s\nis not TOML: %v", src, d.Problems)
	}
	return schema.Root(d.Root, 0)
}

// at follows the keys of a path; the entries of maps are part of it.
func at(v schema.Value, path string) schema.Value {
	for name := range strings.SplitSeq(path, ".") {
		if v.Shape.Op == schema.OpMap {
			v = v.Entry(name)
		} else {
			v = v.Field(name)
		}
	}
	return v
}

// show prints whatever content a value has.
func show(v schema.Value) string {
	var parts []string
	add := func(name string, content any, ok bool) {
		if ok {
			parts = append(parts, fmt.Sprintf("%s %v", name, content))
		}
	}
	text, ok := v.Text()
	add("text", text, ok)
	word, ok := v.Word()
	add("word", word, ok)
	i, ok := v.Int()
	add("int", i, ok)
	f, ok := v.Float()
	add("float", f, ok)
	b, ok := v.Bool()
	add("bool", b, ok)
	texts, ok := v.Texts()
	add("texts", texts, ok)
	for _, e := range v.Entries() {
		add("entry", e.Name+"="+show(e.Value), true)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func TestValue(t *testing.T) {
	for _, c := range []struct{ src, path, want string }{
		{`provider.model = "m"`, "provider.model", "text m"},
		{`provider.model = 1`, "provider.model", "nothing"},
		{``, "provider.model", "nothing"},
		{`gateway = [8080]`, "gateway.port", "int 8080"},
		{`gateway.port = 65536`, "gateway.port", "nothing"},
		{`gateway = 2024-05-06`, "gateway.port", "nothing"},
		{`provider = ["groq", "m"]`, "provider.kind", "word groq"},
		{`provider = ["groq", "m"]`, "provider.model", "text m"},
		{`provider = ["groq", "m"]`, "provider.base_url", "nothing"},
		{`providers.a = ["groq", "m"]`, "providers.a.model", "nothing"},
		{`provider.kind = "cloudflare"`, "provider.kind", "word cloudflare_ai_gateway"},
		{`provider.kind = { cloudflare = {} }`, "provider.kind", "word cloudflare_ai_gateway"},
		{`provider.kind.groq = []`, "provider.kind", "word groq"},
		{`providers.a.kind.groq = []`, "providers.a.kind", "nothing"},
		{`providers.a.kind.groq = {}`, "providers.a.kind", "word groq"},
		{`provider.kind = "Groq"`, "provider.kind", "nothing"},
		{`cli.personality = " Calm  Engineering!"`, "cli.personality", "word classicist"},
		{`memory.system = " Recall_First "`, "memory.system", "word recall_first"},
		{`memory.system = { builtin = {} }`, "memory.system", "nothing"},
		{`provider.temperature = 1`, "provider.temperature", "float 1"},
		{`provider.temperature = 0`, "provider.temperature", "float 0"},
		{`provider.temperature = 0.5`, "provider.temperature", "float 0.5"},
		{`provider.max_tokens = 1.0`, "provider.max_tokens", "nothing"},
		{`provider.max_tokens = 4294967295`, "provider.max_tokens", "int 4294967295"},
		{`provider.stop = ["a", "b"]`, "provider.stop", "texts [a b]"},
		{`provider.stop = ["a", 1]`, "provider.stop", "nothing"},
		{`provider.headers = { A = "1", b = "2" }`, "provider.headers", "entry A=text 1, entry b=text 2"},
		{`provider.headers = 07:08:09`, "provider.headers", "entry $__toml_private_datetime=text 07:08:09"},
		{`providers.a.default_for_kind = true`, "providers.a.default_for_kind", "bool true"},
		{`mcp.servers.x.url = "u"`, "mcp.servers.x.url", "text u"},
	} {
		v := at(root(t, c.src), c.path)
		if got := show(v); got != c.want {
			t.Errorf("%s\n%s has %s, want %s", c.src, c.path, got, c.want)
		}
		if v.Path == schema.NoPath {
			t.Errorf("%s: %s has no path", c.src, c.path)
		}
	}
}

func TestUnknownKeyHasNoValue(t *testing.T) {
	v := root(t, `provider.modle = "m"`).Get("provider", "modle")
	if v.Present() || v.Path != schema.NoPath || v.Default() != "" {
		t.Errorf("got %+v", v)
	}
}

func TestDefaults(t *testing.T) {
	for _, c := range []struct{ src, path, want string }{
		{``, "tools.web.allow_private_hosts", "true"},
		{`[tools]`, "tools.web.allow_private_hosts", "true"},
		{`[tools.web]`, "tools.web.allow_private_hosts", "false"},
		{`tools.web = 2024-05-06`, "tools.web.allow_private_hosts", "false"},
		{``, "telegram.bot_token_env", `"TELEGRAM_BOT_TOKEN"`},
		{`telegram = {}`, "telegram.bot_token_env", ""},
		{`provider = {}`, "provider.temperature", "0.2"},
	} {
		if got := at(root(t, c.src), c.path).Default(); got != c.want {
			t.Errorf("%q: %s defaults to %s, want %s", c.src, c.path, got, c.want)
		}
	}
}

func TestSecret(t *testing.T) {
	for _, c := range []struct {
		src, text  string
		form       schema.SecretForm
		configured bool
	}{
		{``, "", schema.SecretAbsent, false},
		{`" "`, " ", schema.SecretBlank, false},
		{`" k "`, " k ", schema.SecretLiteral, true},
		{`"$A"`, "A", schema.SecretEnv, true},
		{`" $ { A } "`, "A", schema.SecretEnv, true},
		{`"${A"`, "${A", schema.SecretLiteral, true},
		{`"Env: A_1 "`, "A_1", schema.SecretEnv, true},
		{`"env:MY-KEY"`, "env:MY-KEY", schema.SecretLiteral, true},
		{`"$1KEY"`, "$1KEY", schema.SecretLiteral, true},
		{`"% A %"`, "A", schema.SecretEnv, true},
		{`"%%"`, "%%", schema.SecretLiteral, true},
		{`{ env = " MY-KEY " }`, "MY-KEY", schema.SecretEnv, true},
		{`{ env = " ", file = " /k " }`, "/k", schema.SecretFile, true},
		{`{ exec = ["pass", "show"] }`, "pass show", schema.SecretExec, true},
		{`{ env = "A", file = "/k" }`, "", schema.SecretAbsent, false},
		{`{ env = "A", exec = [] }`, "", schema.SecretAbsent, false},
		{`{ exec = [" "] }`, "", schema.SecretAbsent, false},
		{`["A"]`, "", schema.SecretAbsent, false},
	} {
		src := c.src
		if src != "" {
			src = "provider.api_key = " + src
		}
		s := root(t, src).Get("provider", "api_key").Secret()
		if text := s.Text + strings.Join(s.Args, " "); s.Form != c.form || text != c.text || s.Configured() != c.configured {
			t.Errorf("%s: form %d, %q, configured %v; want form %d, %q", src, s.Form, text, s.Configured(), c.form, c.text)
		}
	}
}

func TestWalk(t *testing.T) {
	src := `
x = 1
provider = ["groq"]
mcp = [{ files = { url = "u" } }]
[providers.b]
modle = { deeper = 1 }
api_key = { env = "A", other = "B" }
kind = { groq = {} }
headers = { H = "v" }
stop = ["s"]
[providers.a]
model = "m"
`
	var got []string
	root(t, src).Walk(func(v, parent schema.Value) {
		line := v.Node.KeyPath() + " " + v.Path.String()
		if v.Path == schema.NoPath {
			line += "unknown in " + parent.Type().Name
		}
		got = append(got, line)
	})
	want := []string{
		`x unknown in LoongConfig`,
		`provider provider`,
		`provider[0] provider.kind`,
		`mcp mcp`,
		`mcp[0] mcp.servers`,
		`mcp[0].files mcp.servers.<id>`,
		`mcp[0].files.url mcp.servers.<id>.url`,
		`providers providers`,
		`providers.b providers.<id>`,
		`providers.b.modle unknown in ProviderProfileConfig`,
		`providers.b.api_key providers.<id>.api_key`,
		`providers.b.api_key.env providers.<id>.api_key.env`,
		`providers.b.api_key.other unknown in SecretRef`,
		`providers.b.kind providers.<id>.kind`,
		`providers.b.headers providers.<id>.headers`,
		`providers.b.headers.H providers.<id>.headers.<id>`,
		`providers.b.stop providers.<id>.stop`,
		`providers.a providers.<id>`,
		`providers.a.model providers.<id>.model`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestKeysFindWhatNamesFind(t *testing.T) {
	var everywhere func(v schema.Value, depth int)
	everywhere = func(v schema.Value, depth int) {
		if v.Shape.Op == schema.OpMap {
			everywhere(v.Entry("x"), depth)
		}
		typ := v.Type()
		for i := 0; typ != nil && depth > 0 && i < len(typ.Fields); i++ {
			f := &typ.Fields[i]
			if f.Missing.Has(0) {
				continue
			}
			if v.Has(f.Key) != v.Field(f.Name).Present() {
				t.Errorf("%v: has %v: %v", v.Path, f.Key, v.Has(f.Key))
			}
			if f.Key.String() != f.Name || v.At(f.Key) != v.Field(f.Name) || !v.At(f.Key).Path.Under(v.Path) {
				t.Errorf("%v: %v is %+v, %s is %+v", v.Path, f.Key, v.At(f.Key), f.Name, v.Field(f.Name))
			}
			everywhere(v.At(f.Key), depth-1)
		}
	}
	everywhere(root(t, "[providers.x]\nbase_url = 'x'\n[provider]\nbase_url = 'y'\n[telegram]\nenabled = true\n"), 6)
	if v := root(t, "").At(schema.KeyBaseURL); v != (schema.Value{}) {
		t.Errorf("a key of another type is %+v", v)
	}
}
