package loonglint_test

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/loonglint/loonglint"
)

const config = `active_provider = "main"

[providers.main]
kind = "openai"
modle = "gpt-5"
`

func ExampleCheck() {
	result, err := loonglint.Check("loong.toml", []byte(config), loonglint.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range result.Findings {
		fmt.Printf("%s:%d:%d: %s: %s (%s)\n", f.File, f.Start.Line, f.Start.Column, f.Severity, f.Message, f.Rule)
	}
	// Output:
	// loong.toml:5:1: warning: "modle" is not a key of [providers.main] (unknown-key)
}

// An editor makes one linter, and asks it again after each change.
func ExampleLinter_Check() {
	linter, err := loonglint.New(loonglint.Options{
		Settings:    "[rules]\nunknown-key = \"error\"\n", // the text of a loonglint.toml
		Environment: &loonglint.Environment{Names: []string{"OPENAI_API_KEY"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{config, strings.Replace(config, "modle", "model", 1)} {
		result := linter.Check("untitled", []byte(text))
		fmt.Println(result.Verdict, len(result.Findings))
		for _, f := range result.Findings {
			fmt.Println(f.Severity, f.Rule, f.Start.Offset, f.End.Offset)
		}
	}
	// Output:
	// loads 1
	// error unknown-key 59 64
	// loads 0
}

func ExampleRender() {
	result, err := loonglint.Check("loong.toml", []byte(config), loonglint.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := loonglint.Render(os.Stdout, "text", []*loonglint.Result{result}, loonglint.RenderOptions{}); err != nil {
		log.Fatal(err)
	}
	fmt.Println(loonglint.Summary([]*loonglint.Result{result}))
	// Output:
	// warning[unknown-key]: "modle" is not a key of [providers.main] [unsafe fix]
	//  --> loong.toml:5:1
	//   |
	// 5 | modle = "gpt-5"
	//   | ^^^^^
	//   |
	//   = note: Loong ignores unknown keys without a message
	//   = help: did you mean "model"?
	// 1 finding (1 warning) in 1 of 1 file; 1 fixable with --unsafe-fixes, 1 info not shown (--min-level)
}

func ExampleRepair() {
	fixed, repaired, err := loonglint.Repair("loong.toml", []byte(config), true, loonglint.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(repaired), repaired[0].Fixes[0].Safe, strings.Contains(string(fixed), `model = "gpt-5"`))
	// Output:
	// 1 false true
}

// A page with a button for each fix makes one of them.
func ExampleApply() {
	result, err := loonglint.Check("loong.toml", []byte(config), loonglint.Options{})
	if err != nil {
		log.Fatal(err)
	}
	i := slices.IndexFunc(result.Findings, func(f loonglint.Finding) bool { return len(f.Fixes) > 0 })
	fix := result.Findings[i].Fixes[0]
	fixed, err := loonglint.Apply([]byte(config), fix)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(fix.Message)
	fmt.Println(strings.Split(string(fixed), "\n")[4])
	// Output:
	// rename it to model
	// model = "gpt-5"
}

func ExampleResolve() {
	world := &loonglint.Environment{Variables: map[string]string{"OPENAI_API_KEY": "…"}}
	resolution, err := loonglint.Resolve("loong.toml", []byte(config), loonglint.Options{Environment: world})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range resolution.Profiles {
		fmt.Println(p.ID, p.Kind, p.RequestURL, p.Credential.Env, p.Credential.Resolved == loonglint.Yes)
	}
	for _, i := range resolution.Ignored {
		fmt.Println("ignored:", i.Key)
	}
	// Output:
	// main openai https://api.openai.com/v1/chat/completions OPENAI_API_KEY true
	// ignored: providers.main.modle
}

func ExampleExplain() {
	rule, err := loonglint.Explain("unknown-key")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(rule.Name, rule.Severity, rule.URL)
	_, err = loonglint.Explain("unknown-kye")
	fmt.Println(err)
	// Output:
	// unknown-key warning https://github.com/loonglint/loonglint/blob/main/docs/rules.md#unknown-key
	// unknown rule "unknown-kye"; did you mean "unknown-key"?
}
