package loong

import (
	"strings"

	"github.com/loonglint/loonglint/schema"
)

// runtimeID is the id under which a channel without accounts runs and is listed (channels.json,
// runtime_account_id). It is "default" and unknown where it depends on a value that is not known.
func (r *accountReader) runtimeID() (id string, unknown bool) {
	if text, _ := r.textOf(schema.KeyAccountID); hasAlnum(text) {
		return NormalAccountID(text), false
	}
	rule := &r.ch.Kind.Identity
	if rule.Form == IdentityNone {
		return defaultAccountID, false
	}
	text, known := r.identityText(rule.Field)
	if !known {
		return defaultAccountID, true
	}
	if id = rule.form(r, text); id == "" {
		id = defaultAccountID
	}
	return id, false
}

// identityText is the trimmed value of a credential or plain field, and whether it is known.
func (r *accountReader) identityText(field schema.Key) (text string, known bool) {
	if i := r.ch.Kind.credential(field); i >= 0 {
		s := r.setting(&r.ch.Kind.Credentials[i])
		return s.text, s.Known || s.Given == No
	}
	text, _ = r.textOf(field)
	return trim(text), true
}

// form makes an id of a field's value, or "" where the rule gives nothing.
func (rule *IdentityRule) form(r *accountReader, text string) string {
	if text == "" {
		return ""
	}
	switch rule.Form {
	case IdentityText:
		if !hasAlnum(text) {
			return ""
		}
		return NormalAccountID(text)
	case IdentityDomain:
		return r.domain() + "_" + NormalAccountID(text)
	case IdentityDigits:
		digits, _, _ := strings.Cut(text, ":")
		if digits = trim(digits); digits == "" || strings.Trim(digits, "0123456789") != "" {
			return ""
		}
		return rule.Prefix + digits
	case IdentityShip:
		return rule.Prefix + NormalAccountID(strings.TrimLeft(text, "~"))
	case IdentityPublic:
		if key := nostrKey(text); key != nil {
			return rule.Prefix + nostrPublic(key)[:16]
		}
		return ""
	}
	return rule.Prefix + NormalAccountID(text)
}

// domain is the word of the key domain, its first value where it is not written.
func (r *accountReader) domain() string {
	v, _ := r.ch.effective(r.account, schema.KeyDomain)
	if w, ok := v.Word(); ok {
		return w
	}
	if t := v.Type(); t != nil && len(t.Values) > 0 {
		return t.Values[0].Value
	}
	return ""
}

// Identity tells apart the ids under which accounts run where their credential gives them: accounts with the same have the same id.
// It is "" where that is not known, holds secrets, and says nothing of accounts with an account_id.
func (ch *Channel) Identity(a *Account) string {
	rule := &ch.Kind.Identity
	if rule.Form == IdentityNone {
		return ""
	}
	value := ch.Compared(a, rule.Field)
	if value != "" && rule.Form == IdentityDomain {
		v, _ := ch.effective(a, schema.KeyDomain)
		return wordOr(v) + " " + value
	}
	return value
}

// Compared tells apart the values of a credential, or of another text: accounts with the same have the same text, variable or file.
// It is "" for blank values and those that are not known, and holds secrets.
func (ch *Channel) Compared(a *Account, key schema.Key) string {
	s := a.setting(key)
	switch {
	case s == nil:
		v, _ := ch.effective(a, key)
		text, _ := v.Text()
		return trim(text)
	case s.Given == No || s.Known && s.text == "":
		return ""
	case s.Known:
		return "text " + s.text
	case s.Reads() != "":
		return "variable " + s.Reads()
	case s.Form.Kind == FileReference:
		return "file " + s.Form.Text
	}
	return ""
}

// OwnAccountID is the id that a table's account_id gives, or "".
func OwnAccountID(table schema.Value) string {
	if text, _ := table.At(schema.KeyAccountID).Text(); hasAlnum(text) {
		return NormalAccountID(text)
	}
	return ""
}
