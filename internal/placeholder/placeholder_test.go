package placeholder

import (
	"strings"
	"testing"
)

func TestPlaceholder(t *testing.T) {
	for s, want := range map[string]string{
		"YOUR_API_KEY": "YOUR_API_KEY", "changeme": "changeme", "ChangeMe": "ChangeMe", "xxx": "xxx", "xxxxxxxx": "xxxxxxxx", "TODO": "TODO",
		"https://x.example/v1/<account_id>/y":     "<account_id>",
		"https://x.example/v1/{account}/y":        "{account}",
		"https://YOUR_RESOURCE.openai.azure.com/": "YOUR_RESOURCE",
		"https://xxx/v1":                          "xxx",
		"put_your_key_here":                       "put_your_key_here",
		"<your key>":                              "<your key>",
		"<你的密钥>":                                  "<你的密钥>",
		"你的API密钥":                                 "你的API密钥",
		"请输入密钥":                                   "请输入密钥",
		"＜account＞":                               "＜account＞",
		"“YOUR_KEY”":                              "YOUR_KEY",
		"Bearer <token>":                          "<token>",
		// none
		"https://llm.your-server.de/v1": "", "https://your-server.de": "", "https://api.site.xxx/v1": "", "https://www2.your-server.de:8443": "",
		"https://your-server.dev/v1": "your-server", "https://api.xxx.com/v1": "xxx",
		"${OPENAI_API_KEY}": "", "$YOUR_KEY": "", "https://todo.example.com/v1": "", "gpt-4o": "", "xx": "", "": "",
		`{"a":1}`: "", "a < b > c": "", "https://api.example.com/here": "", "auto": "", "${YOUR_KEY}": "", "%YOUR_KEY%": "", "env:YOUR_KEY": "",
	} {
		got, ok := First(s)
		if got.Text != want || ok != (want != "") || s[got.Start:got.End] != want {
			t.Errorf("First(%q) = %+v, %v, want %q", s, got, ok, want)
		}
	}
	if all := All("https://x/<account_id>/<gateway_id>"); len(all) != 2 || all[1].Text != "<gateway_id>" {
		t.Errorf("All finds %v", all)
	}
}

func TestLongTextIsSearchedOnce(t *testing.T) {
	for _, unit := range []string{"<", "a.", "=", "x"} {
		_ = All(strings.Repeat(unit, 1<<20/len(unit))) // quadratic work would not end in the time of a test run
	}
}
