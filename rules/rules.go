// Package rules holds every rule of loonglint, one file per rule.
package rules

import "github.com/loonglint/loonglint/internal/lint"

// all lists every rule, one line each, by name; a test holds it complete. A rule is declared as
//
//	var unknownKey = lint.Rule{Name: "unknown-key", …, Run: func(p *lint.Pass) { … }}
var all = [...]*lint.Rule{
	// The engine reports these four.
	&lint.ExpiredSuppression,
	&lint.SuppressionWithoutReason,
	&lint.UnknownSuppression,
	&lint.UnusedSuppression,

	&blankValue,
	&crashesLoong,
	&duplicateAccount,
	&envNameHasDollar,
	&envNameInPercent,
	&envNameIsAssignment,
	&implicitActiveProvider,
	&inertKey,
	&invalidEnvName,
	&invalidSecretReference,
	&invalidValue,
	&misplacedTopLevelKey,
	&missingKind,
	&missingRequiredKey,
	&nestedProfile,
	&numberOutOfRange,
	&positionalTable,
	&profileKeyInHeaders,
	&refusedLater,
	&removedKey,
	&secretInEnvName,
	&sectionChangesDefaults,
	&tomlSyntax,
	&unknownActiveProvider,
	&unknownDefaultAccount,
	&unknownKey,
	&unknownProviderKind,
	&unknownSearchProvider,
	&valueClamped,
	&widerDefault,
	&wrongType,
}

// All lists every rule by name.
func All() []*lint.Rule { return all[:] }
