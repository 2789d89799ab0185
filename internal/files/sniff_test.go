package files

import (
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
		{"profile", "[providers.a]\nkind = 'groq'\n", true},
		{"indented profile", "  [ providers . a ]\n", true},
		{"provider", "# x\n[provider]\n", true},
		{"quoted", "\"providers\".a.kind = 'x'\n", true},
		{"escaped", "\"pro\\u0076iders\".a.kind = 'x'\n", true},
		{"byte order mark", "\ufeffactive_provider = 'x'\n", true},
		{"last_provider", "last_provider = 'x'\n", false},
		{"one section", "[memory]\nx = 1\n[memory.y]\n", false},
		{"two sections", "[memory]\n[tools]\n", true},
		{"nested", "[package]\n[x.providers.a]\n", false},
		{"key in a table", "[package]\nprovider = 1\nmemory = 1\ntools = 2\n", false},
		{"in a string", "a = \"\"\"\n[providers.x]\n\"\"\"\n", false},
		{"other TOML", "[package]\nname = 'x'\n[dependencies]\n", false},
		{"broken with a profile", "[providers.a]\nkind = \n", true},
		{"broken with provider", "x = = 1\n[provider]\n", true},
		{"broken without", "active_provider = \n[memory]\n[tools]\n", false},
		{"broken, indented", " [providers.a]\nkind = \n", false},
	} {
		src := []byte(tt.src)
		if got := IsConfig(document.Parse("x.toml", src)); got != tt.want {
			t.Errorf("%s: IsConfig = %v, want %v", tt.name, got, tt.want)
		}
		if look := Look(src); look != Maybe && (look == Yes) != tt.want {
			t.Errorf("%s: Look = %v, want %v", tt.name, look, tt.want)
		}
	}
}
