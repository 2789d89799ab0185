package secret

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestOnlyValuesOfKnownKeysAreHashed(t *testing.T) {
	d := document.Parse("a.toml", []byte(`[providers.a]
kind = "openai"
model = "gpt-5"
api_key = "hunter22"
note = "hunter22"
extra = { kind = "hunter22" }
base_url = "https://u:hunter22@llm.example/v1"
[providers.b]
stopp = ["hunter22"]
[telegram]
allowed_chat_ids = [1]
`))
	p := Of(d)
	for _, row := range []struct {
		path []string
		want string
	}{
		{[]string{"providers", "a", "kind"}, "openai"},
		{[]string{"providers", "a", "model"}, "gpt-5"},
		{[]string{"telegram", "allowed_chat_ids", "[0]"}, "1"},
		{[]string{"providers", "a", "api_key"}, ""},
		{[]string{"providers", "a", "note"}, ""},
		{[]string{"providers", "a", "extra", "kind"}, ""},
		{[]string{"providers", "a", "base_url"}, ""},
		{[]string{"providers", "b", "stopp", "[0]"}, ""},
	} {
		if got := p.Hashable(d.Root.At(row.path...)); got != row.want {
			t.Errorf("%v: %q, want %q", row.path, got, row.want)
		}
	}
}

// What Loong makes of a text that becomes an id is secret as the text is.
func TestIdsMadeOfSecrets(t *testing.T) {
	var w walker
	w.account("Hunter Éx two1, a")
	if got := strings.Join(w.texts, " "); got != "hunter two1 hunter-x-two1-a hunter_x_two1_a" {
		t.Errorf("texts %s", got)
	}
}
