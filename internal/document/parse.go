package document

// Parse reads a TOML document.
func Parse(name string, src []byte) *Document { panic("todo") }

// At returns the node under a path of decoded keys, or nil; it may be called on nil.
func (n *Node) At(path ...string) *Node { panic("todo") }

// Path lists the decoded keys from the root to n; array entries are "[0]".
func (n *Node) Path() []string { panic("todo") }

// KeyPath is n's path in TOML's spelling, keys quoted where needed: providers."a.b".stop[0].
func (n *Node) KeyPath() string { panic("todo") }

// Place is the best span to point at when n itself is meant: its header, else its key, else its value.
func (n *Node) Place() Span { panic("todo") }

// Int returns the value of an Integer.
func (n *Node) Int() int64 { panic("todo") }

// Float returns the value of a Float or Integer.
func (n *Node) Float() float64 { panic("todo") }

// Bool returns the value of a Bool.
func (n *Node) Bool() bool { panic("todo") }

// Position computes the line and column of a byte offset; offsets outside the source are clipped.
func (d *Document) Position(offset int) Position { panic("todo") }
