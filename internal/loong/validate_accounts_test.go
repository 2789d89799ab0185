package loong

import (
	"fmt"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestNormalAccountID(t *testing.T) {
	for _, c := range [][2]string{
		{"Ops", "ops"}, {" a ", "a"}, {"", "default"}, {" ", "default"}, {"é", "default"}, {"-_", "default"},
		{"Z z", "z-z"}, {"Z_Z", "z_z"}, {"a__b", "a_b"}, {"a-_b", "a-b"}, {"a_-b", "a_b"}, {"a. .b", "a-b"}, {"_a-", "a"}, {"a/é", "a"},
		{"aéb", "a-b"}, {"1", "1"},
	} {
		if got := NormalAccountID(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}

// said lists the diagnostics of a file as "code inline path", codes without their first word.
func said(c *Config) []string {
	var lines []string
	for _, d := range c.Diagnostics {
		lines = append(lines, strings.TrimPrefix(d.Code, "config.")+" "+d.InlineFieldPath)
	}
	return lines
}

func readText(text string, env *Environment) *Config {
	return Read(document.Parse("test.toml", []byte(text)), env)
}

func TestRuntimeIDExamples(t *testing.T) {
	examples := loadFacts[ruleExamples](t, "validation").Rules.RuntimeIDs.Examples
	if len(examples) == 0 {
		t.Fatal("no examples")
	}
	for _, e := range examples {
		field, env := "websocket_url", Given(nil)
		if e["channel"] == "qqbot" {
			field = "app_id"
		}
		// the same setting twice collides, under the id that is looked for
		text := fmt.Sprintf("[%[1]s.accounts]\na.%[2]s = %[3]q\nb.%[2]s = %[3]q\n", e["channel"], field, e[field])
		want := "channel_account.duplicate_id " + e["channel"] + ".accounts." + e["id"]
		if got := said(readText(text, env)); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestRuntimeIDsInWorlds(t *testing.T) {
	const twoWithoutID = "[qqbot.accounts]\na = {}\nb = {}\n"
	const oneOfTwo = "[qqbot.accounts]\na = {}\nb = { app_id_env = \"B\" }\n"
	const same = "channel_account.duplicate_id qqbot.accounts.<runtime id>"
	static, named := Static(), Declare(nil, []string{"QQBOT_APP_ID"})
	for _, c := range []struct {
		text string
		env  *Environment
		want string
	}{
		{twoWithoutID, static, same}, // whatever the variable holds, they share it
		{twoWithoutID, named, same},
		{twoWithoutID, Given(nil), "channel_account.duplicate_id qqbot.accounts.default"},
		{twoWithoutID, Given(map[string]string{"QQBOT_APP_ID": " 7 "}), "channel_account.duplicate_id qqbot.accounts.qqbot_7"},
		{oneOfTwo, static, ""},
		{oneOfTwo, named, ""},
		{oneOfTwo, Given(nil), "channel_account.duplicate_id qqbot.accounts.default"},
		{"[qqbot]\naccount_id = \"x\"\n" + twoWithoutID, static, "channel_account.duplicate_id qqbot.accounts.x"},
		{"[qqbot.accounts]\na.app_id.exec = [\"x\"]\nb.app_id_env = \"\"\n", static, "channel_account.duplicate_id qqbot.accounts.default"},
		{"[onebot.accounts]\na = {}\nb.websocket_url = \"ws://h\"\n", static, ""},
		{"[weixin.accounts]\na = {}\nb = {}\n", static, "channel_account.duplicate_id weixin.accounts.default"},
	} {
		if got := strings.Join(said(readText(c.text, c.env)), ", "); got != c.want {
			t.Errorf("%s\ngot %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDuplicateAccountPlaces(t *testing.T) {
	const text = "[slack.accounts.ops]\n[slack.accounts.x]\n[slack.accounts.Ops]\n[slack.accounts.\" ops\"]\n"
	c := readText(text, Given(nil))
	if len(c.Diagnostics) != 1 {
		t.Fatalf("got %q", said(c))
	}
	d := c.Diagnostics[0]
	if d.Node == nil || d.Node.Name() != " ops" || len(d.Related) != 2 || d.Related[0].Name() != "ops" || d.Related[1].Name() != "Ops" {
		t.Errorf("at %v, related %v", d.Node, d.Related)
	}
}
