package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// validationFacts is validation.json as far as the program reads it.
type validationFacts struct {
	Order struct {
		Channels []string
		Moved    []struct{ Section, After, Until string }
	} `json:"emission_order"`
	Checks []checkFact
}

type checkFact struct {
	ID        int
	Section   string
	Code      string
	Severity  string
	Rule      string
	Path      string
	Inline    string          `json:"inline_path"`
	Example   json.RawMessage `json:"example_env"`
	Min, Max  json.RawMessage
	Telegram  bool     `json:"telegram_token_shape"`
	IDForm    string   `json:"account_id_form"`
	RuntimeID []string `json:"runtime_id"`
	Reads     []string
}

// catalogWords are the accepted spellings behind two string fields.
type catalogWords struct {
	Catalogs struct {
		Search  []wordFact `json:"web_search_providers"`
		Bridges []wordFact `json:"runtime_plugin_bridges"`
	}
}

type wordFact struct{ Accepted []string }

// validationTables makes internal/loong/validation_gen.go: every check in Loong's order.
func validationTables(f *facts) ([]byte, error) {
	v, err := load[validationFacts](f, "validation")
	if err != nil {
		return nil, err
	}
	words, err := load[catalogWords](f, "surface")
	if err != nil {
		return nil, err
	}
	w, err := loadVersions(f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\n")
	sections, err := writeChecks(&b, v.Checks, w)
	if err != nil {
		return nil, err
	}
	if err := writeSections(&b, sections, v, w); err != nil {
		return nil, err
	}
	writeWords(&b, "searchProviders", "the accepted spellings of tools.web_search.default_provider", words.Catalogs.Search)
	writeWords(&b, "pluginBridges", "the accepted spellings of a runtime plugin bridge", words.Catalogs.Bridges)
	return goSource("loong", b.Bytes())
}

// sectionSpan is a run of checks of one section: the first, the first of an account, the end.
type sectionSpan struct {
	name                 string
	first, accounts, end int
	reads                bool
}

func writeChecks(b *bytes.Buffer, checks []checkFact, v *versions) ([]sectionSpan, error) {
	var sections []sectionSpan
	fmt.Fprintf(b, "// checks lists Loong's own validation in its order (validation.json).\nvar checks = [...]check{\n")
	for i, c := range checks {
		if c.ID != i+1 {
			return nil, fmt.Errorf("check %d stands at place %d", c.ID, i+1)
		}
		name, rest, _ := strings.Cut(c.Path, ".")
		if c.Rule == "provider_selection" {
			name = "selection"
		}
		if len(sections) == 0 || sections[len(sections)-1].name != name {
			sections = append(sections, sectionSpan{name, i, -1, i, false})
		}
		s := &sections[len(sections)-1]
		s.end = i + 1
		if below, ok := strings.CutPrefix(rest, "accounts.<id>."); ok {
			rest = below
			if s.accounts < 0 {
				s.accounts = i
			}
		} else if s.accounts >= 0 {
			return nil, fmt.Errorf("check %d of the section follows one of an account", c.ID)
		}
		s.reads = s.reads || s.accounts < 0 && slices.Contains(c.Reads, "environment")
		rest = strings.TrimPrefix(rest, "<id>.") // of providers
		line, err := checkLine(c, rest)
		if err != nil {
			return nil, fmt.Errorf("check %d: %w", c.ID, err)
		}
		if set := v.code(c.Code); set != 0 {
			line = strings.TrimSuffix(line, "},\n") + fmt.Sprintf("missing: %#b},\n", set)
		}
		b.WriteString(line)
	}
	b.WriteString("}\n\n")
	return sections, nil
}

// checkLine is a check as Go source; field is its path below the section, profile or account.
func checkLine(c checkFact, field string) (string, error) {
	var b strings.Builder
	want := c.Path
	switch c.Rule {
	case "env_pointer":
		field, want = strings.TrimSuffix(field, "_env"), strings.TrimSuffix(c.Path, "_env")
	case "secret_ref_env":
		field, want = strings.TrimSuffix(field, ".env"), strings.TrimSuffix(c.Path, ".env")
	case "account_integrity", "effective_account_ids", "provider_selection":
		want = c.Inline
	}
	if c.Inline != want {
		return "", fmt.Errorf("inline path %q is not %q", c.Inline, want)
	}
	code, family := strings.CutSuffix(c.Code, "*")
	if family != (c.Rule == "env_pointer" || c.Rule == "secret_ref_env") {
		return "", fmt.Errorf("code %q does not fit rule %q", c.Code, c.Rule)
	}
	fmt.Fprintf(&b, "{rule: %s, code: %q, severity: %q, field: %q, ", ruleName(c), code, c.Severity, field)
	writeKeys(&b, c.Rule, field)
	example, err := exampleName(c.Example)
	if err != nil {
		return "", err
	}
	if example != "" {
		fmt.Fprintf(&b, "example: %q, ", example)
	}
	writeFlag(&b, "telegram", c.Telegram)
	writeFlag(&b, "rawID", c.IDForm == "raw")
	writeFlag(&b, "reads", slices.Contains(c.Reads, "environment"))
	if err := writeBounds(&b, c); err != nil {
		return "", err
	}
	if len(c.RuntimeID) > 2 { // `prefix` + normalized [host[:port] of] field
		parts := strings.Split(c.RuntimeID[1], "`")
		if len(parts) != 3 {
			return "", fmt.Errorf("runtime id %q", c.RuntimeID[1])
		}
		what := strings.Fields(parts[2])
		fmt.Fprintf(&b, "prefix: %q, source: schema.%s, sourceEnv: schema.%s, ", parts[1], keyName(what[len(what)-1]), keyName(what[len(what)-1]+"_env"))
		writeFlag(&b, "host", strings.Contains(parts[2], "host[:port] of"))
	}
	return b.String() + "},\n", nil
}

// writeKeys writes the keys that a check reads: those on the way to its field, and the pointer beside it.
func writeKeys(b *strings.Builder, rule, field string) {
	if field == "" {
		return
	}
	first, more, _ := strings.Cut(strings.TrimSuffix(field, ".<id>"), ".")
	fmt.Fprintf(b, "key: schema.%s, ", keyName(first))
	if more != "" {
		b.WriteString("rest: []schema.Key{")
		for key := range strings.SplitSeq(more, ".") {
			fmt.Fprintf(b, "schema.%s, ", keyName(key))
		}
		b.WriteString("}, ")
	}
	if rule == "env_pointer" || strings.HasPrefix(rule, "irc_") {
		fmt.Fprintf(b, "pointer: schema.%s, ", keyName(field+"_env"))
	}
}

// ruleName is the Go name of a check's rule; rules that hold two tests are told apart here.
func ruleName(c checkFact) string {
	words := strings.Split(c.Rule, "_")
	switch c.Rule {
	case "account_integrity", "provider_selection":
		words = append(words, strings.Split(c.Code[strings.LastIndexByte(c.Code, '.')+1:], "_")...)
	case "runtime_plugins":
		words = append(words, strings.Split(c.Path[strings.IndexByte(c.Path, '.')+1:], "_")...)
	}
	for i, w := range words {
		switch w {
		case "id", "smtp", "irc":
			words[i] = strings.ToUpper(w)
		case "ids":
			words[i] = "IDs"
		default:
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return "check" + strings.Join(words, "")
}

func writeFlag(b *strings.Builder, name string, on bool) {
	if on {
		fmt.Fprintf(b, "%s: true, ", name)
	}
}

// exampleName is the example variable; for providers the one of kinds that have none.
func exampleName(raw json.RawMessage) (string, error) {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		return name, nil
	}
	var expr struct{ Expr string }
	if err := json.Unmarshal(raw, &expr); err != nil {
		return "", err
	}
	_, name, ok := strings.Cut(expr.Expr, "else ")
	if !ok {
		return "", fmt.Errorf("example %q", expr.Expr)
	}
	return name, nil
}

// writeBounds writes a numeric range; a minimum may be another field's value, and no maximum is
// above what TOML can hold.
func writeBounds(b *strings.Builder, c checkFact) error {
	if c.Rule != "numeric_range" {
		return nil
	}
	var low, high uint64
	if json.Unmarshal(c.Min, &low) != nil {
		var expr struct{ Expr string }
		if err := json.Unmarshal(c.Min, &expr); err != nil {
			return err
		}
		_, field, _ := strings.Cut(expr.Expr, ".")
		fmt.Fprintf(b, "minKey: schema.%s, ", keyName(field))
	}
	if err := json.Unmarshal(c.Max, &high); err != nil {
		return err
	}
	fmt.Fprintf(b, "min: %d, max: %d, ", low, min(high, math.MaxInt64))
	return nil
}

// writeSections checks the order of the channels and writes where each section's checks are. A section that stands
// elsewhere in older versions is written at both places.
func writeSections(b *bytes.Buffer, sections []sectionSpan, facts *validationFacts, v *versions) error {
	b.WriteString("// sections lists the sections in the order in which Loong checks them; each version has each but once.\nvar sections = [...]section{\n")
	at := 0
	line := func(s sectionSpan, missing targetSet) {
		key := "0"
		if s.name != "selection" {
			key = "schema." + keyName(s.name)
		}
		fmt.Fprintf(b, "{%q, %s, %d, %d, %d, %t, %#b},\n", s.name, key, s.first, s.accounts, s.end, s.reads, missing)
	}
	for i := range sections {
		if sections[i].accounts < 0 {
			sections[i].accounts = sections[i].end
		}
	}
	for _, s := range sections {
		if i := slices.Index(facts.Order.Channels, s.name); i >= 0 {
			if i < at {
				return fmt.Errorf("section %s is out of order", s.name)
			}
			at = i
		}
		missing := v.section(s.name)
		for _, m := range facts.Order.Moved {
			if m.Section == s.name {
				missing |= v.upTo(m.Until)
			}
		}
		line(s, missing)
		for _, m := range facts.Order.Moved {
			if m.After == s.name {
				i := slices.IndexFunc(sections, func(s sectionSpan) bool { return s.name == m.Section })
				if i < 0 {
					return fmt.Errorf("no section %q to move", m.Section)
				}
				line(sections[i], v.section(m.Section)|v.after(m.Until))
			}
		}
	}
	b.WriteString("}\n\n")
	return nil
}

func writeWords(b *bytes.Buffer, name, what string, facts []wordFact) {
	var words []string
	for _, f := range facts {
		words = append(words, f.Accepted...)
	}
	slices.Sort(words)
	fmt.Fprintf(b, "// %s lists %s, sorted.\nvar %s = [...]string{", name, what, name)
	for _, w := range words {
		fmt.Fprintf(b, "%q, ", w)
	}
	b.WriteString("}\n\n")
}
