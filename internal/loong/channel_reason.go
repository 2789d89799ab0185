package loong

import (
	"fmt"

	"github.com/loonglint/loonglint/internal/weburl"
)

// reason puts a failed check into words.
func (r *accountReader) reason(c *ChannelCheck, s *subject) Reason {
	w := Reason{Check: c, Field: c.Field, Node: s.node, Table: r.account.Node, Setting: s.setting}
	if w.Node == nil && s.setting != nil {
		w.Node = s.setting.EnvNode
	}
	if w.Table == nil {
		w.Table = r.ch.Node
	}
	switch c.Kind {
	case CheckPresent, CheckNonEmptyList, CheckNonBlankList:
		if s.setting != nil {
			w.Text, w.Help = s.setting.missing()
		} else {
			w.Text, w.Help = r.unset(c)
		}
	case CheckNonBlank:
		w.Text, w.Help = c.Field+" is blank", "leave "+c.Field+" out for "+quote(c.Unset)+", or give a name"
	case CheckPlugin:
		w.Text = "its settings are complete, and a bridge plugin has to carry it; plugins are not searched here"
		w.Help = "set runtime_plugins.enabled, and roots to the folder of the plugin"
	default:
		w.Text, w.Help = r.unfit(c, s)
		w.PrivateHost = c.Kind == CheckHTTPURL && isHTTPURL(s.text, true) || c.Kind == CheckHTTPBaseURL && isHTTPBaseURL(s.text, true)
	}
	return w
}

// missing says why a credential gives nothing, and what would.
func (s *Setting) missing() (text, help string) {
	c := s.Credential
	switch {
	case s.Form.Kind == EnvReference:
		return c.Field + " is read from the variable " + quote(s.Form.Text) + ", which is not set",
			"set the variable; Loong looks nowhere else"
	case s.Form.Kind == FileReference:
		return c.Field + " is read from a file that is not there or empty", "Loong looks nowhere else"
	case s.Form.Kind == ExecReference:
		return c.Field + " comes from a program, which is not run here and counts as missing", ""
	case s.EnvRead:
		return c.Field + " is not set, and neither is the variable " + quote(s.Env), "set the variable, or " + c.Field
	case s.LostEnv != "":
		return c.Field + " is not set, and no variable is named for it", fmt.Sprintf("set %s, or add %s = %q: "+
			"that name is the default only in a file without the section", c.Field, c.EnvField, s.LostEnv)
	}
	return c.Field + " is not set, and no variable is named for it",
		fmt.Sprintf("set %s, or name a variable in %s", c.Field, c.EnvField)
}

// unset says that a plain field gives nothing.
func (r *accountReader) unset(c *ChannelCheck) (text, help string) {
	text, help = c.Field+" is not set", "set "+c.Field
	switch {
	case c.Kind == CheckNonEmptyList, c.Kind == CheckNonBlankList:
		text = c.Field + " is empty, so nobody is let in"
		help = "list the ids that may talk to the agent in " + c.Field
		if c.Wildcard {
			help += `; "*" lets everybody in`
		}
	case c.When != 0:
		text += " while " + c.When.String() + " is " + c.WhenValue
		if c.WhenValue == "true" {
			help += ", or " + c.When.String() + " to false"
		}
	}
	return text, help
}

// unfit says what is wrong with a value, without showing it.
func (r *accountReader) unfit(c *ChannelCheck, s *subject) (text, help string) {
	switch c.Kind {
	case CheckHTTPURL, CheckHTTPBaseURL:
		return r.unfitURL(c, s)
	case CheckWebsocketURL:
		return c.Field + " is not a ws:// or wss:// address", "write " + c.Field + " as wss://host/path"
	case CheckNostrKey:
		return c.Field + " is not a Nostr private key", "write " + c.Field + " as nsec1… in lower case, or as 64 hex digits"
	case CheckTlonShip:
		return c.Field + " is not the name of a ship", "write " + c.Field + " in letters and dashes, as in ~sampel-palnet"
	case CheckTlonURL:
		return c.Field + " is not a bare http or https address", "leave user, path, query and fragment out of " + c.Field
	case CheckHeaderName:
		return c.Field + " is not the name of a header", "write " + c.Field + " in letters, digits and dashes, as in X-Auth"
	case CheckHeaderValue:
		return fmt.Sprintf("%s with %s before it cannot be sent in a header", c.Field, c.Prefix), "remove the control characters from " + c.Field
	}
	return c.Field + " is not accepted", ""
}

// unfitURL says which part of an address Loong does not take.
func (r *accountReader) unfitURL(c *ChannelCheck, s *subject) (text, help string) {
	u, ok := weburl.Parse(s.text)
	switch {
	case !ok:
		return c.Field + " is not an address: " + weburl.Fault(s.text), "write " + c.Field + " as https://host/path"
	case !isHTTP(&u):
		return c.Field + " is neither http nor https", "write " + c.Field + " as https://host/path"
	case u.HasUser:
		return c.Field + " has a user name or password in it", "leave them out of " + c.Field
	case c.Kind == CheckHTTPBaseURL && (u.HasQuery || u.HasFragment):
		return c.Field + " has a query or fragment", "end " + c.Field + " before ? and #"
	}
	text = c.Field + " leads to a private host"
	if s.unset {
		text = c.Field + " is not set, and its default leads to a private host"
	}
	return text, "set outbound_http.allow_private_hosts = true, or a public address in " + c.Field
}

func quote(name string) string { return `"` + name + `"` }
