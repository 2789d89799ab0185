package probe

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/weburl"
)

// TestVectors holds signatures to those that AWS published.
func TestVectors(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join("testdata", "sigv4"))
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			checked++
			r, s, now := vector(t, f.Name())
			if !s.sign(r, now) {
				t.Fatal("not signed")
			}
			authorization, _ := r.get("authorization")
			if _, signature, _ := strings.Cut(authorization, "Signature="); signature != vectorFile(t, f.Name(), "header-signature.txt") {
				t.Errorf("%s\nwant signature %s", authorization, vectorFile(t, f.Name(), "header-signature.txt"))
			}
		})
	}
	if checked < 20 {
		t.Errorf("only %d vectors", checked)
	}
}

// TestConfiguredTokenIsSentOnce holds that a configured session token stays as it is where the keys have none.
func TestConfiguredTokenIsSentOnce(t *testing.T) {
	r, s, now := vector(t, "get-vanilla")
	r.add("x-amz-security-token", "of the file")
	if !s.sign(r, now) {
		t.Fatal("not signed")
	}
	var tokens []string
	for _, h := range r.headers {
		if h.name == "x-amz-security-token" {
			tokens = append(tokens, h.value)
		}
	}
	if !slices.Equal(tokens, []string{"of the file"}) {
		t.Errorf("the tokens are %q", tokens)
	}
	if authorization, _ := r.get("authorization"); !strings.Contains(authorization, "SignedHeaders=host;x-amz-date;x-amz-security-token,") {
		t.Errorf("the token is not signed: %s", authorization)
	}
}

func vectorFile(t *testing.T, folder, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "sigv4", folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// vector reads the request and its context.
func vector(t *testing.T, folder string) (*request, *signer, time.Time) {
	var context struct {
		Credentials struct {
			ID      string `json:"access_key_id"`
			Secret  string `json:"secret_access_key"`
			Session string `json:"token"`
		}
		Region, Service string
		Timestamp       time.Time
	}
	if err := json.Unmarshal([]byte(vectorFile(t, folder, "context.json")), &context); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(vectorFile(t, folder, "request.txt"), "\n"), "\n")
	method, target, _ := strings.Cut(strings.TrimSuffix(lines[0], " HTTP/1.1"), " ")
	r := &request{method: method}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		r.add(ascii.Lower(name), value)
	}
	host, _ := r.get("host")
	u, ok := weburl.Parse("https://" + host + target)
	if !ok {
		t.Fatal("no address")
	}
	r.url = u
	keys := awsKeys{context.Credentials.ID, context.Credentials.Secret, context.Credentials.Session}
	return r, &signer{keys: keys, region: context.Region, service: context.Service}, context.Timestamp
}
