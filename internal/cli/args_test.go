package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func TestArrange(t *testing.T) {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "format", Aliases: []string{"f"}},
		&cli.BoolFlag{Name: "fix"},
		&cli.StringSliceFlag{Name: "out"},
		helpFlag,
	}
	for _, tt := range []struct{ args, want string }{
		{"", "--"},
		{"a b", "-- a b"},
		{"a --fix b", "--fix -- a b"},
		{"a --format json b", "--format json -- a b"},
		{"a --format=json b --out x", "--format=json --out x -- a b"},
		{"--fix a", "--fix -- a"},
		{"a -- --fix b", "-- a --fix b"},
		{"- --fix", "--fix -- -"},
		{"--out --fix a", "--out --fix -- a"},
		{"a --out x --out y", "--out x --out y -- a"},
		{"-fix a", "-fix -- a"},
		{"a --help", "help"},
		{"a --fomat x", `unknown flag --fomat; did you mean "--format"?`},
		{"a --fix=no --wholly", "unknown flag --wholly"},
		{"a --key=sk-secret", "unknown flag --key"},
		{"a --format", "flag --format needs a value"},
		{"--format json a -f text", "flag --format is given twice"},
		{"--fix a --fix", "--fix --fix -- a"},
		{"--fix a --fix=false", "flag --fix is given twice"},
	} {
		a, err := arrange(strings.Fields(tt.args), flags)
		got := strings.Join(a.args, " ")
		if a.help {
			got = "help"
		}
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.args, got, tt.want)
		}
	}
}

func TestEveryCommandIsDocumented(t *testing.T) {
	for _, c := range commands() {
		if n := len(c.examples); n < 2 || n > 3 {
			t.Errorf("%s has %d examples", c.name, n)
		}
		for _, e := range c.examples {
			if !strings.HasPrefix(e.line, "loonglint ") || e.what == "" {
				t.Errorf("%s: example %q is no command line, or does not say what it is for", c.name, e.line)
			}
		}
		if c.flags == nil {
			continue
		}
		var seen []string
		for _, f := range c.flags() {
			if flagLine(f)[1] == "" {
				t.Errorf("%s: %s has no usage", c.name, f.Names()[0])
			}
			for _, n := range flagNames(f) {
				if slices.Contains(seen, n) {
					t.Errorf("%s: two flags are called %s", c.name, n)
				}
				seen = append(seen, n)
			}
			if !slices.Equal(flagNames(f), f.Names()) {
				t.Errorf("%s: flagNames gives %q, the library %q", c.name, flagNames(f), f.Names())
			}
		}
	}
}

func TestWorse(t *testing.T) {
	// In the order of contract.md: 2 beats 3 beats 1 beats 4 beats nothing.
	order := []error{nil, said(statusNothing), said(statusFindings), failuref("x"), usagef("x")}
	for i, a := range order {
		for j, b := range order {
			if got := worse(a, b); got != order[max(i, j)] {
				t.Errorf("worse(%v, %v) = %v", a, b, got)
			}
		}
	}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "20KiB": 20 << 10, "3 MiB": 3 << 20, "1GiB": 1 << 30,
		"": -1, "0": -1, "-1": -1, "1KB": -1, "x": -1, "9223372036854775807KiB": -1} {
		got, err := parseSize(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("parseSize(%q) = %d, want %d", text, got, want)
		}
	}
}
