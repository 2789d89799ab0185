package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// snippetClient takes completions with all that they may have, and markdown.
const snippetClient = `{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"completion":{"completionItem":{"snippetSupport":true}},
	"hover":{"contentFormat":["markdown","plaintext"]},"documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"rename":{"prepareSupport":true}},
	"workspace":{"workspaceEdit":{"documentChanges":true}}}}`

// opened opens a text in which ^ is a place, and returns the parameters of a request about the place.
func (c *client) opened(uri, marked string) (placeParams, string) {
	c.t.Helper()
	at := strings.Index(marked, "^")
	text := marked[:at] + marked[at+1:]
	c.open(uri, text)
	return placeParams{textDocumentIdentifier{uri}, newText([]byte(text), true).position(at)}, text
}

// completions are the labels that are offered at the place ^ of a text.
func completions(t *testing.T, params, uri, marked string) ([]completionItem, string) {
	t.Helper()
	c := start(t, Page{}, params)
	p, text := c.opened(uri, marked)
	var list *completionList
	c.request("textDocument/completion", p, &list)
	if list == nil {
		return nil, text
	}
	return list.Items, text
}

func labels(list []completionItem) (out []string) {
	for _, i := range list {
		out = append(out, i.Label)
	}
	return out
}

func TestCompletion(t *testing.T) {
	const profiles = "active_provider = \"a\"\n[providers.a]\nkind = \"openai\"\n[providers.b]\nkind = \"groq\"\n"
	for _, c := range []struct {
		text   string
		want   []string // among the labels
		absent []string
	}{
		{"active_provider = \"a\"\n[providers.a]\nkind = \"^\"\n", []string{"openai", "anthropic", "github-copilot"}, []string{"kind"}},
		{"active_provider = \"a\"\n[providers.a]\nkind = ^\n", []string{"openai"}, nil},
		{"active_provider = \"a\"\n[providers.a]\nkind = ^", []string{"openai"}, nil},
		{profiles + "^", []string{"model", "base_url", "api_key", "[providers.b.headers]", "[providers.anthropic]"}, []string{"kind", "[providers.groq.headers]"}},
		{profiles + "mo^", []string{"model"}, nil},
		{profiles + "mo^ = 1", []string{"model"}, []string{"[providers.anthropic]"}},
		{"active_provider = \"^\"\n" + strings.SplitAfterN(profiles, "\n", 2)[1], []string{"a", "b"}, nil},
		{"last_provider = ^\n" + profiles, []string{"a", "b"}, nil},
		{profiles + "api_key = { ^ }", []string{"env", "file", "exec"}, []string{"model"}},
		{profiles + "api_key = { env = \"^\" }", []string{"GROQ_API_KEY"}, []string{"OPENAI_API_KEY"}},
		{profiles + "api_key_env = '^'", []string{"GROQ_API_KEY"}, nil},
		{profiles + "api_key = ^", []string{"{ env = … }", "{ file = … }"}, nil},
		{profiles + "model = \"^\"", []string{"auto"}, nil},
		{profiles + "base_url = \"^\"", []string{"https://api.groq.com"}, nil},
		{profiles + "default_for_kind = ^", []string{"true", "false"}, nil},
		{profiles + "reasoning_effort = \"^", []string{"low", "high"}, nil},
		{profiles + "[^", []string{"tools", "memory", "[providers.anthropic]"}, []string{"active_provider", "[providers.openai]x"}},
		{profiles + "[too^]", []string{"tools"}, []string{"[providers.anthropic]"}},
		{profiles + "[tools.^", []string{"web", "delegate"}, []string{"memory"}},
		{profiles + "[providers.^]", []string{"a", "b"}, []string{"[providers.anthropic]"}},
		{profiles + "[providers.an^", []string{"a", "[providers.anthropic]"}, nil},
		{profiles + "[providers.a.^]", []string{"headers"}, []string{"kind"}},
		{profiles + "[telegram]\n^", []string{"enabled", "bot_token", "default_account"}, []string{"kind"}},
		{profiles + "[telegram]\nbot_token_env = \"^\"", []string{"TELEGRAM_BOT_TOKEN"}, nil},
		{profiles + "[telegram]\nbot_token = { env = \"^\" }", []string{"TELEGRAM_BOT_TOKEN"}, nil},
		{profiles + "[telegram]\ndefault_account = \"^\"\n[telegram.accounts.Ops]\n", []string{"ops"}, nil},
		{profiles + "[tools]\nweb.^", []string{"enabled"}, []string{"kind"}},
		{profiles + "# ^", nil, []string{"model"}},
		{profiles + "model = \"x\" ^", nil, []string{"model"}},
		{profiles + "model = \"\"\"^", nil, []string{"auto"}},
		{"^", []string{"active_provider", "[tools]", "[providers.openai]"}, []string{"kind"}},
		{"providers.a.kind = \"^\"\n", []string{"openai"}, nil},
		{"\r\n[providers.a]\r\nkind = \"^\"\r\n", []string{"openai"}, nil},
		{"\ufeff[providers.a]\nkind = \"openai\"  # 🐉\nmodel = \"🐉^\"\n", []string{"auto"}, nil},
	} {
		items, _ := completions(t, snippetClient, "file:///work/loong.toml", c.text)
		got := labels(items)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q lacks %q: %.200q", c.text, w, got)
			}
		}
		for _, w := range c.absent {
			if slices.Contains(got, w) {
				t.Errorf("%q offers %q", c.text, w)
			}
		}
		if c.want == nil && c.absent != nil && got != nil {
			t.Errorf("%q offers %.200q", c.text, got)
		}
	}
}

// What is chosen leaves a text that is TOML, has the word once, and is right for Loong.
func TestCompletionsMakeTOML(t *testing.T) {
	for _, marked := range []string{
		"[providers.a]\n^\n[memory]\n", "[providers.a]\nkind = ^\n", "[providers.a]\nkind = \"op^\"\n", "[providers.a]\napi_key = { ^ = \"X\" }\n",
		"[tools.^]\n[providers.a]\n", "[^]\n[providers.a]\n", "[providers.a]\ndefault_for_kind = t^\n", "^ = 1\n[providers.a]\nkind = \"openai\"\n",
		"[providers.a]\nkind = 'g^roq'\n", "[providers.a]\nmodel = [\n  \"^\n", "active_provider = \"^\"\n[providers.a]\nkind = \"openai\"\n",
	} {
		const uri = "file:///work/loong.toml"
		items, text := completions(t, plainClient, uri, marked)
		if len(items) == 0 && !strings.Contains(marked, "model = [") {
			t.Errorf("%q offers nothing", marked)
		}
		for _, i := range items {
			b := newText([]byte(text), true).apply(change{&i.TextEdit.Range, i.TextEdit.NewText})
			if word := strings.Trim(i.TextEdit.NewText, "\"' ="); strings.HasSuffix(i.TextEdit.NewText, " = ") {
				b = b.apply(change{&Range{b.position(strings.Index(string(b.source), word+" = ") + len(word) + 3), b.position(strings.Index(string(b.source), word+" = ") + len(word) + 3)}, "1"})
			}
			if got := parseProblems(b.source); got != "" && parseProblems([]byte(strings.ReplaceAll(text, "^", ""))) == "" {
				t.Errorf("%q with %q is no TOML: %s\n%s", marked, i.Label, got, b.source)
			}
		}
	}
}

func TestCompletionOfAProfile(t *testing.T) {
	items, _ := completions(t, snippetClient, "file:///work/loong.toml", "[^")
	i := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == "[providers.anthropic]" })
	if i < 0 {
		t.Fatalf("only %.300q", labels(items))
	}
	want := "providers.${1:anthropic}]\nkind = \"anthropic\"\napi_key = { env = \"ANTHROPIC_API_KEY\" \\}\nmodel = "
	if got := items[i]; !strings.HasPrefix(got.TextEdit.NewText, want) || got.InsertTextFormat != 2 {
		t.Errorf("%q", got.TextEdit.NewText)
	}
	items, _ = completions(t, snippetClient, "file:///work/loong.toml", "[providers.an^\n")
	i = slices.IndexFunc(items, func(i completionItem) bool { return i.Label == "[providers.anthropic]" })
	if i < 0 || !strings.HasPrefix(items[i].TextEdit.NewText, "${1:anthropic}]\nkind") || items[i].FilterText != "anthropic" {
		t.Errorf("%+v", items)
	}
	plain, _ := completions(t, plainClient, "file:///work/loong.toml", "[^")
	if slices.Contains(labels(plain), "[providers.anthropic]") {
		t.Error("a client that knows no snippets is sent one")
	}
}

// What is written around the word stays: indentation, quotes, an equals sign.
func TestCompletionWritesWhatIsMissing(t *testing.T) {
	const profile = "active_provider = \"a\"\n[providers.a]\nkind = \"openai\"\n"
	for _, c := range []struct{ text, label, want string }{
		{profile + "\t mod^", "model", profile + "\t model = "},
		{profile + "mod^ = 1", "model", profile + "model = 1"},
		{profile + "\"mod^\" = 1", "model", profile + "\"model\" = 1"},
		{profile + " [to^", "tools", profile + " [tools"},
		{profile + "[tools.\"we^\"]", "web", profile + "[tools.\"web\"]"},
		{profile + "to^", "[tools]", ""}, // a section of the file is no part of a profile
		{profile + "hea^", "[providers.a.headers]", profile + "[providers.a.headers]"},
		{profile + "reasoning_effort = 'l^'", "low", profile + "reasoning_effort = 'low'"},
		{profile + "reasoning_effort = l^", "low", profile + "reasoning_effort = \"low\""},
		{profile + "preferred_models = [t^", "true", ""},
		{"[providers.\"a b\"]\n[providers.^]\n", "a b", "[providers.\"a b\"]\n[providers.\"a b\"]\n"},
	} {
		items, text := completions(t, plainClient, "file:///work/loong.toml", c.text)
		i := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == c.label })
		got := ""
		if i >= 0 {
			got = string(newText([]byte(text), true).apply(change{&items[i].TextEdit.Range, items[i].TextEdit.NewText}).source)
		}
		if got != c.want {
			t.Errorf("%q with %s becomes %q, not %q", c.text, c.label, got, c.want)
		}
	}
}

// In a world with known variables these are offered, too, behind those that Loong reads by itself.
func TestCompletionOfKnownVariables(t *testing.T) {
	c := start(t, Page{}, `{"processId":null,"capabilities":{},"initializationOptions":{"envNames":["TEAM_KEY","GROQ_API_KEY"]}}`)
	p, _ := c.opened("file:///work/loong.toml", "[providers.a]\nkind = \"groq\"\napi_key_env = \"^\"\n")
	var list completionList
	c.request("textDocument/completion", p, &list)
	if got := labels(list.Items); !slices.Equal(got, []string{"GROQ_API_KEY", "TEAM_KEY"}) || !strings.Contains(list.Items[0].Detail, "is declared") {
		t.Errorf("%q, %+v", got, list.Items)
	}
}

func TestCompletionTellsTypeAndDefault(t *testing.T) {
	items, _ := completions(t, snippetClient, "file:///work/loong.toml", "[providers.a]\nkind = \"openai\"\nreq^\n")
	i := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == "request_timeout_ms" })
	if i < 0 || items[i].Detail != "a whole number, default 30000" || !strings.Contains(items[i].Documentation, "Milliseconds") ||
		items[i].TextEdit.NewText != "request_timeout_ms = ${1:30000}" || items[i].TextEdit.Range != (Range{Position{2, 0}, Position{2, 3}}) {
		t.Errorf("%+v", items[i])
	}
	items, _ = completions(t, snippetClient, "file:///work/loong.toml", "[providers.a]\nkind = \"vol^\"\n")
	i = slices.IndexFunc(items, func(i completionItem) bool { return i.Label == "volcengine" })
	if i < 0 || !strings.Contains(items[i].Detail, "; also ") || items[i].TextEdit.NewText != "volcengine" || items[i].Documentation == "" {
		b, _ := json.Marshal(items)
		t.Errorf("%s", b)
	}
}

func TestCompletionOfRules(t *testing.T) {
	items, _ := completions(t, plainClient, "file:///work/loong.toml", "[providers.a]\nmodle = 1 # loonglint: ignore[blank-value, un^]\n")
	if got := labels(items); len(got) < 50 || got[0] != "unknown-key" || slices.Contains(got, "toml-syntax") || items[0].TextEdit.NewText != "unknown-key" ||
		items[0].TextEdit.Range.End.Character-items[0].TextEdit.Range.Start.Character != 2 {
		t.Errorf("%.200q, %+v", got, items[0].TextEdit)
	}
	for _, text := range []string{"# loonglint: ig^", "# x [^]\n", "# loonglint: ignore[unknown-key] be^cause\n"} {
		if items, _ := completions(t, plainClient, "file:///work/loong.toml", text+"\n[providers.a]\n"); len(items) != 0 {
			t.Errorf("%q offers %.200q", text, labels(items))
		}
	}
}

func TestCompletionOfSettings(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   []string
		absent []string
	}{
		{"^", []string{"fail-on", "exclude"}, []string{"rules"}},
		{"fail-on = \"^\"", []string{"never", "error"}, nil},
		{"[^", []string{"rules", "policy"}, []string{"fail-on"}},
		{"[rules]\nunk^", []string{"unknown-key"}, []string{"fail-on"}},
		{"[rules]\nunknown-key = ^", []string{"off", "info"}, nil},
		{"[[overrides]]\n^", []string{"paths"}, []string{"fail-on"}},
		{"all-toml = ^", []string{"true"}, nil},
		{"target-loong = \"^", []string{"dev"}, nil},
		{"no-such = ^", nil, []string{"true"}},
	} {
		items, _ := completions(t, plainClient, "file:///work/loonglint.toml", c.text)
		got := labels(items)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q lacks %q: %.200q", c.text, w, got)
			}
		}
		for _, w := range c.absent {
			if slices.Contains(got, w) {
				t.Errorf("%q offers %q", c.text, w)
			}
		}
	}
}
