package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// channelFacts is channels.json as far as the program reads it.
type channelFacts struct {
	Channels []channelFact     `json:"channels"`
	Checks   map[string]string `json:"ready_checks"`
}

type channelFact struct {
	Section  string
	ID       string `json:"channel_id"`
	Label    string
	Aliases  []string
	Enabled  bool `json:"enabled_default"`
	Accounts struct {
		Supported    bool
		IDWithout    string `json:"id_without_accounts"`
		Unresolvable any    `json:"enabled_shown_when_unresolvable"`
		AsConfigured string `json:"enabled_as_configured_until"`
		ListedByID   string `json:"listed_by_id_until"`
	}
	Identity    []string `json:"runtime_account_id"`
	Credentials []struct {
		Field      string
		Secret     bool
		EnvField   string `json:"env_field"`
		DefaultEnv string `json:"default_env"`
		PresentEnv string `json:"default_env_when_section_present"`
		AccountEnv string `json:"account_default_env"`
	}
	StopsEnv    map[string]string `json:"account_stops_env"`
	PluginUntil string            `json:"plugin_until"` // the last version in which a bridge plugin runs it
	Operations  map[string]struct {
		Command     string
		Operational bool
		Ready       []readyFact `json:"ready_when"`
	}
}

type readyFact struct {
	Field, Check, When, Default, Note string
	Wildcard                          bool
	PrivateHosts                      string `json:"private_hosts"`
	PrivateSince                      string `json:"private_hosts_since"`
}

// channelTables writes the channels with their credentials and checks.
func channelTables(f *facts) ([]byte, error) {
	c, err := load[channelFacts](f, "channels")
	if err != nil {
		return nil, err
	}
	s, err := load[surface](f, "surface")
	if err != nil {
		return nil, err
	}
	v, err := loadVersions(f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\n")
	fmt.Fprintf(&b, "var channelKinds = [%d]ChannelKind{\n", len(c.Channels))
	for i := range c.Channels {
		w := channelWriter{&b, &c.Channels[i], nil, v}
		w.fields = sectionFields(s, w.Section)
		if err := w.write(); err != nil {
			return nil, fmt.Errorf("channel %s: %w", w.ID, err)
		}
	}
	b.WriteString("}\n\n")
	if err := specialRanges(&b, c.Checks["special_ipv4"]); err != nil {
		return nil, err
	}
	return goSource("loong", b.Bytes())
}

// specialRanges writes the address ranges of a sentence such as "…: 10/8 192.168/16".
func specialRanges(b *bytes.Buffer, text string) error {
	_, list, _ := strings.Cut(text, ": ")
	ranges := strings.Fields(list)
	if len(ranges) == 0 {
		return fmt.Errorf("special_ipv4: no ranges in %q", text)
	}
	b.WriteString("// The ranges of special_ipv4.\nvar specialIPv4 = [...]ipv4Range{\n")
	for _, r := range ranges {
		short, _, _ := strings.Cut(r, "/")
		missing := strings.Repeat(".0", 3-strings.Count(short, "."))
		p, err := netip.ParsePrefix(strings.Replace(r, "/", missing+"/", 1))
		if err != nil {
			return fmt.Errorf("special_ipv4: %w", err)
		}
		a := p.Addr().As4()
		fmt.Fprintf(b, "{%#08x, %d}, // %s\n", binary.BigEndian.Uint32(a[:]), p.Bits(), r)
	}
	b.WriteString("}\n")
	return nil
}

// sectionFields returns the fields of a top-level table by name.
func sectionFields(s *surface, section string) map[string]*surfaceField {
	fields := map[string]*surfaceField{}
	for _, top := range s.Types[s.Root].Fields {
		if top.Name == section {
			for _, field := range s.Types[top.Type.Ref].Fields {
				fields[field.Name] = field
			}
		}
	}
	return fields
}

type channelWriter struct {
	b *bytes.Buffer
	*channelFact
	fields   map[string]*surfaceField
	versions *versions
}

// set writes a set of targets, if there are any.
func (w channelWriter) set(name string, set targetSet) {
	if set != 0 {
		fmt.Fprintf(w.b, ", %s: %#b", name, set)
	}
}

func (w channelWriter) write() error {
	shown, ok := map[any]string{nil: "ShownDisabled", false: "ShownDisabled", true: "ShownEnabled",
		"as configured": "ShownAsConfigured"}[w.Accounts.Unresolvable]
	if !ok {
		return fmt.Errorf("unknown way to show an account: %v", w.Accounts.Unresolvable)
	}
	label := w.Label
	if label == "" {
		label = w.ID
	}
	fmt.Fprintf(w.b, "{ID: %q, Section: %q, Key: schema.%s, Label: %q", w.ID, w.Section, keyName(w.Section), label)
	if len(w.Aliases) > 0 {
		fmt.Fprintf(w.b, ", Aliases: %#v", w.Aliases)
	}
	w.flags([]flag{{"Enabled", w.Enabled}, {"HasAccounts", w.Accounts.Supported}, {"ListsDefault", w.Accounts.IDWithout == "default"}})
	w.set("Missing", w.versions.section(w.Section))
	w.set("listedByID", w.versions.upTo(w.Accounts.ListedByID))
	w.set("asConfigured", w.versions.upTo(w.Accounts.AsConfigured))
	if shown != "ShownDisabled" {
		fmt.Fprintf(w.b, ", Unresolvable: %s", shown)
	}
	w.b.WriteString(",\n")
	if err := w.identity(); err != nil {
		return err
	}
	w.credentials()
	for _, op := range []struct{ key, name string }{{"send", "Send"}, {"serve", "Serve"}} {
		if err := w.operation(op.key, op.name); err != nil {
			return err
		}
	}
	w.b.WriteString("},\n")
	return nil
}

// identity reads the rule that stands between account_id and `default`.
func (w channelWriter) identity() error {
	if len(w.Identity) < 3 || w.Accounts.IDWithout == "default" {
		return nil
	}
	rule := w.Identity[1]
	form, prefix, field := "IdentityText", "", rule
	quoted, rest, found := strings.Cut(rule, "` + ")
	if found {
		form, prefix, field = "IdentityPrefixed", strings.TrimPrefix(quoted, "`"), strings.TrimPrefix(rest, "normalized ")
	}
	switch {
	case strings.HasPrefix(rule, "domain + `_` + normalized "):
		form, prefix, field = "IdentityDomain", "", strings.TrimPrefix(rule, "domain + `_` + normalized ")
	case strings.HasPrefix(field, "digits before `:` in the resolved "):
		form, field = "IdentityDigits", strings.TrimPrefix(field, "digits before `:` in the resolved ")
	case strings.HasSuffix(field, " without leading ~"):
		form, field = "IdentityShip", strings.TrimSuffix(field, " without leading ~")
	case field == "first 16 hex digits of the public key":
		form, field = "IdentityPublic", "private_key"
	}
	if w.fields[field] == nil {
		return fmt.Errorf("runtime id: unknown rule %q", rule)
	}
	fmt.Fprintf(w.b, "Identity: IdentityRule{%s, %q, schema.%s},\n", form, prefix, keyName(field))
	return nil
}

func (w channelWriter) credentials() {
	if len(w.Credentials) == 0 {
		return
	}
	w.b.WriteString("Credentials: []ChannelCredential{\n")
	for _, c := range w.Credentials {
		fmt.Fprintf(w.b, "{Field: %q, Key: schema.%s, EnvField: %q, EnvKey: schema.%s", c.Field, keyName(c.Field), c.EnvField, keyName(c.EnvField))
		w.flags([]flag{{"Secret", c.Secret}, {"List", w.fields[c.Field].Type.Op == "list"}, {"StopsEnv", w.StopsEnv[c.EnvField] == c.Field}})
		for _, env := range [][2]string{{"AbsentEnv", c.DefaultEnv}, {"PresentEnv", c.PresentEnv}, {"AccountEnv", c.AccountEnv}} {
			if env[1] != "" {
				fmt.Fprintf(w.b, ", %s: %q", env[0], env[1])
			}
		}
		w.b.WriteString("},\n")
	}
	w.b.WriteString("},\n")
}

func (w channelWriter) operation(key, name string) error {
	op, ok := w.Operations[key]
	if !ok {
		return nil
	}
	fmt.Fprintf(w.b, "%s: ChannelOperation{Command: %q", name, op.Command)
	w.flags([]flag{{"Exists", op.Operational}})
	if len(op.Ready) > 0 {
		w.b.WriteString(", Requires: []ChannelCheck{\n")
		for _, r := range op.Ready {
			if err := w.check(r); err != nil {
				return err
			}
		}
		if w.PluginUntil != "" {
			w.b.WriteString("{Kind: CheckPlugin")
			w.set("missing", w.versions.after(w.PluginUntil))
			w.b.WriteString("},\n")
		}
		w.b.WriteString("}")
	}
	w.b.WriteString("},\n")
	return nil
}

// checkNames are the constants of package loong for the entries of ready_checks.
var checkNames = map[string]string{
	"present": "CheckPresent", "non_blank": "CheckNonBlank", "non_empty_list": "CheckNonEmptyList",
	"non_blank_list": "CheckNonBlankList", "http_url": "CheckHTTPURL", "http_base_url": "CheckHTTPBaseURL",
	"websocket_url": "CheckWebsocketURL", "smtp_endpoint": "CheckSMTPEndpoint", "mailbox": "CheckMailbox",
	"irc_endpoint": "CheckIRCEndpoint", "nostr_private_key": "CheckNostrKey", "tlon_ship": "CheckTlonShip",
	"tlon_url": "CheckTlonURL", "valid_http_header_name": "CheckHeaderName",
	"valid_http_header_value": "CheckHeaderValue", "plugin_runtime": "CheckPlugin",
}

func (w channelWriter) check(r readyFact) error {
	name := checkNames[r.Check]
	if name == "" {
		return fmt.Errorf("unknown check %q", r.Check)
	}
	field := strings.TrimSuffix(r.Field, "[]")
	if r.Check == "plugin_runtime" {
		field = "" // it is about the machine, not about a key
	} else if w.fields[field] == nil {
		return fmt.Errorf("check %s: unknown field %q", r.Check, r.Field)
	}
	fmt.Fprintf(w.b, "{Kind: %s", name)
	if field != "" {
		fmt.Fprintf(w.b, ", Field: %q, Key: schema.%s", field, keyName(field))
	}
	if r.Default != "" {
		fmt.Fprintf(w.b, ", Default: %q", r.Default)
	} else if unset := w.defaultOf(field); unset != "" {
		fmt.Fprintf(w.b, ", Unset: %q", unset)
	}
	if r.When != "" {
		if err := w.condition(r.When); err != nil {
			return err
		}
	}
	if prefix, ok := strings.CutSuffix(r.Note, " + trimmed token"); ok {
		fmt.Fprintf(w.b, ", Prefix: schema.%s, PrefixUnset: %q", keyName(prefix), w.defaultOf(prefix))
	}
	w.flags([]flag{{"Wildcard", r.Wildcard}, {"AnyHost", r.PrivateHosts == "always allowed"}})
	w.set("notAnyHost", w.versions.before(r.PrivateSince))
	w.b.WriteString("},\n")
	return nil
}

// condition reads "field = value" and "field resolves".
func (w channelWriter) condition(text string) error {
	when, value, ok := strings.Cut(text, " = ")
	if !ok {
		when, ok = strings.CutSuffix(text, " resolves")
	}
	if !ok || w.fields[when] == nil {
		return fmt.Errorf("unknown condition %q", text)
	}
	fmt.Fprintf(w.b, ", When: schema.%s", keyName(when))
	if value != "" {
		fmt.Fprintf(w.b, ", WhenValue: %q, WhenUnset: %q", value, w.defaultOf(when))
	}
	return nil
}

type flag struct {
	name string
	is   bool
}

// flags writes the fields that are true.
func (w channelWriter) flags(list []flag) {
	for _, f := range list {
		if f.is {
			fmt.Fprintf(w.b, ", %s: true", f.name)
		}
	}
}

// defaultOf is the text, word or truth value a field has in a present section that lacks it.
func (w channelWriter) defaultOf(field string) string {
	f := w.fields[field]
	if f == nil {
		return ""
	}
	var v any
	if json.Unmarshal(f.Default, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}
