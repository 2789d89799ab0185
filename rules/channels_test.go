package rules_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// Over the recorded channels: what is not ready has a finding that says why, and what is ready has
// none that says it is not.
func TestReadinessIsExplained(t *testing.T) {
	const unready = "channel-not-ready nobody-let-in"
	const causes = unready + " everybody-let-in section-changes-defaults shadowed-channel-variable blank-account-key"
	checked := 0
	eachRecorded(t, filepath.Join(fixtures, "loong", "4-channels.jsonl.gz"), func(r recorded) {
		res, cfg := lintRecorded(r, r.source)
		if cfg.Verdict != loong.Loads {
			return
		}
		for _, ch := range cfg.Channels() {
			if ch.Node == nil || !ch.Enabled.Val || plugged(cfg) {
				continue
			}
			checked++
			says := func(names string) bool { return reportsOn(res, names, ch.Kind.Section) }
			switch ready := allReady(&ch); {
			case ready && says(unready):
				t.Errorf("%s: %s is ready, but reported:\n%s", r.id, ch.Kind.Section, r.source)
			case !ready && !says(causes):
				t.Errorf("%s: %s is not ready, and nothing says why:\n%s", r.id, ch.Kind.Section, r.source)
			}
		}
	})
	if checked < 500 {
		t.Errorf("only %d channels were checked", checked)
	}
}

// plugged reports whether bridge plugins are on: what they make of a channel is not known.
func plugged(cfg *loong.Config) bool {
	on, _ := cfg.Root.Field("runtime_plugins").Field("enabled").Bool()
	return on
}

func allReady(ch *loong.Channel) bool {
	for i := range ch.Accounts {
		for _, op := range ch.Accounts[i].Operations() {
			if len(op.Reasons) > 0 {
				return false
			}
		}
	}
	return true
}

// reportsOn reports whether one of the named rules reports a section or what is in it.
func reportsOn(res *lint.FileResult, names, section string) bool {
	for _, f := range res.Findings {
		if strings.Contains(" "+names+" ", " "+f.Rule.Name+" ") && strings.HasPrefix(f.KeyPath+".", section+".") {
			return true
		}
	}
	return false
}

func TestPluginFolders(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	check := func(root string, look bool) int {
		src := "[runtime_plugins]\nenabled = true\nsupported_bridges = [\"http_json\"]\nroots = [\" \", \"" + dir + "\", \"" + root + "\"]\n"
		env := loong.Given(map[string]string{"HOME": dir})
		if look {
			env.Files = files.Machine{}
		}
		doc := document.Parse("a.toml", []byte(src))
		res := lint.Check(doc, loong.Read(doc, env), &lint.Options{Rules: rules.All()})
		n := 0
		for _, f := range res.Findings {
			if f.Rule.Name == "plugin-cannot-run" {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		root  string
		files bool
		want  int
	}{
		{dir, true, 0}, {"~", true, 0}, {"~/none", true, 1}, {dir + "/none", true, 1}, {dir + "/none", false, 0},
	} {
		if got := check(c.root, c.files); got != c.want {
			t.Errorf("root %q, files looked at %v: %d findings, want %d", c.root, c.files, got, c.want)
		}
	}
}

// Where files are looked at, the missing file of a secret is the one cause that is told.
func TestMissingSecretFileOfChannelIsOneFinding(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "token")
	src := "[slack]\nenabled = true\nbot_token = { file = '" + missing + "' }\n"
	live := exactly(nil)
	live.Files = files.Machine{}
	var told []string
	for _, f := range live.check("loong.toml", src, &lint.Options{Rules: rules.All()}).Findings {
		if f.Severity >= lint.Warning && f.Rule.Name != "no-provider" && f.Rule.Name != "missing-credential-env" {
			told = append(told, f.Rule.Name)
		}
	}
	if strings.Join(told, " ") != "unreadable-secret-file" {
		t.Errorf("reported by %q", told)
	}
}
