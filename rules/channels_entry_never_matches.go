package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var entryNeverMatches = lint.Rule{
	Name:    "entry-never-matches",
	Group:   lint.GroupChannels,
	Summary: "an entry of a list of programs, hosts or ids that can match none",
	Doc: `Loong compares the entries of these lists as texts, and says nothing of one that cannot match.

tools.shell_allow and shell_deny hold names of programs: no arguments, no patterns. A path means only a command that is written
with this path. Rules of several words belong in a file below tools.bash.rules_dir.

allowed_domains and blocked_domains hold hosts: no scheme, path or port, ASCII letters only (xn--…). The one pattern is *.name,
which means the name and all below it. The list of [tools.delegate.child_runtime.web] is intersected with that of [tools.web]
text by text, so a child may fetch only from what both name in the same words.

Lists of ids: senders of Telegram have positive numbers, its supergroups begin with -100; Feishu compares chats with oc_… and
senders with ou_…; rooms of Matrix begin with "!", users are @name:server. These forms are those of the services.

The user_id of Matrix is compared so, too: with another form the bot takes its own messages for those of others and answers them.

Lists of sections, channels and accounts that are off are not judged, nor are blank entries, "*" (see wildcard-is-literal), and
entries that hold a variable or a template.`,
	Level:    lint.Warning,
	Levels:   "info for blanks around a program, for chats of Telegram that look like a supergroup without its minus, and for senders of Feishu of an unknown sort",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X35", "X36", "X37", "X38", "X57", "X58", "X59", "X61", "X62", "X63", "X101", "X102", "X103", "X104", "X105", "X106"},
	Silences: []string{"value-clamped"},
	Bad: `[tools]
shell_deny = ["rm -rf", "sudo"]
`,
	Good: `[tools]
shell_deny = ["rm", "sudo"]
`,
	Paths: &idFormAt,
	Key:   idsNeverMatch,
	Run: func(p *lint.Pass) {
		if tools := p.Config.Root.At(schema.KeyTools); tools.Present() {
			programsNeverMatch(p, tools.At(schema.KeyShellDeny), "denies")
			if allow := tools.At(schema.KeyShellAllow); !loong.RunsPrograms(tools) {
				programsNeverMatch(p, allow, "allows")
			} else {
				blanksAround(p, allow)
			}
		}
		for i := range p.Config.IgnoredHosts() {
			hostNeverMatches(p, i)
		}
		channelsInUse(p, func(ch *loong.Channel) { idOfItself(p, ch) })
	},
}

// programsNeverMatch reports X35 to X38.
func programsNeverMatch(p *lint.Pass, list schema.Value, does string) {
	blanksAround(p, list)
	for _, item := range list.Items() {
		text, _ := item.Text()
		report := func(format string, args ...any) *lint.Finding {
			return p.Report(item.Node.Value(), format, args...).WithNode(item.Node)
		}
		word := strings.TrimSpace(text)
		switch loong.ProgramFault(text) {
		case "words":
			program := strings.Fields(word)[0]
			report("%s %s nothing: entries are the names of programs, without arguments", quoted(word), does).WithIgnored(item.Node).
				WithHelp("write %q, or put a rule of several words into a file below tools.bash.rules_dir", program)
		case "pattern":
			report("%s %s nothing: this list knows no patterns", quoted(word), does).WithIgnored(item.Node).
				WithHelp("write the names of the programs")
		case "path":
			f := report("%s %s only commands that are written with this path", quoted(word), does).WithHelp("write the name of a program")
			if name := word[strings.LastIndexAny(word, `/\`)+1:]; name != "" && loong.ProgramFault(name) == "" {
				f.WithHelp("write %q", name)
				if does == "denies" {
					f.WithHelp("write %q; keep the path beside it if both spellings matter", name)
				}
			}
		}
	}
}

// blanksAround reports X38.
func blanksAround(p *lint.Pass, list schema.Value) {
	for _, item := range list.Items() {
		text, _ := item.Text()
		if word := strings.TrimSpace(text); word != "" && word != text && loong.ProgramFault(word) == "" {
			p.Report(item.Node.Value(), "%s has blanks around it, which bash takes off", quoted(text)).WithNode(item.Node).WithSeverity(lint.Info).
				WithHelp("write %q", word).WithFix(lint.Safe, "write "+word, replaceText(p.Document, item.Node, word))
		}
	}
}

// hostNeverMatches reports X57 to X59 and X61 to X63.
func hostNeverMatches(p *lint.Pass, i loong.Ignored) {
	switch i.Entry {
	case "X62":
		p.Report(i.Node.Place(), "no entry of %s is in the list of [tools.web], so a child may fetch nothing", i.Node.Name()).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("the two lists are intersected as texts").WithRelated(i.By.Place(), "the parent's list").WithHelp("repeat entries of the parent's list word for word")
		return
	case "X63":
		p.Report(i.Node.Value(), "%s is not in the list of [tools.web], so a child may not fetch from it", quoted(i.Node.Text())).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("the two lists are intersected as texts").WithRelated(i.By.Place(), "the parent's list").WithHelp("add the same entry to tools.web.allowed_domains, or delete it here")
		return
	}
	text := i.Node.Text()
	if isTemplate(text) {
		return
	}
	why := map[string]string{
		"address": "an entry is a host alone", "port": "an entry is a host without a port", "letters": "the host is compared in its ASCII form",
		"pattern": "the one pattern is *. and a name", "dot": "an entry is a host, without a dot around it",
	}[faultOfHost(text)]
	f := p.Report(i.Node.Value(), "%s matches no host", quoted(text)).WithNode(i.Node).WithIgnored(i.Node).WithNote("%s", why)
	if i.Why != loong.NoHost {
		f.WithNote("%s; %s", why, i.Why)
	}
	f.WithHelp("write the host alone, or *.name for a name and all below it")
	if host := hostIn(text); host != "" && !strings.EqualFold(host, text) {
		f.WithHelp("write %q", host)
	}
}

// faultOfHost is loong.HostFault; a final dot is the fault where it finds none.
func faultOfHost(text string) string {
	if fault := loong.HostFault(text); fault != "" {
		return fault
	}
	return "dot"
}

// hostIn is the entry that was probably meant, or "".
func hostIn(text string) string {
	text = strings.TrimSpace(text)
	if name := strings.TrimLeft(text, "*."); name != text && loong.HostFault(name) == "" && strings.Contains(name, ".") {
		return "*." + name
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	if host := urlHost(text); loong.HostFault(host) == "" {
		return strings.TrimSuffix(host, ".")
	}
	return ""
}

// isTemplate reports whether a text holds a variable or a template, of which other rules tell.
func isTemplate(text string) bool {
	return holdsReference(text) || strings.ContainsAny(text, "<>{}")
}

// idsNeverMatch reports X101 to X105.
func idsNeverMatch(p *lint.Pass, v, _ schema.Value) {
	if v.Shape.Op != schema.OpList {
		return
	}
	form := &idForms[idFormAt[v.Path]]
	for _, item := range v.Items() {
		text, isText := item.Text()
		if isText && (isTemplate(text) || strings.TrimSpace(text) == "" || strings.TrimSpace(text) == "*") {
			continue
		}
		number, _ := item.Int()
		why, level := form.fault(strings.TrimSpace(text), number)
		if why == "" {
			continue
		}
		if isOff(v) {
			return
		}
		shown := quoted(text)
		if !isText {
			shown = fmt.Sprint(number)
		}
		f := p.Report(item.Node.Value(), "%s in %s matches nobody", shown, v.Path.Name()).WithNode(item.Node).WithSeverity(level).WithNote("%s", why)
		if form.form == "supergroup" {
			f.Message = fmt.Sprintf("%s in %s looks like a supergroup without its minus", shown, v.Path.Name())
			f.WithHelp("write -%s if a group is meant", shown)
		} else {
			f.WithHelp("%s", form.help())
		}
	}
}

// fault says why an entry matches nothing, or "".
func (f *idForm) fault(text string, number int64) (why string, level lint.Level) {
	switch f.form {
	case "positive":
		if number < 0 {
			return "senders are users and bots, whose ids are positive; negative ones are groups", lint.Warning
		}
	case "supergroup":
		if number/1e10 == 100 {
			return "ids of supergroups are -100 and ten digits", lint.Info
		}
	case "prefix":
		switch {
		case strings.HasPrefix(text, f.wants):
		case strings.Contains(text, "@") || slices.ContainsFunc(f.others, func(other string) bool { return strings.HasPrefix(text, other) }):
			return fmt.Sprintf("Loong compares it with %s, %s…", f.what, f.wants), lint.Warning
		case f.doubt:
			return fmt.Sprintf("Loong compares it with %s, which begins with %s", f.what, f.wants), lint.Info
		}
	case "room":
		if !strings.HasPrefix(text, "!") {
			return "Loong compares it with the id of the room, which begins with \"!\"; an alias (#) is not one", lint.Warning
		}
	case "user":
		if name, server, _ := strings.Cut(text, ":"); len(name) < 2 || name[0] != '@' || server == "" {
			return "Loong compares it with the whole id of the sender, @name:server", lint.Warning
		}
	}
	return "", 0
}

// help says what to write.
func (f *idForm) help() string {
	switch f.form {
	case "positive":
		return "write the id of the user, and the group in allowed_chat_ids"
	case "prefix":
		return fmt.Sprintf("write %s, %s…", f.what, f.wants)
	case "room":
		return "write the id of the room, !…, from its settings"
	}
	return "write the whole id, @name:server"
}

// idOfItself reports X106.
func idOfItself(p *lint.Pass, ch *loong.Channel) {
	k := slices.IndexFunc(selfIDs[:], func(s selfID) bool { return s.section == ch.Kind.Section })
	if k < 0 {
		return
	}
	row := &selfIDs[k]
	var told []*document.Node
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		v, _ := ch.Effective(a, row.field)
		text, _ := v.Text()
		text = strings.TrimSpace(text)
		if !a.Enabled || text == "" || isTemplate(text) || slices.Contains(told, v.Node) {
			continue
		}
		why, _ := row.form.fault(text, 0)
		list, _ := ch.Effective(a, row.serving)
		serves, _ := idsIn(list)
		ignores, _ := ch.Effective(a, row.ignores)
		mention, _ := ch.Effective(a, row.mention)
		sees, written := ignores.Bool()
		asks, _ := mention.Bool()
		if why == "" || !serves || written && !sees && !asks {
			continue
		}
		told = append(told, v.Node)
		p.Report(v.Node.Value(), "%s = %s is not a whole id, so the bot does not know itself", row.field, quoted(text)).WithNode(v.Node).
			WithNote("it answers its own messages, and does not see where its id is mentioned; %s", why).WithHelp("%s", row.form.help())
	}
}
