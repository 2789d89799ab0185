package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func jsonUnmarshal(raw []byte, v any) error { return json.Unmarshal(raw, v) }

func TestOutline(t *testing.T) {
	const text = "active_provider = \"a\"\n# why\n# and\n[providers.a]\nkind = \"openai\" # x\nheaders.\"x y\" = '1'\nstop = [\n  \"a\",\n]\n\n[memory]\n"
	c := start(t, Page{}, snippetClient)
	id := documentParams{textDocumentIdentifier{"file:///work/loong.toml"}}
	c.open(id.TextDocument.URI, text)
	var tree []documentSymbol
	c.request("textDocument/documentSymbol", id, &tree)
	var got []string
	var walk func(indent string, list []documentSymbol)
	walk = func(indent string, list []documentSymbol) {
		for _, s := range list {
			got = append(got, strings.TrimRight(fmt.Sprintf("%s%s %d-%d %s", indent, s.Name, s.Range.Start.Line, s.Range.End.Line, s.Detail), " "))
			walk(indent+" ", s.Children)
		}
	}
	walk("", tree)
	want := []string{"active_provider 0-0", "providers.a 3-8 openai, active", " kind 4-4", " headers.\"x y\" 5-5", " stop 6-8", "memory 10-10"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	var folds []foldingRange
	c.request("textDocument/foldingRange", id, &folds)
	if got := fmt.Sprint(folds); got != "[{3 8 } {6 8 } {1 2 comment}]" {
		t.Errorf("folds %s", got)
	}
	flat := start(t, Page{}, plainClient)
	flat.open(id.TextDocument.URI, text)
	var list []symbolInformation
	flat.request("textDocument/documentSymbol", id, &list)
	if len(list) != 6 || list[2].Name != "kind" || list[2].ContainerName != "providers.a" || list[2].Location.Range.Start.Line != 4 {
		t.Errorf("flat: %+v", list)
	}
}

func TestInlayHints(t *testing.T) {
	for text, want := range map[string][]string{
		"active_provider = \"a\"\n[providers.a]\nkind = \"openai\"\n[providers.b]\nmodel = \"m\"\nbase_url = \"http://me:hunter22@llm.example.com/v1?key=hunter22\"\n": {
			"1:13 active", "2:15 → api.openai.com/v1/chat/completions", "3:13 openai → http://"},
		"[providers.a]\nkind = \"opencode_zen\"\nmodel = \"claude-sonnet-4\"\n":                        {"1:21 → opencode.ai/zen/v1/messages"},
		"[providers.a]\nkind = \"openai\"\nbase_url = \"https://" + strings.Repeat("a", 80) + ".com\"": {"1:15 → " + strings.Repeat("a", 59) + "…"},
		"[provider]\nkind = \"openai\"\n":                                                              {"1:15 → api.openai.com/v1/chat/completions"},
		"providers.a.kind = \"openai\"\n":                                                              nil,
	} {
		c := start(t, Page{}, plainClient)
		const uri = "file:///work/loong.toml"
		c.open(uri, text)
		var hints []inlayHint
		c.request("textDocument/inlayHint", rangeParams{textDocumentIdentifier{uri}, Range{Position{0, 0}, Position{99, 0}}}, &hints)
		if len(hints) != len(want) {
			t.Errorf("%q has %+v", text, hints)
			continue
		}
		for i, h := range hints {
			if got := fmt.Sprintf("%d:%d %s", h.Position.Line, h.Position.Character, h.Label); !strings.HasPrefix(got, want[i]) || strings.Contains(h.Tooltip, "hunter22") || strings.Contains(got, "hunter22") {
				t.Errorf("%q: %s, not %s", text, got, want[i])
			}
		}
		var few []inlayHint
		c.request("textDocument/inlayHint", rangeParams{textDocumentIdentifier{uri}, Range{Position{0, 0}, Position{0, 3}}}, &few)
		if len(few) != 0 {
			t.Errorf("outside of what is seen: %+v", few)
		}
	}
}

func TestLinks(t *testing.T) {
	for uri, c := range map[string]struct {
		text string
		want []string
	}{
		"file:///work/loong.toml":     {"[providers.a]\nx = 1 # loonglint: ignore[unknown-key, no-such-rule, blank-value] why\n# unknown-key\n", []string{"1 unknown-key", "1 blank-value"}},
		"file:///work/loonglint.toml": {"fail-on = \"never\"\n[rules]\nunknown-key = \"off\"\nno-such = \"off\"\n[[overrides]]\npaths = [\"x\"]\n[overrides.rules]\nblank-value = \"off\"\n", []string{"2 unknown-key", "7 blank-value"}},
		"file:///work/Cargo.toml":     {"# loonglint: ignore[unknown-key] why\n", nil},
	} {
		client := start(t, Page{}, plainClient)
		client.open(uri, c.text)
		var list []documentLink
		client.request("textDocument/documentLink", documentParams{textDocumentIdentifier{uri}}, &list)
		var got []string
		for _, l := range list {
			s := newText([]byte(c.text), true).span(l.Range)
			name := c.text[s.Start:s.End]
			got = append(got, fmt.Sprintf("%d %s", l.Range.Start.Line, name))
			if !strings.HasSuffix(l.Target, "#"+name) {
				t.Errorf("%s leads to %s", name, l.Target)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", uri, got, c.want)
		}
	}
}
