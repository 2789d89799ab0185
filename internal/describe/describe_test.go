package describe

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

// Every key and word that the newest release has is described.
func TestEverythingIsDescribed(t *testing.T) {
	for id := schema.RootPath + 1; int(id) < schema.PathCount; id++ {
		if id.Field() == nil || id.In(0) == schema.NoPath {
			continue
		}
		if Key(id) == "" {
			t.Errorf("nobody knows what %s is for", id)
		}
		if e := id.Type(); e != nil && e.Kind == schema.Enum {
			for _, w := range e.Values {
				if Word(e, w.Value) == "" {
					t.Errorf("nobody knows what %s = %q means", id, w.Value)
				}
			}
		}
	}
	if got := Key(schema.PathOf("providers.<id>.request_timeout_ms")); !strings.Contains(got, "Milliseconds") {
		t.Errorf("request_timeout_ms: %q", got)
	}
	if Table(schema.PathOf("tools.web")) == "" || Table(schema.PathOf("active_provider")) != "" || Key(schema.NoPath) != "" {
		t.Error("tables")
	}
}

func TestSettings(t *testing.T) {
	s := Settings()
	if keys := strings.Join(s.Keys(), " "); !strings.Contains(keys, "min-level") || !strings.Contains(keys, "rules") {
		t.Errorf("keys %s", keys)
	}
	for _, name := range s.Keys() {
		if s.At(name).Text() == "" {
			t.Errorf("nobody knows what %s is for", name)
		}
	}
	if got := strings.Join(s.At("fail-on").Words(), " "); got != "error warning info never" {
		t.Errorf("fail-on takes %s", got)
	}
	if rule := s.At("rules").At("unknown-key"); rule.Text() == "" || len(rule.Words()) != 5 || rule.Type() != "string" {
		t.Errorf("unknown-key: %q, %q", rule.Text(), rule.Words())
	}
	if o := s.At("overrides"); o.Type() != "array" || o.Item().At("paths") == nil || o.Item().At("rules").At("unknown-key") == nil {
		t.Errorf("overrides: %s", o.Type())
	}
	if s.At("rules").Type() != "object" || s.At("no-such").At("x") != nil || s.At("no-such").Text() != "" {
		t.Error("what there is not")
	}
}
