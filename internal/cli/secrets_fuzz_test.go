package cli

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/report"
)

// FuzzSecrets plants a secret in a file, which no command may print. An even place plants one with a known
// shape anywhere in the text, between characters that are no part of keys; an odd one writes the text
// below a setting that holds a secret, whatever that looks like. form chooses the command.
func FuzzSecrets(f *testing.F) {
	samples(f, func(i int, src []byte) {
		f.Add(string(src[:min(len(src), longestSample/4)]), uint16(7*i), uint8(i), uint8(3*i)) //nolint:gosec // any number will do
	})
	lines := readingCommands()
	f.Fuzz(func(t *testing.T, text string, at uint16, place, form uint8) {
		if len(text) > longestSample/4 {
			return
		}
		random := rand.New(rand.NewPCG(uint64(at), uint64(place)))
		var s secret
		if place%2 == 0 {
			s = shaped(random)
			text = planted(random, text, s.text, int(at))
		} else {
			s = anyText(random)
			text = strings.ReplaceAll(anySecret[int(place/2)%len(anySecret)], "SECRET", s.text) + "\n" + text
		}
		args := lines[int(form)%len(lines)]
		got := loonglint(text, nil, args...)
		if all := got.all(); s.shownIn(all) || got.status > statusFailure {
			t.Fatalf("%s: status %d, secret %q of\n%s\nis printed: %q", strings.Join(args, " "), got.status, s.text, text, around(all, s))
		}
	})
}

// planted writes a secret into a text, as a word of it.
func planted(random *rand.Rand, text, secret string, at int) string {
	before := []string{`"`, `'`, " ", "\n", "# ", "=", "/", "\n[", "${", `"a" = "`, "://", "?k=", `{ x = "`, "env:"}
	after := []string{`"`, `'`, " ", "\n", "]", "/", "}", " = 1", "@", "&", "\x00", "é", "\\n"}
	at %= len(text) + 1
	return text[:at] + before[random.IntN(len(before))] + secret + after[random.IntN(len(after))] + text[at:]
}

// readingCommands lists the ways to print something about a file on stdin.
func readingCommands() [][]string {
	list := [][]string{
		{"resolve", "--env=static", "-"}, {"resolve", "--env=static", "--format", "json", "-"},
		{"check", "--env=static", "--no-config", "--diff", "--unsafe-fixes", "-"},
		{"check", "--env=live", "--no-config", "--no-ignores", "--enable", "wider-default", "-"},
	}
	for _, format := range report.Formats() {
		list = append(list, []string{"check", "--env=static", "--no-config", "--format", format, "-"})
	}
	for _, format := range auditFormats {
		list = append(list, []string{"audit", "--env=static", "--no-config", "--format", format, "-"})
	}
	return list
}
