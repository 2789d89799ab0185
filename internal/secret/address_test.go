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
