package rules

import (
	"os"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
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

func TestNearestIDThatStays(t *testing.T) {
	for text, want := range map[string]string{"Büro 10": "b-ro-10", "a_b-c9": "a_b-c9", "AZaz09": "azaz09", " x.y ": "x-y"} {
		if got := plainID(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestALineIsRemovedWithItsEnd(t *testing.T) {
	for src, want := range map[string]string{
		"a = 1\nb = 2\nc = 3\n": "a = 1\nc = 3\n", "a = 1\r\nb = 2\r\nc = 3\r\n": "a = 1\r\nc = 3\r\n", "a = 1\nb = 2": "a = 1\n",
		"  b = 2 # why\nc = 3": "c = 3", "x = { b = 2 }\n": "", "b = \"\"\"\n2\"\"\"\nc = 3\n": "c = 3\n",
	} {
		d := document.Parse("a.toml", []byte(src))
		n := d.Root.At("b")
		if n == nil {
			n = d.Root.At("x", "b")
		}
		edit, ok := removeLine(d, n)
		if !ok {
			if want != "" {
				t.Errorf("%q: no edit", src)
			}
			continue
		}
		if got, err := document.Apply(d.Source, []document.Edit{edit}); err != nil || string(got) != want {
			t.Errorf("%q: %q, %v, want %q", src, got, err, want)
		}
	}
}

func TestEachFileOfHelpersIsListed(t *testing.T) {
	list, err := os.ReadFile("rules.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := f.Name()
		if strings.HasPrefix(name, "helpers_") && !strings.HasSuffix(name, "_test.go") && !strings.Contains(string(list), "//\t"+name+" ") {
			t.Errorf("the documentation of the package does not list %s", name)
		}
	}
}

func TestVendorSitesHoldTheirOwnRequests(t *testing.T) {
	for _, s := range append(vendorSites[:], vendorStarSites[:]...) {
		host := strings.Replace(s.host, "*", "any", 1)
		if found := requestsAt(host); len(found) == 0 || &found[0] != &s.requests[0] {
			t.Errorf("%s: the requests of another host are found", host)
		}
		for _, r := range s.requests {
			if catalogHost(r.request) != s.host || r.base != "" && catalogHost(r.base) != s.host {
				t.Errorf("%s is among the requests to %s", r.request, s.host)
			}
		}
	}
}
