package loong

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// listIgnored are the key paths of what has no effect, each with its entry.
func listIgnored(src string) string {
	var list []string
	for _, i := range Read(document.Parse("loong.toml", []byte(src)), Static()).Ignored() {
		list = append(list, i.Node.KeyPath()+" "+i.Entry)
	}
	return strings.Join(list, ", ")
}

func TestIgnored(t *testing.T) {
	const main = "[providers.main]\nkind = \"openai\"\nmodel = \"gpt-5-mini\"\n"
	for src, want := range map[string]string{
		main:                        "",
		main + "base_url = \" \"\n": "providers.main.base_url P6",
		main + "api_key = \"\"\n":   "providers.main.api_key P6",
		main + "bass_url = \"\"\n":  "providers.main.bass_url P1", // and not P6, too
		main + "stop = []\n":        "",
		main + "profile_state_backend = \"file\"\nprofile_state_sqlite_path = \"\"\n": "", // the blank path has a default
		"[telegram]\naccount_id = \"--\"\n":                                           "telegram.account_id X4",
		"[telegram]\naccount_id = \"a-b\"\n":                                          "",
		"[telegram]\nenabled = false\n":                                               "",
		"[telegram.accounts.x]\naccount_id = \" . \"\n":                               "telegram.accounts.x.account_id X4",
	} {
		if got := listIgnored(src); got != want {
			t.Errorf("%s\nignored: %s, want %s", src, got, want)
		}
	}
}
