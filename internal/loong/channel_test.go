package loong

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// channelOf reads a channel of a file in a world.
func channelOf(t *testing.T, file, id string, env *Environment) *Channel {
	t.Helper()
	doc := document.Parse("loong.toml", []byte(file))
	c := &Config{Document: doc, Environment: env, Root: schema.Root(doc.Root, 0)}
	ch := c.Channel(id)
	if ch == nil {
		t.Fatalf("no channel %q", id)
	}
	return ch
}

// summary is a channel's accounts as "id:send/serve", ids of accounts that show disabled in brackets.
func summary(ch *Channel) string {
	var list []string
	for _, a := range ch.Accounts {
		id := a.ID
		if !a.Enabled {
			id = "(" + id + ")"
		}
		list = append(list, id+":"+string(a.Send.State)+"/"+string(a.Serve.State))
	}
	return strings.Join(list, " ")
}

func TestChannelStates(t *testing.T) {
	const telegram = "[telegram]\nenabled = true\nbot_token = \"12:x\"\nallowed_chat_ids = [1]\n"
	const nostr = "[nostr]\nenabled = true\nrelay_urls = [\"wss://r.example\"]\n"
	const key = "1111111111111111111111111111111111111111111111111111111111111111"
	tests := []struct {
		name, file, channel string
		env                 map[string]string
		want                string
	}{
		{"without a section", "", "telegram", nil, "(default):disabled/disabled"},
		{"id from the default variable, which counts only without a section", "", "telegram",
			map[string]string{"TELEGRAM_BOT_TOKEN": "12:x"}, "(bot_12):disabled/disabled"},
		{"the section takes the default variable away", "[telegram]\nenabled = true", "telegram",
			map[string]string{"TELEGRAM_BOT_TOKEN": "12:x"}, "default:misconfigured/misconfigured"},
		{"discord keeps it", "[discord]\nenabled = true", "discord",
			map[string]string{"DISCORD_BOT_TOKEN": "x"}, "default:ready/unsupported"},
		{"ready", telegram, "telegram", nil, "bot_12:ready/ready"},
		{"a file without the list may send", "[telegram]\nenabled = true\nbot_token = \"12:x\"", "telegram", nil, "bot_12:ready/misconfigured"},
		{"a missing operation is unsupported even when off", "[slack]", "slack", nil, "(default):disabled/unsupported"},
		{"account switched off", telegram + "[telegram.accounts.a]\nenabled = false", "telegram", nil, "(a):disabled/disabled"},
		{"keys normalized and sorted", telegram + "[telegram.accounts.' Ops Team! ']\n[telegram.accounts.B]", "telegram", nil,
			"b:ready/ready ops-team:ready/ready"},
		{"a lone blank key is the channel itself", telegram + "[telegram.accounts.' ']\nenabled = false", "telegram", nil, "default:ready/ready"},
		{"a blank key beside another cannot be used", telegram + "[telegram.accounts.' ']\n[telegram.accounts.a]", "telegram", nil,
			"a:ready/ready (default):misconfigured/misconfigured"},
		{"unless an account has that id", telegram + "[telegram.accounts.' ']\nenabled = false\n[telegram.accounts.default]", "telegram", nil,
			"default:ready/ready"},
		{"qqbot shows it enabled, channel off or not", "[qqbot.accounts.' ']\nenabled = false\n[qqbot.accounts.a]", "qqbot", nil,
			"(a):disabled/disabled default:misconfigured/misconfigured"},
		{"weixin shows it as configured", "[weixin]\nenabled = true\n[weixin.accounts.' ']\nenabled = false\n[weixin.accounts.a]", "weixin", nil,
			"a:misconfigured/misconfigured (default):misconfigured/misconfigured"},
		{"complete settings lack the plugin", "[weixin]\nenabled = true\nbridge_url = \"http://127.0.0.1\"\nbridge_access_token = \"x\"", "weixin", nil,
			"default:unsupported/misconfigured"},
		{"account inherits the inline value over its own variable",
			"[slack]\nenabled = true\nbot_token = \"x\"\n[slack.accounts.a]\nbot_token_env = \"NONE\"", "slack", nil, "a:ready/unsupported"},
		{"a blank value hides the channel's, not its variable",
			"[slack]\nenabled = true\nbot_token = \"x\"\nbot_token_env = \"T\"\n[slack.accounts.a]\nbot_token = \" \"", "slack",
			map[string]string{"T": "x"}, "a:ready/unsupported"},
		{"a blank pointer hides the channel's", "[slack]\nenabled = true\nbot_token_env = \"T\"\n[slack.accounts.a]\nbot_token_env = \"\"", "slack",
			map[string]string{"T": "x", "SLACK_BOT_TOKEN": "x"}, "a:misconfigured/unsupported"},
		{"a reference does not fall back", "[slack]\nenabled = true\nbot_token = \"$NONE\"", "slack",
			map[string]string{"SLACK_BOT_TOKEN": "x"}, "default:misconfigured/unsupported"},
		{"built-in name of a signal account hides the channel's",
			"[signal]\nenabled = true\naccount_env = \"MINE\"\nservice_url = \"https://s.example\"\n[signal.accounts.a]", "signal",
			map[string]string{"MINE": "+1"}, "a:misconfigured/unsupported"},
		{"default address is private", "[signal]\nenabled = true\naccount = \"+1\"", "signal", nil, "signal_1:misconfigured/unsupported"},
		{"private hosts allowed", "outbound_http.allow_private_hosts = true\n[signal]\nenabled = true\naccount = \"+1\"", "signal", nil,
			"signal_1:ready/unsupported"},
		{"condition that does not hold", "[feishu]\nenabled = true\napp_id = \"A b\"\napp_secret = \"x\"\nallowed_chat_ids = [\"*\"]\ndomain = \"lark\"",
			"feishu", nil, "lark_a-b:ready/ready"},
		{"condition that holds", "[feishu]\nenabled = true\napp_id = \"a\"\napp_secret = \"x\"\nallowed_chat_ids = [\"*\"]\nmode = \"webhook\"",
			"feishu", nil, "feishu_a:ready/misconfigured"},
		{"header looked at only with a token", "[webhook]\nenabled = true\nendpoint_url = \"https://h.example\"\nauth_header_name = \"X Y\"",
			"webhook", nil, "default:ready/misconfigured"},
		{"header name with a token", "[webhook]\nenabled = true\nendpoint_url = \"https://h.example\"\nauth_header_name = \"X Y\"",
			"webhook", map[string]string{"WEBHOOK_AUTH_TOKEN": "x"}, "default:misconfigured/misconfigured"},
		{"list in a variable", "[nostr]\nenabled = true\nprivate_key = \"" + key + "\"", "nostr",
			map[string]string{"NOSTR_RELAY_URLS": "wss://a.example; ws://b.example\n"}, "nostr_4f355bdcb7cc0af7:ready/unsupported"},
		{"one bad entry", nostr + "private_key = \"" + key + "\"\nrelay_urls_env = \"R\"\n[nostr.accounts.a]\nrelay_urls = [\"wss://a.example\", \"http://b.example\"]",
			"nostr", nil, "a:misconfigured/unsupported"},
		{"an empty list stops the channel's variable", nostr + "private_key = \"" + key + "\"\nrelay_urls_env = \"R\"\n[nostr.accounts.a]\nrelay_urls = []",
			"nostr", map[string]string{"R": "wss://a.example"}, "a:misconfigured/unsupported"},
		{"by position", "slack = [true, \"desk\"]", "slack", map[string]string{"SLACK_BOT_TOKEN": "x"}, "desk:ready/unsupported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := summary(channelOf(t, tt.file, tt.channel, Given(tt.env))); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestChannelStatesInUnknownWorlds(t *testing.T) {
	declared := Declare(nil, []string{"WEBHOOK_ENDPOINT_URL", "SLACK_BOT_TOKEN"})
	tests := []struct {
		name, file, channel string
		env                 *Environment
		want                string
	}{
		{"a variable that may be set", "[slack]\nenabled = true", "slack", Static(), "default:unknown/unsupported"},
		{"something missing for sure decides", "[mattermost]\nenabled = true\nserver_url_env = \"U\"", "mattermost", Static(), "default:misconfigured/unsupported"},
		{"nothing depends on variables", "[slack]\nenabled = true\nbot_token = \"x\"", "slack", Static(), "default:ready/unsupported"},
		{"a disabled one is disabled", "[slack]", "slack", Static(), "(default):disabled/unsupported"},
		{"a declared name is there", "[slack]\nenabled = true", "slack", declared, "default:ready/unsupported"},
		{"an undeclared one is not", "[discord]\nenabled = true", "discord", declared, "default:misconfigured/unsupported"},
		{"a declared address cannot be checked", "[webhook]\nenabled = true", "webhook", declared, "default:unknown/misconfigured"},
		{"a header that matters only with a token", "[webhook]\nenabled = true\nendpoint_url = \"https://h.example\"\nauth_header_name = \"X Y\"\nsigning_secret = \"x\"",
			"webhook", Static(), "default:unknown/ready"},
		{"a file that is not looked at", "[slack]\nenabled = true\nbot_token = { file = \"token\" }", "slack", Static(), "default:unknown/unsupported"},
		{"a program that is not run", "[slack]\nenabled = true\nbot_token = { exec = [\"pass\"] }", "slack", Static(), "default:misconfigured/unsupported"},
		{"the plugin cannot decide before the settings do", "[weixin]\nenabled = true", "weixin", Static(), "default:unknown/misconfigured"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ch := channelOf(t, tt.file, tt.channel, tt.env)
			if got := summary(ch); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	if ch := channelOf(t, "", "qqbot", Static()); !ch.Accounts[0].IDUnknown || ch.Accounts[0].ID != "default" {
		t.Errorf("an id that depends on a variable: %+v", ch.Accounts[0])
	}
}

func TestReasonsComeInLoongsOrderAndPointAtTheFile(t *testing.T) {
	ch := channelOf(t, `
[webhook]
enabled = true
endpoint_url = "http://10.0.0.1/"
auth_token = "x"
auth_header_name = "X Y"
payload_text_field = " "
[webhook.accounts.a]
endpoint_url_env = "NONE"
`, "webhook", Given(nil))
	var got []string
	for _, r := range ch.Accounts[0].Send.Reasons {
		got = append(got, r.Node.KeyPath()+": "+r.Text)
		if r.Table != ch.Accounts[0].Node || r.Help == "" {
			t.Errorf("%s: table or help is missing", r.Field)
		}
	}
	want := []string{
		"webhook.endpoint_url: endpoint_url leads to a private host",
		"webhook.auth_header_name: auth_header_name is not the name of a header",
		"webhook.payload_text_field: payload_text_field is blank",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if r := ch.Accounts[0].Send.Reasons; !r[0].PrivateHost || r[1].PrivateHost {
		t.Error("only the first is about a private host")
	}
	if s := ch.Accounts[0].Setting("endpoint_url"); !s.OwnEnvIgnored() || s.Reads() != "" {
		t.Errorf("the account's variable is shadowed: %+v", s)
	}
}

func TestSettingSaysWhereLoongLooks(t *testing.T) {
	signal := channelOf(t, "[signal]\naccount_env = \"MINE\"\n[signal.accounts.a]", "signal", Given(nil)).Accounts[0].Setting("account")
	if signal.HiddenEnv == nil || signal.HiddenEnv.Text() != "MINE" || signal.Reads() != "SIGNAL_ACCOUNT" {
		t.Errorf("signal: %+v", signal)
	}
	telegram := channelOf(t, "[telegram]", "telegram", Given(nil)).Accounts[0].Setting("bot_token")
	if telegram.LostEnv != "TELEGRAM_BOT_TOKEN" || telegram.Reads() != "" || telegram.Given != No {
		t.Errorf("telegram: %+v", telegram)
	}
	slack := channelOf(t, "[slack]\nbot_token = \"${TOKEN}\"", "slack", Given(map[string]string{"TOKEN": "x"})).Accounts[0].Setting("bot_token")
	if slack.Reads() != "TOKEN" || slack.Given != Yes || slack.From.Source != FromVariable {
		t.Errorf("slack: %+v", slack)
	}
}

// A reason must not hold what a credential or address is.
func TestReasonsHoldNoValues(t *testing.T) {
	const secret = "planted0value"
	for _, k := range ChannelKinds() {
		if !k.HasAccounts {
			continue
		}
		var file bytes.Buffer
		file.WriteString("[" + k.Section + "]\nenabled = true\n")
		seen := map[string]bool{}
		for _, op := range []ChannelOperation{k.Send, k.Serve} {
			for _, c := range op.Requires {
				if k.credential(c.Key) >= 0 && !seen[c.Field] {
					seen[c.Field] = true
					file.WriteString(c.Field + " = \"http://" + secret + "@127.0.0.1/?" + secret + "\"\n")
				}
			}
		}
		for _, a := range channelOf(t, file.String(), k.ID, Given(nil)).Accounts {
			for _, op := range a.Operations() {
				for _, r := range op.Reasons {
					if strings.Contains(r.Text+r.Help, secret) {
						t.Errorf("%s %s: %s; %s", k.ID, op.Name, r.Text, r.Help)
					}
				}
			}
		}
	}
}

func FuzzChannels(f *testing.F) {
	f.Add("[telegram]\nenabled = true\n[telegram.accounts.' ']\n[telegram.accounts.a]\nbot_token = { env = 1 }")
	f.Add("telegram = 1979-05-27\nslack = [true, 1]\nnostr.relay_urls = [[]]\n[[weixin]]\n[discord]\naccounts = [1]\n")
	f.Add("[webhook]\nenabled = true\nauth_token = [\nauth_header_name = {a")
	f.Fuzz(func(t *testing.T, file string) {
		doc := document.Parse("x", []byte(file))
		for _, env := range []*Environment{nil, Given(nil), Declare(nil, []string{"A"})} {
			c := &Config{Document: doc, Environment: env, Root: schema.Root(doc.Root, 0)}
			for _, ch := range c.Channels() {
				if ch.Kind.HasAccounts && len(ch.Accounts) == 0 {
					t.Errorf("%s lists no account", ch.Kind.ID)
				}
			}
		}
	})
}

func BenchmarkChannels(b *testing.B) {
	doc := document.Parse("x", []byte("[telegram]\nenabled = true\nbot_token = \"1:x\"\nallowed_chat_ids = [1]\n"))
	env := Given(map[string]string{"SLACK_BOT_TOKEN": "x"})
	for b.Loop() {
		c := &Config{Document: doc, Environment: env, Root: schema.Root(doc.Root, 0)}
		c.Channels()
	}
}

// Of accounts whose keys are one id, the first by key stays.
func TestAccountsWithOneID(t *testing.T) {
	ch := channelOf(t, "[telegram]\nenabled = true\n[telegram.accounts.\"my bot\"]\nbot_token = \"12:b\"\n[telegram.accounts.My-Bot]\nbot_token = \"12:a\"\n[telegram.accounts.other]\n", "telegram", Static())
	var keys []string
	for _, a := range ch.Accounts {
		keys = append(keys, a.ID+"="+a.Key)
	}
	if got := strings.Join(keys, " "); got != "my-bot=My-Bot other=other" {
		t.Errorf("accounts: %s", got)
	}
}

// An address that Loong refuses in any world is not one that allow_private_hosts lets pass.
func TestOnlyPrivateHostsArePrivate(t *testing.T) {
	for address, want := range map[string]bool{"http://192.168.1.4/": true, "no address": false, "ftp://192.168.1.4/": false} {
		ch := channelOf(t, "[discord]\nenabled = true\nbot_token = \"t\"\napi_base_url = \""+address+"\"\n", "discord", Static())
		found := false
		for _, r := range ch.Accounts[0].Send.Reasons {
			if r.Field == "api_base_url" {
				found = true
				if r.PrivateHost != want {
					t.Errorf("%s: private %v", address, r.PrivateHost)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing is wrong with it: %+v", address, ch.Accounts[0].Send.Reasons)
		}
	}
}
