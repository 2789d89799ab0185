package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// pointerName is how messages call the value that names a variable: api_key_env, api_key.env.
func pointerName(n *document.Node) string {
	if n == nil {
		return "the variable's name"
	}
	if n.Name() == "env" && n.Parent != nil && n.Parent.Name() != "" {
		return n.Parent.Name() + ".env"
	}
	return n.Name()
}

// nameFix offers the name that Loong itself suggests.
func nameFix(p *lint.Pass, f *lint.Finding, d *loong.Diagnostic, safety lint.Safety) {
	name := d.SuggestedEnvName
	if name == "" {
		return
	}
	f.Help("write the name alone: %q", name)
	if n := d.Node; n != nil && n.Kind == document.String && n.Text() != name && isName(name) {
		f.Fix(safety, "write the name alone", replaceText(p.Document, n, name))
	}
}

// isName reports whether s is a portable variable name: letters, digits and underscores.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c < '0' || c > '9' || i == 0) && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return s != ""
}
