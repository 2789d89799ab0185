package rules_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// withFiles is a world with these variables that looks at files, too.
func withFiles(vars map[string]string) *environment {
	env := loong.Given(vars)
	env.Files = files.Machine{}
	return &environment{*env}
}

// found is the finding of a rule in a file, or nil.
func found(t *testing.T, rule, src string, env *environment) *lint.Finding {
	t.Helper()
	for _, f := range env.check("a.toml", src, &lint.Options{Rules: rules.All()}).Findings {
		if f.Rule.Name == rule {
			return f
		}
	}
	return nil
}

func TestSecretFilesAreLookedAtWhereTheWorldHasFiles(t *testing.T) {
	dir := t.TempDir()
	full, empty := filepath.Join(dir, "full"), filepath.Join(dir, "empty")
	for path, text := range map[string]string{full: "one\n", empty: ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := func(kind, path, more string) string {
		return "[providers.main]\nkind = \"" + kind + "\"\napi_key = { file = \"" + path + "\" }\n" + more
	}
	tests := []struct {
		name, src string
		want      lint.Level // 0: nothing
	}{
		{"missing", file("openai", filepath.Join(dir, "none"), ""), lint.Error},
		{"empty", file("openai", empty, ""), lint.Error},
		{"a folder", file("groq", dir, ""), lint.Error},
		{"there", file("openai", full, ""), 0},
		{"missing, but not needed", file("ollama", filepath.Join(dir, "none"), ""), lint.Warning},
		{"missing beside a token", file("openai", empty, "oauth_access_token = { env = \"T\" }\n"), lint.Warning},
		{"home", file("openai", "~/none/at/all", ""), lint.Error},
		{"channel", "[telegram]\nbot_token = { file = \"" + empty + "\" }\n", lint.Warning},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := found(t, "unreadable-secret-file", tt.src, withFiles(map[string]string{"T": "one"}))
			switch {
			case f == nil && tt.want != 0:
				t.Error("nothing is reported")
			case f != nil && f.Severity != tt.want:
				t.Errorf("%s: %s, want %s", f.Severity, f.Message, tt.want)
			}
			if f := found(t, "unreadable-secret-file", tt.src, static()); f != nil && !strings.Contains(tt.src, "~") {
				t.Errorf("reported although no file may be looked at: %s", f.Message)
			}
		})
	}
}

// A token that cannot be read is the cause; that no key is set, either, is not said as well.
func TestUnreadableTokenIsSaidOnce(t *testing.T) {
	src := "[providers.main]\nkind = \"openai\"\noauth_access_token = { file = \"" + t.TempDir() + "\" }\n"
	env := withFiles(nil)
	if found(t, "unreadable-secret-file", src, env) == nil {
		t.Error("unreadable-secret-file says nothing")
	}
	if f := found(t, "missing-credential-env", src, env); f != nil {
		t.Errorf("also: %s", f.Message)
	}
}

// Files that the kernel makes up are the only ones whose text is known (K16).
func TestLinesOfAFileAreSeveralKeys(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no /proc")
	}
	src := "[providers.main]\nkind = \"openai\"\napi_key = { file = \"/proc/self/status\" }\n"
	f := found(t, "several-credentials", src, withFiles(nil))
	if f == nil || f.Severity != lint.Info {
		t.Fatalf("got %v, want an info", f)
	}
	single := strings.Replace(src, "/proc/self/status", "/proc/sys/kernel/ostype", 1)
	if f := found(t, "several-credentials", single, withFiles(nil)); f != nil {
		t.Errorf("a file of one line: %s", f.Message)
	}
}

// What a variable holds is not known in a world of names, so nothing is said about it.
func TestDeclaredNamesPassChecksOnValues(t *testing.T) {
	env := &environment{*loong.Declare(nil, []string{"GEMINI_API_KEY", "GOOGLE_API_KEY", "TEAM_TOKEN", "TEAM_KEY"})}
	silent := []string{"missing-credential-env", "several-credentials", "doubled-bearer", "key-has-control-characters", "key-of-other-vendor", "falls-back-to-other-variable"}
	src := "[providers.main]\nkind = \"gemini\"\n"
	for _, rule := range silent {
		if f := found(t, rule, src, env); f != nil {
			t.Errorf("%s: %s", rule, f.Message)
		}
	}
	both := "[providers.main]\nkind = \"deepseek\"\napi_key_env = \"TEAM_KEY\"\noauth_access_token_env = \"TEAM_TOKEN\"\n"
	if found(t, "several-credentials", both, env) == nil {
		t.Error("two declared credentials are both there, and nothing is said")
	}
	bedrock := "[providers.main]\nkind = \"bedrock\"\napi_key = { env = \"TEAM_TOKEN\" }\n"
	if found(t, "missing-region", bedrock, env) == nil {
		t.Error("a declared token is there, no region is, and nothing is said")
	}
	missing := "[providers.main]\nkind = \"openai\"\napi_key_env = \"OTHER\"\n"
	if found(t, "missing-credential-env", missing, env) == nil {
		t.Error("a variable that is not declared is missing, and nothing is said")
	}
	if f := found(t, "missing-credential-env", missing, static()); f != nil {
		t.Errorf("nothing is known, and yet: %s", f.Message)
	}
}

// No text of a finding holds a credential, wherever it was written.
func TestFindingsHoldNoCredential(t *testing.T) {
	secrets := []string{"hunter2-hunter2", "gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T", "Tr0ub4dor-and-3"}
	src := `# gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T
[providers.main]
kind = "openai"
api_key = "Bearer hunter2-hunter2, Tr0ub4dor-and-3"
oauth_access_token_env = "gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T"
gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T = true
headers = { authorization = "hunter2-hunter2", x-token = "Tr0ub4dor-and-3\u0007" }
[slack]
bot_token = { exec = ["sh", "-c", "printf 'gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T'"] }
`
	env := exactly([]string{"OPENAI_API_KEY=hunter2-hunter2", "SLACK_BOT_TOKEN=Tr0ub4dor-and-3"})
	res := env.check("a.toml", src, &lint.Options{Rules: rules.All()})
	if len(res.Findings) < 8 {
		t.Fatalf("only %d findings", len(res.Findings))
	}
	text := render(t, res.Findings...)
	for _, s := range secrets {
		if strings.Contains(text, s) {
			t.Errorf("a credential is printed:\n%s", text)
		}
	}
}

// A secret can go to a variable or to a file; only a person can choose, for the text must be put there first.
func TestPlacesForSecrets(t *testing.T) {
	const key = `"sk-proj-8fJ2kLq9Zr4Xc8Vb1Nm5TyUi0OpAs3DfGh6Qw7Er"`
	for _, c := range []struct {
		src  string // KEY stands for a key
		want []string
	}{
		{"[providers.main]\nkind = \"openai\"\napi_key = KEY", []string{`{ env = "OPENAI_API_KEY" }`, `{ file = "/run/secrets/openai_api_key" }`}},
		{"[providers.main]\nkind = \"custom\"\napi_key = KEY", []string{`{ env = "CUSTOM_PROVIDER_API_KEY" }`, `{ file = "/run/secrets/custom_provider_api_key" }`}},
		{"[providers.\"My gate\"]\nkind = \"ollama\"\napi_key = KEY", []string{`{ env = "MY_GATE_API_KEY" }`, `{ file = "/run/secrets/my_gate_api_key" }`}},
		{"[providers.7b]\nkind = \"ollama\"\napi_key = KEY", []string{`{ env = "SECRET_7B_API_KEY" }`, `{ file = "/run/secrets/secret_7b_api_key" }`}},
		{"[telegram]\nbot_token = KEY", []string{`{ env = "TELEGRAM_BOT_TOKEN" }`, `{ file = "/run/secrets/telegram_bot_token" }`}},
		{"[telegram.accounts.ops]\nbot_token = KEY", []string{`{ env = "TELEGRAM_OPS_BOT_TOKEN" }`, `{ file = "/run/secrets/telegram_ops_bot_token" }`}},
		{"[telegram.accounts.\"\"]\nbot_token = KEY", []string{`{ env = "TELEGRAM__BOT_TOKEN" }`, `{ file = "/run/secrets/telegram__bot_token" }`}},
		{"[tools.web_search]\ntavily_api_key = KEY", []string{`"${TOOLS_WEB_SEARCH_TAVILY_API_KEY}"`}},
	} {
		var got []string
		for _, f := range check(nil, "loong.toml", strings.Replace(c.src, "KEY", key, 1)+"\n", static()).Findings {
			if f.Rule.Name != "key-in-file" {
				continue
			}
			if f.Fix() != nil {
				t.Errorf("%s: a repair takes the key from the file", c.src)
			}
			for _, x := range f.Fixes {
				got = append(got, x.Edits[0].Text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\nhas %q, not %q", c.src, got, c.want)
		}
	}
}
