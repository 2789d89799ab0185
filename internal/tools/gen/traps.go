package main

import (
	"bytes"
	"fmt"
)

// traps is facts/traps.json: the prose of traps.md about channels, tools and integrations.
type traps struct {
	AllowLists []struct {
		ID, Section, Field, Senders, Who, Sending string
		Wildcard                                  bool
	} `json:"allow_lists"`
	UncheckedAddresses []struct{ Section, Field, Loopback string } `json:"unchecked_addresses"`
	ClearText          []struct {
		Section, Field, Scheme, Token string
		Inside                        bool
		OnlyMessages                  bool `json:"only_messages"`
	} `json:"clear_text"`
	IDForms []struct {
		Path, Form, Wants, What string
		Others                  []string
		Doubt                   bool
	} `json:"id_forms"`
	Mounted []struct {
		Section, Mode, Path, Address, Bind string
		DefaultPath                        string `json:"default_path"`
		DefaultBind                        string `json:"default_bind"`
		Slash                              bool
	}
	TLSOnly      []struct{ Section, Secret, Address, Scheme, Instead string } `json:"tls_only"`
	OneClient    []struct{ Section, Field, Why string }                       `json:"one_client"`
	ChannelPaths []struct {
		Section, Field, Appended, Host, Wants string
		Token                                 bool
	} `json:"channel_paths"`
	TokenPrefixes []struct {
		Section, Field, Prefix string
		Digits                 bool
	} `json:"token_prefixes"`
	Joined       []struct{ Section, Field, Token string }
	SelfIDs      []struct{ Section, Field, Form, Serving, Ignores, Mention string } `json:"self_ids"`
	AboutTheUser []string                                                           `json:"about_the_user"`
	Needs        []needFact
	Off          []struct{ ID, Section string } `json:"off_unless_enabled"`
	GatewayNeeds []struct {
		Section, Mode string
		Fields        []string
	} `json:"gateway_needs"`
	Units []struct {
		Path, Written, Fails string
		From, To             int64
	}
}

// makeTraps writes the tables of the rules on channels, tools and integrations.
func makeTraps(f *facts) ([]byte, error) {
	t, err := load[traps](f, "traps")
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	w := &conditionWriter{facts: f, paths: paths}
	w.b.WriteString("import (\n\"github.com/loonglint/loonglint/internal/lint\"\n\"github.com/loonglint/loonglint/schema\"\n)\n\n")
	w.allowLists(t)
	w.uncheckedAddresses(t)
	w.mounted(t)
	w.accountTraps(t)
	w.addressTraps(t)
	w.searchServices()
	w.clearText(t)
	w.idForms(t)
	w.processBridge()
	w.units(t)
	w.gatewayNeeds(t)
	w.needTexts(t)
	if w.err != nil {
		return nil, w.err
	}
	return goSource("rules", w.b.Bytes())
}

func (w *conditionWriter) allowLists(t *traps) {
	literal := map[int]int{}
	w.b.WriteString("var allowLists = [...]allowList{\n")
	for i, l := range t.AllowLists {
		w.places(l.Section + "." + l.Field)
		if l.Senders != "" {
			w.places(l.Section + "." + l.Senders)
		}
		fmt.Fprintf(&w.b, "{section: %q, field: %q, senders: %q, who: %q, sending: %q, wildcard: %v},\n",
			l.Section, l.Field, l.Senders, l.Who, l.Sending, l.Wildcard)
		if !l.Wildcard {
			w.channelKey(literal, l.Section, l.Field, i+1)
			w.channelKey(literal, l.Section, l.Senders, i+1)
		}
	}
	w.b.WriteString("}\n\n")
	w.index("literalList", literal)
}

func (w *conditionWriter) uncheckedAddresses(t *traps) {
	index := map[int]int{}
	w.b.WriteString("var uncheckedAddresses = [...]uncheckedAddress{\n")
	for i, a := range t.UncheckedAddresses {
		w.places(a.Section + "." + a.Field)
		fmt.Fprintf(&w.b, "{%q, %q, %q},\n", a.Section, a.Field, a.Loopback)
		w.channelKey(index, a.Section, a.Field, i+1)
	}
	w.b.WriteString("}\n\n")
	w.index("uncheckedAddress", index)
}

func (w *conditionWriter) mounted(t *traps) {
	w.b.WriteString("var mountedChannels = [...]mountedChannel{\n")
	for _, m := range t.Mounted {
		for _, field := range []string{m.Path, m.Address, m.Bind} {
			if field != "" {
				w.places(m.Section + "." + field)
			}
		}
		fmt.Fprintf(&w.b, "{section: %q, mode: %q, path: %q, defaultPath: %q, address: %q, slash: %v, bind: %q, defaultBind: %q},\n",
			m.Section, m.Mode, m.Path, m.DefaultPath, m.Address, m.Slash, m.Bind, m.DefaultBind)
	}
	w.b.WriteString("}\n\n")
}

// addressTraps writes what addresses and tokens of single channels are told of.
func (w *conditionWriter) addressTraps(t *traps) {
	w.b.WriteString("var channelPaths = [...]channelPath{\n")
	for _, c := range t.ChannelPaths {
		w.places(c.Section + "." + c.Field)
		fmt.Fprintf(&w.b, "{section: %q, field: %q, appended: %q, token: %v, host: %q, wants: %q},\n", c.Section, c.Field, c.Appended, c.Token, c.Host, c.Wants)
	}
	w.b.WriteString("}\n\nvar tokenPrefixes = [...]tokenPrefix{\n")
	for _, c := range t.TokenPrefixes {
		w.places(c.Section + "." + c.Field)
		fmt.Fprintf(&w.b, "{section: %q, field: %q, prefix: %q, digits: %v},\n", c.Section, c.Field, c.Prefix, c.Digits)
	}
	w.b.WriteString("}\n\nvar joinedPrefixes = [...]joinedPrefix{\n")
	for _, c := range t.Joined {
		w.places(c.Section + "." + c.Field)
		w.places(c.Section + "." + c.Token)
		fmt.Fprintf(&w.b, "{section: %q, field: %q, token: %q},\n", c.Section, c.Field, c.Token)
	}
	w.b.WriteString("}\n\n")
}

// searchServices writes the services of web search with their keys (surface.json); the first one is the default.
func (w *conditionWriter) searchServices() {
	s, err := load[struct {
		Catalogs struct {
			Services []struct {
				ID       string
				Accepted []string
				Field    string `json:"api_key_field"`
				Env      []string
			} `json:"web_search_providers"`
		}
	}](w.facts, "surface")
	if err != nil {
		w.err = err
		return
	}
	w.b.WriteString("var searchServices = [...]searchService{\n")
	for _, c := range s.Catalogs.Services {
		fmt.Fprintf(&w.b, "{id: %q, accepted: []string%s", c.ID, stringList(c.Accepted))
		if c.Field != "" {
			w.places("tools.web_search." + c.Field)
			fmt.Fprintf(&w.b, ", field: schema.%s, variables: []string%s", keyName(c.Field), stringList(c.Env))
		}
		w.b.WriteString("},\n")
	}
	w.b.WriteString("}\n\n")
}

// accountTraps writes what accounts of single channels are told of.
func (w *conditionWriter) accountTraps(t *traps) {
	w.b.WriteString("var tlsOnly = [...]tlsOnlySecret{\n")
	for _, s := range t.TLSOnly {
		w.places(s.Section + "." + s.Secret)
		w.places(s.Section + "." + s.Address)
		fmt.Fprintf(&w.b, "{%q, %q, %q, %q, %q},\n", s.Section, s.Secret, s.Address, s.Scheme, s.Instead)
	}
	w.b.WriteString("}\n\nvar oneClient = [...]oneClientCredential{\n")
	for _, s := range t.OneClient {
		w.places(s.Section + "." + s.Field)
		fmt.Fprintf(&w.b, "{%q, schema.%s, %q},\n", s.Section, keyName(s.Field), s.Why)
	}
	w.b.WriteString("}\n\nvar selfIDs = [...]selfID{\n")
	for _, s := range t.SelfIDs {
		for _, field := range []string{s.Field, s.Serving, s.Ignores, s.Mention} {
			w.places(s.Section + "." + field)
		}
		fmt.Fprintf(&w.b, "{section: %q, field: %q, form: idForm{form: %q}, serving: %q, ignores: %q, mention: %q},\n", s.Section, s.Field, s.Form, s.Serving, s.Ignores, s.Mention)
	}
	w.b.WriteString("}\n\n")
}

func (w *conditionWriter) clearText(t *traps) {
	w.b.WriteString("var clearText = [...]clearAddress{\n")
	for _, a := range t.ClearText {
		w.places(a.Section + "." + a.Field)
		fmt.Fprintf(&w.b, "{section: %q, field: %q, scheme: %q, token: %q, inside: %v, onlyMessages: %v},\n", a.Section, a.Field, a.Scheme, a.Token, a.Inside, a.OnlyMessages)
	}
	w.b.WriteString("}\n\n")
}

func (w *conditionWriter) gatewayNeeds(t *traps) {
	w.b.WriteString("var gatewayNeeds = [...]gatewayNeed{\n")
	for _, g := range t.GatewayNeeds {
		for _, field := range g.Fields {
			w.places(g.Section + "." + field)
		}
		fmt.Fprintf(&w.b, "{section: %q, mode: %q, fields: []string%s},\n", g.Section, g.Mode, stringList(g.Fields))
	}
	w.b.WriteString("}\n\n")
}

func (w *conditionWriter) idForms(t *traps) {
	index := map[int]int{}
	w.b.WriteString("var idForms = [...]idForm{\n{},\n")
	for i, form := range t.IDForms {
		for _, p := range w.places(form.Path) {
			index[p.id] = i + 1
		}
		fmt.Fprintf(&w.b, "{form: %q, wants: %q, what: %q, others: []string%s, doubt: %v},\n", form.Form, form.Wants, form.What, stringList(form.Others), form.Doubt)
	}
	w.b.WriteString("}\n\n")
	w.index("idForm", index)
}

// channelKey notes a number for a key of a channel, in its section and in its accounts.
func (w *conditionWriter) channelKey(index map[int]int, section, field string, number int) {
	for _, p := range w.paths.all {
		if field != "" && (p.path == section+"."+field || p.path == section+".accounts.<id>."+field) {
			index[p.id] = number
		}
	}
}

// processBridge writes the spellings of the bridge that starts programs (surface.json).
func (w *conditionWriter) processBridge() {
	s, err := load[struct {
		Catalogs struct {
			Bridges []struct {
				ID       string
				Accepted []string
			} `json:"runtime_plugin_bridges"`
		}
	}](w.facts, "surface")
	if err != nil {
		w.err = err
		return
	}
	for _, b := range s.Catalogs.Bridges {
		if b.ID == "process_stdio" {
			fmt.Fprintf(&w.b, "var processBridge = [...]string%s\n\n", stringList(b.Accepted))
			return
		}
	}
	w.fail("no bridge process_stdio")
}

func (w *conditionWriter) units(t *traps) {
	index := map[int]int{}
	w.b.WriteString("var unitCases = [...]unitCase{\n{},\n")
	for i, u := range t.Units {
		seconds := u.Written == "seconds"
		if !seconds && u.Written != "milliseconds" {
			w.fail("unit %q of %s", u.Written, u.Path)
			return
		}
		for _, p := range w.places(u.Path) {
			index[p.id] = i + 1
		}
		fmt.Fprintf(&w.b, "{seconds: %v, from: %d, to: %d, fails: %q},\n", seconds, u.From, u.To, u.Fails)
	}
	w.b.WriteString("}\n\n")
	w.index("unit", index)
}

// stringList is the body of a literal of strings.
func stringList(list []string) string {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, s := range list {
		fmt.Fprintf(&b, "%q, ", s)
	}
	b.WriteByte('}')
	return b.String()
}
