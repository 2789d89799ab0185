package loong

import (
	"strings"
	"testing"
)

func TestValueExamples(t *testing.T) {
	rules := loadFacts[ruleExamples](t, "validation").Rules
	for _, r := range []struct {
		name  string
		given verdicts
		valid func(string) bool
	}{
		{"smtp", rules.SMTP, validSMTP},
		{"irc_server", rules.IRCServer, validIRCServer},
		{"irc_nickname", rules.IRCNickname, validIRCNickname},
		{"mailbox", rules.Mailbox, validMailbox},
	} {
		if len(r.given.Accepted) == 0 || len(r.given.Refused) == 0 {
			t.Fatalf("%s: no examples", r.name)
		}
		for _, text := range append(r.given.Accepted, "", " \t") {
			if !r.valid(text) {
				t.Errorf("%s: %q is refused", r.name, text)
			}
		}
		for _, text := range r.given.Refused {
			if r.valid(text) {
				t.Errorf("%s: %q is accepted", r.name, text)
			}
		}
	}
}

func TestMailboxMore(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, text := range []string{
		" a@b ", "< a@b.c>", "A <a@b.c> ", "A.B.C <a@b>", `"\"" <a@b>`, `"a"@b`, "a@" + long, long + "a@b", "a@b!c",
		`A . "B" C<a@b>`, `"a  "@b`, `"\"a b\""@c`, `"\"a\""@c`, "é١@b", "a@-é", "a@é$.t", "a@x。t", "a@😀.t", "a@" + strings.Repeat("é", 57), "\ud7a4@b", "\U000323b0@b",
	} {
		if !validMailbox(text) {
			t.Errorf("%q is refused", text)
		}
	}
	for _, text := range []string{
		"a@b. c", ". <a@b>", `"A <a@b>`, `"a..b"@c`, "<a@b>>", "<>", "A <>", "a\n@b", "a@" + long + "a", long + "aa@b", "a@b\x00",
		`" a"@b`, `"a b"@c`, `"\"\""@c`, `"\"a"@b`, "€@b", "😀@b", "\u200b@b", "a@$D", "a@_x", "a@x_.test", "a@%", "a@x․y", "a@。x", "a@\u00ad.t",
		"a@" + strings.Repeat("é", 58) + "€", "\"\\\x00\"@b",
	} {
		if validMailbox(text) {
			t.Errorf("%q is accepted", text)
		}
	}
}
