package loong

import "strings"

// normalAccount is the form of an account's key or id that Loong lists (validation.json,
// account_id_normalisation).
func normalAccount(key string) string {
	key = trim(key)
	b := make([]byte, 0, len(key))
	for _, c := range key {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b = append(b, byte(c))
		case 'A' <= c && c <= 'Z':
			b = append(b, byte(c)+'a'-'A')
		default:
			if len(b) == 0 || b[len(b)-1] == '-' || b[len(b)-1] == '_' {
				continue
			}
			if c != '_' {
				c = '-'
			}
			b = append(b, byte(c))
		}
	}
	if id := strings.TrimRight(string(b), "-_"); id != "" {
		return id
	}
	return defaultAccount
}

// hasLetterOrDigit reports whether an id would keep anything of s.
func hasLetterOrDigit(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	})
}

// runtimeID is the id under which an account runs (channels.json, runtime_account_id). It is
// "default" and unknown where it hangs on a value that is not known.
func (r *accountReader) runtimeID() (id string, unknown bool) {
	if text, _ := r.textOf("account_id"); hasLetterOrDigit(text) {
		return normalAccount(text), false
	}
	rule := &r.ch.Kind.Identity
	if rule.Form == IdentityNone {
		return defaultAccount, false
	}
	text, known := r.identityText(rule.Field)
	if !known {
		return defaultAccount, true
	}
	if id = rule.form(r, text); id == "" {
		id = defaultAccount
	}
	return id, false
}

// identityText is the trimmed value of a credential or plain field, and whether it is known.
func (r *accountReader) identityText(field string) (text string, known bool) {
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
		if !hasLetterOrDigit(text) {
			return ""
		}
		return normalAccount(text)
	case IdentityDomain:
		return r.domain(rule.Prefix) + "_" + normalAccount(text)
	case IdentityDigits:
		digits, _, _ := strings.Cut(text, ":")
		if digits = trim(digits); digits == "" || strings.Trim(digits, "0123456789") != "" {
			return ""
		}
		return rule.Prefix + digits
	case IdentityShip:
		return rule.Prefix + normalAccount(strings.TrimLeft(text, "~"))
	case IdentityHost:
		u, ok := ParseURL(text)
		if !ok || !u.HasHost {
			return ""
		}
		return rule.Prefix + normalAccount(u.HostPort())
	case IdentityPublic:
		if key := nostrKey(text); key != nil {
			return rule.Prefix + nostrPublic(key)[:16]
		}
		return ""
	}
	return rule.Prefix + normalAccount(text)
}

// domain is the word of an enum field, its first value where it is not written.
func (r *accountReader) domain(field string) string {
	v, _ := r.field(field)
	if w, ok := v.Word(); ok {
		return w
	}
	if t := v.Type(); t != nil && len(t.Values) > 0 {
		return t.Values[0].Value
	}
	return ""
}
