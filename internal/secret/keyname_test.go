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

// What a key holds by the end of its name.
func TestWhatKeysHoldByTheirNames(t *testing.T) {
	for at, keys := range map[place][]string{
		address:  {"url", "base_url", "my-endpoint", "my.address", "a server", "proxy", "uri", "host", "url_", "_path"},
		variable: {"key_env", "some_var", "TOKEN_ENV"},
		values:   {"my_headers", "x-header", "heders", "headers_"},
		secret: {"my_key", "MY_KEY", "apikey", "a_token", "secrets", "password", "passwd", "passphrase", "pwd", "credential", "credentials", "bearer", "authorization",
			"cookie", "pass", "pin", "mykey", "mytoken", "mysecret", "mypassword", "key_", "api_kex", "tokn", "api-ke"},
		public: {"", "_", "pubkey", "keyed", "kex", "model", "max_tokens", "urls", "environment", "compass", "spin", "hosts", "ap_kex", "api_kxx"},
	} {
		for _, key := range keys {
			for range 3 { // what is remembered is the same
				if got := placeOf(key); got != at {
					t.Errorf("%q: %d, want %d", key, got, at)
				}
			}
		}
	}
}

func TestOneSlip(t *testing.T) {
	for pair, want := range map[string]bool{
		"abc abc": false, "abd abc": true, "ab abc": true, "abcd abc": true, "acb abc": true, "bac abc": true, "bca abc": false, "abde abc": false, "a abc": false, "xbc abc": true,
		"xabc abc": true, "bc abc": true, "axbc abc": true, "abxx abcc": false, "acbd abcd": true, "acbx abcd": false, "ba ab": true, "abcx abyx": true,
	} {
		a, b, _ := strings.Cut(pair, " ")
		if got := misspelled(a, b); got != want {
			t.Errorf("%s for %s: %v", a, b, got)
		}
	}
}

// Words of Loong, and a few letters more, are shown as names; anything else could be a secret.
func TestNamesThatCannotBeSecrets(t *testing.T) {
	for name, want := range map[string]bool{
		"model": true, "modle": true, "OPENAI_API_KEY": true, "openai": true, "base_url_abcd": true, "base_url_abcde": false, "base-url.ab-cd": true, "ab_cd": true, "ab_cde": false,
		"ab1": false, "model_1": false, "mod_abcd": false, "漢字": true, "漢字漢字": true, "漢字漢字漢": false, "a b": false, "": true, "odel_abcd": false,
	} {
		var w walker
		if got := w.showsName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestNearKeysAreFoundWhateverTheSlip holds that the look at the ends of words turns down no key.
func TestNearKeysAreFoundWhateverTheSlip(t *testing.T) {
	for i := 0; i < len(keys); i += 5 {
		key := keys[i]
		for at := range len(key) {
			names := []string{key[:at] + key[at+1:], key[:at] + "x" + key[at:], key[:at] + "x" + key[at+1:], key + "x"}
			if at > 0 {
				names = append(names, key[:at-1]+key[at:at+1]+key[at-1:at]+key[at+1:])
			}
			for _, name := range names {
				want := ""
				for _, k := range keys {
					if len(name) >= 3 && want == "" && misspelled(name, k) {
						want = k
					}
				}
				if got, _ := nearOther(name); got != want {
					t.Errorf("near to %q is %q, not %q", name, got, want)
				}
			}
		}
	}
}

// TestNearKeysInATable holds that the keys of a table that are asked about are those that are found below its path.
func TestNearKeysInATable(t *testing.T) {
	for table := schema.NoPath; int(table) < schema.PathCount; table++ {
		for i := int(table) % 16; i < len(keys); i += 16 {
			for _, name := range []string{keys[i] + "x", keys[i][1:], "a"} {
				want := ""
				for _, key := range keys {
					if want == "" && len(name) >= 3 && misspelled(name, key) && table.Child(key) != schema.NoPath {
						want = key
					}
				}
				if got, _ := nearKeyIn(table, name); got != want {
					t.Errorf("near to %q in [%s] is %q, not %q", name, table, got, want)
				}
			}
		}
	}
}

// TestKeysOfLoongAreNoSecrets holds what allows to show them without a look.
func TestKeysOfLoongAreNoSecrets(t *testing.T) {
	for _, key := range keys {
		if len(In(key)) > 0 {
			t.Errorf("%s looks like a secret", key)
		}
	}
}
