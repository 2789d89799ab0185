package vscode

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// page opens VS Code with a folder in memory. The extension and its driver count as its own.
const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<link rel="stylesheet" href="/code/out/vs/workbench/workbench.web.main.internal.css">
<body></body>
<script type="module">
globalThis._VSCODE_FILE_ROOT = location.origin + "/code/out/";
await import("/code/out/nls.messages.js");
const { default: open } = await import("/code/workbench.js");
const extension = (path) => ({ scheme: "http", authority: location.host, path });
open(document.body, {
	productConfiguration: { nameShort: "Code", nameLong: "Code", applicationName: "code", webEndpointUrlTemplate: location.origin + "/code", quality: "stable" },
	folderUri: { scheme: "tmp", path: "/work" },
	additionalBuiltinExtensions: [extension("/extension"), extension("/driver")],
	configurationDefaults: { "workbench.startupEditor": "none", "editor.minimap.enabled": false, "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.colorTheme": "Default Light Modern" },
});
</script>
</html>
`

// openWeb serves VS Code for the web from the folder that LOONGLINT_CODE names, and the extension from LOONGLINT_EXTENSION, as
// .ci/vscode does.
func openWeb(t *testing.T) *editor {
	code, extension := os.Getenv("LOONGLINT_CODE"), os.Getenv("LOONGLINT_EXTENSION")
	if code == "" || extension == "" {
		t.Skip("LOONGLINT_CODE and LOONGLINT_EXTENSION do not name the folders of VS Code for the web and of the extension")
	}
	w := &editor{T: t, steps: make(chan step)}
	mux := http.NewServeMux()
	for prefix, folder := range map[string]string{"/code/": code, "/extension/": extension, "/driver/": driver} {
		mux.Handle(prefix, http.StripPrefix(prefix, http.FileServer(http.Dir(folder))))
	}
	w.handle(mux)
	mux.HandleFunc("GET /{$}", func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, page) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.open(server.URL + "/")
	return w
}

func TestVSCodeForTheWeb(t *testing.T) {
	w := openWeb(t)
	shown := w.work("vscode")

	// The stack of a browser does not suffice for this text. The extension says so, and does not try it again and again.
	w.text("deep.loong.toml", "a = "+strings.Repeat("[", 100_000))
	w.with("deep", nil, nil, func() {
		w.until(`document.body.innerText.includes("loonglint failed and was stopped")`)
		w.picture("deep")
	})
	const button = `[...document.querySelectorAll(".notification-toast .monaco-button")].find((b) => b.innerText.includes("Restart the server"))`
	var list []string
	w.with("closed", &list, nil, func() {
		if len(list) > 0 {
			t.Errorf("findings of a server that was stopped: %q", list)
		}
		if err := w.Eval(button+".click()", nil); err != nil {
			t.Fatal(err)
		}
	})
	w.seen("restarted", shown...)
}
