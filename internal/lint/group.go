package lint

// Group is the subject of a rule. It names the rule's file in rules and its page in docs/rules.
type Group string

// The groups, in the order of the documentation.
const (
	GroupStructure    Group = "structure"
	GroupValidation   Group = "validation"
	GroupProvider     Group = "provider"
	GroupAddresses    Group = "addresses"
	GroupWire         Group = "wire"
	GroupCredentials  Group = "credentials"
	GroupHeaders      Group = "headers"
	GroupModels       Group = "models"
	GroupChannels     Group = "channels"
	GroupVersions     Group = "versions"
	GroupAcross       Group = "across"
	GroupSuppressions Group = "suppressions"
	GroupPolicy       Group = "policy"
	GroupProbe        Group = "probe"
)

var groups = [...]struct {
	group Group
	title string
}{
	{GroupStructure, "Structure"},
	{GroupValidation, "Loong's own validation"},
	{GroupProvider, "Choosing the provider"},
	{GroupAddresses, "Addresses"},
	{GroupWire, "Wire format"},
	{GroupCredentials, "Credentials"},
	{GroupHeaders, "Headers"},
	{GroupModels, "Models and numbers"},
	{GroupChannels, "Channels, tools and the rest"},
	{GroupVersions, "Versions of Loong"},
	{GroupAcross, "Across files"},
	{GroupSuppressions, "Suppressions"},
	{GroupPolicy, "Policy of loonglint.toml"},
	{GroupProbe, "What the probe finds"},
}

// Groups lists all groups in the order of the documentation.
func Groups() []Group {
	var list []Group
	for _, g := range groups {
		list = append(list, g.group)
	}
	return list
}

// Title is the heading of a group; empty for one that does not exist.
func (g Group) Title() string {
	for _, known := range groups {
		if known.group == g {
			return known.title
		}
	}
	return ""
}
