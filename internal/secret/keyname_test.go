package secret

import (
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

func TestMisspelledSecretNames(t *testing.T) {
	for key, want := range map[string]bool{
		"api_keyy": true, "api_kye": true, "api_ky": true, "apikye": true, "app_tokn": true, "bot-tokne": true, "app_secert": true, "pasword": true,
		"max_tokens": false, "kind": false, "model": false, "keep": false, "secretary": false, "api_version": false, "hockey": true,
	} {
		if got := SecretName(key); got != want {
			t.Errorf("%s: %v", key, got)
		}
	}
	if placeOf("hedaers") != values || placeOf("header") != values {
		t.Error("misspelled headers are not taken for headers")
	}
}

func TestHeadersThatOnlyTellRequestsApart(t *testing.T) {
	for header, want := range map[string]bool{
		"Idempotency-Key": false, "X-Cache-Key": false, "X-Partition-Key": false, "x-routing-key": false, "Sec-WebSocket-Key": false,
		"X-Public-Key": false, "X-API-Key": true, "X-Team-Token": true, "X-Title": false,
	} {
		if got := HeaderName(header); got != want {
			t.Errorf("%s: %v", header, got)
		}
	}
}

func TestKeysWithTheirTablesAreShown(t *testing.T) {
	for word, want := range map[string]bool{
		"model": true, "providers.a.modle": true, "mcp.servers.a.url": true, "OPENAI_API_KEY": true,
		"hunter2": false, "hunter.model": false, "providers.a.hunter": false,
	} {
		if got := showsKey(word); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}

// TestKnownKeysAreNotMisspelled holds that the search for slips hides no value of a key that Loong has.
func TestKnownKeysAreNotMisspelled(t *testing.T) {
	for i := range schema.Types {
		for _, f := range schema.Types[i].Fields {
			_, known := slices.BinarySearch(secretFields[:], f.Name)
			words := strings.Split(f.Name, "_")
			if last := words[len(words)-1]; !known && (misspelled(last, "headers") || misspelledSecret(words[0], last)) {
				t.Errorf("%s of %s is taken for a slip", f.Name, schema.Types[i].Name)
			}
		}
	}
}
