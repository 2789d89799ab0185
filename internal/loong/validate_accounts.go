package loong

import (
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// defaultAccountID is the id of an account whose name holds nothing to make one of.
const defaultAccountID = "default"

// NormalAccountID is the id that Loong makes of an account's key (validation.json,
// account_id_normalization): ASCII letters and digits in lower case, with single `-` or `_`
// between them, and `default` when nothing is left.
func NormalAccountID(text string) string {
	text = trim(text)
	if isAccountID(text) {
		return text
	}
	if id := ascii.AccountID(text); id != "" {
		return id
	}
	return defaultAccountID
}

// isAccountID reports whether text is its own normal form.
func isAccountID(text string) bool {
	gap := true
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			gap = false
		case (c == '-' || c == '_') && !gap:
			gap = true
		default:
			return false
		}
	}
	return !gap
}

// hasAlnum reports whether text holds an ASCII letter or digit.
func hasAlnum(text string) bool {
	for i := 0; i < len(text); i++ {
		if ascii.IsAlnum(text[i]) {
			return true
		}
	}
	return false
}

// account is an entry of a channel's accounts.
type account struct {
	key   string // as written
	id    string // normalized
	table schema.Value
}

// accountsOf lists the accounts of a channel in byte order of their keys.
func accountsOf(channel schema.Value) []account {
	accounts := channel.At(schema.KeyAccounts)
	n := accounts.Len()
	if n == 0 {
		return nil
	}
	list := make([]account, 0, n)
	table := accounts.EntryAt(0).Value // each in turn
	for _, table.Node = range byName(accounts.Node.Entries) {
		list = append(list, account{table.Node.Name(), NormalAccountID(table.Node.Name()), table})
	}
	return list
}

// named are the accounts of a section without those whose key is blank, to change as one likes.
func (s *scope) named() []account {
	if len(s.all) == 0 {
		return nil
	}
	return withKey(slices.Clone(s.all))
}

// withKey drops the accounts whose key is blank, in place.
func withKey(list []account) []account {
	return slices.DeleteFunc(list, func(a account) bool { return blank(a.key) })
}

func sortByID(list []account) {
	slices.SortStableFunc(list, func(a, b account) int { return strings.Compare(a.id, b.id) })
}

// onePerID sorts accounts by id, in place, and keeps of those with one id the first.
func onePerID(list []account) []account {
	sortByID(list)
	return slices.CompactFunc(list, func(a, b account) bool { return a.id == b.id })
}

// duplicateKeys reports each id that several keys share, in sorted order.
func (v *validator) duplicateKeys(k *check, s *scope) {
	if len(s.all) < 2 {
		return
	}
	list := s.named()
	sortByID(list)
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].id == list[0].id {
			n++
		}
		if n > 1 {
			v.addDuplicate(k, s, list[0].id, list[:n])
		}
		list = list[n:]
	}
}

// addDuplicate points at the account written last, and relates it to the others.
func (v *validator) addDuplicate(k *check, s *scope, id string, shared []account) {
	nodes := make([]*document.Node, len(shared))
	for i, a := range shared {
		nodes[i] = a.table.Node
	}
	slices.SortStableFunc(nodes, func(a, b *document.Node) int { return cmp.Compare(a.Place().Start, b.Place().Start) })
	last := len(nodes) - 1
	path := s.path(k, k.field)
	d := v.add(k, path, path+"."+id, nodes[last])
	d.Related = nodes[:last]
}

// defaultAccount reports a default_account that names none of the accounts.
func (v *validator) defaultAccount(k *check, s *scope) {
	field := s.table.At(k.key)
	text, ok := field.Text()
	if !ok || blank(text) {
		return
	}
	list := s.named()
	id := NormalAccountID(text)
	if len(list) == 0 || slices.ContainsFunc(list, func(a account) bool { return a.id == id }) {
		return
	}
	v.add(k, s.path(k, k.field), s.path(k, "accounts"), field.Node)
}

// runtimeID is the id an account runs under. One that depends on something unknown has no id but
// a cause; accounts of the same cause have the same id, whatever it is.
type runtimeID struct{ id, cause string }

// unknownRuntimeID stands for an id that cannot be told in paths (validation.json).
const unknownRuntimeID = "<runtime id>"

// duplicateRuntimeIDs reports each runtime id that several accounts end up with, in sorted order
// (validation.json, effective_account_ids). Keys of one normalized id count once.
func (v *validator) duplicateRuntimeIDs(k *check, s *scope) {
	type owner struct {
		runtimeID
		account
	}
	if len(s.all) < 2 {
		return
	}
	list := onePerID(s.named())
	if len(list) < 2 {
		return
	}
	owners := make([]owner, len(list))
	for i, a := range list {
		owners[i] = owner{k.runtimeID(a.table, s.table, v.config.Environment), a}
	}
	slices.SortStableFunc(owners, func(a, b owner) int {
		return cmp.Or(strings.Compare(a.runtimeID.id, b.runtimeID.id), strings.Compare(a.cause, b.cause))
	})
	for len(owners) > 0 {
		shared := []account{owners[0].account}
		for len(shared) < len(owners) && owners[len(shared)].runtimeID == owners[0].runtimeID {
			shared = append(shared, owners[len(shared)].account)
		}
		if len(shared) > 1 {
			v.addDuplicate(k, s, owners[0].runtimeID.id, shared)
		}
		owners = owners[len(shared):]
	}
}

// runtimeID works out the id of an account: its account_id, else one derived from what it
// connects to, else `default`.
func (k *check) runtimeID(account, channel schema.Value, env *Environment) runtimeID {
	if id := textOrDefault(setting(account, channel, schema.KeyAccountID)); hasAlnum(id) {
		return runtimeID{id: NormalAccountID(id)}
	}
	if k.source == 0 {
		return runtimeID{id: defaultAccountID}
	}
	text, cause := k.effectiveSource(account, channel, env)
	if cause != "" {
		return runtimeID{unknownRuntimeID, cause}
	}
	if k.host {
		text = hostOf(text)
	}
	if blank(text) {
		return runtimeID{id: defaultAccountID}
	}
	return runtimeID{id: k.prefix + NormalAccountID(text)}
}

// setting is a field of an account, also when blank, else of its channel.
func setting(account, channel schema.Value, key schema.Key) schema.Value {
	if account.Has(key) {
		return account.At(key)
	}
	return channel.At(key)
}

// effectiveSource is the text of k's source, which may be a secret, or of the variable that stands
// in for it. A cause tells that it depends on something unknown. References that lead nowhere do
// not fall back to the variable.
func (k *check) effectiveSource(account, channel schema.Value, env *Environment) (text, cause string) {
	inline := setting(account, channel, k.source)
	if inline.Shape.Op == schema.OpSecret {
		switch secret := inline.Secret(); secret.Form {
		case schema.SecretLiteral:
			return secret.Text, ""
		case schema.SecretEnv:
			return variable(secret.Text, env)
		case schema.SecretFile:
			if env.File(secret.Text) != Unset {
				return "", "file " + secret.Text
			}
			return "", ""
		case schema.SecretExec:
			text, _ = programText(secret.Args)
			return text, ""
		}
	} else if text, _ = inline.Text(); !blank(text) {
		return text, ""
	}
	return variable(textOrDefault(setting(account, channel, k.sourceEnv)), env)
}

// variable is the value of the variable a text names, none for a blank one.
func variable(name string, env *Environment) (text, cause string) {
	if name = trim(name); name == "" {
		return "", ""
	}
	text, state := env.Var(name)
	if !state.Known() {
		return "", "variable " + name
	}
	return text, ""
}

// hostOf is the host of an address with the port it names, empty when it has none.
func hostOf(address string) string {
	u, ok := weburl.Parse(trim(address))
	if !ok || !u.HasHost {
		return ""
	}
	return u.HostPort()
}
