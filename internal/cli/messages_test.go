package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/testing/hostile"
)

// forged are texts that would be a line of their own, or a command to a server that runs CI.
var forged = []string{
	"x\n::stop-commands::forged\ny", "::stop-commands::forged", "\u00a0\u3000::stop-commands::forged", "\r::stop-commands::forged", " \t::stop-commands::forged",
	"x\u2028::stop-commands::forged", "\x1b[2K\x1b[1G::stop-commands::forged", "\u202e::stop-commands::forged", "##[add-mask]forged",
	"a ##vso[task.setvariable variable=PATH]forged", "##teamcity[message text='forged']", "x\nforged",
}

// TestNoTextOfTheInputIsALine holds for every command, flag, setting and format: what comes from outside
// begins no line, is no command, and steers no terminal.
func TestNoTextOfTheInputIsALine(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, text := range forged {
		name := strings.ReplaceAll(text, "/", "_")
		dir := filepath.Join(fmt.Sprint("d", i), name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Skip("this system has no such names:", err)
		}
		for path, content := range map[string]string{
			filepath.Join(dir, name+".loong.toml"): forgedConfig(text), name: "x", name + ".toml": forgedConfig(text), "broken.loong.toml": text + "\n" + text + " = \n",
			filepath.Join(dir, "loonglint.toml"): "fail-on = 1\n" + quoted(text) + " = 1\n", "report.json": forgedReport(text),
			"result.json": forgedResult(text),
		} {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range forgedRuns(text, filepath.Join(dir, name+".loong.toml"), filepath.Join(dir, "loonglint.toml")) {
			ownLines(t, args, loonglint("\n{\"id\":"+quoted(text)+",\"toml\":"+quoted(forgedConfig(text))+"}\n"+text+"\n", nil, args...))
		}
		for _, setting := range forgedSettings(text) {
			if err := os.WriteFile("own.toml", []byte(setting), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"check", "-v", "--config", "own.toml", "broken.loong.toml"}, {"config", "--config", "own.toml"}} {
				ownLines(t, append(args, setting), loonglint("", nil, args...))
			}
		}
	}
}

// forgedRuns are command lines with a text in every place, for a config and for settings.
func forgedRuns(text, path, own string) (runs [][]string) {
	for _, format := range report.Formats() {
		runs = append(runs, []string{"check", "--env=static", "--no-config", "-v", "--statistics", "-f", format, path, "broken.loong.toml", text, text + "/nowhere"},
			[]string{"report", "-f", format, "report.json"})
	}
	for _, format := range auditFormats {
		runs = append(runs, []string{"audit", "--env=static", "--no-config", "-f", format, path, text}, []string{"audit", "--env=static", "--no-config", "--since", "report.json", "-f", format, path})
	}
	for _, table := range []string{"files", "findings", "profiles", "hosts", "inventory"} {
		for _, format := range auditFormats {
			runs = append(runs, []string{"audit", "--env=static", "--no-config", "-f", format, "--table", table, path})
		}
	}
	runs = append(runs, []string{"check", "--fix", "--diff", "--env=static", "--no-config", path}, []string{"check", "--config", own, path}, []string{"config", "--config", own},
		[]string{"config", path}, []string{"report", "--compare", "report.json", "report.json"}, []string{"report", text}, []string{"probe", "--plan", "--env=static", path},
		[]string{"audit", "--from", "result.json"}, []string{"audit", "-f", "json", "--from", "result.json"}, []string{"audit", "--table", "findings", "--from", "result.json"},
		[]string{text}, []string{"help", text}, []string{"check", "--" + text}, []string{"baseline", text, "x"}, []string{"baseline", "write", text + "/x", path})
	for _, c := range commands() {
		runs = append(runs, []string{c.name, text}, []string{c.name, path}, []string{c.name, text, path, text})
		if c.flags == nil || c.name == "probe" {
			continue
		}
		for _, f := range c.flags() {
			if takesValue(f) {
				runs = append(runs, []string{c.name, "--" + f.Names()[0], text, path}, []string{c.name, "--" + f.Names()[0] + "=text=" + text + "/x", path})
			} else {
				runs = append(runs, []string{c.name, "--" + f.Names()[0], path}, []string{c.name, "--" + f.Names()[0] + "=" + text, path})
			}
		}
	}
	return slices.DeleteFunc(runs, func(args []string) bool { return slices.Contains(args, "--probe") })
}

func quoted(text string) string {
	raw, _ := json.Marshal(text)
	return string(raw)
}

// forgedConfig has a text in names, values, comments and lines.
func forgedConfig(text string) string {
	q := quoted(text)
	return "# " + strings.ReplaceAll(text, "\n", " ") + "\nactive_provider = " + q + "\n[providers." + q + "]\nkind = " + q + "\nbase_url = \"http://h.example/" +
		strings.ReplaceAll(q[1:len(q)-1], " ", "") + "\"\nmodel = " + q + "\nmodle = " + q + "\n" + q + " = \"\"\"\n::stop-commands::forged\nforged\n\"\"\"\n" +
		"[providers.good]\nkind = \"openai\"\napi_key_env = " + q + "\nmodel = \"auto\" # loonglint: ignore[" + strings.ReplaceAll(text, "\n", " ") + "] x\n" +
		"[telegram]\nenabled = true\nbot_token_env = " + q + "\n"
}

// forgedReport is a saved report that somebody wrote by hand.
func forgedReport(text string) string {
	q := quoted(text)
	return `{"schema":"loonglint.v1","tool":{"name":` + q + `,"version":` + q + `,"loong":{"version":` + q + `,"commit":` + q + `}},"files":[{"path":` + q +
		`,"verdict":"loads","error":` + q + `}],"findings":[{"rule":` + q + `,"severity":"error","file":` + q + `,"message":` + q + `,"help":` + q + `,"note":` + q +
		`,"label":` + q + `,"key":` + q + `,"start":{"line":1,"column":1},"end":{"line":1,"column":2},"related":[{"message":` + q + `,"file":` + q +
		`}],"loong":{"code":` + q + `,"severity":` + q + `,"field_path":` + q + `},"fix":{"message":` + q + `,"safety":` + q + `,"edits":[{"start":0,"end":1,"text":` + q + `}]},"fingerprint":"00"}],"summary":{"files":1}}`
}

// forgedResult is a line of audit --batch that somebody wrote by hand.
func forgedResult(text string) string {
	q := quoted(text)
	return `{"schema":"loonglint.result.v1","version":` + q + `,"loong":` + q + `,"id":` + q + `,"verdict":"unreadable","error":` + q +
		`,"findings":[{"rule":` + q + `,"severity":"error","message":` + q + `,"help":` + q + `,"note":` + q + `,"key":` + q + `,"start":{"line":1},"end":{"line":1},"lines":[{"line":1,"text":` + q +
		`,"marks":[{"start":-5,"end":9999,"label":` + q + `,"primary":true}]}]}],"inventory":{"profiles":[{"id":` + q + `,"kind":` + q + `,"host":` + q + `,"model":` + q + `,"ready":` + q +
		`}],"credentials":[{"owner":` + q + `,"source":` + q + `,"name":` + q + `,"state":` + q + `}],"channels":[{"id":` + q + `,"account":` + q + `,"send":` + q + `,"serve":` + q +
		`}],"access":[{"key":` + q + `,"value":` + q + `,"text":` + q + `,"line":1}]}}` + "\n"
}

func forgedSettings(text string) []string {
	q := quoted(text)
	return []string{q + " = 1", "fail-on = " + q, "exclude = [" + q + "]", "env-names = [" + q + "]", "env-names-file = " + q, "baseline = " + q, "max-file-size = " + q,
		"own-hosts = [" + q + "]", "[rules]\n" + q + " = \"off\"", "[rules]\nunknown-key = " + q, "[[overrides]]\npaths = [" + q + "]\nrules = { unknown-key = \"off\" }",
		"[policy.kinds]\nallow = [" + q + "]\nbecause = " + q, text + "\n= " + text}
}

// ownLines holds that every line of an output is the program's own.
func ownLines(t *testing.T, args []string, r *ran) {
	t.Helper()
	github := slices.Contains(args, "github")
	for line := range strings.Lines(r.stdout + r.stderr) {
		begin := strings.TrimLeftFunc(line, unicode.IsSpace)
		own := github && (strings.HasPrefix(begin, "::error file=") || strings.HasPrefix(begin, "::warning file=") || strings.HasPrefix(begin, "::notice file="))
		if strings.HasPrefix(begin, "::") && !own || strings.HasPrefix(begin, "forged") {
			t.Errorf("%q: a line is %q", args, line)
		}
		for _, command := range []string{"##[", "##vso[", "##teamcity["} {
			if strings.Contains(line, command) {
				t.Errorf("%q: a command is in %q", args, line)
			}
		}
	}
	if strings.Contains(r.stderr, "internal error") {
		t.Errorf("%q: %s", args, r.stderr)
	}
	if at := hostile.HarmfulAt([]byte(r.all())); at >= 0 {
		t.Errorf("%q: steers a terminal: %q", args, r.all()[max(0, at-60):min(len(r.all()), at+20)])
	}
}

// TestGuardKnowsLineBeginnings holds that it does not matter how a text is cut into writes.
func TestGuardKnowsLineBeginnings(t *testing.T) {
	const text = "a::b\n::c\n\u00a0\u3000 ::d\n\n:e f:\n"
	const want = "a::b\n" + escapedColon + ":c\n\u00a0\u3000 " + escapedColon + ":d\n\n" + escapedColon + "e f:\n"
	for size := 1; size <= len(text); size++ {
		var b strings.Builder
		g := &guard{w: &b}
		for part := range slices.Chunk([]byte(text), size) {
			if n, err := g.Write(part); n != len(part) || err != nil {
				t.Fatal(n, err)
			}
		}
		if b.String() != want {
			t.Errorf("in parts of %d: %q", size, b.String())
		}
	}
}
