package loong

// State is what is known of a variable or file.
type State uint8

// The states. Declared and Unknown values pass every check on values.
const (
	Unset    State = iota
	Set            // there, and the value is known
	Declared       // there, the value is not known (--env-names)
	Unknown        // nothing is known (--env=static)
)

// Environment is the world a configuration is read in (contract.md, "three worlds").
// The zero value knows no variable.
type Environment struct {
	// Lookup returns a variable's value; nil means that nothing is known about variables.
	Lookup func(name string) (string, State)
	// Files reports whether files of this machine may be looked at (live world only). Only
	// their presence and whether they are empty is looked at, never printed.
	Files bool
	// Names lists the names that are set, for did-you-mean; may be nil.
	Names func() []string
}

// Var looks up a variable.
func (e *Environment) Var(name string) (string, State) {
	if e == nil || e.Lookup == nil {
		return "", Unknown
	}
	return e.Lookup(name)
}
