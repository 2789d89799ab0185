package lsp

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The settings of the extension for VS Code are the options of the server, and their words and defaults are some that it takes.
func TestSettingsOfVSCode(t *testing.T) {
	text, err := os.ReadFile("../../editors/vscode/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Contributes struct {
			Configuration struct {
				Properties map[string]struct {
					Default json.RawMessage
					Enum    []string
				}
			}
		}
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, property := range manifest.Contributes.Configuration.Properties {
		name, ok := strings.CutPrefix(name, "loonglint.")
		if !ok {
			t.Errorf("the setting %s is not below loonglint", name)
		}
		if name == "path" { // of the program
			continue
		}
		names = append(names, name)
		values := []string{string(property.Default)}
		for _, word := range property.Enum {
			values = append(values, `"`+word+`"`)
		}
		for _, value := range values {
			if _, wrong := readOptions([]byte(`{"` + name + `":` + value + `}`)); len(wrong) > 0 {
				t.Errorf("%s = %s: %q", name, value, wrong)
			}
		}
	}
	var want []string
	for option := range reflect.TypeFor[optionsText]().Fields() {
		want = append(want, option.Tag.Get("json"))
	}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("the settings are %q, the options %q", names, want)
	}
}
