package cli

import (
	"strings"
	"testing"
)

// A text beyond a limit of the parser is never taken for an empty file, which would be clean.
func TestTextsBeyondALimitAreNotRead(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "x = '" + strings.Repeat("a", 2<<20) + "'\n"
	writeFile(t, "long.toml", text)
	for _, tt := range []struct {
		stdin  string
		status int
		want   string
		args   []string
	}{
		{"", 3, "too long", []string{"check", "--env=static", "long.toml"}},
		{"", 3, "too long", []string{"resolve", "long.toml"}},
		{"", 3, "too long", []string{"resolve", "--format=json", "long.toml"}},
		{request(t, "a", text), 0, `"verdict":"unreadable","error":"holds a key or text that is too long`, []string{"check", "--batch"}},
	} {
		if r := loonglint(tt.stdin, nil, tt.args...); r.status != tt.status || !strings.Contains(r.all(), tt.want) {
			t.Errorf("%q: status %d, %.300s", tt.args, r.status, r.all())
		}
	}
}
