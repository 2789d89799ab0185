package rules

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/schema"
)

var policySetting = lint.Rule{
	Name:    "policy-setting",
	Group:   lint.GroupPolicy,
	Summary: "a setting of Loong that the policy of loonglint.toml does not allow",
	Doc: `Each [[policy.settings]] names a key of Loong's configuration and what it must be: one-of some values, not below min,
not above max, or required, which means written. A key that is not written has its default, which is judged like a
written value.` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[[policy.settings]]
key = "tools.shell_default_mode"
one-of = ["deny"]
because = "agents run no shell commands that nobody listed"

[[policy.settings]]
key = "providers.*.temperature"
max = 1.0
because = "answers must be reproducible"
`,
	Bad: `[tools]
shell_default_mode = "allow"

[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
temperature = 1.5
`,
	Good: `[tools]
shell_default_mode = "deny"

[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
temperature = 0.5
`,
	Run: func(p *lint.Pass) {
		if p.Policy == nil {
			return
		}
		for i := range p.Policy.Settings {
			s := &p.Policy.Settings[i]
			(&settingWalk{p, s}).below(p.Config.Root, s.Key, "", nil)
		}
	},
}

// settingWalk holds a file to one setting of the policy.
type settingWalk struct {
	*lint.Pass
	setting *policy.Setting
}

// below follows the rest of the key; path is what has been followed, around the nearest table
// that is written.
func (w *settingWalk) below(v schema.Value, rest []string, path string, around *document.Node) {
	if v.Node != nil && v.Node.Parent != nil {
		around = v.Node
	}
	if len(rest) == 0 {
		w.judge(v, path, around)
		return
	}
	join := func(name string) string { return strings.TrimPrefix(path+"."+name, ".") }
	switch {
	case v.Shape.Op != schema.OpMap:
		w.below(v.Field(rest[0]), rest[1:], join(rest[0]), around)
	case rest[0] != "*":
		w.below(v.Entry(rest[0]), rest[1:], join(rest[0]), around)
	default:
		for _, e := range v.Entries() {
			w.below(e.Value, rest[1:], join(e.Name), around)
		}
	}
}

func (w *settingWalk) judge(v schema.Value, path string, around *document.Node) {
	s := w.setting
	if !v.Present() {
		value, known := defaultText(v.Default())
		switch {
		case s.Required:
			w.tell(around, "%s is not written", path)
		case known && s.Wrong(value) != "":
			w.tell(around, "%s is not written, and its default %s %s", path, readable(value), s.Wrong(value))
		}
		return
	}
	if v.Path.IsSecret() || v.Node.Kind.IsTable() || v.Node.Kind.IsArray() {
		return
	}
	if wrong := s.Wrong(v.Node.Text()); wrong != "" {
		w.tell(v.Node, "%s = %s %s", path, readable(v.Node.Text()), wrong)
	}
}

// tell reports a breach in the policy's words.
func (w *settingWalk) tell(at *document.Node, format string, args ...any) {
	f := w.Report(spanOrTop(at), "%s: %s", fmt.Sprintf(format, args...), w.setting.Because).WithNode(at).WithHelp("write a value that the policy allows")
	if w.setting.OneOf != nil {
		f.WithHelp("allowed: %s", firstPatterns(w.setting.OneOf))
	}
}

// readable is a value as TOML has it, near enough for a message.
func readable(value string) string {
	if _, err := strconv.ParseFloat(value, 64); err == nil || value == "true" || value == "false" {
		return value
	}
	return strconv.Quote(value)
}

// defaultText is a default as text; null, lists and tables are none.
func defaultText(raw string) (string, bool) {
	var v any
	if raw == "" || json.Unmarshal([]byte(raw), &v) != nil {
		return "", false
	}
	switch v := v.(type) {
	case string:
		return v, true
	case bool, float64:
		return fmt.Sprint(v), true
	}
	return "", false
}
