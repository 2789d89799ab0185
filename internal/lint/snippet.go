package lint

// Line is a source line of a finding, masked and harmless, with what is marked in it.
type Line struct {
	Number int
	Text   string
	Marks  []Mark
}

// Mark is an underlined range of a Line, in bytes of its Text.
type Mark struct {
	Start, End int
	Label      string
	Primary    bool
}
