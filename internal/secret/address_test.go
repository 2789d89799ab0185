package secret

import (
	"strings"
	"testing"
)

func TestSecretPartsOfAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"https://u:a b@host/v1":         "https://*@host/v1",
		`https://u:a"b'c@host/v1`:       "https://*@host/v1",
		"https://u:p/w@host/v1":         "https://*@host/v1",
		"https://u//:pw@host/v1":        "https://*@host/v1",
		"https://u:p@w@host/v1":         "https://*@host/v1",
		"https://bob:password":          "https://bob:*",
		"https://@bob:password":         "https://@bob:*",
		"https://host:80a/v1":           "https://host:80a/v1",
		"token@host/v1":                 "*@host/v1",
		"https://host/v1#frag":          "https://host/v1#*",
		"https://host/v1;k=v":           "https://host/v1;*",
		"https://host/v1&k=v":           "https://host/v1&*",
		"https://host/v1?k=v#f":         "https://host/v1?*",
		"host/v1?k=v":                   "host/v1?*",
		"/v1?k=v":                       "/v1?*",
		"?k=v":                          "?*",
		"https://?k=v":                  "https://?*",
		"#f":                            "#*",
		"https://host:8443/@scope/x":    "https://host:8443/@scope/x",
		"https://[::1]:8080/v1":         "https://[::1]:8080/v1",
		"https://host/accounts/a/@cf/m": "https://host/accounts/a/@cf/m",
	} {
		var b strings.Builder
		at := 0
		for _, s := range wholeAddress(text, true) {
			b.WriteString(text[at:s.Start] + "*")
			at = s.End
		}
		if got := b.String() + text[at:]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAddressesThatMayBeCutOff(t *testing.T) {
	for text, want := range map[string]bool{
		"https://api.openai.com/v1": true, "https://api.openai.com": true, "http://localhost:11434/v1": true, "http://127.0.0.1:8080": true, "/v1/chat": true, "smtp.llm.example:587": true,
		"https://bob:hunter": false, "https://hunter": false, "https://Hunter.two": false, "https://a.b:1234567": false, "https://a.b/v1?k=v": false,
		"https://a.b/x@c": false, "https://a.b c": false, "hunter": false,
	} {
		if got := isPlainAddress(text); got != want {
			t.Errorf("isPlainAddress(%q) = %v", text, got)
		}
	}
}

// Names and passwords before an @ in a text, and what only looks like them.
func TestUserInfoWithoutAScheme(t *testing.T) {
	long := strings.Repeat("x", 505)
	for text, want := range map[string]string{
		"bob:hunter@": "bob:hunter@", "x bob:hunter@y": "x *@y", "bob:hunter@ y": "bob:hunter@ y", "bob:hunter@\n": "bob:hunter@\n", "b:h@y": "*@y", ":h@y": ":h@y", "b:@y": "b:@y",
		"mailto:bob@y": "mailto:bob@y", "mailtoo:bob@y": "*@y", "(bob:hunter@y)": "(*@y)", "<bob:hunter@y>": "<*@y>", "to=bob:hunter@y": "to=*@y", "/bob:hunter@y": "/*@y",
		"a,bob:hunter@y": "a,*@y", "'bob:hunter@y'": "'*@y'", "\"bob:hunter@y": "\"*@y", "`bob:hunter@y`": "`*@y`", "bob@y": "bob@y",
		"a:b:c@y": "*@y", "bob:" + long + "@y": "*@y", "bob:" + long + "xxxxxxxx@y": "bob:" + long + "xxxxxxxx@y",
		"https://u:p@h/a b:c@d": "https://*@h/a *@d", "https://u:p@h\"b:c@d": "https://*@d", "https://h:80/a?b https://u:p@h": "https://h:80/a?* https://*@h",
		"http:/u:p@h": "http:/*@h", "://u@h": "://*@h", "bob@y :/": "bob@y :/", "bob@y :": "bob@y :", "https://u:p@h'x": "https://*@h'x", "https://u:p@h`x": "https://*@h`x",
		"https://h'''x/v1?k=w": "https://h'''x/v1?*", "\"https://h/v1?k=w\", \"b\"": "\"https://h/v1?*\", \"b\"", "['https://h?k=w']": "['https://h?*']",
		"https://h:8x/u@y#a=b;c": "https://*@y#*", "https://h#a@b=c": "https://h#*", "https://h;a@b=c": "https://h;*", "https://h&a@b=c": "https://h&*", "https://h#a": "https://h#a", "https://h/?": "https://h/?",
	} {
		var b strings.Builder
		at := 0
		for _, s := range In(text) {
			b.WriteString(text[at:s.Start] + "*")
			at = s.End
		}
		if got := b.String() + text[at:]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHidesHost(t *testing.T) {
	for address, want := range map[string]bool{
		"https://llm.example/v1": false, "https://bob:word@llm.example/v1": false, "": false,
		"https://llm.example/@scope/v1": false, "https://bob:a@Pass/word@llm.example": true, "https://Pass?word@llm.example": true, `https://evil.example\@llm.example`: false, "https://llm.example/v1?k=a@b": true,
	} {
		if got := HidesHost(address); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
