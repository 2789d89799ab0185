package rules

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

// isNewer reports whether the key at a path is one of versions after the target alone.
func isNewer(path schema.PathID, target schema.Target) bool {
	return path != schema.NoPath && path.In(target) == schema.NoPath && target.Before(path.Since())
}

// byNode gathers the versions that a node is otherwise for.
type byNode struct {
	sets  map[*document.Node]schema.Targets
	order []*document.Node
}

func (b *byNode) add(n *document.Node, target schema.Target) {
	if b.sets == nil {
		b.sets = map[*document.Node]schema.Targets{}
	}
	if b.sets[n] == 0 {
		b.order = append(b.order, n)
	}
	b.sets[n] = b.sets[n].With(target)
}

// verb is "ignores it" after one version, and "ignore it" after several.
func verb(set schema.Targets, one, many string) string {
	if len(set.List()) > 1 {
		return set.Title() + " " + many
	}
	return set.Title() + " " + one
}

// knownSince adds to a finding about a word that a later version knows it.
func knownSince(f *lint.Finding, b *schema.Problem, word string, target schema.Target) {
	if lacks := lacking(b.Type, word); lacks.Has(target) {
		f.WithNote("%s knows it; %s refuses the whole file for it", (schema.AllTargets &^ lacks).First().Title(), target.Title())
	}
}

// lacking is the set of the versions that do not know a word of an enum; none for what is no word.
func lacking(t *schema.Type, word string) schema.Targets {
	if t == nil {
		return 0
	}
	for i := range t.Values {
		if w := &t.Values[i]; w.Value == word || slices.Contains(w.Aliases, word) {
			return w.Lacks(word)
		}
	}
	return 0
}

// defaultShown is a default as people read it: what Loong computes without its mark.
func defaultShown(text string) string {
	var computed struct{ Expr string }
	if strings.HasPrefix(text, "{") && json.Unmarshal([]byte(text), &computed) == nil && computed.Expr != "" {
		return computed.Expr
	}
	return text
}
