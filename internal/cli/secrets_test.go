package cli

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// anySecret lists places of a file in which whatever stands there is secret.
var anySecret = []string{
	`[providers.a]
kind = "openai"
api_key = "SECRET"`,
	`[providers.a]
kind = "opneai"
api_key = 'SECRET'`,
	`[providers.a]
kind = "openai"
api_key = "Bearer SECRET"
oauth_access_token = "'SECRET'"`,
	`[providers.a]
kind = "openai"
chat_completions_path = "v1/chat/completions?key=SECRET"`,
	`[providers.a]
kind = "openai"
api_key = ["SECRET"]`,
	`[providers.a]
kind = "openai"
api_key = { value = "SECRET" }`,
	`[providers.a]
kind = "openai"
api_key = { env = "A", secret = "SECRET" }`,
	`[providers.a]
kind = "openai"
oauth_access_token = """
SECRET"""`,
	`[providers.a]
kind = "openai"
api_keyy = "SECRET"
apikey = "SECRET"
model_token = "SECRET"`,
	`[providers.a]
kind = "openai"
api_key_env = "OPENAI_API_KEY=SECRET"`,
	`[providers.a]
kind = "openai"
[providers.a.headers]
X-Api-Key = "SECRET"
Authorization = "Bearer SECRET"
Cookie = "SECRET"`,
	`[providers.a]
kind = "custom"
headers = { "api-key" = "SECRET", x = 5 }
base_url = "http://user:SECRET@llm.example/v1"`,
	`[providers.a]
kind = "openai"
base_url = "https://llm.example/v1?key=SECRET"
models_endpoint = "https://SECRET@llm.example/v1/models"
endpoint = "https://u:SECRET@llm.example:44x/v1"`,
	`[providers.a]
kind = "cloudflare"
base_url = "user:SECRET@llm.example/<account_id>"`,
	`# api_key = "SECRET"
[providers.a] # token: SECRET
kind = "openai"`,
	`[providers.a]
kind = "openai"
# loonglint: ignore[unknown-key] api_key = "SECRET"
x = 1`,
	`[telegram]
enabled = true
bot_token = "SECRET"
[telegram.accounts.x]
bot_token = "SECRET"
[slack]
bot_token = 5
app_tokn = "SECRET"`,
	`[providers.a]
api_key = "SECRET"
api_key = "SECRET"
kind = "openai"`,
	`[providers.a]
api_key = "SECRET
kind = "openai"`,
	`[providers.a]
api_key = SECRET
kind = "openai"`,
	`[providers.a]
api_key: "SECRET"`,
	`[providers.a
api_key = "SECRET"`,
	`[providers.a]
api_key = "SECRET" api_key2`,
	`[providers.a]
api_key = """SECRET
x = 1`,
	`providers = { a = { api_key = "SECRET"`,
	`[providers.a]
headers = { x-token = "SECRET"`,
	`[providers.a.headers]
X-Custom = "SECRET
Other = SECRET`,
	`[providers]
api_key = "SECRET"
[providers.a.api_key]
value = "SECRET"`,
	`[[providers.a]]
api_key = "SECRET"`,
	`provider = { kind = "openai", api_key = "SECRET" }
api_key = "SECRET"`,
	"[providers.a]\r\nkind = \"openai\"\r\napi_key = \"SECRET\"\r\nmodle = 1\r\n",
	"\ufeff[providers.a]\nkind = \"openai\"\napi_key = \"SECRET\"\n",
	`[tools.web_search]
brave_api_key = "SECRET"
[mcp.servers.x]
url = "https://u:SECRET@mcp.example/"
env = { TOKEN = "SECRET" }
headers = { Authorization = "SECRET" }`,
	"[providers.a.headers] # of the team\nX-Team = \"SECRET",
	"providers.a.headers.X-Team = SECRET\n",
	"[providers.a]\nheaders = {\n  \"X-Team\": \"SECRET\",\n  \"X-Two\": \"SECRET\"\n}\n",
	"[providers.a]\nheaders:\n  X-Team: SECRET\n  X-Two: SECRET\n",
	"[providers.a]\napi_key =\n  \"SECRET\"\n",
	"[providers.a]\napi_key:\n  SECRET\n",
	"[providers.a]\napi_key = \"first\nSECRET\nSECRET==\n-----END PRIVATE KEY-----\"\n",
	"[providers.a]\napi_key = -----BEGIN RSA PRIVATE KEY-----\nSECRET\nSECRET==\n",
	"[providers.a.api_key]\nvalue = SECRET\n",
	"[providers.a]\napi_key SECRET\n",
	"[providers.a]\napi_key \"SECRET\"\n",
	"[providers.a]\napi_key -> SECRET\n",
	"[providers.a]\napi_key => 'SECRET'\n",
	"[providers.a]\napi_key\u00a0=\u00a0\"SECRET\"\n",
	"[providers.a]\napi_key＝\"SECRET\"\n",
	"[providers.a]\napi_key：SECRET\n",
	"[providers.a]\napi_key = “SECRET”\n",
	"[providers.a]\napi_key = \"\"\"x\"\"\" SECRET\n",
	"[providers.a]\nmodel = \"\"\"gpt\napi_key = \"SECRET\"\n",
	"[providers.a]\nmodel = \"gpt-5 api_key = SECRET\"\n",
	"[providers.a]\napi_key = \"\" # SECRET\n",
	"[providers.a]\napi_key = \"x\"# SECRET\"\n",
	"# [providers.a.headers]\nX-Team = \"SECRET\"\n",
	"# [providers.a.headers]\n# X-Team = \"SECRET\"\n",
	"{\"providers\": {\"a\": {\"api_key\": \"SECRET\"}}}\n",
	"providers:\n  a:\n    api_key: SECRET\n    headers:\n      - X-Team: SECRET\n",
	"<providers><a api_key=\"SECRET\">SECRET</a></providers>\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://u:a SECRET@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://u:a'SECRET@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"SECRET@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1#SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1;key=SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1&key=SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\n[providers.a.headers]\nX-Team = \"$SECRET\"\nX-Two = \"%SECRET%\"\nX-Three = \"env:SECRET\"\n",
	"[mcp.servers.x]\ncommand = \"x\"\nargs = [\"--token\", \"SECRET\", \"--api-key=SECRET\"]\nenv = { A = \"$SECRET\", B = \"env:SECRET\" }\n",
	"[providers.a]\nkind = \"openai\"\napi_key = \"your-SECRET\"\noauth_access_token = \"<SECRET>\"\n",
	"[providers.a]\nkind = \"openai\"\napi_key_2 = \"SECRET\"\npassword_prod = \"SECRET\"\ndsn = \"SECRET\"\njwt = \"SECRET\"\n\"密码\" = \"SECRET\"\nAPIKeyOld = \"SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\nwebhook.url = \"SECRET\"\nnote = \"SECRET\"\n[nothing]\nnote = \"SECRET\"\nmodle = \"SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://bob:SECRET\tSECRET@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://bob:SECRET\n@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://bob//:SECRET@llm.example/v1\"\n",
	"[matrix.accounts]\nlaw.access_token: |\n  \"SECRET two SECRET\"\n[slack]\nenabled = true\n",
	"[providers]\nlaw.api_key: |\n  \"SECRET two SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\n[providers.a.headers]\nX-One = \"1\"\n# X-Team = \"SECRET\"\n",
	"[providers.a]\nkind = \"openai\"\n# headers.X-Team = \"SECRET\"\n# headers.\"X Team\" = 'SECRET'\nmodle = 1\n",
	"[providers.a]\nkind = \"openai\"\n# base_url = https{://bob:SECRET SECRET@llm.example/v1\"\nmodle = 1\n",
	"[providers.a]\nkind = \"openai\"\nheaders = }\n 'SECRET'\nactive_provider = \"b\"\n[providers.b]\nkind = \"openai\"\n",
	"wecom.bot_id = \"a}xx-SECRET}b\nSECRET\"\n",
	"[feishu]\nencrypt_key = \"sk-proj-x\nSECRET.abcdefgh\"\nenabled = true\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1?\" #ke=y=SECRET\"\nmodle = 1\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://<!-- bob:SECRET->x@llm.example/v1\"\n",
	"[providers.a] # of the team, api_key \u00a0 \"SECRET\"\nkind = \"openai\"\nmodle = 1\n",
	"[feishu]\nenabled = true\n# app_i“d = \"SECRET]SECRET\"\nmodle = 1\n",
	"[feishu] # of the teamapp_id = \"SECRET\" # rotated\nmodle = 1\n",
	"[email]\n#imap_pas://sword = 'SECRET'\n# <pass_word>'SECRET'\n#   \"SECRET\",\n# law.tok en = SECRET\n",
	"[email]\n# pass_wo rd = “SECRET\n#SECRET\"\n# SECRET\n",
	"[google_chat]\nenabled = true\nurl = \"SECRET\"\n",
	"[acp.backends.acpx.mcp_servers]\napi_key = [ \"SECRET\" ]\n",
	"[providers.a]\nkind = \"openai\"\nkind = \"openai\"\nbase_url = \"https://bob # note :SECRET@llm.example/v1\"\n",
	"[providers.a]\nkind = \"openai\"\nbase_url = \"https://llm.example/v1?key@=SECRET SECRET\"\n",
	"[teams]\n+webhook_url = \"SECRET #\n[ note -SECRET\"\n[slack]\nenabled = true\n",
	"[providers.a]\nbase_url = \"https://bob:SECRET\n[[SECRET==@llm.example/v1\"\n",
	"[slack]\nenabled = true\naccount_id = \"https://bob:SECRET@llm.example/v1\"\n[irc]\nenabled = true\nnickname = \"https://llm.example/v1?key=SECRET\"\n",
	"[slack]\nenabled = true\naccount_id = \"bob:SECRET@llm.example\"\n",
	"[slack.accounts.\"wss://bob:SECRET@llm.example\"]\nenabled = true\nbot_token = \"SECRET\"\n",
	"[matrix.accounts.\"wss://llm.example/v1#SECRET\"]\nbase_url = \"wss://llm.example\n",
	"[email.accounts.https://bob:SECRET=y&x@llm.example/v1\"]\nsmtp_host = \"x\"\nactive_provider = \"a\"\n",
	"[matrix.accounts.＂http://SECRET=x&y@127.0.0.1:8080/v1'].\n",
	"[providers]\nlaw.endpoint = “http://SECRET\n-SECRET@127.0.0.1:8080/v1\"\nactive_provider = \"a\"\n",
	"[providers.law]\nbase_url = 'http://SECRET\nSECRET==@llm.example/v1'\n",
	"[providers.law]\nendpoint = \"\"\"wss://llm\nexample/v1#SECRET\"\"\"\"\"\nenabled = true\n",
	"[whatsapp]\nenabled = true\nverify_token_env = \"LAW_TOKEN->SECRET==\"\n",
	"[google_chat]\nenabled = true\n[google_chat.accounts.a]\nwebhook_url_env = \"HOOK_URL\"\ntlon = { url = \"http:}//127.0.0.1:8080?a=b&key=SECRET xxx\" }\n",
	"# 密码：SECRET\n# dsn=SECRET\n# api_key_2 = SECRET\n",
}

// keyShapes lists places in which only what looks like a key is secret.
var keyShapes = []string{
	`# we used SECRET before
[providers.a]
kind = "openai"`,
	`[providers.a]
kind = "SECRET"`,
	`[providers.a]
kind = "openai"
model = "SECRET"
preferred_models = ["SECRET"]`,
	`active_provider = "SECRET"
[providers.a]
kind = "openai"`,
	`last_provider = "SECRET"
[providers.SECRET]
kind = "openai"
modle = 1`,
	`[providers.a]
kind = "openai"
SECRET = 1
"x SECRET" = 2`,
	`[providers.a]
kind = "openai"
api_key_env = "SECRET"
oauth_access_token_env = "$SECRET"`,
	`[providers.a]
kind = "openai"
api_key = "${SECRET}"`,
	`[providers.a]
kind = "openai"
api_key = { env = "SECRET" }`,
	`[providers.a]
kind = "openai"
api_key = { file = "/run/SECRET" }`,
	`[SECRET]
x = 1
[[SECRET]]`,
	`SECRET
[providers.a]
kind = "openai"`,
	`[providers.a]
kind = "openai" # loonglint: ignore[SECRET] reason
modle = 1 # loonglint: ignore[unknown-key] until=SECRET reason`,
	`# loonglint: SECRET
[providers.a]
kind = "openai"
wire_api = "SECRET"`,
	`[telegram]
enabled = "SECRET"
[telegram.accounts."SECRET"]
default_account = "SECRET"
base_url = "https://SECRET.example/SECRET"`,
	`[tools]
SECRET = { x = 1 }
shell_default_mode = "SECRET"`,
	"[providers.a]\nkind = \"openai\"\n\"ESCAPED\" = 1\n",
}

const alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

func letters(random *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(b)
}

// secret is a planted one; no part of core, 8 bytes or longer, may be printed.
type secret struct{ text, core string }

func shaped(random *rand.Rand) secret {
	core := letters(random, 40)
	prefix := []string{"sk-proj-", "sk-ant-api03-", "ghp_", "gsk_", "xai-"}[random.IntN(5)]
	if prefix == "ghp_" {
		core = core[:36]
	}
	return secret{prefix + core, core}
}

func anyText(random *rand.Rand) secret {
	switch random.IntN(3) {
	case 0:
		return shaped(random)
	case 1:
		core := letters(random, 24)
		return secret{core, core}
	}
	core := "pass" + letters(random, 5) // one that looks like nothing
	return secret{core, core}
}

func (s secret) shownIn(text string) bool { return around(text, s) != "" }

// TestNoSecretIsPrinted plants secrets in every place that a file has, in its name and in the
// environment, and looks for them in everything that every command prints or writes.
func TestNoSecretIsPrinted(t *testing.T) {
	t.Chdir(t.TempDir())
	random := rand.New(rand.NewPCG(6, 2))
	for round := range 2 {
		for i, place := range append(append([]string{}, anySecret...), keyShapes...) {
			s := shaped(random)
			if i < len(anySecret) {
				s = anyText(random)
			}
			text := strings.NewReplacer("SECRET", s.text, "ESCAPED", fmt.Sprintf(`\u%04x%s`, s.text[0], s.text[1:])).Replace(place)
			if round%2 == 1 { // a broken line far away must not matter
				text += "\n[broken\nx = = 1\n"
			}
			if where := leak(t, random, s, "a.loong.toml", text, nil); where != "" {
				t.Errorf("place %d, secret %q in\n%s\nis printed by %s", i, s.text, text, where)
			}
		}
	}
}

func TestNoSecretOfNamesAndEnvironmentIsPrinted(t *testing.T) {
	t.Chdir(t.TempDir())
	random := rand.New(rand.NewPCG(6, 3))
	text := "[providers.a]\nkind = \"openai\"\nmodle = 1\napi_key = { env = \"MY_KEY\" }\nbase_url = \"$MY_KEY\"\n"
	for range 2 {
		s := shaped(random)
		if where := leak(t, random, s, s.text+".loong.toml", text, nil); where != "" {
			t.Errorf("the name of a file is printed by %s", where)
		}
		s = anyText(random)
		environ := []string{"MY_KEY=" + s.text, "OPENAI_API_KEY=" + s.text, "HTTPS_PROXY=http://u:" + s.text + "@proxy.example:3128", "TELEGRAM_BOT_TOKEN=" + s.text}
		if where := leak(t, random, s, "a.loong.toml", text+"[telegram]\nenabled = true\n", environ); where != "" {
			t.Errorf("the environment is printed by %s", where)
		}
	}
}

// leak runs the commands that read the file, or a few of them, and names the first one that shows the secret.
func leak(t *testing.T, random *rand.Rand, s secret, name, text string, environ []string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(name)
	world := "--env=live"
	if environ == nil && random.IntN(2) == 0 {
		world = "--env=static"
	}
	lines := [][]string{
		{"check", world, "--diff", "--unsafe-fixes", name}, {"check", world, "--verbose", "--statistics", "--color=always", name},
		{"check", world, "--no-ignores", "--enable", "wider-default", "-"},
		{"resolve", world, name}, {"resolve", world, "--format", "json", name}, {"config", name},
		{"baseline", "write", world, "base.json", name}, {"baseline", "prune", world, "base.json", name},
		{"check", world, "--env-names", s.text, name}, {"check", "--config", name},
		{"check", world, "--stdin-filename", s.text, "-"}, {"explain", s.text}, {s.text}, {"check", "--" + s.text, name}, {"check", "--format", s.text, name},
	}
	for _, format := range []string{"text", "json", "markdown", "csv", "html"} {
		lines = append(lines, []string{"audit", world, "--format", format, name})
	}
	for _, format := range report.Formats() {
		lines = append(lines, []string{"check", world, "--format", format, "--out", format + "=out", name})
		if format != "json" {
			lines = append(lines, []string{"report", "--format", format, "json"})
		}
	}
	lines = append(lines, []string{"report", "--compare", "--format", "json", "empty", "json"}, []string{"report", "--compare", "json", "empty"})
	prepare(t, world, name)
	every := thorough.Pick(10, 1)
	for _, args := range lines {
		if random.IntN(every) != 0 {
			continue
		}
		got := loonglint(text, environ, args...)
		all := got.all()
		for _, written := range []string{"base.json", "out", "json"} {
			if b, err := os.ReadFile(written); err == nil {
				all += string(b)
			}
		}
		// A word that is no key could be printed where a command line that holds it is wrong.
		onLine := strings.Contains(strings.Join(args, " "), s.text) && s.text == s.core
		if s.shownIn(all) && !onLine {
			return strings.ReplaceAll(strings.Join(args, " "), s.text, "SECRET") + ": " + strconv.Quote(around(all, s))
		}
	}
	return ""
}

// around is what of a text shows the secret. Ids are in lower case, and names of variables in capitals.
func around(text string, s secret) string {
	lower, core := strings.ToLower(text), strings.ToLower(s.core)
	for i := 0; i+8 <= len(core); i++ {
		if at := strings.Index(lower, core[i:i+8]); at >= 0 && at < len(text) {
			return text[max(0, at-80):min(len(text), at+60)]
		}
	}
	return ""
}

// prepare saves the reports that others of the commands read.
func prepare(t *testing.T, world, name string) {
	t.Helper()
	saved := loonglint("", nil, "check", world, "--format", "json", "--out", "json=json", name)
	empty := `{"schema":"loonglint.v1","files":[],"findings":[],"summary":{}}`
	if err := os.WriteFile("empty", []byte(empty), 0o600); err != nil || saved.status > statusFindings {
		t.Fatalf("%v, status %d: %s", err, saved.status, saved.stderr)
	}
	if _, err := os.Stat(filepath.Join(".", "json")); err != nil {
		t.Fatal(err)
	}
}
