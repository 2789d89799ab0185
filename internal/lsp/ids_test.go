package lsp

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

const twoProfiles = "active_provider = \"Main\" # 🐉\nlast_provider = 'other'\n\n[providers.main]\nkind = \"openai\"\n\n[providers.\"main\".headers]\nX-A = \"1\"\n\n[providers.other]\nkind = \"groq\"\nheaders.x = \"main\"\n"

const twoAccounts = "[telegram]\ndefault_account = \"ops\"\n[telegram.accounts.Ops]\nenabled = true\n[telegram.accounts.dev]\n[discord]\ndefault_account = \"ops\"\n[discord.accounts.ops]\n"

// at marks the nth (from 0) occurrence of part in a text as the place.
func at(text, part string, n int) string {
	i := 0
	for ; n >= 0; n-- {
		i += strings.Index(text[i:], part) + 1
	}
	return text[:i] + "^" + text[i:]
}

// places are the line and the text of locations.
func places(text string, list []location) (out []string) {
	t := newText([]byte(text), true)
	for _, l := range list {
		s := t.span(l.Range)
		out = append(out, fmt.Sprintf("%d %s", l.Range.Start.Line, text[s.Start:s.End]))
	}
	return out
}

func TestDefinitionAndReferences(t *testing.T) {
	for _, c := range []struct {
		marked     string
		definition []string
		references []string
	}{
		{at(twoProfiles, "Main", 0), []string{"3 main"}, []string{"0 \"Main\"", "3 main", "6 \"main\""}},
		{at(twoProfiles, "main]", 0), []string{"3 main"}, []string{"0 \"Main\"", "3 main", "6 \"main\""}},
		{at(twoProfiles, "\"main\"", 0), []string{"3 main"}, []string{"0 \"Main\"", "3 main", "6 \"main\""}},
		{at(twoProfiles, "other", 0), []string{"9 other"}, []string{"1 'other'", "9 other"}},
		{at(twoProfiles, "\"main\"", 1), nil, nil}, // a header's value
		{at(twoProfiles, "kind", 0), nil, nil},
		{at(twoProfiles, "providers", 0), nil, nil},
		{at(twoAccounts, "ops", 0), []string{"2 Ops"}, []string{"1 \"ops\"", "2 Ops"}},
		{at(twoAccounts, "Ops", 0), []string{"2 Ops"}, []string{"1 \"ops\"", "2 Ops"}},
		{at(twoAccounts, "ops", 1), []string{"7 ops"}, []string{"6 \"ops\"", "7 ops"}},
		{"[providers.a]\nactive_provider = \"^a\"\n", nil, nil},
		{"[providers.a]\n[tools]\ndefault_account = \"^a\"\n", nil, nil},
		{"[telegram]\naccount_id = \"^a\"\n[telegram.accounts.a]\n", nil, nil},
		{"active_provider = \"^none\"\n[providers.a]\n", nil, []string{"0 \"none\""}},
	} {
		client := start(t, Page{}, plainClient)
		p, text := client.opened("file:///work/loong.toml", c.marked)
		var definition, references []location
		client.request("textDocument/definition", p, &definition)
		client.request("textDocument/references", map[string]any{"textDocument": p.TextDocument, "position": p.Position,
			"context": map[string]bool{"includeDeclaration": true}}, &references)
		if got := places(text, definition); !slices.Equal(got, c.definition) {
			t.Errorf("%q is defined at %q, not %q", c.marked, got, c.definition)
		}
		if got := places(text, references); !slices.Equal(got, c.references) {
			t.Errorf("%q is named at %q, not %q", c.marked, got, c.references)
		}
		var highlights []documentHighlight
		client.request("textDocument/documentHighlight", p, &highlights)
		if len(highlights) != len(c.references) {
			t.Errorf("%q has %d highlights", c.marked, len(highlights))
		}
	}
}

// rename returns the text after a rename at a place, or the error.
func rename(t *testing.T, marked, name string) string {
	t.Helper()
	c := start(t, Page{}, snippetClient)
	p, text := c.opened("file:///work/loong.toml", marked)
	m := c.call("textDocument/rename", map[string]any{"textDocument": p.TextDocument, "position": p.Position, "newName": name})
	if m.Error != nil {
		return "error: " + m.Error.Message
	}
	var edit struct {
		DocumentChanges []struct {
			TextDocument versionedTextDocumentIdentifier
			Edits        []textEdit
		}
	}
	if err := jsonUnmarshal(m.Result, &edit); err != nil || len(edit.DocumentChanges) != 1 || edit.DocumentChanges[0].TextDocument.Version != 1 {
		t.Fatalf("%v in %s", err, m.Result)
	}
	b := newText([]byte(text), true)
	var edits []document.Edit
	for _, e := range edit.DocumentChanges[0].Edits {
		edits = append(edits, document.Edit{Span: b.span(e.Range), Text: e.NewText})
	}
	fixed, err := document.Apply(b.source, edits)
	if err != nil {
		t.Fatal(err)
	}
	return string(fixed)
}

func TestRename(t *testing.T) {
	want := strings.NewReplacer("\"Main\"", "\"prod-1\"", "[providers.main]", "[providers.prod-1]", "[providers.\"main\".", "[providers.prod-1.").Replace(twoProfiles)
	for _, marked := range []string{at(twoProfiles, "Main", 0), at(twoProfiles, "main]", 0), at(twoProfiles, "\"main\"", 0)} {
		if got := rename(t, marked, " prod-1 "); got != want {
			t.Errorf("%q becomes\n%s", marked, got)
		}
	}
	want = strings.NewReplacer("\"ops\"\n[telegram.accounts.Ops]", "\"night\"\n[telegram.accounts.night]").Replace(twoAccounts)
	if got := rename(t, at(twoAccounts, "Ops", 0), "night"); got != want {
		t.Errorf("it becomes\n%s", got)
	}
	for name, message := range map[string]string{"other": "another one", "Prod": "lower-case", "-x": "lower-case", "": "lower-case", "a b": "lower-case"} {
		if got := rename(t, at(twoProfiles, "main]", 0), name); !strings.HasPrefix(got, "error: ") || !strings.Contains(got, message) {
			t.Errorf("%q: %s", name, got)
		}
	}
	if got := rename(t, at(twoProfiles, "kind", 0), "x"); !strings.HasPrefix(got, "error: there is no id") {
		t.Error(got)
	}
	if got := rename(t, "[providers.^a]\n[providers.A]\n", "x"); !strings.HasPrefix(got, "error: several tables") {
		t.Error(got)
	}
}

// A rename changes nothing for Loong but the id.
func TestRenameKeepsTheRest(t *testing.T) {
	read := func(text string) *loong.Config { return loong.Read(document.Parse("a.toml", []byte(text)), nil) }
	before, after := read(twoProfiles), read(rename(t, at(twoProfiles, "Main", 0), "zulu"))
	if before.ActiveProvider.Val != "main" || after.ActiveProvider.Val != "zulu" || len(after.Profiles) != 2 || after.Active().Kind != before.Active().Kind ||
		after.Active().Table.Field("headers").Len() != 1 {
		t.Errorf("%+v", after.ActiveProvider)
	}
}

func TestPrepareRename(t *testing.T) {
	for marked, want := range map[string]string{at(twoProfiles, "Main", 0): "Main as main", at(twoProfiles, "\"main\"", 0): "main as main", at(twoProfiles, "kind", 0): ""} {
		c := start(t, Page{}, snippetClient)
		p, text := c.opened("file:///work/loong.toml", marked)
		var r *renameable
		c.request("textDocument/prepareRename", p, &r)
		got := ""
		if r != nil {
			s := newText([]byte(text), true).span(r.Range)
			got = text[s.Start:s.End] + " as " + r.Placeholder
		}
		if got != want {
			t.Errorf("%q: %q, not %q", marked, got, want)
		}
	}
}
