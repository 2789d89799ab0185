package loong

import (
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// Reason says why an operation is not ready, or cannot be told to be.
type Reason struct {
	Check   *ChannelCheck  // nil for an account that cannot be resolved
	Field   string         // the key it is about; empty for a bridge plugin
	Node    *document.Node // its value, or the key that names its variable; nil when neither is written
	Table   *document.Node // where the key belongs: the account's table, else the section; may be nil
	Setting *Setting       // of a credential, else nil
	Text    string         // what is wrong; holds names from the file, to be masked
	Help    string         // what to do, the same

	PrivateHost bool // it is an address that outbound_http.allow_private_hosts would let pass
}

// operation says what an account can do (channels.json, operation_health).
func (r *accountReader) operation(op *ChannelOperation) Operation {
	switch {
	case !op.Exists:
		return Operation{State: StateUnsupported}
	case r.account.Unresolvable:
		return Operation{State: StateMisconfigured, Reasons: []Reason{{Node: r.account.Node, Table: r.account.Node,
			Text: "the account's key is blank, and another account has a key",
			Help: "give the account a key"}}}
	case !r.account.Enabled:
		return Operation{State: StateDisabled}
	}
	return r.health(op)
}

// health runs the checks of an enabled account, in Loong's order.
func (r *accountReader) health(op *ChannelOperation) Operation {
	o := Operation{State: StateReady}
	var last [Maybe + 1]CheckKind // with each outcome
	for i := range op.Requires {
		c := &op.Requires[i]
		switch {
		case c.missing.Has(r.target):
			continue
		case c.Kind == CheckPlugin:
			if o.State == StateReady {
				o.State = StateUnsupported
				o.Reasons = append(o.Reasons, r.reason(c, &subject{}))
			}
			continue
		case c.Kind == CheckHeaderValue && (last[No] == CheckHeaderName || last[Maybe] == CheckHeaderName):
			continue
		}
		s := r.subject(c)
		is := outcome(r.applies(c), s.judge(r, c))
		last[is] = c.Kind
		switch {
		case is == No:
			o.State = StateMisconfigured
			o.Reasons = append(o.Reasons, r.reason(c, &s))
		case is == Maybe && o.State == StateReady:
			o.State = StateUnknown
		}
	}
	return o
}

// outcome is the outcome of a check that may not apply: it holds where it does not apply, and is
// open where that is not known and it would fail.
func outcome(applies, holds Tri) Tri {
	switch {
	case applies == No || holds == Yes:
		return Yes
	case applies == Maybe:
		return Maybe
	}
	return holds
}

// applies reports whether a check's condition holds for the account.
func (r *accountReader) applies(c *ChannelCheck) Tri {
	if c.When == 0 {
		return Yes
	}
	if c.WhenValue == "" {
		if s := r.account.setting(c.When); s != nil {
			return s.Given
		}
		return No
	}
	v, _ := r.ch.effective(r.account, c.When)
	is := c.WhenUnset
	if b, ok := v.Bool(); ok {
		is = strconv.FormatBool(b)
	} else if w, ok := v.Word(); ok {
		is = w
	}
	if is == c.WhenValue {
		return Yes
	}
	return No
}

// subject is the value a check looks at.
type subject struct {
	setting *Setting
	node    *document.Node
	text    string   // trimmed; of a field that is no list
	items   []string // of a list, trimmed and without blanks
	count   int      // of a list, its entries
	given   Tri      // there is something that is not blank
	known   bool
	unset   bool // it is the check's default, nothing else being given
}

// subject looks up the value of a check, with its defaults.
func (r *accountReader) subject(c *ChannelCheck) subject {
	s := subject{known: true}
	if s.setting = r.account.setting(c.Key); s.setting != nil {
		s.node, s.text, s.items = s.setting.Inline, s.setting.text, s.setting.items
		s.given, s.known = s.setting.Given, s.setting.Known || s.setting.Given == No
		s.count = len(s.items)
	} else {
		v, _ := r.ch.effective(r.account, c.Key)
		s.node = v.Node
		for _, item := range v.Items() {
			text, isText := item.Text()
			if text = trim(text); text != "" {
				s.items = append(s.items, text)
			}
			if !isText || text != "" {
				s.count++
			}
		}
		text, ok := v.Text()
		if !ok {
			text = c.Unset
		}
		s.text = trim(text)
		if s.text != "" || s.count > 0 {
			s.given = Yes
		}
	}
	if s.given == No && c.Default != "" {
		s.text, s.given, s.unset = c.Default, Yes, true
	}
	return s
}

// judge reports whether a value passes a check (channels.json, ready_checks). The checks on
// mail and IRC addresses pass here: a file that fails them is refused before (validation.json).
func (s *subject) judge(r *accountReader, c *ChannelCheck) Tri {
	switch c.Kind {
	case CheckPresent, CheckNonBlank, CheckNonEmptyList, CheckNonBlankList:
		return s.given
	case CheckHeaderName:
		return triOf(isHeaderName(s.text))
	}
	if s.given == No {
		return Yes // only a value that is there is looked at
	}
	if !s.known {
		return Maybe
	}
	switch c.Kind {
	case CheckHTTPURL:
		return triOf(isHTTPURL(s.text, r.allowsAnyHost(c)))
	case CheckHTTPBaseURL:
		return triOf(isHTTPBaseURL(s.text, r.allowsAnyHost(c)))
	case CheckWebsocketURL:
		if s.setting != nil && s.setting.Credential.List {
			return triOf(allWebsocket(s.items))
		}
		return triOf(isWebsocketURL(s.text))
	case CheckNostrKey:
		return triOf(nostrKey(s.text) != nil)
	case CheckTlonShip:
		return triOf(isTlonShip(s.text))
	case CheckTlonURL:
		return triOf(isTlonURL(s.text))
	case CheckHeaderValue:
		prefix, ok := r.textOf(c.Prefix)
		if !ok {
			prefix = c.PrefixUnset
		}
		return triOf(isHeaderValue(prefix + s.text))
	}
	return Yes
}

// allowsAnyHost reports whether private hosts pass a check.
func (r *accountReader) allowsAnyHost(c *ChannelCheck) bool {
	return r.private || c.AnyHost && !c.notAnyHost.Has(r.target)
}

func triOf(is bool) Tri {
	if is {
		return Yes
	}
	return No
}

func allWebsocket(list []string) bool {
	for _, s := range list {
		if !isWebsocketURL(s) {
			return false
		}
	}
	return true
}

// isHeaderName reports whether s is a token of RFC 9110, 5.6.2, and not longer than Loong's
// HTTP library takes.
func isHeaderName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != "" && len(s) < 1<<16
}

// isHeaderValue reports whether s may be sent as a header's value.
func isHeaderValue(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// isTlonShip reports whether s names an Urbit ship as Loong reads it.
func isTlonShip(s string) bool {
	s = strings.TrimLeft(s, "~")
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && s[i] != '-' {
			return false
		}
	}
	return s != ""
}
