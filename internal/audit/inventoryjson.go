package audit

import "github.com/loonglint/loonglint/internal/jsonwrite"

// AppendJSON appends the inventory as its fields are tagged.
func (in *Inventory) AppendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	appendList(w, "profiles", in.Profiles, (*Profile).appendMembers)
	appendList(w, "credentials", in.Credentials, (*Credential).appendMembers)
	appendList(w, "channels", in.Channels, (*Channel).appendMembers)
	appendList(w, "access", in.Access, (*Access).appendMembers)
	w.End('}')
}

func appendList[T any](w *jsonwrite.Writer, key string, list []T, members func(*T, *jsonwrite.Writer)) {
	if len(list) == 0 {
		return
	}
	w.Begin(key, '[')
	for i := range list {
		w.Begin("", '{')
		members(&list[i], w)
		w.End('}')
	}
	w.End(']')
}

func (p *Profile) appendMembers(w *jsonwrite.Writer) {
	w.Text("id", p.ID)
	w.NumberIfAny("line", p.Line)
	w.Text("kind", p.Kind)
	w.TrueIf("active", p.Active)
	w.TextIfAny("scheme", p.Scheme)
	w.TextIfAny("host", p.Host)
	w.TextIfAny("model", p.Model)
	w.TextIfAny("transport", p.Transport)
	w.Text("ready", p.Ready)
}

func (c *Credential) appendMembers(w *jsonwrite.Writer) {
	w.Text("owner", c.Owner)
	w.TrueIf("active", c.Active)
	w.Text("source", c.Source)
	w.TextIfAny("name", c.Name)
	w.TextIfAny("state", c.State)
	w.NumberIfAny("line", c.Line)
	w.NumberIfAny("others", c.Others)
}

func (c *Channel) appendMembers(w *jsonwrite.Writer) {
	w.Text("id", c.ID)
	w.TextIfAny("account", c.Account)
	w.NumberIfAny("line", c.Line)
	w.TrueIf("enabled", c.Enabled)
	w.Text("send", c.Send)
	w.Text("serve", c.Serve)
}

func (a *Access) appendMembers(w *jsonwrite.Writer) {
	w.Text("key", a.Key)
	w.TextIfAny("value", a.Value)
	w.Text("text", a.Text)
	w.Number("line", a.Line)
}
