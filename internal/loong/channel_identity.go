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

// SameIdentity reports whether the ids under which two accounts run follow from the same value of a field, and which that is: the
// same text, or the same variable. It says nothing of accounts with an account_id, nor of values that are not known.
func (ch *Channel) SameIdentity(a, b *Account) (field schema.Key, same bool) {
	rule := &ch.Kind.Identity
	if rule.Form == IdentityNone {
		return 0, false
	}
	return rule.Field, ch.SameValue(a, b, rule.Field) &&
		(rule.Form != IdentityDomain || ch.domainWord(a) == ch.domainWord(b))
}

func (ch *Channel) domainWord(a *Account) string {
	v, _ := ch.effective(a, schema.KeyDomain)
	return wordOr(v)
}

// SameValue reports whether a credential, or another text, of two accounts is known to be the same and not blank.
func (ch *Channel) SameValue(a, b *Account, key schema.Key) bool {
	s, o := a.setting(key), b.setting(key)
	if s == nil || o == nil {
		v, _ := ch.effective(a, key)
		w, _ := ch.effective(b, key)
		text, _ := v.Text()
		other, _ := w.Text()
		return trim(text) != "" && trim(text) == trim(other)
	}
	switch {
	case s.Given == No || o.Given == No:
		return false
	case s.Known && o.Known:
		return s.text != "" && s.text == o.text
	case s.Reads() != "":
		return s.Reads() == o.Reads()
	}
	return s.Form.Kind == FileReference && o.Form.Kind == FileReference && s.Form.Text == o.Form.Text
}

// OwnAccountID is the id that a table's account_id gives, or "".
func OwnAccountID(table schema.Value) string {
	if text, _ := table.At(schema.KeyAccountID).Text(); hasAlnum(text) {
		return NormalAccountID(text)
	}
	return ""
}
