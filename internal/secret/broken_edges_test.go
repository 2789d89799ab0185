package secret

import (
	"strings"
	"testing"
)

// What may be a value that is shown, in a line that is not understood: one word, perhaps in quotes, after which the entry ends.
func TestWhereAValueEnds(t *testing.T) {
	for line, want := range map[string]string{
		"gpt-5": "gpt-5", "gpt-5\r\n": "gpt-5", "gpt-5, x": "gpt-5", "gpt-5 }": "gpt-5", "gpt-5]": "gpt-5", "gpt-5 x": "", "gpt-5 # x": "", "'gpt-5'": "'gpt-5'", "\"gpt-5\" \t,": "\"gpt-5\"",
		"a@b": "a@b", "a=b": "", "": "", "''": "''", "é": "", "https://llm.example/v1": "https://llm.example/v1", "a?b": "",
	} {
		if got := line[:valueEnd(line, 0)]; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestSeparatorsAfterAKey(t *testing.T) {
	for text, want := range map[string]string{ // what follows, or "-"
		" = x": "x", "=x": "x", ": x": "x", " => x": "x", " -> x": "x", " := x": "x", "\" = x": "x", "' : x": "x", "＝x": "x", "：x": "x", "\u00a0=\u00a0x": "x", "=": "", " - x": "-", "-- x": "-",
		" x": "-", "": "-", "://x": "-", "\"x": "-",
	} {
		got := "-"
		if i, ok := behindKey(text, 0); ok {
			got = text[i:]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWordsAndMarks(t *testing.T) {
	for text, want := range map[string]string{ // the first word
		"abc def": "abc", "abc== x": "abc==", "abc=x": "abc", "a-b": "a-b", "a->b": "a", "a- b": "a", "a|b": "a", "a<b": "a", "a#b": "a", "a`b": "a", "a。b": "a", "a＝b": "a", "a\u2003b": "a",
		"aéb c": "aéb", "a\u200bb": "a", "a.b_c/d+e@f": "a.b_c/d+e@f", "-": "-", "a-": "a-", "a;b": "a;b",
	} {
		if got := text[:wordEnd(text, 0)]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]int{"。x": 3, "＝": 3, "\u2003": 3, "-> ": 1, "- x": 1, "-x": 0, "-": 0, "x": 0, "é": 0, "\t": 1} {
		if got := markAt(text, 0); got != want {
			t.Errorf("a mark of %d bytes begins %q, want %d", got, text, want)
		}
	}
}

func TestValuesThatAreShownAfterTheirKeys(t *testing.T) {
	for pair, want := range map[string]bool{
		"model gpt-5": true, "modle gpt-5": true, "mdle x": false, "model https://llm.example": false, "model Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": false, "model sk-9f2Kd83Lq0ZrAbCdEf": false, "model 'gpt-5'": true,
		"base_url https://llm.example/v1": true, "base_url https://hunter": false, "base_url https://u:p@llm.example": false, "base_url https://llm.example/Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": false,
		"url https://llm.example/v1": false, "api_key_env TEAM_KEY": true, "api_key_env hunter2": false, "api_key ${TEAM_KEY}": true, "api_key hunter": false, "env TEAM_KEY": true, "env TEAMKEY": false,
		"env PATH": false, "env OPENAI_API_KEY": true, "headers TEAM_KEY": false, "wood gpt": false,
	} {
		key, value, _ := strings.Cut(pair, " ")
		if got := showsValue(key, value); got != want {
			t.Errorf("%s: %v", pair, got)
		}
	}
}

func TestNamesOfTables(t *testing.T) {
	for name, want := range map[string]bool{
		"providers": true, "providers.a": true, "provider.headers": true, "wood": false, "wood.providers": false, "providers.Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": false, "providers.sk-9f2Kd83Lq0ZrAbCdEf": false,
		"providers." + strings.Repeat("a", 118): true, "providers." + strings.Repeat("a", 119): false, "": false,
	} {
		if got := namesTable(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// In a line of text that sets a secret, where its value begins.
func TestSettingsInALineOfText(t *testing.T) {
	for line, want := range map[string]string{ // what is hidden, or "-"
		"token=hunter": "hunter", "token = 'hunter'": "hunter'", "a=1, token=hunter": "hunter", "token: $TEAM_KEY": "-", "token=": "-", "token=''": "-", "the token: hunter": "hunter", "tokens=5": "5",
		"token ==> hunter": "hunter", "token\u3000：hunter": "hunter", "token://x": "-", "token:/x": "-", "token:x/": "x/", "url=hunter": "-", "headers.x=hunter": "hunter", "a.headers.b.c.d.e=hunter": "hunter",
		"a.headers.b.c.d.e.f=hunter": "-", "\"token\" \"hunter\"": "hunter\"", "'a' : 'hunter'": "-", "my 'token': hunter": "hunter", "{\"token\":\"hunter\"}": "hunter\"}", "token={env=\"TEAM_KEY\"}": "-",
		"token={ file = '/run/key' }": "-", "token={ file = 'a:b' }": "{ file = 'a:b' }", "token={value='hunter'}": "{value='hunter'}", "密码：hunter": "hunter", "пароль: hunter": "hunter", "say token": "-", "- token: hunter": "hunter",
		"token -= hunter": "hunter", "password is = hunter": "-", "\"pass word\"=hunter": "hunter", "a \"token of us\" = hunter": "hunter", "token\"=hunter": "hunter",
		strings.Repeat("x", 200) + "_key=hunter": "hunter", "\"" + strings.Repeat("x", 130) + "_key\"=hunter": "hunter",
	} {
		got := "-"
		if from, ok := assignedIn(line, false); ok {
			got = line[from:]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]string{"X-Team: hunter": "hunter", "a = 'wood'": "wood'", "wood": "-", "= hunter": "-"} {
		got := "-"
		if from, ok := assignedIn(line, true); ok {
			got = line[from:]
		}
		if got != want {
			t.Errorf("where all is secret, %q: %q, want %q", line, got, want)
		}
	}
}

func TestHeadersInComments(t *testing.T) {
	for line, want := range map[string]string{
		" [headers]": "values", "[a.headers] x": "values", "[[ env ]]": "values", "[a.\"headers\"": "values", "[a]": "public", "[a.b.c]": "public", "[x = 1]": "none", "x [headers]": "none", "": "none", "[": "public",
		strings.Repeat(" ", 230) + "[a.headers]": "values", "[api_key]": "values",
	} {
		got := "none"
		if p, ok := sectionOf(line); ok {
			got = map[place]string{values: "values", public: "public"}[p]
		}
		if got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}
