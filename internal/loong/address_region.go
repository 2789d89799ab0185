package loong

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/schema"
)

// Region is what fills <region> in the addresses of a kind that has one (behaviour.md 3.1).
type Region struct {
	Is    string
	Name  string // the variable that gives it
	State State  // Unset: no variable gives one; Declared, Unknown: one may
}

// fillRegion finds the first usable value of the kind's region variables. What may be in a
// variable of unknown value is not guessed.
func (p *Profile) fillRegion(env *Environment) {
	for _, name := range p.Kind.RegionEnvNames {
		text, state := env.Var(name)
		if !state.Known() {
			p.Region = Region{Name: name, State: state}
			return
		}
		if piece := firstPiece(text); piece != "" {
			p.Region = Region{Is: piece, Name: name, State: Set}
			return
		}
	}
}

// firstPiece is the usable part of a region variable: cut at commas, semicolons and line ends.
func firstPiece(s string) string {
	for _, piece := range strings.FieldsFunc(s, isSeparator) {
		if piece = trim(piece); piece != "" {
			return piece
		}
	}
	return ""
}

func isSeparator(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }

// inRegion fills the kind's region placeholder in an address, as far as the region is known.
func (p *Profile) inRegion(v Value[string]) Value[string] {
	if len(p.Kind.RegionEnvNames) == 0 || len(p.Kind.Placeholders) == 0 {
		return v
	}
	placeholder := p.Kind.Placeholders[0]
	if !strings.Contains(v.Val, placeholder) {
		return v
	}
	switch {
	case p.Region.Is != "":
		v.Val = strings.ReplaceAll(v.Val, placeholder, p.Region.Is)
		for i := range regionNames {
			if regionNames[i] == p.Region.Name {
				v.From.region = noteRegion + note(i) //nolint:gosec // a handful
			}
		}
	case p.Region.State == Unset:
		v.From.region = noteNoRegion
	default:
		v.From.region = noteRegionUnknown
	}
	return v
}

// AddressRegion is the region that an AWS host names (behaviour.md 4.8), or "".
func AddressRegion(address string) string {
	_, rest, ok := strings.Cut(trim(address), "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	host, _, _ := strings.Cut(ascii.Lower(rest), ":")
	if strings.ContainsAny(host, "<>%^| ") {
		return "" // no host
	}
	for _, prefix := range []string{"bedrock-runtime.", "bedrock."} {
		inner, ok := strings.CutPrefix(host, prefix)
		if !ok {
			continue
		}
		for _, suffix := range []string{".amazonaws.com", ".amazonaws.com.cn"} {
			if region, ok := strings.CutSuffix(inner, suffix); ok && region != "" {
				return region
			}
		}
	}
	return ""
}

// IsAWSRegion reports whether AWS has a region of this name below amazonaws.com (facts/aws.json).
func IsAWSRegion(name string) bool {
	_, ok := slices.BinarySearch(awsRegions, name)
	return ok
}

// SigningRegion is the region that requests of a kind with SigV4 use: that of an address as
// written or resolved, else the first variable that is not blank, whole (behaviour.md 4.8). The region chain of the
// AWS library beyond these variables is not followed: a blank variable gives Set and "", since
// the chain takes it up as an empty region.
func (p *Profile) SigningRegion(env *Environment) Region {
	written := func(key schema.Key) string { _, s := p.text(key); return s }
	for _, a := range []string{written(schema.KeyEndpoint), written(schema.KeyModelsEndpoint), written(schema.KeyBaseURL), p.Request.Val, p.Models.Val} {
		if r := AddressRegion(a); r != "" {
			return Region{Is: r, State: Set}
		}
	}
	var blankOne Region
	for _, name := range p.Kind.RegionEnvNames {
		text, state := env.Var(name)
		if !state.Known() || state == Set && !blank(text) {
			return Region{Is: trim(text), Name: name, State: state}
		}
		if state == Set && blankOne.Name == "" {
			blankOne = Region{Name: name, State: Set}
		}
	}
	return blankOne
}
