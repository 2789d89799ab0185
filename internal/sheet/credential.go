package sheet

import (
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// credential writes what a profile authenticates with, first what Loong tries first.
func (s *sheet) credential(p *loong.Profile) {
	c := &p.Credential
	label := "credential"
	next := func(value, origin string) {
		if label == "" {
			value = "else " + strings.TrimPrefix(value, "from ")
		} else {
			value = p.Kind.AuthScheme + ", " + value
		}
		s.row(inProfile, label, value, origin)
		label = ""
	}
	for g := range p.Secrets() {
		s.secretForm(*g.Form, next)
		for i := range c.Sources {
			if n := &c.Sources[i]; n.OAuth == g.IsToken() {
				next("from "+redact.VariableName(n.Name), s.nameOrigin(n))
			}
		}
	}
	if label != "" {
		s.row(inProfile, label, "none", "the kind needs none")
	}
	if c.Ready == loong.No && c.Required {
		s.row(inProfile, "", "missing", "no request is sent without one")
	}
}

// secretForm writes a secret field that is no variable; those are among the sources.
func (s *sheet) secretForm(f loong.SecretForm, next func(value, origin string)) {
	switch f.Kind {
	case loong.Literal:
		next("written in the file", s.line(f.Node))
	case loong.FileReference:
		next("from file "+f.Text, s.line(f.Node))
	case loong.ExecReference:
		next("from a program", s.line(f.Node)+", not run here")
	}
}

func (s *sheet) nameOrigin(n *loong.NameSource) string {
	text := "the kind's variable"
	if n.From.Source == loong.FromFile {
		text = s.line(n.From.Node)
	}
	switch {
	case n.Blank:
		return text + ", set but blank"
	case n.State == loong.Set:
		return text + ", set"
	case n.State == loong.Unset:
		return text + ", not set"
	case n.State == loong.Declared:
		return text + ", declared"
	}
	return text + ", not known"
}
