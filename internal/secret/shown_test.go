package secret

import "testing"

func TestNamesThatAreShown(t *testing.T) {
	for name, want := range map[string]bool{
		"OPENAI_API_KEY": true, "KEY": true, "TOKEN1": true, "my_key": true, "openaiKey": true, "OPENAI-API-KEY": true, "${TEAM_KEY}": true,
		"A1_KEY": true, "1A_KEY": false, "a_1": true, "é_key": false,
		"hunter2": false, "Tr0ub4dor": false, "hunter 2": false, "pass!word": false, "ABCD1234EFGH5678": false, "sk-9f2Kd83Lq0Zr": false,
		"AKIA7KD2LQ9ZR4XC8VB1": false, "Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": false, "KEY=hunter2": false,
	} {
		if got := ShownName(name); got != want {
			t.Errorf("ShownName(%q) = %v", name, got)
		}
	}
}

func TestNamesThatLoongTakesForKeys(t *testing.T) {
	for name, want := range map[string]bool{"sk-hunter": true, "SK-HUNTER": true, "sk-": false, "ask-hunter": false, "TEAM_KEY": false} {
		if got := hasSecretPrefix(name); got != want {
			t.Errorf("hasSecretPrefix(%q) = %v", name, got)
		}
	}
}

func TestHeadersOfLoongAreShown(t *testing.T) {
	for line, want := range map[string]string{
		"[providers.a]": "[providers.a", "[providers.a": "[providers.a", " [[ providers.a\r\n": " [[ providers.a", "[providers.a] # x": "[providers.a",
		"[providers.a hunter2]": "", "[hunter2]": "", "providers.a]": "", "[providers.a = 1": "",
	} {
		if got := line[:headerEnd(line)]; got != want {
			t.Errorf("of %q, %q is shown, want %q", line, got, want)
		}
	}
}

func TestPlaceholdersThatAreShown(t *testing.T) {
	for text, want := range map[string]bool{
		"YOUR_API_KEY": true, "your-openai-key-here": true, "<your token>": true, "changeme": true, "xxxxxxxx": true, "***": true, "": true,
		"$OPENAI_API_KEY": true, "${my_key}": true, "OPENAI_API_KEY": true,
		"your-hunter-password": false, "changeme-hunter": false, "<hunter>": false, "hunter_here": false, "$hunter2": false, "your_key_9f2K": false,
	} {
		if got := Shown(text); got != want {
			t.Errorf("Shown(%q) = %v", text, got)
		}
	}
	for text, want := range map[string]bool{
		"${TEAM_KEY}": true, "$OPENAI_API_KEY": true, "env:TEAM_KEY": true, "changeme": true,
		"$hunter": false, "env:hunter_two": false, "%hunter%": false, "$HUNTER": false,
	} {
		if got := shownLiteral(text); got != want {
			t.Errorf("shownLiteral(%q) = %v", text, got)
		}
	}
}

func TestKeysThatNameASecret(t *testing.T) {
	for _, key := range []string{"api_key_2", "password_prod", "dsn", "jwt", "密码", "数据库密码", "apiKeyOld", "DB_PASS", "db.pwd", "X-Auth-Value", "my_passwort", "token2", "hmac"} {
		if !namesSecret(key) {
			t.Errorf("%s names no secret", key)
		}
	}
	for _, key := range []string{"model", "kind", "colour", "monkey_patch", "keep_alive", "passage", "temperature", "base_url"} {
		if namesSecret(key) {
			t.Errorf("%s names a secret", key)
		}
	}
}
