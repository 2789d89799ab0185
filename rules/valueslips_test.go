package rules_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

var (
	addressLine = regexp.MustCompile(`^([a-z_]+) = "(https://)([a-z0-9.-]+)(/[^"]*)?"$`)
	gatewayLine = regexp.MustCompile(`^base_url = "https://gateway\.ai\.cloudflare\.com/v1/([0-9a-f]{32})/([a-z0-9-]+)/([^"]+)"$`)
	modelLine   = regexp.MustCompile(`^model = "([A-Za-z0-9./:@-]+)"$`)
	apiKeyLine  = regexp.MustCompile(`^api_key = \{ env = "([A-Z0-9_]+)" \}$`)
	secretLine  = regexp.MustCompile(`^([a-z_]+) = \{ env = "([A-Z0-9_]+)" \}$`)
	wordLine    = regexp.MustCompile(`^([a-z_]*(?:mode|profile|visibility|routing|domain|receive_id_type|system)) = "([a-z_]+)"$`)
	activeLine  = regexp.MustCompile(`^active_provider = "([^"]+)"$`)
	callsLine   = regexp.MustCompile(`^((?:denied_calls|child_tool_allowlist) = \[.*"(?:tool:)?[a-z_]*)[a-z]"\]$`)
	longKeyLine = regexp.MustCompile(`^([a-z_]{3,})([a-z])([a-z]) = (.*)$`)
	kindOfLine  = regexp.MustCompile(`^kind = "([a-z_-]{4,})"$`)
)

// dropLetter is a word without the letter in its middle.
func dropLetter(s string) string { return s[:len(s)/2] + s[len(s)/2+1:] }

// inLine is a slip that makes another line of the parts of one that matches; "" where it makes none.
func inLine(name string, line *regexp.Regexp, edit func(part []string) string) slip {
	return slip{name, func(s string) (string, bool) {
		part := line.FindStringSubmatch(s)
		if part == nil {
			return "", false
		}
		to := edit(part)
		return to, to != "" && to != s
	}}
}

// valueSlips leave a file that Loong reads, and that does not do what was meant.
var valueSlips = []slip{
	inLine("ending of a vendor's host", addressLine, func(p []string) string {
		if p[1] != "base_url" || !strings.HasSuffix(p[3], ".com") {
			return ""
		}
		return p[1] + ` = "` + p[2] + strings.TrimSuffix(p[3], "m") + `n` + p[4] + `"`
	}),
	inLine("letter of a vendor's host", addressLine, func(p []string) string {
		labels := strings.Split(p[3], ".")
		if p[1] != "base_url" || len(labels) < 2 || len(labels[len(labels)-2]) < 5 || strings.HasSuffix(p[3], ".example") { // nobody knows what was meant

			return ""
		}
		labels[len(labels)-2] = dropLetter(labels[len(labels)-2])
		return p[1] + ` = "` + p[2] + strings.Join(labels, ".") + p[4] + `"`
	}),
	inLine("segments swapped", gatewayLine, func(p []string) string {
		return `base_url = "https://gateway.ai.cloudflare.com/v1/` + p[2] + `/` + p[1] + `/` + p[3] + `"`
	}),
	inLine("segment missing", gatewayLine, func(p []string) string {
		return `base_url = "https://gateway.ai.cloudflare.com/v1/` + p[1] + `/` + p[3] + `"`
	}),
	inLine("id cut", gatewayLine, func(p []string) string {
		return `base_url = "https://gateway.ai.cloudflare.com/v1/` + p[1][:20] + `/` + p[2] + `/` + p[3] + `"`
	}),
	inLine("template left in an address", gatewayLine, func(p []string) string {
		return `base_url = "https://gateway.ai.cloudflare.com/v1/{account_id}/` + p[2] + `/` + p[3] + `"`
	}),
	inLine("template left in a host", addressLine, func(p []string) string {
		return p[1] + ` = "` + p[2] + `YOUR_HOST` + p[4] + `"`
	}),
	inLine("variable in a host", addressLine, func(p []string) string {
		return p[1] + ` = "` + p[2] + `${LLM_HOST}` + p[4] + `"`
	}),
	inLine("template left in a model", modelLine, func([]string) string { return `model = "your-model-here"` }),
	inLine("variable in a model", modelLine, func([]string) string { return `model = "${LLM_MODEL}"` }),
	inLine("blank in a model", modelLine, func(p []string) string { return `model = "` + strings.Replace(p[1], "-", " ", 1) + `"` }),
	inLine("two models", modelLine, func(p []string) string { return `model = "` + p[1] + `, ` + p[1] + `-mini"` }),
	inLine("name of the variable as the key", apiKeyLine, func(p []string) string { return `api_key = "` + p[1] + `"` }),
	inLine("dollar in the name", apiKeyLine, func(p []string) string { return `api_key = { env = "$` + p[1] + `" }` }),
	inLine("template left in a key", apiKeyLine, func([]string) string { return `api_key = "YOUR_API_KEY"` }),
	inLine("reference of another program", apiKeyLine, func(p []string) string { return `api_key = "op://team/` + strings.ToLower(p[1]) + `/key"` }),
	inLine("masked key", apiKeyLine, func([]string) string { return `api_key = "sk-...wxyz"` }),
	inLine("template left in a secret", secretLine, func(p []string) string { return p[1] + ` = "<your-secret>"` }),
	inLine("letter of a kind", kindOfLine, func(p []string) string { return `kind = "` + dropLetter(p[1]) + `"` }),
	inLine("letter of a word", wordLine, func(p []string) string { return p[1] + ` = "` + dropLetter(p[2]) + `"` }),
	inLine("letter of the active provider", activeLine, func(p []string) string { return `active_provider = "` + p[1] + `x"` }),
	inLine("letter of a tool", callsLine, func(p []string) string { return p[1] + `"]` }),
	inLine("letters of a key swapped", longKeyLine, func(p []string) string { return p[1] + p[3] + p[2] + " = " + p[4] }),
	rewrite("no encryption", regexp.MustCompile(`^((?:base_url|server_url|api_base_url|websocket_url)) = "(http|ws)s://(.*)"$`), `$1 = "$2://$3"`),
	rewrite("name for a number", regexp.MustCompile(`^(allowed_(?:chat|sender)_ids) = \[-?[0-9].*$`), `$1 = ["@somebody"]`),
	rewrite("kind of an id", regexp.MustCompile(`^allowed_chat_ids = \["oc_([^"]*)"\]$`), `allowed_chat_ids = ["ou_$1"]`),
	rewrite("alias for a room", regexp.MustCompile(`^allowed_room_ids = \["!([^"]*)"(.*)$`), `allowed_room_ids = ["#$1"$2`),
	rewrite("list without its mode", regexp.MustCompile(`^shell_default_mode = "deny"$`), ``),
}

// TestValueSlipsAreFound makes one slip at a time in good files that Loong reads all the same, and holds the share of those that
// are found. With -v it lists the others.
func TestValueSlipsAreFound(t *testing.T) {
	tried, missed, every := 0, []string(nil), thorough.Pick(5, 1)
	eachTOML(t, filepath.Join(fixtures, "clean"), func(path string) {
		lines := strings.Split(readFile(t, path), "\n")
		start := max(0, slices.IndexFunc(lines, profileLine.MatchString)) // a [provider] above may not be in use
		before := warnings(check(nil, path, strings.Join(lines, "\n"), static()))
		for _, s := range valueSlips {
			for i := start; i < len(lines); i++ {
				line, ok := s.make(lines[i])
				if !ok {
					continue
				}
				if tried++; tried%every != 0 {
					break
				}
				edited := strings.Join(slices.Concat(lines[:i], []string{line}, lines[i+1:]), "\n")
				if warnings(check(nil, path, edited, static())) <= before {
					missed = append(missed, s.name+": "+filepath.Base(path)+": "+line)
				}
				break
			}
		}
	})
	tried /= every
	for _, m := range missed {
		t.Log("missed", m)
	}
	t.Logf("%d of %d slips are found", tried-len(missed), tried)
	if tried < 400 || len(missed)*100 > tried*mostMissed {
		t.Errorf("%d of %d slips are not found; -v lists them", len(missed), tried)
	}
}

// mostMissed is how many of a hundred slips may go unnoticed: those in own hosts and names, where any text may be meant.
const mostMissed = 4

func warnings(res *lint.FileResult) (n int) {
	for _, f := range res.Findings {
		if f.Severity >= lint.Warning {
			n++
		}
	}
	return n
}
