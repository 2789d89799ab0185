package loong

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestNostrKey(t *testing.T) {
	const key = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa"
	const nsec = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5" // the example of NIP-19
	ones := strings.Repeat("1", 64)
	tests := []struct{ name, text, want string }{
		{"hex", key, key},
		{"hex in capitals", strings.ToUpper(key), key},
		{"nsec", nsec, key},
		{"bech32m", "nsec1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygs4rm7hz", ones},
		{"nsec in capitals is read as hex", strings.ToUpper(nsec), ""},
		{"wrong checksum", nsec[:len(nsec)-1] + "4", ""},
		{"other alphabet", strings.Replace(nsec, "v", "b", 1), ""},
		{"too short for a checksum", "nsec1qqqq", ""},
		{"odd number of digits", key[1:], ""},
		{"a digit more", key + "0", ""},
		{"a tail that is no hex", key + "0g", ""},
		{"0x", "0x" + key[2:], ""},
		{"zero", strings.Repeat("0", 64), ""},
		{"the group's order", secpOrder, ""},
		{"one below it", secpOrder[:63] + "0", secpOrder[:63] + "0"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hex.EncodeToString(nostrKey(tt.text)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The test vectors of BIP 340, and of NIP-19 for the last.
func TestNostrPublic(t *testing.T) {
	tests := map[string]string{
		"0000000000000000000000000000000000000000000000000000000000000003": "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
		"b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef": "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
		"c90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b14e5c9": "dd308afec5777e13121fa72b9cc1b7cc0139715309b086c960e18fd969774eb8",
		"67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa": "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
	}
	for key, want := range tests {
		b, _ := hex.DecodeString(key)
		if got := nostrPublic(b); got != want {
			t.Errorf("%s: got %s", key, got)
		}
	}
}

func BenchmarkNostrPublic(b *testing.B) {
	key := nostrKey(strings.Repeat("1", 64))
	for b.Loop() {
		nostrPublic(key)
	}
}
