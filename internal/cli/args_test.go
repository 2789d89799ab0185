package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/urfave/cli/v3"
)

// try runs a command of its own and tells which flags and arguments it was given, or what was wrong with them.
func try(words []string) string {
	var got string
	var stderr bytes.Buffer
	p := &process{stdout: bufio.NewWriter(io.Discard), stderr: messages{&stderr}, commands: []*command{{
		name: "try", most: -1,
		flags: func() []cli.Flag {
			return []cli.Flag{&cli.StringFlag{Name: "format", Aliases: []string{"f"}}, &cli.BoolFlag{Name: "fix"}, &cli.StringSliceFlag{Name: "out"}}
		},
		run: func(_ *process, cmd *options) error {
			if cmd.IsSet("format") {
				got = "format=" + cmd.String("format") + " "
			}
			if cmd.IsSet("fix") {
				got += fmt.Sprintf("fix=%t ", cmd.Bool("fix"))
			}
			got += fmt.Sprintf("%q %q", cmd.StringSlice("out"), cmd.Args().Slice())
			return nil
		},
	}, &helpCommand}}
	if err := p.run(append([]string{"loonglint", "try"}, words...)); err != nil {
		return err.Error()
	}
	return got
}

func TestFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tt := range []struct{ args, want string }{
		{"", `[] []`},
		{"a b", `[] ["a" "b"]`},
		{"a --fix b", `fix=true [] ["a" "b"]`},
		{"a --format json b", `format=json [] ["a" "b"]`},
		{"a --format=json b --out x", `format=json ["x"] ["a" "b"]`},
		{"a -f json", `format=json [] ["a"]`},
		{"--format= a", `format= [] ["a"]`},
		{"a -- --fix b", `[] ["a" "--fix" "b"]`},
		{"- --fix", `fix=true [] ["-"]`},
		{"--out --fix a", `["--fix"] ["a"]`},
		{"a --out x,y --out z", `["x,y" "z"] ["a"]`},
		{"-fix a", `fix=true [] ["a"]`},
		{"help", `[] ["help"]`},
		{"--fix -- --generate-shell-completion", `fix=true [] ["--generate-shell-completion"]`},
		{"--generate-shell-completion", "unknown flag --generate-shell-completion"},
		{"a --fomat x", `unknown flag --fomat; did you mean "--format"?`},
		{"a --fix --wholly", "unknown flag --wholly"},
		{"a --key=sk-secret", "unknown flag --key"},
		{"a -1 --fix", "unknown flag -1"},
		{"a --format", "flag --format needs a value"},
		{"a -f", "flag -f needs a value"},
		{"--format -- a", "flag --format needs a value"},
		{"--out -- a", "flag --out needs a value"},
		{"--format json a -f text", "flag --format is given twice"},
		{"--format json --format json", "flag --format is given twice"},
		{"--fix a --fix", `fix=true [] ["a"]`},
		{"--fix a --fix=false", "flag --fix is given twice"},
		{"--fix=perhaps", `flag --fix is true or false, not "perhaps"`},
	} {
		if got := try(strings.Fields(tt.args)); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.args, got, tt.want)
		}
	}
}

// TestBlanksAroundFlags holds that the name of a file that is a flag except for blanks steers nothing, because the library
// cuts blanks off.
func TestBlanksAroundFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{" --fix", "--fix ", "\t--format=x", " --"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Skip(err)
		}
		if got := try([]string{"a", name, "b"}); !strings.Contains(got, "a file has this name") {
			t.Errorf("%q: got %s", name, got)
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
		for _, f := range c.flags() {
			if usageOf(f) == "" {
				t.Errorf("%s: %s has no usage", c.name, f.Names()[0])
			}
		}
	}
}

func TestMoreSevere(t *testing.T) {
	// In the order of contract.md: 2 beats 3 beats 1 beats 4 beats nothing.
	order := []error{nil, exitWith(statusNothing), exitWith(statusFindings), failuref("x"), usagef("x")}
	for i, a := range order {
		for j, b := range order {
			if got := moreSevere(a, b); got != order[max(i, j)] {
				t.Errorf("moreSevere(%v, %v) = %v", a, b, got)
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
