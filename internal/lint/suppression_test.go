package lint

import (
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// The comment is where it is read, whatever the line looks like.
func TestSuppressionOfAFinding(t *testing.T) {
	rule := &Rule{Name: "some-rule"}
	for _, tt := range []struct {
		name, src string
		line      int
		want      string // empty: no comment can be written
	}{
		{"at the end", "a = 1\nb = 2\n", 2, "a = 1\nb = 2 # loonglint: ignore[some-rule] why\n"},
		{"after blanks", "a = 1 \t\n", 1, "a = 1 # loonglint: ignore[some-rule] why\n"},
		{"without a line break", "a = 1", 1, "a = 1 # loonglint: ignore[some-rule] why"},
		{"with another suppression", "a = 1 # loonglint: ignore[other] so\n", 1, "a = 1 # loonglint: ignore[other, some-rule] so\n"},
		{"with another suppression above", "# loonglint: ignore[other] so\na = 1\n", 2, "# loonglint: ignore[other, some-rule] so\na = 1\n"},
		{"with a comment", "a = 1\r\n  b = 2 # two\r\n", 2, "a = 1\r\n  # loonglint: ignore[some-rule] why\r\n  b = 2 # two\r\n"},
		{"with a comment, after a byte order mark", "\ufeffa = 1 # one\n", 1, "\ufeff# loonglint: ignore[some-rule] why\na = 1 # one\n"},
		{"where a text over several lines begins", "a = '''\nx'''\n", 1, "# loonglint: ignore[some-rule] why\na = '''\nx'''\n"},
		{"where it ends", "a = '''\nx'''\n", 2, "a = '''\nx''' # loonglint: ignore[some-rule] why\n"},
		{"within it", "a = '''\nx\ny'''\n", 2, ""},
		{"within a list", "a = [\n  1,\n]\n", 2, "a = [\n  1, # loonglint: ignore[some-rule] why\n]\n"},
		{"of a place that is none", "a = 1\n", 0, ""},
	} {
		doc := document.Parse("a.toml", []byte(tt.src))
		e, ok := Suppression(doc, &Finding{Rule: rule, Start: document.Position{Line: tt.line}}, "why")
		if ok != (tt.want != "") {
			t.Errorf("%s: %v, %v", tt.name, e, ok)
		}
		if !ok {
			continue
		}
		if got, err := document.Apply(doc.Source, []document.Edit{e}); string(got) != tt.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
	mandatory := &Finding{Rule: &Rule{Name: "some-rule", Mandatory: true}, Start: document.Position{Line: 1}}
	if _, ok := Suppression(document.Parse("a.toml", []byte("a = 1\n")), mandatory, "why"); ok {
		t.Error("a mandatory rule is suppressed")
	}
}
