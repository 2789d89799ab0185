package loong

import (
	"slices"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// check is an entry of validation.json: one test of one field.
type check struct {
	rule      checkRule
	code      string // of pointers only the beginning
	severity  string
	field     string     // below its section, profile or account; of pointers the field they stand in for
	key       schema.Key // the first of field
	rest      []schema.Key
	pointer   schema.Key // the *_env key that stands in for the field
	example   string     // a variable to name
	telegram  bool       // bot tokens count as secrets, too
	rawID     bool       // paths show the account's key as written
	reads     bool       // it looks at the environment, so also at sections that are not written
	minKey    schema.Key // whose value is the minimum
	min, max  int64
	prefix    string     // of a derived runtime id
	source    schema.Key // what it is derived from; 0: nothing
	sourceEnv schema.Key
	host      bool           // of source only host and port count
	missing   schema.Targets // that do not have the check
}

// section is a table of the file with its checks, by index: those of the table itself, from
// accounts on those of each account.
type section struct {
	name                 string
	key                  schema.Key
	first, accounts, end uint16
	reads                bool           // one of the checks of the table itself does
	missing              schema.Targets // that do not have it, or not at this place
}

type checkRule uint8

const (
	checkEnvPointer checkRule = iota
	checkSecretRefEnv
	checkProviderSelectionImplicitActive
	checkProviderSelectionUnknownActive
	checkAccountIntegrityDuplicateID
	checkAccountIntegrityUnknownDefault
	checkEffectiveAccountIDs
	checkSMTP
	checkMailbox
	checkIRCServer
	checkIRCNickname
	checkNumericRange
	checkWebSearchProvider
	checkRuntimePluginsRoots
	checkRuntimePluginsSupportedBridges
)

// ruleNames are the names of the rules in validation.json.
var ruleNames = [...]string{"env_pointer", "secret_ref_env", "provider_selection", "provider_selection",
	"account_integrity", "account_integrity", "effective_account_ids", "smtp", "mailbox", "irc_server", "irc_nickname",
	"numeric_range", "web_search_provider", "runtime_plugins", "runtime_plugins"}

// validate runs Loong's own validation over a file that decodes: what it reports, in its order,
// and whether it aborts instead.
func validate(c *Config) ([]Diagnostic, bool) {
	v := &validator{config: c}
	for i := range sections {
		if !sections[i].missing.Has(c.Target) {
			v.section(&sections[i])
		}
	}
	if v.crash {
		return nil, true
	}
	return v.found, false
}

// validator collects the diagnostics of one file.
type validator struct {
	config *Config
	found  []Diagnostic
	crash  bool
}

// scope is what a check is applied to: a section, or a profile or account in it.
type scope struct {
	table   schema.Value
	channel schema.Value // of an account: the section it is in
	name    string       // the section's key
	key     string       // of a profile or account: its key as written
	id      string       // and as normalized
	account bool
	kind    *Kind     // of a provider table
	profile *Profile  // of [providers.<id>]
	all     []account // of a section
}

// path is the place of a field as diagnostics write it.
func (s *scope) path(k *check, field string) string {
	switch {
	case s.account && k.rawID:
		return s.name + ".accounts." + s.key + "." + field
	case s.account:
		return s.name + ".accounts." + s.id + "." + field
	case s.id != "":
		return s.name + "." + s.id + "." + field
	}
	return s.name + "." + field
}

// section checks a section of the file, then its accounts in byte order of their keys.
func (v *validator) section(s *section) {
	own := checks[s.first:s.accounts]
	switch s.name {
	case "providers":
		v.profiles(own)
		return
	case "provider":
		if c := v.config; c.Legacy.Present() && len(c.Saved) > 0 {
			v.run(own, &scope{table: c.Legacy, name: s.name, kind: kindOf(c.Legacy)})
		}
		return
	case "selection":
		v.selection(own)
		return
	}
	if !s.reads && !v.config.Root.Has(s.key) {
		return
	}
	at := scope{table: v.config.Root.At(s.key), name: s.name}
	if !at.table.Present() {
		for i := range own {
			if own[i].reads {
				v.run(own[i:i+1], &at)
			}
		}
		return
	}
	at.all = accountsOf(at.table)
	v.run(own, &at)
	if s.accounts == s.end {
		return
	}
	for _, a := range at.all {
		v.run(checks[s.accounts:s.end], &scope{table: a.table, channel: at.table, name: s.name, key: a.key, id: a.id, account: true})
	}
}

// profiles checks every profile; one made from a [provider] beside [providers.*] is checked there.
func (v *validator) profiles(checks []check) {
	for i := range v.config.Profiles {
		p := &v.config.Profiles[i]
		if p.Legacy && len(v.config.Saved) > 0 || !p.Credential.namesVariable() {
			continue
		}
		v.run(checks, &scope{table: p.Table, name: "providers", key: p.Written, id: p.ID, kind: p.Kind, profile: p})
	}
}

// selection reports how the active profile was found (behaviour.md 2.5).
func (v *validator) selection(checks []check) {
	c := v.config
	for i := range checks {
		k := &checks[i]
		if k.rule == checkProviderSelectionImplicitActive && !c.ActiveImplicit ||
			k.rule == checkProviderSelectionUnknownActive && !c.ActiveUnknown {
			continue
		}
		d := v.add(k, "active_provider", "providers", c.Root.At(schema.KeyActiveProvider).Node)
		d.SuggestedEnvName = c.ActiveProvider.Val
		if p := c.Active(); p != nil && p.Node != nil {
			d.Related = []*document.Node{p.Node}
		}
	}
}

// run applies checks to a scope, in order.
func (v *validator) run(checks []check, s *scope) {
	for i := range checks {
		k := &checks[i]
		if k.missing.Has(v.config.Target) {
			continue
		}
		switch k.rule {
		case checkEnvPointer:
			v.envPointer(k, s)
		case checkSecretRefEnv:
			v.secretReference(k, s)
		case checkAccountIntegrityDuplicateID:
			v.duplicateKeys(k, s)
		case checkAccountIntegrityUnknownDefault:
			v.defaultAccount(k, s)
		case checkEffectiveAccountIDs:
			v.duplicateRuntimeIDs(k, s)
		case checkSMTP:
			v.inlineValue(k, s, validSMTP)
		case checkMailbox:
			v.inlineValue(k, s, validMailbox)
		case checkIRCServer:
			v.effectiveValue(k, s, validIRCServer)
		case checkIRCNickname:
			v.effectiveValue(k, s, validIRCNickname)
		case checkNumericRange:
			v.numericRange(k, s)
		case checkWebSearchProvider:
			v.searchProvider(k, s)
		case checkRuntimePluginsRoots:
			v.pluginRoots(k, s)
		case checkRuntimePluginsSupportedBridges:
			v.pluginBridges(k, s)
		}
	}
}

// add reports a diagnostic; the result may be filled in until the next call.
func (v *validator) add(k *check, path, inline string, at *document.Node) *Diagnostic {
	v.found = append(v.found, Diagnostic{Code: k.code, Severity: k.severity, FieldPath: path, InlineFieldPath: inline,
		ExampleEnvName: k.example, Node: at, Min: k.min, Max: k.max, Rule: ruleNames[k.rule]})
	return &v.found[len(v.found)-1]
}

// addField is add for a field that is its own inline path.
func (v *validator) addField(k *check, s *scope, at *document.Node) *Diagnostic {
	path := s.path(k, k.field)
	return v.add(k, path, path, at)
}

// envPointer judges the name that a *_env field holds.
func (v *validator) envPointer(k *check, s *scope) {
	if p := s.profile; p != nil && !p.Credential.pointer || !s.table.Has(k.pointer) {
		return
	}
	pointer := s.table.At(k.pointer)
	if text, ok := pointer.Text(); ok {
		v.pointer(k, s, "_env", text, pointer.Node)
	}
}

// secretReference judges the name that a secret refers to.
func (v *validator) secretReference(k *check, s *scope) {
	if p := s.profile; p != nil {
		if f := p.Credential.form(k.key); f.Kind != EnvReference || v.checkPointer(f.Text, "", k.telegram) == (pointerFault{}) {
			return
		}
	}
	if field := s.table.At(k.key); !field.Present() || field.IsPlain() {
		return // nothing there looks into a text
	} else if secret := field.Secret(); secret.Form == schema.SecretEnv {
		v.pointer(k, s, ".env", secret.Text, secret.Node)
	}
}

func (v *validator) pointer(k *check, s *scope, suffix, text string, at *document.Node) {
	example := s.example(k)
	fault := v.checkPointer(text, example, k.telegram)
	v.crash = v.crash || fault.crash
	if fault.kind == "" {
		return
	}
	inline := s.path(k, k.field)
	d := v.add(k, inline+suffix, inline, at)
	d.Code += fault.kind
	d.SuggestedEnvName = fault.suggest
	d.ExampleEnvName = example
}

// checkPointer judges a name as the version of Loong does.
func (v *validator) checkPointer(text, example string, telegram bool) pointerFault {
	if v.config.Target.TakesUUIDAsName() && isUUID(trim(text)) {
		return pointerFault{}
	}
	return checkPointer(text, example, telegram)
}

// example is the variable to name: for a profile that of its kind, if it has one.
func (s *scope) example(k *check) string {
	if s.kind == nil {
		return k.example
	}
	name := s.kind.APIKeyEnv
	if k.key == schema.KeyOAuthAccessToken {
		name = s.kind.OAuthEnv
	}
	if name == "" {
		return k.example
	}
	return name
}

// value is the field that k is about.
func (k *check) value(table schema.Value) schema.Value {
	v := table.At(k.key)
	for _, key := range k.rest {
		v = v.At(key)
	}
	return v
}

// inlineValue judges a text that is in the file.
func (v *validator) inlineValue(k *check, s *scope, valid func(string) bool) {
	field := s.table.At(k.key)
	if text, ok := field.Text(); ok && !valid(text) {
		v.addField(k, s, field.Node)
	}
}

// effectiveValue judges a text, or the variable that stands in for it. An account's own keys
// count alone.
func (v *validator) effectiveValue(k *check, s *scope, valid func(string) bool) {
	field, pointer := s.table.At(k.key), s.table.At(k.pointer)
	text, at := "", field.Node
	if text, _ = field.Text(); blank(text) {
		at = pointer.Node
		if name := trim(textOrDefault(pointer)); name != "" {
			text, _ = v.config.Environment.Var(name)
		}
	}
	if !valid(text) {
		v.addField(k, s, at)
	}
}

// searchProvider judges the search engine, where searching is on.
func (v *validator) searchProvider(k *check, s *scope) {
	provider := k.value(s.table)
	text, ok := provider.Text()
	if !ok || !boolOrDefault(s.table.At(k.key).At(schema.KeyEnabled)) || isWord(searchProviders[:], text) {
		return
	}
	v.addField(k, s, provider.Node).SuggestedEnvName = k.example
}

// pluginRoots wants a root where plugins are on.
func (v *validator) pluginRoots(k *check, s *scope) {
	if !boolOrDefault(s.table.At(schema.KeyEnabled)) {
		return
	}
	roots := s.table.At(k.key)
	for _, item := range roots.Items() {
		if text, ok := item.Text(); ok && !blank(text) {
			return
		}
	}
	at := roots.Node
	if at == nil {
		at = s.table.At(schema.KeyEnabled).Node
	}
	v.addField(k, s, at)
}

// pluginBridges reports a list once, at its first unknown word.
func (v *validator) pluginBridges(k *check, s *scope) {
	for _, item := range s.table.At(k.key).Items() {
		if text, ok := item.Text(); ok && !blank(text) && !isWord(pluginBridges[:], text) {
			v.addField(k, s, item.Node)
			return
		}
	}
}

// isWord reports whether text, trimmed and lower-cased, is one of sorted words.
func isWord(words []string, text string) bool {
	_, ok := slices.BinarySearch(words, ascii.Lower(trim(text)))
	return ok
}
