package rules

import (
	"strings"
	"testing"
)

func TestSecretsThatCouldBeFoundByTrying(t *testing.T) {
	for text, want := range map[string]bool{
		"a9b9c9d9eghijklmnopq": false, "0a1b2c3dEGHIJKLMNOPQ": false, "x-a9b9c9d9eghijklmnopq": false,
		"a9b9c9d9eghijklmnop": true, "a9b9c9d9e-ghijklmnopq": true, "abcdefghijklmnopqrst": true, "01234567890123456789": true,
		"a9a9a9a9a9a9a9a9a9a9": true, "hunter2": true, "": true,
	} {
		if got := guessable(text); got != want {
			t.Errorf("guessable(%q) is %t", text, got)
		}
	}
}

func TestProgramsThatOnlyPrint(t *testing.T) {
	for args, want := range map[string]bool{"": false, "echo": false, "/bin/echo x": true, "printf %s x": true, "pass x": false, "echoes x": false} {
		if got := onlyPrints(strings.Fields(args)); got != want {
			t.Errorf("%q only prints: %t", args, got)
		}
	}
}
