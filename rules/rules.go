// Package rules holds every rule of loonglint, one file per rule.
package rules

import "github.com/loonglint/loonglint/internal/lint"

// all lists every rule, one line each, by name; a test holds it complete. A rule is declared as
//
//	var unknownKey = lint.Rule{Name: "unknown-key", …, Run: func(p *lint.Pass) { … }}
var all = [...]*lint.Rule{
	&blankAccountKey,
	&blankValue,
	&channelNotReady,
	&crashesLoong,
	&duplicateAccount,
	&envNameHasDollar,
	&envNameInPercent,
	&envNameIsAssignment,
	&everybodyLetIn,
	&implicitActiveProvider,
	&inertKey,
	&invalidEnvName,
	&invalidSecretReference,
	&invalidValue,
	&keyInSeveralFiles,
	&misplacedTopLevelKey,
	&missingKind,
	&missingRequiredKey,
	&nestedProfile,
	&nobodyLetIn,
	&numberOutOfRange,
	&personalisationNotUsed,
	&pluginCannotRun,
	&positionalTable,
	&profileDiffersBetweenFiles,
	&profileKeyInHeaders,
	&readinessNotChecked,
	&refusedLater,
	&removedKey,
	&secretInEnvName,
	&sectionChangesDefaults,
	&settingIgnored,
	&shadowedChannelVariable,
	&tableNotUsed,
	&tomlSyntax,
	&toolSettingIneffective,
	&unitLooksWrong,
	&unknownActiveProvider,
	&unknownDefaultAccount,
	&unknownKey,
	&unknownProviderKind,
	&unknownSearchProvider,
	&valueClamped,
	&variableUsedForTwoKinds,
	&widerDefault,
	&wildcardIsLiteral,
	&wrongType,
}

// All lists every rule by name.
func All() []*lint.Rule { return all[:] }
