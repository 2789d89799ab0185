package main

import (
	"fmt"
	"slices"
	"strings"
)

// needFact is a row of needs in facts/traps.json: keys that have no effect while all of When holds.
type needFact struct {
	ID, At, If, Why, Note, Help string
	Keys, When                  []string
	Level, Unwritten            string
}

// needStates are what a condition says of a key; "is" and "not" are followed by a word.
var needStates = []string{"filled", "positive", "true", "unwritten", "blank", "zero", "false", "off", "missing", "is", "not"}

// needs writes the conditions, for package loong.
func (w *conditionWriter) needs(t *traps) {
	w.b.WriteString("var needs = [...]need{\n")
	for _, n := range t.Needs {
		fmt.Fprintf(&w.b, "{entry: %q, at: schema.%s, channel: %v, keys: []schema.Key{", n.ID, keyName(n.At), w.paths.byPath[n.At+".accounts"] != nil)
		for _, key := range n.Keys {
			w.places(n.At + "." + key)
			fmt.Fprintf(&w.b, "schema.%s, ", keyName(key))
		}
		w.b.WriteString("}, when: []needCondition{")
		if n.If != "" {
			fmt.Fprintf(&w.b, "{state: %s}, ", w.needState(n, n.If))
		}
		for _, condition := range n.When {
			words := strings.Fields(condition)
			if len(words) < 2 || len(words) > 3 {
				w.fail("%s: a condition is a key, a state, and perhaps a word, not %q", n.ID, condition)
				return
			}
			w.places(n.At + "." + words[0])
			fmt.Fprintf(&w.b, "{key: schema.%s, state: %s, word: %q}, ", keyName(words[0]), w.needState(n, words[1]), strings.Join(words[2:], ""))
		}
		fmt.Fprintf(&w.b, "}, why: %q},\n", n.Why)
	}
	w.b.WriteString("}\n\n")
}

func (w *conditionWriter) needState(n needFact, state string) string {
	if !slices.Contains(needStates, state) {
		w.fail("%s: unknown state %q", n.ID, state)
	}
	return "when" + strings.ToUpper(state[:1]) + state[1:]
}

// needTexts writes what rules say of them.
func (w *conditionWriter) needTexts(t *traps) {
	w.b.WriteString("var needTexts = [...]needText{\n")
	for _, n := range t.Needs {
		level, unwritten := w.level(n.Level), w.level(n.Level)
		if n.Unwritten != "" {
			unwritten = w.level(n.Unwritten)
		}
		fmt.Fprintf(&w.b, "{entry: %q, level: %s, unwritten: %s, note: %q, help: %q},\n", n.ID, level, unwritten, n.Note, n.Help)
	}
	w.b.WriteString("}\n\n")
}

// level is the Go name of a level.
func (w *conditionWriter) level(word string) string {
	if word != "info" && word != "warning" && word != "error" {
		w.fail("unknown level %q", word)
		return ""
	}
	return "lint." + strings.ToUpper(word[:1]) + word[1:]
}
