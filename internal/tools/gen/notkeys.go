package main

import (
	"bytes"
	"fmt"
)

// notKeyFacts is facts/notkeys.json.
type notKeyFacts struct {
	Dummies []string
	Forms   []struct {
		Match, Text, End, Rest, Gives, What, Help string
		Dummy, Whole                              bool
	}
}

// makeNotKeys writes the texts in secret fields that are no key.
func makeNotKeys(f *facts) ([]byte, error) {
	n, err := load[notKeyFacts](f, "notkeys")
	if err != nil {
		return nil, err
	}
	matches := map[string]string{"prefix": "notKeyPrefix", "mask": "notKeyMask", "middle": "notKeyMiddle", "word": "notKeyWord"}
	rests := map[string]string{"name": "restName", "path": "restPath", "command": "restCommand"}
	var b bytes.Buffer
	writeNames(&b, "dummyKeys", "are written where a key is asked for and not wanted, sorted.", n.Dummies)
	b.WriteString("var notKeyForms = [...]notKeyForm{\n")
	for _, form := range n.Forms {
		match, ok := matches[form.Match]
		if !ok {
			return nil, fmt.Errorf("facts/notkeys.json: %q has no known match", form.Text)
		}
		l := literal{&b}
		fmt.Fprintf(&b, "{match: %s, text: %q, what: %q,\n", match, form.Text, form.What)
		l.text("end", form.End)
		l.text("gives", form.Gives)
		l.text("help", form.Help)
		if form.Rest != "" {
			rest, ok := rests[form.Rest]
			if !ok {
				return nil, fmt.Errorf("facts/notkeys.json: %q has no known rest", form.Text)
			}
			fmt.Fprintf(&b, "rest: %s,\n", rest)
		}
		l.truth("dummy", form.Dummy)
		l.truth("whole", form.Whole)
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	return goSource("rules", b.Bytes())
}
