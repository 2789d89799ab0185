package main

import (
	"bytes"
	"fmt"
	"strings"
)

// writeNumberLimits writes inside which limits Loong uses the numbers of a profile: the rows of
// conditions.json that clamp, with the numbers of validation.json.
func writeNumberLimits(b *bytes.Buffer, f *facts) error {
	c, err := load[conditions](f, "conditions")
	if err != nil {
		return err
	}
	rows, err := load[validationRows](f, "validation")
	if err != nil {
		return err
	}
	b.WriteString("var numberLimits = [...]numberLimit{\n")
	for i, row := range c.Normalization {
		key, isProfile := strings.CutPrefix(row.Path, "providers.<id>.")
		if !isProfile || row.Case != "clamp" {
			continue
		}
		low, _ := number(rows.Normalization[i].Min) // 0 where another key moves it
		high, ok := number(rows.Normalization[i].Max)
		if !ok {
			return fmt.Errorf("%s has no upper limit", row.Path)
		}
		fmt.Fprintf(b, "{key: schema.%s, low: %d, high: %d", keyName(key), low, high)
		if row.MinOf != "" {
			fmt.Fprintf(b, ", lowKey: schema.%s, hasLowKey: true", keyName(row.MinOf))
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n\n")
	return nil
}
