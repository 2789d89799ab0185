package settings

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// policyKeys are the keys of [policy].
var policyKeys = []key{
	{name: "kinds", doc: "The provider kinds that profiles may have.", kind: isList},
	{name: "hosts", doc: "The hosts that profiles may talk to.", kind: isList},
	{name: "models", doc: "The models that profiles may name.", kind: isList},
	{name: "credentials", doc: "Where credentials may come from: variable, file, program, literal, header.", kind: isList},
	{name: "channels", doc: "The channels that may be on.", kind: isList},
	{name: "settings", doc: "What keys of Loong's configuration must be.", kind: isSettings},
}

// listKeys are the keys of a table that allows and denies; * in a name stands for any text.
var listKeys = []key{
	{name: "allow", doc: "Patterns of what is allowed; without it, everything that is not denied is allowed.", kind: isTexts, check: notEmpty},
	{name: "deny", doc: "Patterns of what is not allowed, whatever allow says.", kind: isTexts, check: notEmpty},
	{name: "because", doc: "The reason, which every finding about it quotes.", check: notEmpty},
}

// settingKeys are the keys of a [[policy.settings]].
var settingKeys = []key{
	{name: "key", doc: "The key of Loong's configuration, with dots; * stands for any one name, as in providers.*.temperature.", check: settingPath},
	{name: "one-of", doc: "The values that it may have.", kind: isScalars},
	{name: "min", doc: "The smallest number that it may be.", kind: isNumber},
	{name: "max", doc: "The largest number that it may be.", kind: isNumber},
	{name: "required", doc: "Whether it must be written, not left to its default.", kind: isBool},
	{name: "because", doc: "The reason, which every finding about it quotes.", check: notEmpty},
}

// below are the keys of a section of the policy.
func (k kind) below() []key {
	if k == isPolicy {
		return policyKeys
	}
	return listKeys
}

// settingPath checks that Loong has a key of that path.
func settingPath(path string) string {
	id := schema.RootPath
	for name := range strings.SplitSeq(path, ".") {
		next := id.Child(name)
		if next == schema.NoPath {
			what := "is not a key of Loong's configuration"
			if near := suggest.Nearest(name, namesBelow(id)); len(near) > 0 {
				what += question(near)
			}
			return what
		}
		id = next
	}
	return ""
}

// namesBelow lists the keys of a table.
func namesBelow(id schema.PathID) iter.Seq[string] {
	return func(yield func(string) bool) {
		t := id.Type()
		for i := 0; t != nil && i < len(t.Fields); i++ {
			if !yield(t.Fields[i].Name) {
				return
			}
		}
	}
}

func (r *reader) policy(n *document.Node) {
	p := &policy.Policy{}
	r.file.Policy, r.file.PolicyLine = p, r.line(n)
	r.table(n, policyKeys, func(k *key, e *document.Node) {
		switch k.name {
		case "kinds":
			r.allowed(&p.Kinds, e, "provider kind", allKindNames())
		case "hosts":
			r.allowed(&p.Hosts, e, "", nil)
		case "models":
			r.allowed(&p.Models, e, "", nil)
		case "credentials":
			r.allowed(&p.Credentials, e, "source of credentials", policy.Sources())
		case "channels":
			r.allowed(&p.Channels, e, "channel", channelNames())
		case "settings":
			for _, s := range e.Entries {
				r.setting(p, s)
			}
		}
	})
}

func channelNames() []string {
	var list []string
	for i := range loong.ChannelKinds() {
		list = append(list, loong.ChannelKinds()[i].ID)
	}
	return list
}

// allowed reads a table that allows and denies; where the names are known, each pattern must
// match one of them.
func (r *reader) allowed(l *policy.List, n *document.Node, what string, known []string) {
	patterns := func(k *key, e *document.Node) []string {
		list := r.texts(k, e).Is
		for _, name := range e.Entries {
			matches := func(k string) bool { return policy.Match(strings.ToLower(name.Text()), k) }
			if known != nil && name.Kind == document.String && !slices.ContainsFunc(known, matches) {
				r.fail(name.Value(), "%s: no %s %q%s", k.name, what, name.Text(), question(suggest.Nearest(name.Text(), slices.Values(known))))
			}
		}
		return list
	}
	r.table(n, listKeys, func(k *key, e *document.Node) {
		switch k.name {
		case "allow":
			l.Allow = patterns(k, e)
			if len(e.Entries) == 0 {
				r.fail(e.Place(), "allow is empty, which would allow everything; to allow nothing write deny = [\"*\"]")
			}
		case "deny":
			l.Deny = patterns(k, e)
		case "because":
			if r.text(k, e) {
				l.Because = e.Text()
			}
		}
	})
	r.because(n)
	if n.At("allow") == nil && n.At("deny") == nil {
		r.fail(n.Place(), "%s has neither allow nor deny", n.Name())
	}
}

// because demands the words of a policy.
func (r *reader) because(n *document.Node) {
	if n.At("because") == nil {
		r.fail(n.Place(), "the policy has no reason: write because = \"…\"")
	}
}

func (r *reader) setting(p *policy.Policy, n *document.Node) {
	if !n.Kind.IsTable() {
		r.fail(n.Value(), "settings is %s", isSettings.wanted())
		return
	}
	var s policy.Setting
	r.table(n, settingKeys, func(k *key, e *document.Node) {
		switch k.name {
		case "key":
			if r.text(k, e) {
				s.Path, s.Key = e.Text(), strings.Split(e.Text(), ".")
			}
		case "one-of":
			for _, v := range e.Entries {
				if v.Kind.IsTable() || v.Kind.IsArray() || v.Kind.IsDatetime() {
					r.fail(v.Value(), "one-of is %s", isScalars.wanted())
				}
				s.OneOf = append(s.OneOf, v.Text())
			}
			if len(e.Entries) == 0 {
				r.fail(e.Place(), "one-of is empty")
			}
		case "min":
			s.Min = r.number(e)
		case "max":
			s.Max = r.number(e)
		case "required":
			s.Required = e.Bool()
		case "because":
			if r.text(k, e) {
				s.Because = e.Text()
			}
		}
	})
	if n.At("key") == nil {
		r.fail(n.Place(), "the setting has no key: write key = \"tools.shell_default_mode\"")
	}
	r.because(n)
	if s.Min != nil && s.Max != nil && *s.Min > *s.Max {
		r.fail(n.At("min").Place(), "min is above max")
	}
	if n.At("one-of") == nil && n.At("min") == nil && n.At("max") == nil && !s.Required {
		r.fail(n.Place(), "the setting has none of one-of, min, max and required")
	}
	p.Settings = append(p.Settings, s)
}

func (r *reader) number(n *document.Node) *float64 {
	f, err := strconv.ParseFloat(strings.ReplaceAll(n.Text(), "_", ""), 64)
	if err != nil || f != f {
		if n.Kind != document.Integer {
			r.fail(n.Value(), "%s is a number", n.Name())
		}
		f = float64(n.Int())
	}
	return &f
}

// allKindNames lists the names of kinds in any version.
func allKindNames() []string {
	var names []string
	for i := range loong.Kinds() {
		k := &loong.Kinds()[i]
		names = append(append(names, k.ID), k.Aliases...)
	}
	return names
}
