package rules

import (
	"math"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// offerRename attaches the fix that gives a key the name that is meant. A number whose unit differs by the names is
// scaled, so that 90 seconds stay 90 seconds; where nobody can tell its unit there is no fix, nor where Loong could not
// read the value, which it ignores as it is.
func offerRename(p *lint.Pass, f *lint.Finding, n *document.Node, to string) {
	path := schema.PathOfNode(n.Parent).Child(to)
	if !schema.Decodes(n, path, p.Config.Target) {
		return
	}
	edits := []document.Edit{renameKey(n, to)}
	what := "rename it to " + to
	if n.Kind == document.Integer {
		written, meant := unitOfName(n.Name()), unitOfName(to)
		if counts := unitOf(to); counts != "" && meant != written {
			help, isQuestion := strings.CutSuffix(f.Help, "?")
			if f.Help = help + ", in " + counts; isQuestion {
				f.Help += "?"
			}
		}
		number, ok := n.Int(), !isLimited(path, n.Int())
		if meant != written && !suggest.Folded(n.Name(), to) {
			number, ok = convert(number, written, meant, path)
		}
		if !ok {
			return
		}
		if number != n.Int() {
			text := strconv.FormatInt(number, 10)
			what += " and write " + text
			edits = append(edits, document.Edit{Span: n.Value(), Text: text})
		}
	}
	f.WithFix(lint.Unsafe, what, edits...)
}

// convert is a number in the other unit that the key at path counts; false where that is not sure.
func convert(number int64, written, meant unit, path schema.PathID) (int64, bool) {
	switch {
	case meant.of != ofTime:
		return number, written.of == ofNothing // a number of tokens is no number of characters
	case written.of == ofTime:
		number, ok := rescale(number, written.size, meant.size)
		return number, ok && !isLimited(path, number)
	case written.of != ofNothing:
		return 0, false
	}
	for _, size := range [...]int64{millisecond, second} {
		if inUnit, ok := rescale(number, size, meant.size); ok && !isOtherwise(path, inUnit) {
			other, fits := rescale(number, millisecond+second-size, meant.size)
			if !fits || isOtherwise(path, other) {
				return inUnit, true
			}
		}
	}
	return 0, false
}

// rescale is a number of one unit in another; false where it is no whole number there.
func rescale(number, from, to int64) (int64, bool) {
	if number < 0 || number > math.MaxInt64/from || number*from%to != 0 {
		return 0, false
	}
	return number * from / to, true
}

// isOtherwise reports whether a number is surely not meant in the unit of the time at path: Loong would limit it, or it is
// a hundredth of the default and less, or a hundred times as much and more.
func isOtherwise(path schema.PathID, number int64) bool {
	if isLimited(path, number) {
		return true
	}
	usual := defaultNumber(path)
	return usual <= 0 || number <= usual/100 || number/100 >= usual
}

// isLimited reports whether Loong takes the limit for a number at path.
func isLimited(path schema.PathID, number int64) bool {
	c := conditionAt(&normalizationAt, normalizationCases[:], path)
	return c != nil && c.kind == caseClamp && (number < c.min || c.max >= 0 && number > c.max)
}

// defaultNumber is the number that Loong uses where a key is not written; 0 where there is none.
func defaultNumber(path schema.PathID) int64 {
	decl := path.Field()
	if decl == nil {
		return 0
	}
	for _, text := range [...]string{decl.Default, decl.EffectiveDefault} {
		if number, err := strconv.ParseInt(text, 10, 64); err == nil {
			return number
		}
	}
	return 0
}

// A unit is what the last word of a key's name counts.
type unit struct {
	of   measure
	size int64 // of a time, in milliseconds; of others it tells them apart
}

type measure uint8

const (
	ofNothing measure = iota // no unit, or none that is known
	ofEither                 // one of several units
	ofTime
	ofText
	ofMemory
)

const (
	millisecond = 1
	second      = 1000 * millisecond
	minute      = 60 * second
	hour        = 60 * minute
	day         = 24 * hour
)

// unitOfName is the unit that a key's name ends in, however its words are joined.
func unitOfName(name string) unit {
	last := strings.LastIndexAny(name, "_-. ") + 1
	for i := last + 1; i < len(name); i++ {
		if isCapital(name[i]) && !isCapital(name[i-1]) {
			last = i
		}
	}
	switch ascii.Lower(name[last:]) {
	case "ms", "msec", "msecs", "millis", "millisecond", "milliseconds":
		return unit{ofTime, millisecond}
	case "s", "sec", "secs", "second", "seconds":
		return unit{ofTime, second}
	case "m": // minutes, or ms misspelled
		return unit{of: ofEither}
	case "min", "mins", "minute", "minutes":
		return unit{ofTime, minute}
	case "h", "hr", "hrs", "hour", "hours":
		return unit{ofTime, hour}
	case "d", "day", "days":
		return unit{ofTime, day}
	case "chars", "characters":
		return unit{ofText, 1}
	case "tokens":
		return unit{ofText, 2}
	case "bytes":
		return unit{ofMemory, 1}
	case "kb", "kib":
		return unit{ofMemory, 2}
	case "mb", "mib":
		return unit{ofMemory, 3}
	}
	return unit{}
}

func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }
