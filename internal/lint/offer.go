package lint

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// dropDeciding takes back the fixes that also decide which profile is used, which none of them says: where Loong finds the
// active profile by its being equal to the [provider] table, one edit in either makes them differ, and the table a profile
// of its own (behaviour.md 2.4).
func dropDeciding(findings []*Finding, cfg *loong.Config) {
	active := cfg.Active()
	if cfg.Basis != loong.LegacyTable || active == nil || active.Legacy || !slices.ContainsFunc(findings, func(f *Finding) bool { return len(f.Fixes) > 0 }) {
		return
	}
	locator := document.NewLocator(cfg.Document)
	decides := func(e document.Edit) bool {
		for _, at := range [...]int{e.Span.Start, e.Span.End} {
			spot := locator.At(at)
			if in := spot.Table; in.Within(active.Node) || in.Within(cfg.Legacy.Node) {
				return true
			}
			if in := spot.Node; in.Within(active.Node) || in.Within(cfg.Legacy.Node) {
				return true
			}
		}
		return false
	}
	for _, f := range findings {
		f.Fixes = slices.DeleteFunc(f.Fixes, func(x Fix) bool { return slices.ContainsFunc(x.Edits, decides) })
	}
}
