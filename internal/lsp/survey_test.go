package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWorkspaceDiagnostics(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"loong.toml":                slip,
		"sub/prod.loong.toml":       "active_provider = \"none\"\n[providers.a]\nkind = \"openai\"\nmodel = \"m\"\n",
		"sub/Cargo.toml":            "[package]\nname = \"x\"\n",
		"vendor/loong.toml":         slip,
		"loonglint.toml":            "exclude = [\"vendor/\"]\n",
		"sub/.git/x.loong.toml":     slip,
		"ignored/very.loong.toml":   slip,
		"ignored/.gitignore":        "*.toml\n",
		"sub/found-by-content.toml": slip,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	uri := func(name string) string { return uriOf(filepath.Join(dir, filepath.FromSlash(name))) }
	c := start(t, Machine{}, `{"processId":null,"workspaceFolders":[{"uri":"`+uriOf(dir)+`"}],"initializationOptions":{"workspace":true},
		"capabilities":{"textDocument":{"diagnostic":{}}}}`)
	var answer workspaceReport
	ask := func() map[string]string {
		previous := []map[string]string{}
		for _, r := range answer.Items {
			previous = append(previous, map[string]string{"uri": r.URI, "value": r.ResultID})
		}
		answer = workspaceReport{}
		c.request("workspace/diagnostic", map[string]any{"previousResultIds": previous}, &answer)
		told := map[string]string{}
		for _, r := range answer.Items {
			name := strings.TrimPrefix(r.URI, uriOf(dir)+"/")
			told[name] = r.Kind
			if r.Items != nil {
				told[name] = strings.Join(codes(*r.Items), ", ")
			}
			if (r.Version != nil) != (name == "loong.toml" && *r.Version == 1) {
				t.Errorf("%s has version %v", name, r.Version)
			}
		}
		return told
	}
	c.open(uri("loong.toml"), strings.Replace(slip, "opneai", "openai", 1)) // as it is in the editor
	want := map[string]string{"loong.toml": "", "sub/prod.loong.toml": "0 unknown-active-provider", "sub/found-by-content.toml": "2 unknown-provider-kind"}
	if got := ask(); !equal(got, want) {
		t.Errorf("at first %v, want %v", got, want)
	}
	if err := os.Remove(filepath.Join(dir, "sub", "found-by-content.toml")); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didSave", documentParams{textDocumentIdentifier{uri("loong.toml")}})
	want = map[string]string{"loong.toml": "unchanged", "sub/prod.loong.toml": "unchanged", "sub/found-by-content.toml": ""}
	if got := ask(); !equal(got, want) {
		t.Errorf("then %v, want %v", got, want)
	}
	// Asked again without a change it waits, and reads nothing.
	c.send(map[string]any{"jsonrpc": "2.0", "id": 900, "method": "workspace/diagnostic",
		"params": map[string]any{"previousResultIds": []map[string]string{{"uri": uri("loong.toml"), "value": "x"}}}})
	c.notify("$/cancelRequest", map[string]any{"id": 900})
	if m := c.receive(func(m *incoming) bool { return string(m.ID) == "900" }); m.Error == nil || m.Error.Code != codeRequestCanceled {
		t.Errorf("canceled: %+v", m)
	}
}

// TestACancelIsNotLost holds that a request which is answered later ends also when it is canceled while it is taken up.
func TestACancelIsNotLost(t *testing.T) {
	b := newInbox()
	b.put([]byte(`{"id":1,"method":"workspace/diagnostic"}`))
	if m, _ := b.take(); m == nil || m.Method != "workspace/diagnostic" {
		t.Fatalf("took %v", m)
	}
	b.put([]byte(`{"method":"$/cancelRequest","params":{"id":1}}`))
	if !b.isCanceled() {
		t.Error("the request is not known to be canceled")
	}
	if m, _ := b.take(); m == nil || m.Method != "$/cancelRequest" {
		t.Errorf("took %v, not the message that cancels", m)
	}
}

func equal(a, b map[string]string) bool {
	flat := func(m map[string]string) (list []string) {
		for k, v := range m {
			list = append(list, k+"\x00"+v)
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(flat(a), flat(b))
}
