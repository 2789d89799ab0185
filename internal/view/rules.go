package view

import (
	"encoding/json"
	"io"

	"github.com/loonglint/loonglint"
)

// rulesDocument is loonglint.rules.v1.
type rulesDocument struct {
	Schema string       `json:"schema"`
	Rules  []ruleObject `json:"rules"`
}

type ruleObject struct {
	Name      string   `json:"name"`
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
	Bad       string   `json:"bad,omitempty"`
	Good      string   `json:"good,omitempty"`
	Covers    []string `json:"reference,omitempty"`
}

// RulesJSON writes all about rules.
func RulesJSON(w io.Writer, list []loonglint.Rule) error {
	doc := rulesDocument{Schema: "loonglint.rules.v1"}
	for _, r := range list {
		doc.Rules = append(doc.Rules, ruleObject{r.Name, r.Summary, r.Severity.String(), r.Levels, r.Doc, r.URL, r.Since, r.OptIn,
			r.Needs, r.ComparesFiles, r.Mandatory, r.OwnHosts, r.Settings, r.Bad, r.Good, r.Reference})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
