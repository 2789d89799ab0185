package policy

import "testing"

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"openai", "openai", true}, {"openai", "openai2", false}, {"*", "", true}, {"*", "x", true},
		{"*.corp.example", "a.b.corp.example", true}, {"*.corp.example", "corp.example", false}, {"gpt-5*", "gpt-5-mini", true},
		{"a*b*c", "a-b-b-c", true}, {"a*b*c", "acb", false}, {"ab*ba", "aba", false}, {"**", "x", true}, {"a*", "b", false}, {"", "", true}, {"", "x", false},
	} {
		if Match(tt.pattern, tt.name) != tt.want {
			t.Errorf("Match(%q, %q) is %v", tt.pattern, tt.name, !tt.want)
		}
	}
}

func TestDenyWinsOverAllow(t *testing.T) {
	l := List{Allow: []string{"gpt-*"}, Deny: []string{"*-preview"}}
	for name, want := range map[string]bool{"gpt-5": false, "GPT-5": false, "gpt-5-preview": true, "claude": true} {
		if _, breach := l.Breach(name); breach != want {
			t.Errorf("%s: breach %v", name, breach)
		}
	}
	if _, breach := (&List{}).Breach("x"); breach {
		t.Error("an empty list denies")
	}
}

func TestWrong(t *testing.T) {
	low, high := 1.0, 2.0
	for _, tt := range []struct {
		s     Setting
		value string
		want  string
	}{
		{Setting{OneOf: []string{"deny"}}, "deny", ""}, {Setting{OneOf: []string{"deny"}}, "allow", "is not allowed"},
		{Setting{OneOf: []string{"1000"}}, "1_000", ""}, {Setting{Min: &low}, "0.5", "is below 1"}, {Setting{Max: &high}, "2.5", "is above 2"},
		{Setting{Max: &high}, "x", "is not a number"}, {Setting{Min: &low, Max: &high}, "1", ""}, {Setting{Required: true}, "x", ""},
	} {
		if got := tt.s.Wrong(tt.value); got != tt.want {
			t.Errorf("%+v, %s: %q", tt.s, tt.value, got)
		}
	}
}
