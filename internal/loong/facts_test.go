package loong

import (
	"encoding/json"
	"os"
	"testing"
)

// ruleExamples are the examples of validation.json.
type ruleExamples struct {
	Rules struct {
		EnvPointer struct {
			Examples []struct {
				Value, Code, Where string
				Suggest            string `json:"suggested_env"`
			}
		} `json:"env_pointer"`
		RuntimeIDs struct {
			Examples []map[string]string
		} `json:"effective_account_ids"`
		SMTP, Mailbox verdicts
		IRCServer     verdicts `json:"irc_server"`
		IRCNickname   verdicts `json:"irc_nickname"`
	}
	Checks []struct {
		Path, Rule string
		Example    any `json:"example_env"`
	}
}

type verdicts struct{ Accepted, Refused []string }

// pointerVectors are the names of vectors.json with the code that each gives.
type pointerVectors struct {
	Rows []struct {
		Fields map[string]string
		Code   string
	} `json:"env_pointer"`
}

// loadFacts decodes a file of facts about Loong.
func loadFacts[T any](t *testing.T, name string) *T {
	t.Helper()
	b, err := os.ReadFile("../../facts/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	v := new(T)
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
	return v
}
