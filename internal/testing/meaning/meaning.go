// Package meaning tells tests what Loong makes of a file, to compare before and after a change that must not matter.
package meaning

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
)

// Of is what Loong makes of a file as the document of resolve has it, except what it says about it and how auto is spelled.
func Of(c *loong.Config) map[string]any {
	var all map[string]any
	if err := json.Unmarshal(resolution.Of(c).AppendJSON(nil), &all); err != nil {
		panic(err) // it is JSON by its own tests
	}
	delete(all, "diagnostics")
	profiles, _ := all["profiles"].(map[string]any)
	for i := range c.Profiles {
		if p, ok := profiles[c.Profiles[i].ID].(map[string]any); ok {
			p["model"] = modelOf(&c.Profiles[i])
		}
	}
	return all
}

// modelOf is the model that is asked for.
func modelOf(p *loong.Profile) string {
	if p.Auto {
		return "auto"
	}
	model := strings.TrimSpace(p.Model.Val)
	if prefix, kind := p.ModelPrefix(); kind == p.Kind.ID {
		model = model[len(prefix):]
	}
	return model
}

// Difference names the first value that is not the same in two files, "" if there is none.
func Difference(before, after *loong.Config) string { return differ("", Of(before), Of(after)) }

func differ(path string, a, b any) string {
	if reflect.DeepEqual(a, b) {
		return ""
	}
	x, isMap := a.(map[string]any)
	y, too := b.(map[string]any)
	if !isMap || !too {
		return fmt.Sprintf("%s is %v, not %v", strings.TrimPrefix(path, "."), b, a)
	}
	keys := maps.Clone(x)
	maps.Copy(keys, y)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if d := differ(path+"."+k, x[k], y[k]); d != "" {
			return d
		}
	}
	return ""
}
