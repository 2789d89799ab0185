package rules

import (
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
not meant.`,
	Level:    lint.Info,
	Levels:   "warning where the setting that has no effect was meant to change something",
	Since:    "0.1.0",
	Silences: []string{"value-clamped"},
	Covers:   []string{"U1", "U3", "U16", "U17", "U26", "K4", "N9", "X20"},
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
