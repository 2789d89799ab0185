package loonglint

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/rules"
)

// Rule is a rule: what its documentation consists of.
type Rule struct {
	Name     string // as findings and settings have it
	Group    string // its subject
	Summary  string // one line, lower case, no full stop
	Doc      string // paragraphs
	Severity Severity
	Levels   string // when findings have another severity; may be empty
	Since    string // the version of loonglint that brought it
	OptIn    bool   // off unless it is enabled
	// Mandatory rules cannot be disabled or suppressed.
	Mandatory bool
	Bad, Good string // a document that it reports, and the corrected one
	Settings  string // the loonglint.toml that both are checked with; may be empty
	// Variables are all that exist where both are checked, as NAME=value; nil: nothing is known about variables.
	Variables []string
	URL       string // of its page
	// Needs is what it must know: "file"; "environment", where it is silent when nothing is known about variables;
	// "network", where only a probe reports it and Check never does.
	Needs string
	// ComparesFiles rules are reported by an audit; Check never does.
	ComparesFiles bool
	// OwnHosts says that it is silent about the own-hosts of Settings.
	OwnHosts bool
	// Reference lists the entries of docs/loong that it reports.
	Reference []string
}

// Rules lists all rules by name.
func Rules() []Rule {
	var list []Rule
	for _, r := range rules.All() {
		list = append(list, ruleOf(r))
	}
	slices.SortFunc(list, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Explain returns the rule with a name; the error says which one could be meant.
func Explain(name string) (Rule, error) {
	r, err := rules.Find(name)
	if err != nil {
		return Rule{}, err
	}
	return ruleOf(r), nil
}

func ruleOf(r *lint.Rule) Rule {
	return Rule{Name: r.Name, Group: string(r.Group), Summary: r.Summary, Doc: r.Doc, Severity: Severity(r.Level), Levels: r.Levels,
		Since: r.Since, OptIn: r.OptIn, Mandatory: r.Mandatory, Bad: r.Bad, Good: r.Good, Settings: r.Settings, Variables: slices.Clone(r.Env), URL: render.RuleURL(r.Name),
		Needs: needs[r.Needs], ComparesFiles: r.Compare != nil, OwnHosts: r.Address, Reference: slices.Clone(r.Covers)}
}

// needs are the words of Rule.Needs.
var needs = [...]string{lint.Static: "file", lint.Environment: "environment", lint.Network: "network"}

// rulesDocument is loonglint.rules.v1.
type rulesDocument struct {
	Schema string       `json:"schema"`
	Rules  []ruleObject `json:"rules"`
}

type ruleObject struct {
	Name      string   `json:"name"`
	Group     string   `json:"group"`
	Summary   string   `json:"summary"`
	Level     string   `json:"level"`
	Levels    string   `json:"levels,omitempty"` // when findings have another level
	Doc       string   `json:"documentation"`
	URL       string   `json:"url"`
	Since     string   `json:"since"`
	OptIn     bool     `json:"opt_in"`
	Needs     string   `json:"needs"` // file, environment or network
	Compares  bool     `json:"compares_files"`
	Mandatory bool     `json:"mandatory"`
	OwnHosts  bool     `json:"own_hosts"` // whether it is silent about them
	Settings  string   `json:"settings,omitempty"`
	Variables []string `json:"variables,omitzero"` // all that exist where both examples are checked
	Bad       string   `json:"bad,omitempty"`
	Good      string   `json:"good,omitempty"`
	Covers    []string `json:"reference,omitempty"`
}

// RulesJSON is the document loonglint.rules.v1 about rules, as `loonglint explain --format json` writes it, without a line
// end.
func RulesJSON(list []Rule) []byte {
	doc := rulesDocument{Schema: "loonglint.rules.v1", Rules: []ruleObject{}}
	for _, r := range list {
		doc.Rules = append(doc.Rules, ruleObject{r.Name, r.Group, r.Summary, r.Severity.String(), r.Levels, r.Doc, r.URL, r.Since, r.OptIn,
			r.Needs, r.ComparesFiles, r.Mandatory, r.OwnHosts, r.Settings, r.Variables, r.Bad, r.Good, r.Reference})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	e.Encode(doc) // its types always have a JSON form
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
