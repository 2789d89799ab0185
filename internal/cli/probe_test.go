package cli

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/report"
)

// canaries are secrets in every place where a probe meets one.
var canaries = []string{
	"canary-literal", "canary-oauth", "canary-variable", "canary-own-variable", "canary-file", "canary-header", "canary-user", "canary-password",
	"canary-query", "AKIACANARYCANARY0000", "canary-aws-secret", "canary-session", "canary-proxy", "canary-broken\x7f", "gsk_canarycanarycanarycanary",
}

// canaryConfig has a profile for each of them; %[1]s is a server, %[2]s one that nobody runs, %[3]s a file.
const canaryConfig = `active_provider = "literal"
[providers.literal]
kind = "openai"
base_url = "http://%[1]s"
api_key = "canary-literal"
model = "m"
[providers.listed]
kind = "openai"
base_url = "http://%[1]s"
api_key = "canary-literal, canary-own-variable"
preferred_models = ["other"]
[providers.oauth]
kind = "openai"
base_url = "http://%[1]s/401"
oauth_access_token = "canary-oauth"
[providers.variable]
kind = "openai"
base_url = "http://%[1]s/401"
[providers.own]
kind = "openai"
base_url = "http://%[1]s/500"
api_key_env = "TEAM_KEY"
[providers.file]
kind = "openai"
base_url = "http://%[1]s/redirect"
api_key = { file = '%[3]s' }
[providers.header]
kind = "anthropic"
base_url = "http://%[1]s/reason"
headers = { authorization = "Bearer canary-header", "x-b" = "canary-header" }
[providers.user]
kind = "vllm"
base_url = "http://canary-user:canary-password@%[1]s/echo"
[providers.query]
kind = "openai"
api_key = "canary-literal"
models_endpoint = "http://%[1]s/echo?key=canary-query"
[providers.nobody]
kind = "openai"
api_key = "canary-literal"
base_url = "http://canary-user:canary-password@%[2]s"
[providers.elsewhere]
kind = "openai"
api_key = "canary-literal"
base_url = "https://canary-user:canary-password@elsewhere.example/?canary-query"
[providers.aws]
kind = "bedrock"
models_endpoint = "http://%[1]s/echo"
[providers.copilot]
kind = "github-copilot"
oauth_access_token = "canary-broken\u007f"
[providers.broken]
kind = "openai"
base_url = "http://%[1]s"
api_key = "canary-broken\u007f"
[providers.name]
kind = "groq"
base_url = "http://%[1]s"
api_key_env = "gsk_canarycanarycanarycanary"
`

// hoarder answers with all it was told.
func hoarder(w http.ResponseWriter, r *http.Request) {
	var told bytes.Buffer
	fmt.Fprintf(&told, "%s %s", r.RequestURI, r.Host)
	for name, values := range r.Header {
		fmt.Fprintf(&told, " %s %s", name, strings.Join(values, " "))
	}
	w.Header().Set("X-Told", strings.ReplaceAll(told.String(), "\x7f", ""))
	w.Header().Set("Retry-After", "canary-literal")
	switch {
	case strings.HasPrefix(r.URL.Path, "/401"):
		w.WriteHeader(http.StatusUnauthorized)
	case strings.HasPrefix(r.URL.Path, "/500"):
		w.WriteHeader(http.StatusInternalServerError)
	case strings.HasPrefix(r.URL.Path, "/redirect"):
		w.Header().Set("Location", "http://canary-user:canary-password@"+r.Host+"/?"+r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusFound)
	case strings.HasPrefix(r.URL.Path, "/reason"):
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			fmt.Fprintf(conn, "HTTP/1.1 403 %s\x1b[31m\r\n\r\n", told.String())
			conn.Close()
		}
		return
	}
	fmt.Fprintf(w, `{"data":[{"id":%q},{"id":%q}]}`, told.String(), r.Header.Get("Authorization"))
}

func TestProbeKeepsSecrets(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(hoarder))
	defer server.Close()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	dir := t.TempDir()
	file, config := filepath.Join(dir, "key"), filepath.Join(dir, "loong.toml")
	host := server.Listener.Addr().String()
	write(t, file, "canary-file\n")
	write(t, config, fmt.Sprintf(canaryConfig, host, nobody.Addr(), file))
	environ := []string{"OPENAI_API_KEY=canary-variable", "TEAM_KEY=canary-own-variable", "AWS_ACCESS_KEY_ID=AKIACANARYCANARY0000", "AWS_REGION=us-east-1",
		"AWS_SECRET_ACCESS_KEY=canary-aws-secret", "AWS_SESSION_TOKEN=canary-session", "HTTPS_PROXY=http://canary-user:canary-proxy@" + nobody.Addr().String()}
	allow := []string{"--allow-host", "http://" + host, "--allow-host", "http://" + nobody.Addr().String(), "--allow-env", "TEAM_KEY", "--allow-secret-files", "--proxy=env", config}

	runs := [][]string{{"probe", "--plan"}, {"probe", "--plan", "--format", "json"}, {"probe", "--verbose"}, {"check", "--probe", "--statistics"}}
	for _, f := range report.Formats() {
		runs = append(runs, []string{"probe", "--format", f}, []string{"check", "--probe", "--format", f})
	}
	for _, args := range runs {
		var out, errs bytes.Buffer
		status := Main(append(append([]string{"loonglint"}, args...), allow...), strings.NewReader(""), &out, &errs, environ)
		if status > statusFindings || out.Len() == 0 {
			t.Errorf("%v: status %d, %s", args, status, errs.String())
		}
		for _, text := range []string{out.String(), errs.String()} {
			for _, c := range canaries {
				if strings.Contains(text, c) {
					t.Errorf("%v shows %q:\n%s", args, c, text)
				}
			}
			if strings.Contains(text, "\x1b") || strings.Contains(text, "\x7f") {
				t.Errorf("%v steers the terminal", args)
			}
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
