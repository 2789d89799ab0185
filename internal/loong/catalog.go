package loong

// Kind is a provider kind of the catalog. Strings are as in catalog.json; absent ones are empty.
type Kind struct {
	ID           string
	DisplayName  string
	Group        string
	Aliases      []string // the other spellings that TOML accepts, exact
	BaseURL      string
	ChatPath     string
	ModelsPath   string // may be an absolute address
	Placeholders []string
	// … the rest of catalog.json as far as something reads it
}
