package bridge

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/loonglint/loonglint"
)

const config = "[providers.a]\nkind = \"groq\"\napi_key = { env = \"A\" }\nmodle = \"x\"\n"

// call gives the result of a call, or what it failed with.
func call(t *testing.T, b *Bridge, method, text, parameters string) (result, failed string) {
	t.Helper()
	var answer struct {
		Result json.RawMessage
		Error  string
	}
	if err := json.Unmarshal(b.Call(method, []byte(text), []byte(parameters)), &answer); err != nil {
		t.Fatal(err)
	}
	if (answer.Result == nil) == (answer.Error == "") {
		t.Fatalf("%s answers %+v", method, answer)
	}
	return string(answer.Result), answer.Error
}

func TestCheckIsTheReportOfTheLibrary(t *testing.T) {
	b := New()
	for _, tt := range []struct {
		parameters string
		options    loonglint.Options
	}{
		{``, loonglint.Options{}},
		{`{"options": {"disable": ["unknown-key"]}}`, loonglint.Options{Disable: []string{"unknown-key"}}},
		{`{"options": {"minLevel": "info", "target": "dev"}}`, loonglint.Options{MinSeverity: loonglint.Info, Target: "dev"}},
		{`{"options": {"environment": {"variables": {"B": "x"}, "names": ["C"]}}}`,
			loonglint.Options{Environment: &loonglint.Environment{Variables: map[string]string{"B": "x"}, Names: []string{"C"}}}},
		{`{"options": {"settings": "[rules]\nunknown-key = \"error\""}}`, loonglint.Options{Settings: "[rules]\nunknown-key = \"error\""}},
	} {
		tt.parameters = strings.ReplaceAll(tt.parameters, "\n", `\n`)
		want, err := loonglint.Check("loong.toml", []byte(config), tt.options)
		if err != nil {
			t.Fatal(err)
		}
		var report, compact bytes.Buffer
		if err := loonglint.Render(&report, "json", []*loonglint.Result{want}, loonglint.RenderOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := json.Compact(&compact, report.Bytes()); err != nil {
			t.Fatal(err)
		}
		if got, failed := call(t, b, "check", config, tt.parameters); got != compact.String() {
			t.Errorf("%s: %s%s\nwant %s", tt.parameters, got, failed, compact.String())
		}
	}
}

func TestWrongCallsAreRefused(t *testing.T) {
	b := New()
	for _, tt := range []struct{ method, parameters, want string }{
		{"lint", ``, `no method "lint"`},
		{"check", `{"optoins": {}}`, `unknown field "optoins"`},
		{"check", `{"options": {"disabled": []}}`, `unknown field "disabled"`},
		{"check", `{"options": {"minLevel": "all"}}`, `minLevel is "all"`},
		{"check", `{"options": {"today": "1 May"}}`, `today is "1 May"`},
		{"check", `{"options": {"enable": ["unknwon-key"]}}`, "unknown-key"},
		{"check", `[`, "unexpected EOF"},
		{"render", `{"format": "pdf"}`, "pdf"},
		{"explain", `{"rule": "unknwon-key"}`, "unknown-key"},
		{"fix", `{"fingerprint": "00"}`, "no such finding"},
	} {
		if _, failed := call(t, b, tt.method, config, tt.parameters); !strings.Contains(failed, tt.want) {
			t.Errorf("%s %s fails with %q, not with %q", tt.method, tt.parameters, failed, tt.want)
		}
	}
}

func TestAFailureQuotesNothing(t *testing.T) {
	b := New()
	b.methods["fail"] = func(text []byte, _ *params) (any, error) { panic(string(text)) }
	if _, failed := call(t, b, "fail", "hunter22", ""); strings.Contains(failed, "hunter22") || !strings.Contains(failed, "report this") {
		t.Errorf("it says %q", failed)
	}
	if _, failed := call(t, b, "check", config, ""); failed != "" {
		t.Errorf("afterwards: %s", failed)
	}
}
