package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// editingClient knows edits with versions, and pushes.
const editingClient = `{"processId":null,"capabilities":{"workspace":{"workspaceEdit":{"documentChanges":true}}}}`

// receivedAction is an action as a client reads it.
type receivedAction struct {
	Title       string
	Kind        string
	IsPreferred bool
	Diagnostics []diagnostic
	Edit        struct {
		DocumentChanges []struct {
			TextDocument versionedTextDocumentIdentifier
			Edits        []struct {
				textEdit
				Snippet stringValue
			}
		}
		Changes map[string][]textEdit
	}
}

// actions asks for the actions of a place; only may be empty.
func (c *client) actions(uri string, at Range, only ...string) (list []receivedAction) {
	c.t.Helper()
	context := map[string]any{"diagnostics": []any{map[string]any{"range": at, "message": "of another server", "data": []int{1}, "code": 7}}}
	if only != nil {
		context["only"] = only
	}
	c.request("textDocument/codeAction", map[string]any{"textDocument": textDocumentIdentifier{uri}, "range": at, "context": context}, &list)
	return list
}

// applied is a text after an action, as an editor that counts in UTF-16 makes it.
func (a *receivedAction) applied(t *testing.T, source, uri string) string {
	t.Helper()
	edits := a.Edit.Changes[uri]
	for _, d := range a.Edit.DocumentChanges {
		for _, e := range d.Edits {
			edits = append(edits, e.textEdit)
		}
	}
	if len(edits) == 0 {
		t.Fatalf("%s edits nothing", a.Title)
	}
	slices.SortStableFunc(edits, func(a, b textEdit) int { // the last one first, so that places hold
		if a.Range.Start.Line != b.Range.Start.Line {
			return b.Range.Start.Line - a.Range.Start.Line
		}
		return b.Range.Start.Character - a.Range.Start.Character
	})
	text := newText([]byte(source), true)
	for _, e := range edits {
		text = text.apply(change{&e.Range, e.NewText})
	}
	return string(text.source)
}

func everything(text string) Range {
	return Range{End: newText([]byte(text), true).position(len(text))}
}

func titles(list []receivedAction) (out []string) {
	for _, a := range list {
		out = append(out, a.Kind+": "+a.Title)
	}
	return out
}

func TestQuickFix(t *testing.T) {
	c := start(t, Page{}, editingClient)
	const uri = "untitled:Untitled-1"
	c.open(uri, slip)
	at := Range{in(slip, "opn"), in(slip, "opn")}
	list := c.actions(uri, at)
	want := []string{"quickfix: Write openai", "quickfix: Ignore unknown-provider-kind here, with a reason"}
	if got := titles(list); !slices.Equal(got, want) {
		t.Fatalf("actions %q, want %q", got, want)
	}
	fix := list[0]
	if fix.Edit.DocumentChanges[0].TextDocument != (versionedTextDocumentIdentifier{uri, 1}) || fix.Edit.Changes != nil || len(fix.Diagnostics) != 1 || fix.Diagnostics[0].Code != "unknown-provider-kind" {
		t.Errorf("%+v", fix)
	}
	if got := fix.applied(t, slip, uri); got != strings.ReplaceAll(slip, "opneai", "openai") {
		t.Errorf("the fix gives %s", got)
	}
	if got := c.actions(uri, Range{}); len(got) != 0 {
		t.Errorf("elsewhere there are %q", titles(got))
	}
	c = start(t, Page{}, plainClient)
	c.open(uri, slip)
	if fix := c.actions(uri, at)[0]; fix.Edit.DocumentChanges != nil || fix.applied(t, slip, uri) != strings.ReplaceAll(slip, "opneai", "openai") {
		t.Errorf("for a client without documentChanges: %+v", fix)
	}
}

// The kinds of actions that are asked for are prefixes of the offered ones.
func TestKindsOfActions(t *testing.T) {
	c := start(t, Page{}, editingClient)
	const uri = "file:///work/loong.toml"
	text := "[providers.main]\nkind = \"OpenAI\"\nmodel = \"gpt-4.1\"\nrequest_timeout_ms = 90\nmodle = 1\n"
	c.open(uri, text)
	all := titles(c.actions(uri, everything(text)))
	if len(all) < 3 || all[len(all)-1] != "source.fixAll.loonglint: Make all safe fixes of loonglint" {
		t.Fatalf("all are %q", all)
	}
	for _, tt := range []struct {
		only string
		want []string
	}{{"", all}, {"quickfix", all[:len(all)-1]}, {"source", all[len(all)-1:]}, {"source.fixAll", all[len(all)-1:]}, {"source.fixAll.loonglint", all[len(all)-1:]},
		{"source.fixAll.ruff", nil}, {"source.organizeImports", nil}, {"quick", nil}, {"refactor", nil}} {
		if got := titles(c.actions(uri, everything(text), tt.only)); !slices.Equal(got, tt.want) {
			t.Errorf("only %q: %q, want %q", tt.only, got, tt.want)
		}
	}
}

// What fixAll makes is what `loonglint check --fix` makes, and no more: a fix that changes the meaning is not in it.
func TestFixAllIsSafe(t *testing.T) {
	c := start(t, Page{}, editingClient)
	const uri = "file:///work/loong.toml"
	text := "[providers.main]\nkind = \"OpenAI\"\nmodel = \"gpt-4.1\"\nrequest_timeout_ms = 90\nrequest_timeout = 90\n"
	c.open(uri, text)
	list := c.actions(uri, everything(text), "source.fixAll")
	if len(list) != 1 {
		t.Fatalf("%q", titles(list))
	}
	if got, want := list[0].applied(t, text, uri), strings.Replace(text, "OpenAI", "openai", 1); got != want {
		t.Errorf("fixAll gives\n%swant\n%s", got, want)
	}
}

// An ignored finding stays until a reason is written, and the comment asks for it.
func TestIgnoreWithAReason(t *testing.T) {
	const uri = "file:///work/loong.toml"
	text := "[providers.main]\nkind = \"openai\"\nmodel = \"gpt-4.1\"\nmodle = 1\n"
	at := Range{Position{3, 0}, Position{3, 5}}
	ignore := func(c *client) receivedAction {
		list := c.actions(uri, at)
		i := slices.IndexFunc(list, func(a receivedAction) bool { return a.Title == "Ignore unknown-key here, with a reason" })
		if i < 0 || list[i].IsPreferred {
			t.Fatalf("%q", titles(list))
		}
		return list[i]
	}
	c := start(t, Page{}, editingClient)
	c.open(uri, text)
	action := ignore(c)
	without := action.applied(t, text, uri)
	if want := strings.Replace(text, "= 1\n", "= 1 # loonglint: ignore[unknown-key] \n", 1); without != want {
		t.Fatalf("it gives %q", without)
	}
	c.published(uri, 1)
	c.change(uri, 2, change{Text: without})
	if got := codes(c.published(uri, 2)); !slices.Contains(got, "3 unknown-key") || !slices.Contains(got, "3 suppression-without-reason") {
		t.Errorf("without a reason %v", got)
	}
	c.change(uri, 3, change{Text: strings.Replace(without, "] \n", "] of the next version\n", 1)})
	if got := codes(c.published(uri, 3)); slices.Contains(got, "3 unknown-key") || slices.Contains(got, "3 suppression-without-reason") {
		t.Errorf("with a reason %v", got)
	}
	c = start(t, Page{}, `{"processId":null,"capabilities":{"workspace":{"workspaceEdit":{"documentChanges":true,"snippetEditSupport":true}}}}`)
	c.open(uri, text)
	if got := ignore(c).Edit.DocumentChanges[0].Edits[0].Snippet; got != (stringValue{"snippet", " # loonglint: ignore[unknown-key] ${1:reason}"}) {
		t.Errorf("for a client with snippets %+v", got)
	}
}

// The edit of a fix is in the log of the editor, so it has no more of the text than it changes.
func TestEditsQuoteNoMoreThanTheyMust(t *testing.T) {
	for _, tt := range []struct {
		old, new, want string // want is what is replaced, and by what
	}{{`"Bearer sk-1"`, `"sk-1"`, "Bearer |"}, {"abc", "abc", "|"}, {"aa", "aaa", "|a"}, {"é", "è", "é|è"}, {"日x", "本x", "日|本"}, {"", "x", "|x"}} {
		text := newText([]byte("<"+tt.old+">"), true)
		e := text.shortest(editOver(1, 1+len(tt.old), tt.new))
		if got := string(text.source[e.Span.Start:e.Span.End]) + "|" + e.Text; got != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.old, tt.new, got, tt.want)
		}
	}
}

func TestActionsOfOtherFilesAreNone(t *testing.T) {
	c := start(t, Page{}, editingClient)
	c.open("file:///work/Cargo.toml", "[package]\nname = \"x\"\n")
	m := c.call("textDocument/codeAction", json.RawMessage(`{"textDocument":{"uri":"file:///work/Cargo.toml"},"range":{"start":{"line":0,"character":0},"end":{"line":1,"character":0}},"context":{"diagnostics":[]}}`))
	if m.Error != nil || string(m.Result) != "[]" {
		t.Errorf("%+v %s", m.Error, m.Result)
	}
}
