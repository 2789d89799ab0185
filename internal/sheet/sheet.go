// Package sheet says for people what Loong does with a file and its profiles, each value beside where it comes from, and what
// a profile of a kind needs.
package sheet

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// Resolve writes what Loong will do with a file, with the origin of every value (contract.md,
// "loonglint.resolve.v1"). Nothing that is or could be a secret is written.
func Resolve(w io.Writer, name string, c *loong.Config) error {
	s := &sheet{config: c, secrets: redact.Of(c.Document)}
	fmt.Fprintf(&s.b, "%s  %s  (%s)\n", redact.Printable(name), c.Verdict, c.Target.Title())
	switch c.Verdict {
	case loong.Undecodable, loong.Crashes:
		s.b.WriteString("Loong cannot start with it; loonglint check tells why\n")
	case loong.Refused:
		s.diagnostics()
	default:
		s.ignored = ignoredByProfile(c)
		s.row("", "active provider", c.ActiveProvider.Val, s.origin(c.ActiveProvider.From))
		if c.LastProvider.Val != "" {
			s.row("", "last provider", c.LastProvider.Val, s.origin(c.LastProvider.From))
		}
		for i := range c.Profiles {
			s.profile(&c.Profiles[i])
		}
		s.channels()
		s.ignoredElsewhere()
		s.diagnostics()
	}
	_, err := io.WriteString(w, s.b.String())
	return err
}

// Profile is the part of Resolve about one profile of c, whose secrets are those given.
func Profile(c *loong.Config, p *loong.Profile, secrets *redact.Document) string {
	s := &sheet{config: c, secrets: secrets, ignored: ignoredByProfile(c)}
	s.profile(p)
	return strings.TrimPrefix(s.b.String(), "\n")
}

// The columns at which values and origins begin.
const (
	valueColumn  = 15
	originColumn = 65
)

// sheet is the text under way.
type sheet struct {
	b       strings.Builder
	config  *loong.Config
	secrets *redact.Document
	ignored map[*document.Node][]loong.Ignored // by the table of the profile; nil: of none
}

// row writes a label, a value and where the value comes from, which goes to a line of its own
// when the value is long. Everything is masked here, and nowhere else.
func (s *sheet) row(indent, label, value, origin string) {
	left := indent + label
	if width := valueColumn; len(left) >= width {
		left += "  "
	} else {
		left += strings.Repeat(" ", width-len(left))
	}
	left += s.secrets.Text(value)
	origin = s.secrets.Text(origin)
	if origin == "" {
		s.b.WriteString(strings.TrimRight(left, " ") + "\n")
		return
	}
	n := utf8.RuneCountInString(left)
	if n > originColumn-2 {
		s.b.WriteString(left + "\n")
		left, n = "", 0
	}
	s.b.WriteString(left + strings.Repeat(" ", originColumn-n) + origin + "\n")
}

const inProfile = "  "

func (s *sheet) profile(p *loong.Profile) {
	s.b.WriteString("\nprofile " + s.secrets.Text(p.ID))
	if p.Active {
		s.b.WriteString(" (active)")
	}
	s.b.WriteString("\n")
	s.row(inProfile, "kind", p.Kind.ID, s.origin(p.KindFrom()))
	s.chat(p)
	s.row(inProfile, "models", p.Models.Val, s.modelsOrigin(p))
	s.row(inProfile, "model", p.Model.Val, s.modelOrigin(p))
	if p.Auto && len(p.PreferredModels) > 0 {
		s.row(inProfile, "preferred", strings.Join(p.PreferredModels, ", "), s.origin(loong.Origin{
			Source: loong.FromFile, Node: p.Table.Field("preferred_models").Node}))
	}
	if p.Transport != loong.Ready {
		s.row(inProfile, "transport", string(p.Transport), `wire_api = "`+p.WireAPI+`"`+s.comma(p.Table.Field("wire_api").Node))
	}
	s.credential(p)
	s.ignoredOf(p)
}

// chat writes where chat requests go. Where the model decides that, it also writes the address that
// Loong's own reports show and no request uses.
func (s *sheet) chat(p *loong.Profile) {
	if !p.RoutesByModel() {
		s.row(inProfile, "chat", p.Request.Val, s.requestOrigin(p))
		return
	}
	switch address := p.ChatAddress(); {
	case address != "":
		s.row(inProfile, "chat", address, s.baseOrigin(p)+"; path chosen by the model, "+s.origin(p.Model.From))
	case p.Auto:
		s.row(inProfile, "chat", "below "+p.Base.Val, s.baseOrigin(p)+"; the model chosen from the list decides on the path")
	default:
		s.row(inProfile, "chat", "none", "the model is of another kind, every request fails; model, "+s.origin(p.Model.From))
	}
	s.row(inProfile, "shown as", p.Request.Val, "in reports of Loong; chat does not use it")
}

func (s *sheet) baseOrigin(p *loong.Profile) string {
	if base := s.part("base_url", p.Base.From); base != "" {
		return base
	}
	return "base is the kind's default"
}

// origin says in words where a value comes from.
func (s *sheet) origin(o loong.Origin) string {
	text := ""
	switch o.Source {
	case loong.FromFile:
		text = s.line(o.Node)
	case loong.FromKind:
		text = "the kind's default"
	case loong.FromDefault:
		text = "default"
	}
	if o.Note() != "" && o.Ignored == nil {
		text = strings.TrimPrefix(text+", "+o.Note(), ", ")
	}
	return text
}

func (s *sheet) line(n *document.Node) string {
	if n == nil {
		return "the file"
	}
	return fmt.Sprintf("line %d", s.config.Document.Position(n.Place().Start).Line)
}

func (s *sheet) comma(n *document.Node) string {
	if n == nil {
		return ""
	}
	return ", " + s.line(n)
}

// part names one of the two parts of an address and where it comes from.
func (s *sheet) part(key string, o loong.Origin) string {
	if o.Source == loong.FromFile {
		return key + ", " + s.line(o.Node)
	}
	return ""
}

func (s *sheet) requestOrigin(p *loong.Profile) string {
	if p.EndpointOverrides {
		return "endpoint, " + s.line(p.Request.From.Node)
	}
	base, path := s.part("base_url", p.Base.From), s.part("chat_completions_path", p.Path.From)
	text := ""
	switch {
	case base == "" && path == "":
		text = "the kind's default"
	case path == "":
		text = base + "; path is the kind's default"
	case base == "":
		text = "base is the kind's default; " + path
	default:
		text = base + "; " + path
	}
	if v := p.Table.Field("wire_api"); v.Present() && p.WireAPI != "chat_completions" {
		text += "; wire_api" + s.comma(v.Node)
	}
	return text + region(p, p.Request.From)
}

func (s *sheet) modelsOrigin(p *loong.Profile) string {
	switch base := s.part("base_url", p.Base.From); {
	case p.ModelsEndpointOverrides:
		return "models_endpoint, " + s.line(p.Models.From.Node)
	case p.Kind.ModelsPathAbsolute:
		return "the kind's default" + region(p, p.Models.From)
	case base == "":
		return "the kind's default"
	default:
		return base
	}
}

// region is what there is to say of the region in an address, for kinds that have one.
func region(p *loong.Profile, o loong.Origin) string {
	if len(p.Kind.RegionEnvNames) == 0 || o.Note() == "" || o.Ignored != nil {
		return ""
	}
	return "; " + o.Note()
}

func (s *sheet) modelOrigin(p *loong.Profile) string {
	text := s.origin(p.Model.From)
	if p.Auto {
		text = strings.TrimPrefix(text+": Loong picks from the model list", ": ")
	}
	return text
}

// ignoredOf lists what is written for a profile and has no effect.
func (s *sheet) ignoredOf(p *loong.Profile) {
	for _, i := range s.ignored[p.Node] {
		s.row(inProfile, "ignored", strings.TrimPrefix(i.Node.KeyPath(), p.Node.KeyPath()+"."), s.reason(i))
	}
}

// ignoredElsewhere lists what has no effect outside the profiles.
func (s *sheet) ignoredElsewhere() {
	if len(s.ignored[nil]) > 0 {
		s.b.WriteString("\n")
	}
	for _, i := range s.ignored[nil] {
		s.row("", "ignored", i.Node.KeyPath(), s.reason(i))
	}
}

// reason says where something that has no effect is, why, and what counts in its place.
func (s *sheet) reason(i loong.Ignored) string {
	text := s.line(i.Node) + ", " + i.Why
	if i.By != nil {
		text += " (" + s.line(i.By) + ")"
	}
	return text
}

// ignoredByProfile sorts what has no effect by the table of its profile, nil for none.
func ignoredByProfile(c *loong.Config) map[*document.Node][]loong.Ignored {
	of := make(map[*document.Node]*document.Node, len(c.Profiles))
	for i := range c.Profiles {
		if n := c.Profiles[i].Node; n != nil {
			of[n] = n
		}
	}
	list := map[*document.Node][]loong.Ignored{}
	for _, i := range c.Ignored() {
		table := i.Node.Parent
		for table != nil && of[table] == nil {
			table = table.Parent
		}
		list[table] = append(list[table], i)
	}
	return list
}

// channels lists the accounts of enabled channels.
func (s *sheet) channels() {
	title := "\nchannels\n"
	all := s.config.Channels()
	for i := range all {
		c := &all[i]
		if c.Node == nil {
			continue
		}
		for j := range c.Accounts {
			a := &c.Accounts[j]
			if !a.Enabled {
				continue
			}
			s.b.WriteString(title)
			title = ""
			s.row(inProfile, c.Kind.ID, a.ID+": send "+string(a.Send.State)+", serve "+string(a.Serve.State), s.line(c.Node))
		}
	}
}

// diagnostics lists what Loong's own validation says.
func (s *sheet) diagnostics() {
	if len(s.config.Diagnostics) == 0 {
		return
	}
	s.b.WriteString("\nLoong's own validation\n")
	for i := range s.config.Diagnostics {
		d := &s.config.Diagnostics[i]
		at := d.Code
		if d.Node != nil {
			at = s.line(d.Node) + ", " + at
		}
		s.row(inProfile, d.Severity, d.FieldPath, at)
	}
}
