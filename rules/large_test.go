package rules_test

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// A large file that is checked alone is shared by two goroutines, and nobody can tell.
func TestLargeFileHasTheSameFindings(t *testing.T) {
	var src bytes.Buffer
	for i := 0; src.Len() < 200<<10; i++ {
		fmt.Fprintf(&src, `[providers.P%[1]d]
kind = "openia"
base_url = "http://llm%[1]d.example.com/v1/"
endpoint = "https://llm.example.com/responses"
api_key = "sk-9f2Kd83Lq0Zrhunter2%[1]d"
max_tokens = 0
unknown_key = "<account_id>"
headers = { authorization = "Bearer $TOKEN", x-number = "%[1]d" }

[telegram.accounts.a%[1]d]
bot_token = "BOT_TOKEN_%[1]d"
allowed_chat_ids = ["*"]

`, i)
	}
	options := lint.Options{Rules: rules.All()}
	doc := document.Parse("loong.toml", src.Bytes())
	want := lint.Check(doc, loong.Read(doc, loong.Static()), &options)
	if len(want.Findings) < 1000 {
		t.Fatalf("only %d findings", len(want.Findings))
	}
	runner := lint.Runner{Options: &options, Environment: loong.Static()}
	read := func() ([]byte, error) { return src.Bytes(), nil }
	runner.Run([]lint.Input{{Path: "loong.toml", Read: read}}, func(got *lint.FileResult) bool {
		if !reflect.DeepEqual(got.Findings, want.Findings) {
			t.Errorf("%d findings when shared, %d else", len(got.Findings), len(want.Findings))
		}
		return true
	})
}
