package settings

import (
	"reflect"
	"testing"

	"github.com/loonglint/loonglint/internal/policy"
)

func TestPolicy(t *testing.T) {
	c := readIn(t, FileName, `[policy]
kinds = { allow = ["anthropic", "bed*"], deny = ["bedrock"], because = "k" }
hosts = { allow = ["*.corp.example"], because = "h" }
models = { deny = ["*-preview"], because = "m" }
credentials = { allow = ["file", "variable"], because = "c" }
channels = { deny = ["*"], because = "n" }
[[policy.settings]]
key = "tools.web.max_bytes"
one-of = ["1", 2_000, true]
min = 1
max = 2.5
required = true
because = "s"
`)
	low, high := 1.0, 2.5
	want := &policy.Policy{
		Kinds:       policy.List{Allow: []string{"anthropic", "bed*"}, Deny: []string{"bedrock"}, Because: "k"},
		Hosts:       policy.List{Allow: []string{"*.corp.example"}, Because: "h"},
		Models:      policy.List{Deny: []string{"*-preview"}, Because: "m"},
		Credentials: policy.List{Allow: []string{"file", "variable"}, Because: "c"},
		Channels:    policy.List{Deny: []string{"*"}, Because: "n"},
		Settings: []policy.Setting{{Key: []string{"tools", "web", "max_bytes"}, Path: "tools.web.max_bytes", Because: "s",
			Required: true, OneOf: []string{"1", "2_000", "true"}, Min: &low, Max: &high}},
	}
	if !reflect.DeepEqual(c.Policy, want) {
		t.Errorf("got %+v, want %+v", c.Policy, want)
	}
	if c := readIn(t, FileName, ""); c.Policy != nil {
		t.Error("without [policy] there is one")
	}
}

func TestPolicyMistakesAreNamed(t *testing.T) {
	const because = "\nbecause = \"x\"\n"
	for src, want := range map[string]string{
		"policy = 1":          `loonglint.toml:1:1: policy is a table`,
		"[policy]\nkind = {}": `loonglint.toml:2:1: unknown key "kind"; did you mean "kinds"?`,
		"[policy.kinds]\nallow = [\"opnai\"]" + because:                            `loonglint.toml:2:10: allow: no provider kind "opnai"; did you mean "openai"?`,
		"[policy.kinds]\nallow = []" + because:                                     `loonglint.toml:2:1: allow is empty, which would allow everything; to allow nothing write deny = ["*"]`,
		"[policy.kinds]\nallow = [\"openai\"]":                                     `loonglint.toml:1:1: the policy has no reason: write because = "…"`,
		"[policy.kinds]" + because:                                                 `loonglint.toml:1:1: kinds has neither allow nor deny`,
		"[policy.credentials]\nallow = [\"vault\"]" + because:                      `loonglint.toml:2:10: allow: no source of credentials "vault"`,
		"[policy.channels]\ndeny = [\"telegramm\"]" + because:                      `loonglint.toml:2:9: deny: no channel "telegramm"; did you mean "telegram"?`,
		"[policy.hosts]\nallow = \"a\"" + because:                                  `loonglint.toml:2:1: allow is an array of strings`,
		"[policy.hosts]\nallow = [\"a\"]\nbecause = \" \"":                         `loonglint.toml:3:11: because: " " is empty`,
		"[policy]\nsettings = [1]":                                                 `loonglint.toml:2:13: settings is an array of tables, [[policy.settings]]`,
		"[[policy.settings]]\nrequired = true" + because:                           `loonglint.toml:1:1: the setting has no key: write key = "tools.shell_default_mode"`,
		"[[policy.settings]]\nkey = \"tools.file_root\"" + because:                 `loonglint.toml:1:1: the setting has none of one-of, min, max and required`,
		"[[policy.settings]]\nkey = \"tools.fil_root\"\nrequired = true" + because: `loonglint.toml:2:7: key: "tools.fil_root" is not a key of Loong's configuration; did you mean "file_root"?`,
		"[[policy.settings]]\nkey = \"gateway.port\"\nmin = 2\nmax = 1" + because:  `loonglint.toml:3:1: min is above max`,
		"[[policy.settings]]\nkey = \"gateway.port\"\nmin = \"2\"" + because:       "loonglint.toml:3:1: min is a number",
		"[[policy.settings]]\nkey = \"gateway.port\"\none-of = []" + because:       `loonglint.toml:3:1: one-of is empty`,
		"[[policy.settings]]\nkey = \"gateway.port\"\none-of = [[1]]" + because:    `loonglint.toml:3:11: one-of is an array of strings, numbers or booleans`,
	} {
		_, err := Parse(FileName, []byte(src), testRules)
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}
