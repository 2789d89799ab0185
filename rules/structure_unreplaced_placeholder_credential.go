package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

// modelPlaceholders looks at the names of models.
func modelPlaceholders(p *lint.Pass, pr *loong.Profile) {
	if n := pr.Model.From.Node; n != nil {
		if found := leftoversInText(n.Text()); len(found) > 0 {
			reportLeftovers(p, pr, n, found).WithNote("Loong asks the service for a model of that name")
		}
	}
	for _, v := range pr.Table.At(schema.KeyPreferredModels).Items() {
		if v.Node.Kind != document.String {
			continue
		}
		if found := leftoversInText(v.Node.Text()); len(found) > 0 {
			reportLeftovers(p, pr, v.Node, found).WithSeverity(lint.Warning)
		}
	}
}

// leftoversInText lists the placeholders of a text that is not an address; variable-not-expanded reports variables in it.
func leftoversInText(text string) []placeholder.Match {
	found := placeholder.All(text)
	if len(found) > 0 {
		if _, variable := placeholder.Variable(text, false); variable {
			return nil
		}
	}
	return found
}

// credentialPlaceholders looks at keys, the variables that should hold them, and headers.
func credentialPlaceholders(p *lint.Pass, pr *loong.Profile) {
	for _, key := range [...]schema.Key{schema.KeyAPIKey, schema.KeyOAuthAccessToken} {
		form, pointer := credentialOf(pr, key)
		if form.Kind == loong.Literal && unfilledSecret(form.Text) || form.Kind == loong.EnvReference && unfilledName(form.Text) {
			reportCredential(p, pr, pr.Table.At(key).Secret().Node, key.String(), form.Kind == loong.EnvReference)
		}
		if text, n := profileText(pr, pointer); n != nil && unfilledName(text) {
			reportCredential(p, pr, n, pointer.String(), true)
		}
	}
	for _, h := range headersOf(p, pr.Table) {
		if !unfilledSecret(h.text) {
			continue
		}
		f := reportCredential(p, nil, h.node, "header "+h.node.Name(), false)
		if h.name != pr.Kind.AuthHeader {
			f.WithSeverity(lint.Warning)
		}
		f.WithNote("Loong sends it as it is").WithHelp("write the header's real value, or delete it")
	}
}

// reportCredential reports a credential that is a placeholder, which is quoted only where that
// is all there is; variable tells that it stands for the name of one.
func reportCredential(p *lint.Pass, pr *loong.Profile, n *document.Node, what string, variable bool) *lint.Finding {
	f := p.Report(spanOf(n), "%s is still a placeholder", what).WithNode(n).Claims(fieldOf(n).Parent, fieldOf(n).Name())
	if secret.Shown(n.Text()) {
		f.Message = what + " is still the placeholder " + quoted(n.Text())
	}
	switch {
	case pr == nil:
	case variable:
		f.WithNote("Loong looks for a variable of that name").WithHelp("write the name of the variable that holds the credential%s", usualName(pr))
	case pr.Kind.APIKeyEnv != "" && what == "api_key":
		f.WithNote("Loong sends it as the key").WithHelp("write api_key = { env = %q } and set that variable", pr.Kind.APIKeyEnv)
	default:
		f.WithNote("Loong sends it as the credential").WithHelp("write { env = \"NAME\" } and set that variable")
	}
	return f
}

// usualName names the kind's own variable.
func usualName(pr *loong.Profile) string {
	if pr.Kind.APIKeyEnv == "" {
		return ""
	}
	return ", as " + pr.Kind.APIKeyEnv
}

// unfilledSecret reports whether a literal credential or header is a placeholder, perhaps after
// a scheme as in Bearer TOKEN. A word in the form of a variable is one only where it says so
// itself; else name-used-as-key is right.
func unfilledSecret(text string) bool {
	t := strings.TrimSpace(text)
	if scheme, rest, ok := strings.Cut(t, " "); ok && isLetters(scheme) && !strings.HasPrefix(t, "<") {
		t = strings.TrimSpace(rest)
	}
	if strings.Contains(t, "_") && schema.PortableName(t) && strings.ToUpper(t) == t {
		_, ok := placeholder.First(t)
		return ok && saysReplace(t)
	}
	if placeholder.Is(t) || isUnfilledKey(t) {
		return true
	}
	return len(t) >= 4 && strings.EqualFold(t[len(t)-4:], "xxxx") || strings.HasSuffix(t, "...") || strings.HasSuffix(t, "…")
}

// longestPrefix is the length of what keys begin with, as sk-proj-.
const longestPrefix = 10

// isUnfilledKey reports whether a text is the beginning of a key with a placeholder after it, as
// sk-YOUR_KEY and gsk_<key>.
func isUnfilledKey(t string) bool {
	for i := 0; i < len(t) && i < longestPrefix; i++ {
		if t[i] != '-' && t[i] != '_' {
			if !isLetters(t[i : i+1]) {
				return false
			}
			continue
		}
		rest := t[i+1:]
		if placeholder.Is(rest) && (len(rest) > 4 && strings.EqualFold(rest[:4], "your") || !schema.PortableName(rest[:1])) {
			return true
		}
	}
	return false
}

func isLetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// unfilledName reports whether what should name a variable is a placeholder: one in brackets, or
// one that names nothing but a credential, as YOUR_API_KEY.
func unfilledName(text string) bool {
	t := strings.TrimSpace(text)
	if !placeholder.Is(t) {
		return false
	}
	return !schema.PortableName(t) || len(t) > 5 && strings.EqualFold(t[:5], "your_") && placeOfValue(nil, t) != ""
}

// placeholderElsewhere looks at texts, credentials and headers outside of the provider tables.
func placeholderElsewhere(p *lint.Pass, v, _ schema.Value) {
	n := v.Node
	if v.Path == schema.NoPath || inProvider(v.Path) {
		return
	}
	if textAt[v.Path] != 0 {
		placeholderText(p, v)
		return
	}
	if n.Kind != document.String {
		return
	}
	switch {
	case v.Path.IsEnvPointer():
		if unfilledName(n.Text()) {
			reportCredential(p, nil, n, nameOf(n), true).WithSeverity(lint.Warning).WithHelp("write the name of the variable that holds it")
		}
	case v.Path.IsSecret(), v.Path.IsHeaders():
		if unfilledSecret(n.Text()) {
			reportCredential(p, nil, n, nameOf(n), false).WithSeverity(lint.Warning).WithHelp("write the real value, best as { env = \"NAME\" }")
		}
	}
}

// placeholderText looks at a text, or at those of a list. One that is no address is a placeholder or none; a single word may be a
// name that somebody chose, unless it says itself that it is to be replaced.
func placeholderText(p *lint.Pass, v schema.Value) {
	if v.Node.Kind != document.String {
		for _, item := range v.Items() {
			if item.Path = v.Path; item.Node.Kind == document.String {
				placeholderText(p, item)
			}
		}
		return
	}
	text := v.Node.Text()
	var found []placeholder.Match
	if textAt[v.Path] != usedAsAddress {
		word := nameIn(text)
		if !placeholder.Is(word) || isWord(word) && !saysReplace(word) {
			return
		}
		if found = leftoversInText(text); len(found) == 0 || found[0].Text != word {
			return
		}
	} else if _, variable := variableIn(usedAsAddress, text); !variable {
		found = leftoversInAddress(p, text)
	}
	if len(found) == 0 {
		return
	}
	if f := reportLeftovers(p, nil, v.Node, found).WithSeverity(lint.Warning); isOff(v) {
		f.WithSeverity(lint.Info)
	}
}

// nameIn is what has to be a placeholder of a text that is not an address: all of it, or of an id such as !room:server the name.
func nameIn(text string) string {
	t := strings.TrimSpace(text)
	if name, _, found := strings.Cut(t, ":"); found && strings.IndexByte("!#@", t[0]) >= 0 {
		t = name[1:]
	}
	return t
}

// isWord reports whether a text consists of letters, digits, dashes and underscores.
func isWord(s string) bool { return schema.PortableName(strings.ReplaceAll(s, "-", "_")) }

// saysReplace reports whether a placeholder says itself that something else belongs in its place.
func saysReplace(t string) bool {
	low := strings.ToLower(t)
	return strings.Contains(low, "your") || strings.Contains(low, "replace") || strings.Contains(low, "change") ||
		strings.Contains(low, "insert") || strings.Contains(low, "here") || strings.Contains(low, "xxx")
}
