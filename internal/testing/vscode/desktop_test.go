package vscode

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// openServer starts code-server, the program LOONGLINT_CODE_SERVER, in which extensions run as they do on a computer: in Node.js, with
// files and programs. LOONGLINT_EXTENSION names the folder of the extension, and loonglint is in PATH; see make vscode-desktop.
func openServer(t *testing.T) *editor {
	program, extension := os.Getenv("LOONGLINT_CODE_SERVER"), os.Getenv("LOONGLINT_EXTENSION")
	if program == "" || extension == "" {
		t.Skip("LOONGLINT_CODE_SERVER and LOONGLINT_EXTENSION do not name code-server and the folder of the extension")
	}
	loonglint, err := exec.LookPath("loonglint")
	if err != nil {
		t.Fatal(err)
	}
	path, err := json.Marshal(loonglint)
	if err != nil {
		t.Fatal(err)
	}
	w := &editor{T: t, steps: make(chan step)}
	mux := http.NewServeMux()
	w.handle(mux)
	steps := httptest.NewServer(mux)
	t.Cleanup(steps.Close)

	work := t.TempDir()
	folder := func(name string) string { return filepath.Join(work, name) }
	for name, from := range map[string]string{"loonglint.loonglint-0.0.0": extension, "loonglint.driver-0.0.0": driver} {
		if err := os.CopyFS(filepath.Join(folder("extensions"), name), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	for path, text := range map[string]string{
		// By its path: the only run that relied on PATH did not find the program, and why is not known.
		"data/Machine/settings.json": `{"loonglint.path": ` + string(path) + `}`,
		"config.yaml":                "",
		"data/User/settings.json":    `{"workbench.startupEditor": "none", "editor.minimap.enabled": false, "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.colorTheme": "Default Light Modern"}`,
		"project/.keep":              "",
	} {
		if err := os.MkdirAll(filepath.Dir(folder(path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(folder(path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server := exec.Command(program, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--config", folder("config.yaml"), "--extensions-dir", folder("extensions"),
		"--user-data-dir", folder("data"), "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override")
	server.Env = append(os.Environ(), "LOONGLINT_STEPS="+steps.URL+"/step")
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	})
	address := regexp.MustCompile(`listening on (http://\S+?)/?$`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		t.Log(lines.Text())
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { // so that it can write on
				}
			}()
			w.open(m[1] + "/?folder=" + url.QueryEscape(folder("project")))
			return w
		}
	}
	t.Fatal("code-server ended")
	return nil
}

func TestVSCodeOnAComputer(t *testing.T) {
	w := openServer(t)
	shown := w.work("desktop")
	w.with("misplaced", nil, nil, func() {
		w.until(`document.body.innerText.includes("where there is no program")`)
		w.picture("misplaced")
	})
	w.seen("found", shown...)
}
