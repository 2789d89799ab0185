package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// answer is what the loader makes of a file, as slice/ask.rs prints it.
type answer struct {
	DecodeError *string `json:"decode_error"`
	LoadError   *string `json:"load_error"`
	Panic       bool
	Diagnostics []diagnostic
	Active      *string `json:"active_provider"`
	Last        *string `json:"last_provider"`
	Providers   map[string]*provider
}

type diagnostic struct {
	Code     string  `json:"code"`
	Severity string  `json:"severity"`
	Path     string  `json:"field_path"`
	Inline   string  `json:"inline_field_path"`
	Suggest  *string `json:"suggested_env_name"`
}

type provider struct {
	Kind      string
	Default   bool     `json:"default_for_kind"`
	Base      string   `json:"base_url"`
	Request   string   `json:"endpoint"`
	Models    string   `json:"models_endpoint"`
	Model     string   `json:"model"`
	Preferred []string `json:"auto_candidates"`
	Env       *string  `json:"auth_env_name"`
	EnvNames  []string `json:"auth_hint_env_names"`
	Secret    bool     `json:"has_secret"`
	Keys      int      `json:"api_key_candidates"`
	Required  *bool    `json:"requires_explicit_auth"`
	Hint      bool     `json:"has_configuration_hint"`
	Transport string   `json:"transport_level"`
}

// kinds asks for every word of the enum of provider kinds which kind it is, and for its addresses and variables.
func (p *program) kinds(s *shapes) ([]string, error) {
	kind := s.Enums["ProviderKind"]
	if kind == nil {
		return nil, fmt.Errorf("the program has no enum ProviderKind")
	}
	var questions []question
	for i, word := range kind.Variants {
		file := "[providers.x]\nkind = " + strconv.Quote(word) + "\n"
		questions = append(questions, question{ID: i, TOML: &file})
	}
	var lines []string
	err := each(p, "ask", questions, func(i int, a *answer) error {
		if a == nil || a.Providers["x"] == nil {
			return fmt.Errorf("no profile of kind %q", kind.Variants[i])
		}
		x := a.Providers["x"]
		lines = append(lines, fmt.Sprintf("kind %s %s base=%s request=%s models=%s env=%s required=%t transport=%s", kind.Variants[i], x.Kind,
			x.Base, x.Request, x.Models, strings.Join(x.EnvNames, ","), x.Required != nil && *x.Required, strings.ToLower(x.Transport)))
		return nil
	})
	slices.Sort(lines)
	return lines, err
}

// channels asks for the program's own list of channels and what each operation needs.
func (p *program) channels() ([]string, error) {
	out, err := p.call("ask", nil, "--catalog")
	if err != nil {
		return nil, fmt.Errorf("list of channels: %w", err)
	}
	var list []struct {
		ID         string
		Label      string
		Aliases    []string
		Order      int    `json:"selection_order"`
		Status     string `json:"implementation_status"`
		Transport  string
		Operations []struct {
			ID           string
			Command      string
			Availability string
			Requirements []struct {
				ID         string
				Paths      []string `json:"config_paths"`
				Pointers   []string `json:"env_pointer_paths"`
				DefaultEnv *string  `json:"default_env_var"`
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&list); err != nil {
		return nil, fmt.Errorf("list of channels: %w", err)
	}
	var lines []string
	for _, c := range list {
		lines = append(lines, fmt.Sprintf("channel %s %q aliases=%s order=%d status=%s transport=%s", c.ID, c.Label, strings.Join(c.Aliases, ","), c.Order, c.Status, c.Transport))
		for _, op := range c.Operations {
			var needs []string
			for _, r := range op.Requirements {
				env := ""
				if r.DefaultEnv != nil {
					env = *r.DefaultEnv
				}
				needs = append(needs, fmt.Sprintf("%s(%s;%s;%s)", r.ID, strings.Join(r.Paths, ","), strings.Join(r.Pointers, ","), env))
			}
			lines = append(lines, fmt.Sprintf("operation %s.%s %s %q %s", c.ID, op.ID, op.Availability, op.Command, strings.Join(needs, " ")))
		}
	}
	slices.Sort(lines)
	return lines, nil
}
