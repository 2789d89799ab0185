package render

import "github.com/loonglint/loonglint/internal/lint"

// Color is how a terminal is told to begin a color and to end it; the zero value leaves text plain.
type Color struct{ Begin, End string }

// Paint holds the colors of a report.
type Paint struct {
	levels               [4]Color
	Bold, Gutter, Second Color
}

// NewPaint returns the colors, or none.
func NewPaint(on bool) Paint {
	if !on {
		return Paint{}
	}
	const endBold, endAll = "\x1b[22m", "\x1b[0;22m"
	blue := Color{"\x1b[34;1m", endAll}
	return Paint{
		levels: [4]Color{lint.Error: {"\x1b[31;1m", endAll}, lint.Warning: {"\x1b[33;1m", endAll}, lint.Info: {"\x1b[36;1m", endAll}},
		Bold:   Color{"\x1b[1m", endBold}, Gutter: blue, Second: blue,
	}
}

// Level is the color of findings of a level.
func (p *Paint) Level(l lint.Level) Color {
	if int(l) < len(p.levels) {
		return p.levels[l]
	}
	return Color{}
}

// In colors a text.
func In(c Color, s string) string { return c.Begin + s + c.End }
