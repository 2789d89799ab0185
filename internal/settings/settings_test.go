package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

func TestLiveWorldIsTheGivenEnvironment(t *testing.T) {
	w := liveWorld([]string{"A=1", "A=2", "EMPTY=", "=C:=x", "broken"})
	for name, want := range map[string]string{"A": "1 Set", "EMPTY": " Set", "B": " Unset", "broken": " Unset"} {
		value, state := w.Lookup(name)
		word := "Unset"
		if state != 0 {
			word = "Set"
		}
		if got := value + " " + word; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := strings.Join(w.Names(), " "); got != "=C: A A EMPTY" {
		t.Errorf("names are %q", got)
	}
}

// What is asked for explicitly wins over the file, and moves what the file or nobody says.
func TestExplicitWins(t *testing.T) {
	for _, tt := range []struct {
		file           string
		explicit       Explicit
		shown, failing lint.Level // failing 0: none
		wrong          string
	}{
		{"", Explicit{}, lint.Warning, lint.Warning, ""},
		{`min-level = "info"`, Explicit{}, lint.Info, lint.Warning, ""},
		{`min-level = "info"`, Explicit{MinLevel: lint.Error}, lint.Error, lint.Error, ""},
		{`min-level = "error"`, Explicit{FailOn: lint.Info}, lint.Info, lint.Info, ""},
		{`fail-on = "info"`, Explicit{}, lint.Info, lint.Info, ""},
		{`fail-on = "never"`, Explicit{}, lint.Warning, 0, ""},
		{`fail-on = "info"`, Explicit{FailOn: lint.Off}, lint.Warning, 0, ""},
		{"", Explicit{MinLevel: lint.Error, FailOn: lint.Warning}, 0, 0, "--min-level=error hides what --fail-on=warning fails for"},
	} {
		s := Settings{Explicit: tt.explicit, File: readIn(t, FileName, tt.file)}
		shown, failing, err := s.Thresholds()
		switch {
		case tt.wrong != "":
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%+v: %v", tt, err)
			}
		case err != nil || shown.Level != tt.shown || failing != tt.failing:
			t.Errorf("%q with %+v: shown %v, failing %v, %v", tt.file, tt.explicit, shown.Level, failing, err)
		}
	}
}

func TestEnableAndDisableWinOverTheFile(t *testing.T) {
	f, err := Parse(FileName, []byte("[rules]\nunknown-key = \"off\"\nwider-default = \"on\"\n"), rules.All())
	if err != nil {
		t.Fatal(err)
	}
	s := Settings{Explicit: Explicit{Enable: []string{"unknown-key"}, Disable: []string{"wider-default"}}, File: f}
	o, err := s.Options()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]lint.Level{"unknown-key": 0, "wider-default": lint.Off, "unused-profile": 0} {
		if r := rules.ByName(name); r != nil && o.LevelOf("loong.toml", r) != want {
			t.Errorf("%s has level %v", name, o.LevelOf("loong.toml", r))
		}
	}
	for _, wrong := range []Explicit{{Enable: []string{"unknown-kye"}}, {Enable: []string{"unknown-key"}, Disable: []string{"unknown-key"}}} {
		if _, err := (&Settings{Explicit: wrong}).Options(); err == nil {
			t.Errorf("%+v is accepted", wrong)
		}
	}
}

// A file that is beyond a limit of the parser must not count as one without settings.
func TestSettingsBeyondALimitAreRefused(t *testing.T) {
	_, err := Parse(FileName, []byte("baseline = \""+strings.Repeat("x", 2<<20)+"\"\n"), testRules)
	if err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("error %v", err)
	}
}

// Settings that lie in no folder have overrides by the names of documents.
func TestOverridesByName(t *testing.T) {
	f := readIn(t, FileName, full)
	for name, want := range map[string]lint.Level{"examples/a.toml": lint.Off, "/examples/a.toml": lint.Off, "a/loong.toml": lint.Error, "examples/strict.toml": lint.Info} {
		if level, _ := f.LevelOf(name, testRules[0]); level != want {
			t.Errorf("%s: %v", name, level)
		}
	}
}

// The parser counts lines only up to one that is too long for it.
func TestVariablesThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"A=1\n!\nB=2\n": ": line 2 is not NAME=value",
		"A=1\nB=" + strings.Repeat("x", 1<<17) + "\n": ": is not a file of NAME=value lines",
	} {
		path := filepath.Join(t.TempDir(), "dot.env")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := dotenv(path); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%.10q: %v, want %s", text, err, want)
		}
	}
}
