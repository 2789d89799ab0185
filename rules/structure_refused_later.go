package rules

import (
	"math"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var refusedLater = lint.Rule{
	Name:    "refused-later",
	Group:   lint.GroupStructure,
	Summary: "a value that loads and is refused when its feature starts",
	Doc: `Loading does not look into these keys, nearly all of them of ACP and MCP: the ids of agents, channels and accounts, the
permission modes and time-outs of ACPX, and the names of servers. The feature fails when it is first used.

With allow_remote = true the control plane still refuses an address other than loopback while there is no shared_token. Which address it
binds, and so whether that matters, is said on the command line.`,
	Level:    lint.Warning,
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X5", "X131"},
	Silences: []string{"value-clamped"},
	Bad: `[acp.backends.acpx]
permission_mode = "ask"
`,
	Good: `[acp.backends.acpx]
permission_mode = "approve-reads"
`,
	Paths: &lateRejectionAt,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		checkLate(p, &lateRejectionCases[lateRejectionAt[v.Path]], v, parent)
	},
}

func checkLate(p *lint.Pass, c *condition, v, parent schema.Value) {
	n := v.Node
	switch c.kind {
	case caseAgent:
		if text, ok := v.Text(); ok && strings.TrimSpace(text) != "" && !isAgentID(text) {
			reportRefusedLater(p, n, "%s is not a valid agent id", quoted(text)).WithHelp("use lower-case letters, digits, - and _, beginning with a letter or digit")
		}
	case caseAgents:
		reportLateAgents(p, v, parent)
	case caseChannelIDs:
		eachText(v, func(n *document.Node) {
			if !isAgentID(n.Text()) {
				reportRefusedLater(p, n, "%s is not a valid channel id", quoted(n.Text())).WithHelp("use letters, digits, - and _, beginning with a letter or digit")
			}
		})
	case caseAccountIDs:
		eachText(v, func(n *document.Node) {
			if !strings.ContainsFunc(n.Text(), isASCIIAlnum) {
				reportRefusedLater(p, n, "%s is not a valid account id", quoted(n.Text())).WithHelp("use at least one ASCII letter or digit")
			}
		})
	case caseBlankEntries:
		eachText(v, func(n *document.Node) {
			if strings.TrimSpace(n.Text()) == "" {
				reportRefusedLater(p, n, "a blank entry in %s", v.Node.Name()).WithHelp("delete it")
			}
		})
	case caseOneOf:
		reportLateWord(p, c, v)
	case caseAboveZero, caseNotNegative:
		reportLateNumber(p, c, v)
	case caseSameNames:
		lateName(p, v, parent)
	case caseNeedsToken:
		remoteWithoutToken(p, v, parent)
	case caseBlankName:
		if strings.TrimSpace(n.Name()) == "" {
			reportRefusedLater(p, n, "an MCP server has a blank name").WithHelp("give it a name")
		}
	}
}

func reportRefusedLater(p *lint.Pass, n *document.Node, format string, args ...any) *lint.Finding {
	return p.Report(spanOf(n), format, args...).WithNode(n).WithNote("Loong loads the file, and refuses the value when the feature starts")
}

// isAgentID reports whether the normal form of s is [a-z0-9][a-z0-9_-]*.
func isAgentID(s string) bool {
	s = ascii.Lower(strings.TrimSpace(s))
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (i == 0 || c != '-' && c != '_') {
			return false
		}
	}
	return s != ""
}

func eachText(v schema.Value, report func(*document.Node)) {
	for _, item := range v.Items() {
		if item.Node.Kind == document.String {
			report(item.Node)
		}
	}
}

// reportLateAgents: each entry is an id, and a list that is not empty holds the default agent.
func reportLateAgents(p *lint.Pass, v, acp schema.Value) {
	agent, _ := acp.At(schema.KeyDefaultAgent).Text()
	agent = ascii.Lower(strings.TrimSpace(agent))
	if agent == "" {
		agent = "codex"
	}
	found, good := false, true
	eachText(v, func(n *document.Node) {
		found = found || ascii.Lower(strings.TrimSpace(n.Text())) == agent
		if !isAgentID(n.Text()) {
			good = false
			reportRefusedLater(p, n, "%s is not a valid agent id", quoted(n.Text())).WithHelp("use lower-case letters, digits, - and _, beginning with a letter or digit")
		}
	})
	if good && !found && len(v.Node.Entries) > 0 && v.Node.Kind == document.Array {
		reportRefusedLater(p, v.Node, "allowed_agents lacks the default agent %q", agent).
			WithHelp("add %q, or set default_agent to an entry of the list", agent)
	}
}

func reportLateWord(p *lint.Pass, c *condition, v schema.Value) {
	text, ok := v.Text()
	word := strings.TrimSpace(text)
	if !ok || word == "" || slices.Contains(c.words, word) {
		return
	}
	f := reportRefusedLater(p, v.Node, "%s is not a valid value for %s", quoted(text), v.Node.Name()).WithHelp("write %s", suggest.Or(c.words))
	suggestWord(p, f, v.Node, text, slices.Values(c.words))
	if x := f.Fix(); x != nil {
		x.Safety = lint.Unsafe // it works after the fix, and did not before
	}
}

func reportLateNumber(p *lint.Pass, c *condition, v schema.Value) {
	x, ok := v.Float()
	if !ok || x > 0 && !math.IsInf(x, 0) || x == 0 && c.kind == caseNotNegative {
		return
	}
	want := "a number above 0"
	if c.kind == caseNotNegative {
		want = "a number of 0 or more"
	}
	reportRefusedLater(p, v.Node, "%s = %s is not %s", keyOf(v), v.Node.Text(), want).WithHelp("write %s", want)
}

// namesSeen are the names in a table so far, in the form that counts, with the first entry of each.
type namesSeen struct {
	in    *document.Node
	first map[string]*document.Node
}

// lateName: names of ACPX servers are not blank and differ after trimming and lower-casing.
func lateName(p *lint.Pass, v, servers schema.Value) {
	n := v.Node
	name := ascii.Lower(strings.TrimSpace(n.Name()))
	if name == "" {
		reportRefusedLater(p, n, "an ACPX server has a blank name").WithHelp("give it a name")
		return
	}
	seen, _ := p.State.(*namesSeen)
	if seen == nil || seen.in != servers.Node {
		seen = &namesSeen{servers.Node, map[string]*document.Node{}}
		p.State = seen
	}
	o := seen.first[name]
	if o == nil {
		seen.first[name] = n
		return
	}
	p.Report(n.Place(), "%q and %q are the same server to Loong", o.Name(), n.Name()).WithNode(n).
		WithNote("names are trimmed and lower-cased; ACPX refuses to start").
		WithRelated(o.Place(), "the other one").WithHelp("rename one of them")
}

// remoteWithoutToken reports X131.
func remoteWithoutToken(p *lint.Pass, v, table schema.Value) {
	token := table.At(schema.KeySharedToken)
	if on, _ := v.Bool(); !on || loong.FormOf(token).Gives(p.Environment) != loong.No || token.Present() && token.Secret().Form == schema.SecretAbsent {
		return
	}
	f := p.Report(spanOf(v.Node), "allow_remote = true is not enough: without shared_token a remote address is refused").WithNode(v.Node).
		WithNote("only loopback, the default, works without a token").WithHelp("write shared_token, or delete the line")
	if token.Present() {
		f.WithRelated(spanOf(token.Node), "this gives nothing").WithHelp("set what shared_token names, or delete the line")
	}
}
