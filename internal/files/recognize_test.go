package files

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestContentDecides(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      bool
	}{
		{"empty", "", false},
		{"active_provider", "active_provider = 'x'\n", true},
		{"active_provider and sections of others", "active_provider = 'x'\n[a]\n[b]\n[c]\n", true},
		{"active_provider is a table", "[active_provider]\nx = 1\n", false},
		{"profile with a kind", "[providers.a]\nkind = 'groq'\n", true},
		{"kind of another spelling", "[providers.a]\nkind = 'moonshot'\ntype = 'x'\nname = 'y'\n", true},
		{"kind and sections of others", "[providers.a]\nkind = 'groq'\n[x]\n[y]\n", true},
		{"misspelled kind and key", "[providers.a]\nkind = 'grok-ai'\nmodel = 'x'\nbase_url = 'https://x'\nmodle = 'y'\n", true},
		{"profile with a key", "[providers.a]\nmodel = 'x'\n", true},
		{"empty profile", "[providers.a]\n", false},
		{"profile with keys of others", "[providers.a]\ntype = 'x'\nbase_url = 'https://x'\napi_key = 'y'\n", false},
		{"profile with a key among sections of others", "[providers.a]\nmodel = 'x'\n[x]\n", false},
		{"the second profile", "[providers.a]\ntype = 'x'\n[providers.b]\nkind = 'ollama'\n", true},
		{"socket", "[providers.docker]\nendpoint = 'unix:///run/docker.sock'\n", false},
		{"indented profile", "  [ providers . a ]\nkind = 'x'\n", true},
		{"provider", "# x\n[provider]\nkind = 'openai'\n", true},
		{"provider with keys of others", "[provider]\ncluster = 'localnet'\nwallet = 'id.json'\n", false},
		{"list of providers", "[[providers]]\nkind = 'openai'\n", false},
		{"quoted", "\"providers\".a.kind = 'x'\n", true},
		{"escaped", "\"pro\\u0076iders\".a.kind = 'x'\n", true},
		{"byte order mark", "\ufeffactive_provider = 'x'\n", true},
		{"last_provider", "last_provider = 'x'\n", false},
		{"one section", "[memory]\nbackend = 'sqlite'\n[memory.y]\n", false},
		{"two sections", "[memory]\nbackend = 'sqlite'\n[gateway]\nport = 1\n", true},
		{"two sections with other keys", "[memory]\nx = 1\n[tools]\ny = 1\n", false},
		{"two sections and one of others", "[memory]\nbackend = 'sqlite'\n[gateway]\nport = 1\n[package]\n", false},
		{"nested", "[package]\n[x.providers.a]\nkind = 'groq'\n", false},
		{"key in a table", "[package]\nprovider = 1\nmemory = 1\ntools = 2\n", false},
		{"in a string", "a = \"\"\"\n[providers.x]\nkind = 'groq'\n\"\"\"\n", false},
		{"other TOML", "[package]\nname = 'x'\n[dependencies]\n", false},
		{"broken with a profile", "[providers.a]\nkind = \n", true},
		{"broken with provider", "x = = 1\n[provider]\n", true},
		{"broken after a byte order mark", "\ufeff[providers.a]\nkind = \n", true},
		{"broken without", "active_provider = \n[memory]\n[tools]\n", false},
		{"broken, indented", " [providers.a]\nkind = \n", false},
		{"broken, of another program", "[entryPoints.web]\naddress = ':80\n[api]\n[providers.docker]\nendpoint = 'x'\n", false},
	} {
		src := []byte(tt.src)
		err := Recognize("x.toml", document.Parse("x.toml", src))
		if (err == nil) != tt.want {
			t.Errorf("%s: Recognize = %v, want a config: %v", tt.name, err, tt.want)
		}
		if glance := Glance("x.toml", src); glance != nil && tt.want {
			t.Errorf("%s: Glance = %v", tt.name, glance)
		}
	}
}

func TestNameDecides(t *testing.T) {
	for path, want := range map[string]bool{
		"loong.toml": true, "a/prod.loong.toml": true, "home/.loong/anything.toml": true,
		"loonglint.toml": false, ".loong/loonglint.toml": false, "loong.toml.bak": false, "cargo.toml": false, ".loong/x/y.toml": false,
	} {
		err := Recognize(path, document.Parse(path, []byte("[package]\n")))
		var foreign Foreign
		if (err == nil) != want || !want && !errors.As(err, &foreign) {
			t.Errorf("%s: %v, want a config: %v", path, err, want)
		}
	}
}

// TestOthersAreForeign reads files as other programs have them, whole and cut off, as an editor may save them.
func TestOthersAreForeign(t *testing.T) {
	list, err := filepath.Glob("testdata/foreign/*.toml")
	if err != nil || len(list) < 30 {
		t.Fatalf("%d files, %v", len(list), err)
	}
	for _, path := range list {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc := document.Parse(path, src)
		if len(doc.Problems) > 0 {
			t.Errorf("%s is not TOML: %v", path, doc.Problems[0].Message)
		}
		if Recognize(path, doc) == nil {
			t.Errorf("%s counts as a config of Loong", path)
		}
		broken := strings.TrimRight(string(src), "\n") + "\nunfinished = \n"
		if Recognize(path, document.Parse(path, []byte(broken))) == nil {
			t.Errorf("%s counts as a config of Loong when it is broken", path)
		}
	}
}
