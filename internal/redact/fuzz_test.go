package redact

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/internal/testing/hostile"
)

// FuzzText holds that masking a text twice changes no more than masking it once, that no key is left, that
// harmless text is just that, and that words without any separator stay as they are.
func FuzzText(f *testing.F) {
	for _, s := range []string{"sk-proj-9f2Kd83Lq0ZrAbCdEf", "https://u:pw@host/v1?k=v#t=1", "a:b@c", "://a#=@", "://:@host#t=", "\x1b[31m\u202e\xff\r\n", `\nsk-9f2Kd83Lq0Zr`,
		"-----BEGIN RSA PRIVATE KEY-----\nx", "Bearer sk-ant-api03-9f2Kd83Lq0ZrAbCdEf", "12345678:AAabcdefghijklmnopqrstuvwxyz0123456", "##["} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Text(s)
		if again := Text(once); again != once {
			t.Errorf("%q becomes %q, and then %q", s, once, again)
		}
		if left := secret.Find(once); len(left) > 0 {
			t.Errorf("%q becomes %q, which has the key %v", s, once, left)
		}
		if !strings.ContainsAny(s, "0123456789:@-") && once != s {
			t.Errorf("words are masked: %q becomes %q", s, once)
		}
		plain := Harmless(s)
		if at := hostile.HarmfulAt([]byte(plain)); at >= 0 || Harmless(plain) != plain || strings.Contains(plain, "\n") {
			t.Errorf("%q becomes %q, which does harm at %d", s, plain, at)
		}
		if hostile.HarmfulAt([]byte(s)) < 0 && !strings.Contains(s, "\n") && !strings.Contains(s, "##[") && !strings.Contains(s, "##vso[") && !strings.Contains(s, "##teamcity[") && plain != s {
			t.Errorf("%q is harmless and becomes %q", s, plain)
		}
	})
}

// FuzzKeeps holds that texts which are looked at together are kept only where each by itself would be.
func FuzzKeeps(f *testing.F) {
	for _, s := range []string{"nothing", "sk-proj-9f2Kd83Lq0ZrAbCdEf", "https://u:pw@host/v1?k=v#t=1", "a:b@c", "it is hunter22", "\"pw1\"", "\x1b", "##[x]", "-----BEGIN RSA PRIVATE KEY-----",
		"Bearer", "sk-ant-api03-9f2Kd83Lq0ZrAbCdEf", "12345678:AAabcdefghijklmnopqrstuvwxyz0123456", "one\ntwo", "://", "%"} {
		f.Add("first", s, "last")
		f.Add(s, "second", s)
		f.Add("a", "b", s)
	}
	document := Of(document.Parse("a.toml", []byte("[providers.a]\nkind = \"openai\"\napi_key = \"hunter22\"\n[providers.b]\napi_key = \"pw1\"\n[providers.c]\napi_key = \"\"\"one\ntwo\"\"\"\n")))
	f.Fuzz(func(t *testing.T, shown, more, held string) {
		for _, s := range [...]*Document{document, None()} {
			if s.Keeps([]string{shown, more}, []string{held}) && (s.Text(shown) != shown || s.Text(more) != more || s.Holds(held)) {
				t.Errorf("kept: %q, %q and %q, of which become %q, %q, and that holds a secret: %t", shown, more, held, s.Text(shown), s.Text(more), s.Holds(held))
			}
			if !s.Keeps([]string{"\"words\" of a message", "", "more of it"}, []string{"\nkey = 1"}) {
				t.Error("a usual text is not kept")
			}
		}
	})
}

// FuzzSpans holds that the secret ranges of a file are in order, apart and inside it, and that a text which
// quotes them is printed without.
func FuzzSpans(f *testing.F) {
	all, err := hostile.Samples("../../fixtures")
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range all {
		f.Add(src, "[providers.a]\napi_key = \"hunter22\"\n")
	}
	f.Fuzz(func(t *testing.T, src []byte, more string) {
		src = append(src, more...)
		if len(src) > 4<<10 {
			return
		}
		d := document.Parse("a.toml", src)
		s := Of(d)
		end := -1
		for _, at := range s.Spans {
			if at.Start <= end || at.Len() <= 0 || at.End > len(src) {
				t.Fatalf("span %v after %d in a file of %d bytes", at, end, len(src))
			}
			end = at.End
		}
		for _, text := range s.Texts(longest) {
			if len(text) < wide || secret.IsKind(text) || !utf8.ValidString(text) || strings.Contains(Mask, text) {
				continue
			}
			if said := s.Text("the value \"" + text + "\" is odd"); strings.Contains(said, text) {
				t.Fatalf("%q is printed in %q", text, said)
			}
			if !s.Holds(`"` + text + `"`) {
				t.Fatalf("%q is not held to be secret", text)
			}
		}
	})
}
