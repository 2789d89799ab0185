package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// kindLine is a line about a kind, taken apart.
func kindLine(rest string) (id string, values map[string]string) {
	id, rest, _ = strings.Cut(rest, " ")
	values = map[string]string{}
	for _, part := range strings.Fields(rest) {
		name, value, _ := strings.Cut(part, "=")
		values[name] = value
	}
	return id, values
}

// kinds takes over kinds, their names, addresses and variables.
func (u *update) kinds() {
	came := map[string]bool{}
	for _, line := range u.now.lines {
		name, rest := cutName(line)
		word, isKind := strings.CutPrefix(name, "kind ")
		before, known := u.old.named[name]
		if !isKind || known && before == rest {
			continue
		}
		id, values := kindLine(rest)
		k := u.kind(id)
		switch {
		case k == nil:
			k = u.newKind(id, values)
			came[id] = true
		case known:
			u.changeKind(id, k, before, rest)
			continue
		}
		if word != id && !slices.Contains(k.values["toml_aliases"].([]any), any(word)) {
			k.set("toml_aliases", append(k.values["toml_aliases"].([]any), word))
		}
		if !known && !came[id] && word != id {
			u.note("kinds/aliases_added", newObject("id", id, "alias", word, "first_version", u.version.tag, "on_older", "undecodable", "selector_alias_before", false))
		}
	}
	for _, line := range u.old.lines {
		name, rest := cutName(line)
		word, isKind := strings.CutPrefix(name, "kind ")
		if _, still := u.now.named[name]; !isKind || still {
			continue
		}
		id, _ := kindLine(rest)
		e := newObject("id", id, "last_version", u.last, "removed_in", u.version.tag)
		if word == id {
			u.note("kinds/removed", e)
		} else {
			e.setAfter("id", "alias", word)
			u.note("kinds/aliases_removed", e)
		}
	}
	for _, k := range u.catalog.list("kinds") {
		if came[k.text("id")] {
			e := newObject("id", k.text("id"), "first_version", u.version.tag)
			for _, name := range []string{"toml_aliases", "base_url", "chat_completions_path", "models_path", "api_key_env", "api_key_env_aliases", "oauth_env", "oauth_env_aliases"} {
				e.set(name, k.values[name])
			}
			e.set("on_older", "undecodable")
			u.note("kinds/added", e)
		}
	}
	words := 0
	for name := range u.now.named {
		if strings.HasPrefix(name, "kind ") {
			words++
		}
	}
	if counts := u.catalog.object("counts"); counts != nil {
		counts.set("kinds", number(len(u.catalog.list("kinds"))))
		counts.set("toml_names", number(words))
	}
}

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// newKind adds a kind, as people wrote it or with what the program tells and the rest of one like it.
func (u *update) newKind(id string, values map[string]string) *object {
	k := u.prose.kind(id)
	if k == nil {
		like, _ := u.facts.clone() // what was parsed can be written
		k = like.kind("deepseek")
		k.set("id", id)
		k.set("display_name", id)
		for _, name := range []string{"toml_aliases", "profile_aliases", "api_key_env_aliases", "oauth_env_aliases"} {
			k.set(name, []any{})
		}
		setAddresses(k, values)
		k.set("api_key_env", nil)
		if env := strings.Split(values["env"], ","); env[0] != "" {
			k.set("api_key_env", env[0])
		}
		u.ask("the kind `%s` came: its addresses and variables are the program's, all else in catalog.json is a copy of deepseek's and has to be read", id)
	}
	kinds := append(u.catalog.list("kinds"), k)
	slices.SortStableFunc(kinds, func(a, b *object) int { return strings.Compare(a.text("id"), b.text("id")) })
	u.catalog.setList("kinds", likeBefore(kinds, u.prose.catalog.list("kinds"), "id"))
	return k
}

// setAddresses takes over the addresses of a kind and the names of its variables.
func setAddresses(k *object, values map[string]string) {
	base := values["base"]
	route := func(address string) any {
		if rest, below := strings.CutPrefix(address, strings.TrimRight(base, "/")); below {
			return rest
		}
		return address
	}
	k.set("base_url", base)
	k.set("chat_completions_path", route(values["request"]))
	k.set("models_path", route(values["models"]))
	if chat := k.object("default_endpoints").object("chat_completions"); chat != nil {
		chat.set("request_endpoint", values["request"])
		chat.set("models_endpoint", values["models"])
	}
	env := []any{}
	for name := range strings.SplitSeq(values["env"], ",") {
		if name != "" {
			env = append(env, name)
		}
	}
	k.set("auth_hint_env_names", env)
	k.set("requires_explicit_auth_by_default", values["required"] == "true")
}

// changeKind reports a kind that changed; the tables hold one address and one list of variables for all versions.
func (u *update) changeKind(id string, k *object, before, now string) {
	wasID, was := kindLine(before)
	_, is := kindLine(now)
	if wasID != id {
		u.ask("a name of the kind `%s` meant `%s` before", id, wasID)
	}
	for _, name := range []string{"base", "request", "models", "env", "required", "transport"} {
		if was[name] != is[name] {
			u.ask("%s of the kind `%s` was `%s`, is `%s`: the tables hold one for all versions", name, id, was[name], is[name])
		}
	}
	if k.text("base_url") == was["base"] && was["base"] != is["base"] {
		setAddresses(k, is)
	}
}

// channelList takes over channels and what their operations need.
func (u *update) channelList() {
	var changed, gone []string
	for _, line := range u.now.lines {
		name, rest := cutName(line)
		what, id, _ := strings.Cut(name, " ")
		before, known := u.old.named[name]
		if what != "channel" && what != "operation" || known && before == rest {
			continue
		}
		if known {
			changed = append(changed, "`"+name+"`")
		}
		id, operation, _ := strings.Cut(id, ".")
		c := u.channel(id)
		switch {
		case c == nil && what == "operation": // reported with its channel
		case c == nil || what == "operation" && c.object("operations").object(operation) == nil:
			u.ask("%s came: write it into channels.json, with what makes it ready", name)
		case what == "channel":
			setChannel(c, rest)
		default:
			setOperation(c.object("operations").object(operation), rest)
		}
	}
	for _, line := range u.old.lines {
		name, _ := cutName(line)
		if _, still := u.now.named[name]; !still && (strings.HasPrefix(name, "channel ") || strings.HasPrefix(name, "operation ")) {
			gone = append(gone, "`"+name+"`")
		}
	}
	for _, list := range []struct {
		names []string
		what  string
	}{{changed, "changed"}, {gone, "went"}} {
		if list.names != nil {
			u.ask("%s %s: channels.json holds each for all versions alike, but where it says `until` or `since`", strings.Join(list.names, ", "), list.what)
		}
	}
}

func (u *update) channel(id string) *object {
	for _, c := range u.channels.list("channels") {
		if c.text("channel_id") == id {
			return c
		}
	}
	return nil
}

var requirement = regexp.MustCompile(`(\S+?)\(([^;()]*);([^;()]*);([^;()]*)\)`)

// setOperation takes over the members of a line about an operation.
func setOperation(op *object, rest string) {
	availability, rest, _ := strings.Cut(rest, " ")
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return
	}
	command, _ := strconv.Unquote(quoted) // what was quoted
	op.set("command", command)
	op.set("availability", availability)
	paths := func(text string) []any {
		list := []any{}
		for path := range strings.SplitSeq(strings.ReplaceAll(text, "<account>", "<id>"), ",") {
			if path != "" {
				list = append(list, path)
			}
		}
		return list
	}
	needs := []any{}
	for _, m := range requirement.FindAllStringSubmatch(rest[len(quoted):], -1) {
		need := newObject("id", m[1], "config_paths", paths(m[2]), "env_pointer_paths", paths(m[3]), "default_env", nil)
		if m[4] != "" {
			need.set("default_env", m[4])
		}
		needs = append(needs, need)
	}
	op.set("declared_requirements", needs)
}

// setChannel takes over the members of a line about a channel.
func setChannel(c *object, rest string) {
	label, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return
	}
	for _, part := range strings.Fields(rest[len(label):]) {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "order":
			c.set("selection_order", json.Number(value))
		case "status":
			c.set("implementation_status", value)
		case "transport":
			c.set("transport", value)
		case "aliases":
			aliases := []any{}
			for a := range strings.SplitSeq(value, ",") {
				if a != "" {
					aliases = append(aliases, a)
				}
			}
			c.set("aliases", aliases)
		}
	}
	label, _ = strconv.Unquote(label)
	c.set("label", label)
}

// addVersion names the version in all files.
func (u *update) addVersion(is []treePlace) {
	v := &u.version
	tables := 0
	for _, p := range is {
		if p.text == "table" && p.path != "" {
			tables++
		}
	}
	kinds := map[string]bool{}
	for name, rest := range u.now.named {
		if strings.HasPrefix(name, "kind ") {
			id, _ := kindLine(rest)
			kinds[id] = true
		}
	}
	e := newObject("tag", v.tag, "date", v.date, "commit", v.commit, "package_version", v.pkg, "released", v.released,
		"leaf_paths", number(len(is)-tables), "table_paths", number(tables), "kinds", number(len(kinds)))
	for _, p := range u.prose.history.list("versions") {
		if p.text("tag") == v.tag && p.text("commit") == v.commit {
			e = p
		}
	}
	u.history.setList("versions", append(u.history.list("versions"), e))
	locations := u.history.object("locations")
	if here := u.prose.history.object("locations").object(v.tag); here != nil {
		locations.set(v.tag, here)
	} else if before := locations.object(u.last); before != nil {
		locations.set(v.tag, before)
		u.ask("where Loong keeps its files (history.json, locations) is that of %s: look whether it still holds", u.last)
	}
	u.nameSource(e)
	targets := u.versions.list("targets")
	before := targets[len(targets)-1].text("name")
	u.versions.setList("targets", append(targets, newObject("name", v.name, "tag", v.tag)))
	if v.released {
		u.versions.set("default", v.name)
	}
	for i, b := range u.versions.list("behavior") {
		in := b.values["in"].([]any)
		if slices.Contains(in, any(before)) {
			b.set("in", append(in, v.name))
		}
		if p := u.prose.versions.list("behavior"); i < len(p) && p[i].text("name") == b.text("name") && v.commit == commitOf(u.prose, v.tag) {
			b.set("in", p[i].values["in"])
		}
	}
}

func commitOf(f *facts, tag string) string {
	for _, v := range f.history.list("versions") {
		if v.text("tag") == tag {
			return v.text("commit")
		}
	}
	return ""
}
