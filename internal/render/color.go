package render

import (
	"github.com/fatih/color"

	"github.com/loonglint/loonglint/internal/lint"
)

// Paint holds the colors of a report; a nil color writes plain text.
type Paint struct {
	levels               [4]*color.Color
	Bold, Gutter, Second *color.Color
}

// NewPaint returns the colors, or none.
func NewPaint(on bool) Paint {
	if !on {
		return Paint{}
	}
	p := Paint{
		levels: [4]*color.Color{lint.Error: color.New(color.FgRed, color.Bold), lint.Warning: color.New(color.FgYellow, color.Bold),
			lint.Info: color.New(color.FgCyan, color.Bold)},
		Bold: color.New(color.Bold), Gutter: color.New(color.FgBlue, color.Bold), Second: color.New(color.FgBlue, color.Bold),
	}
	for _, c := range [...]*color.Color{p.levels[lint.Error], p.levels[lint.Warning], p.levels[lint.Info], p.Bold, p.Gutter, p.Second} {
		c.EnableColor()
	}
	return p
}

// Level is the color of findings of a level.
func (p *Paint) Level(l lint.Level) *color.Color {
	if int(l) < len(p.levels) {
		return p.levels[l]
	}
	return nil
}

// In colors a text; c may be nil.
func In(c *color.Color, s string) string {
	if c == nil {
		return s
	}
	return c.Sprint(s)
}
