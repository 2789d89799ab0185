package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var settingIgnored = lint.Rule{
	Name:    "setting-ignored",
	Group:   lint.GroupStructure,
	Summary: "a setting has no effect because another one replaces it",
	Doc: `Some keys count only as long as another is not written. As soon as feishu_integration has a capabilities table, even
an empty one, the scopes asked for follow from that table and default_scopes is not read. A channel's bot_token_env, and
the like, is not read beside bot_token. In a provider an endpoint
takes the place of base_url and the path, and some values mean "use the default of the kind". Delete the one that is
not meant.

Others count only with another setting. cli.system_prompt is not used while there is a prompt pack, which there is by default;
without one, personality and system_prompt_addendum are not. What compaction keeps counts only with a threshold, audit.path not
in mode in_memory, webhook_bind and webhook_path of Feishu in mode webhook only (without mode it is websocket),
control_plane.shared_token only with allow_remote. The header of the webhook channel needs a token, and payload_text_field a
payload_format of json_text.

In a channel with accounts the section itself is no account: a credential that each account replaces by its own is used by nobody.

Channels that are off are not judged, nor is a token that a variable may give (--env=static).`,
	Level:    lint.Info,
	Levels:   "warning where the setting that has no effect was meant to change something",
	Since:    "0.1.0",
	Silences: []string{"value-clamped"},
	Covers: []string{"U1", "U3", "U16", "U17", "U26", "K4", "N9", "X20", "X74", "X77", "X96", "X110", "X120", "X121", "X127", "X128", "X129", "X130",
		"X132"},
	Bad: `[feishu_integration]
default_scopes = ["calendar:calendar:readonly"]

[feishu_integration.capabilities]
`,
	Good: `[feishu_integration]
default_scopes = ["calendar:calendar:readonly"]
`,
	Run: func(p *lint.Pass) {
		ignoredFeishuScopes(p)
		ignoredChannelVariables(p)
		ignoredNeeds(p)
	},
	Writes:  []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint, schema.KeyChatCompletionsPath, schema.KeyWireAPI, schema.KeyAPIKeyEnv, schema.KeyOAuthAccessTokenEnv, schema.KeyProfileStateBackend, schema.KeyProfileStateSQLitePath},
	Profile: ignoredProviderSettings,
}

// ignoredFeishuScopes reports X20.
func ignoredFeishuScopes(p *lint.Pass) {
	for i := range p.Config.IgnoredScopes() {
		p.Report(i.Node.Place(), "default_scopes has no effect beside the table capabilities").WithNode(i.Node).WithSeverity(lint.Warning).
			WithIgnored(i.Node).WithNote("once that table is there, even empty, it decides which scopes are asked for").
			WithRelated(i.By.Place(), "this is used").
			WithHelp("delete one of them")
	}
}

// ignoredNeeds reports keys that count only beside another one.
func ignoredNeeds(p *lint.Pass) {
	for i := range p.Config.IgnoredNeeds() {
		text := &needTexts[slices.IndexFunc(needTexts[:], func(t needText) bool { return t.entry == i.Entry })]
		f := p.Report(i.Node.Place(), "%s has no effect: %s", i.Node.Name(), i.Why).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(text.level).
			WithHelp("%s", text.help)
		if text.note != "" {
			f.WithNote("%s", text.note)
		}
		if i.By != nil {
			f.WithRelated(spanOf(i.By), "this decides")
		} else {
			f.WithSeverity(text.unwritten)
		}
	}
}
