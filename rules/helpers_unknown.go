package rules

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// unknownClass tells which rule reports an unknown key.
type unknownClass uint8

const (
	unknownPlain     unknownClass = iota // unknown-key
	unknownNewer                         // newer-key
	unknownRemoved                       // removed-key
	unknownMisplaced                     // misplaced-top-level-key
	unknownNested                        // nested-profile
	unknownForbidden                     // a decoding problem, reported as such
	unknownRequired                      // the misspelling of a required key: missing-required-key
	unknownNameless                      // it has no key: an item of a table by position
)

// unknown is a key that Loong does not know where it stands.
type unknown struct {
	node   *document.Node
	parent schema.Value
	class  unknownClass
}

// unknownAt looks at a key of the class lint.Unknown; what is below one is not looked at.
func unknownAt(p *lint.Pass, v, parent schema.Value) unknown {
	if v.Node.Name() == "" && v.Node.Key().Len() == 0 {
		return unknown{class: unknownNameless}
	}
	if parent.Type().Requires() { // misspelledRequired remembers more than one key
		return unknown{v.Node, parent, classify(p, v.Node, parent)}
	}
	return unknown{v.Node, parent, lint.Once(p, v.Node, func() unknownClass { return classify(p, v.Node, parent) })}
}

func classify(p *lint.Pass, n *document.Node, parent schema.Value) unknownClass {
	switch t := parent.Type(); {
	case t != nil && (t.DenyUnknown || t.Kind == schema.Secret || t.Kind == schema.Variants):
		return unknownForbidden
	case misspelledRequired(p, t, parent.Node) == n:
		return unknownRequired
	case isNewer(parent.Path.ChildOf(n), parent.Target()):
		return unknownNewer
	case removedAt(parent.Path, n.Name()) != nil:
		return unknownRemoved
	case parent.Path != schema.RootPath && isMisplaced(n, parent.Target()):
		return unknownMisplaced
	case isProfile(parent.Path) && (n.Kind.IsTable() || n.Kind == document.ArrayOfTables) && !isTypo(n, parent.Type(), parent.Target()):
		return unknownNested
	}
	return unknownPlain
}

// misspelledRequired returns the key of a table that is nearly a required one that is missing.
func misspelledRequired(p *lint.Pass, t *schema.Type, table *document.Node) *document.Node {
	if !t.Requires() {
		return nil
	}
	return lint.Once(p, table, func() *document.Node { return findMisspelled(t, table) })
}

func findMisspelled(t *schema.Type, table *document.Node) *document.Node {
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Required && table.At(f.Name) == nil {
			for _, n := range table.Entries {
				if near := nearestKeys(t, n.Name(), 0); t.Field(n.Name()) == nil && len(near) == 1 && near[0] == f.Name {
					return n
				}
			}
		}
	}
	return nil
}

// onlyNested tells of one provider table whether it holds nothing but tables that it does not know.
type onlyNested struct {
	in *document.Node
	is bool
}

// isOnlyNested reports whether a provider table holds nothing but such tables, so that these explain what it lacks. The rule
// must have no other use for Pass.State.
func isOnlyNested(p *lint.Pass, table *document.Node) bool {
	o, _ := p.State.(*onlyNested)
	if o == nil || o.in != table {
		t := schema.PathOf("provider").Type()
		o = &onlyNested{table, !slices.ContainsFunc(table.Entries, func(e *document.Node) bool {
			return !e.Kind.IsTable() || t.Field(e.Name()) != nil
		})}
		p.State = o
	}
	return o.is
}

// isTypo reports whether a table written as key = { … } is nearly one that t knows.
func isTypo(n *document.Node, t *schema.Type, target schema.Target) bool {
	if inHeader(n) {
		return false
	}
	near, _ := nearKeys(t, n.Name(), target)
	return len(near) > 0 && fitsShape(n, t.Field(near[0]).Shape)
}

func isProfile(path schema.PathID) bool {
	t := path.Type()
	return t != nil && t.Name == "ProviderProfileConfig"
}

// isMisplaced reports whether n, an unknown key below a header, is a top-level key of Loong
// that its line alone would have made one.
func isMisplaced(n *document.Node, target schema.Target) bool {
	path := schema.RootPath.ChildOf(n).In(target)
	if path == schema.NoPath || inHeader(n) {
		return false
	}
	if path.Shape().Op == schema.OpString {
		return !n.Kind.IsTable() && !n.Kind.IsArray()
	}
	return n.Kind.IsTable()
}

// otherName returns the key of t that is meant by a name that other programs use for it.
func otherName(t *schema.Type, written string, target schema.Target) string {
	for _, pair := range otherNames {
		if suggest.Folded(pair[0], written) && t.FieldIn(pair[1], target) != nil {
			return pair[1]
		}
	}
	return ""
}

// fieldNames lists the keys that a version has in a type.
func fieldNames(t *schema.Type, target schema.Target) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range t.Fields {
			if !t.Fields[i].Missing.Has(target) && !yield(t.Fields[i].Name) {
				return
			}
		}
	}
}

// nearestKeys lists the keys that a version has in a type and that are nearest to what is written.
func nearestKeys(t *schema.Type, written string, target schema.Target) []string {
	return suggest.NearestReady(written, readyWords(t), func(i int) bool { return !t.Fields[i].Missing.Has(target) })
}

// readyWords are all keys of a type, made ready once.
func readyWords(t *schema.Type) []suggest.Word {
	if words, ok := readyKeys.Load(t); ok {
		return words.([]suggest.Word)
	}
	names := make([]string, len(t.Fields))
	for i := range t.Fields {
		names[i] = t.Fields[i].Name
	}
	words, _ := readyKeys.LoadOrStore(t, suggest.Ready(names))
	return words.([]suggest.Word)
}

// readyKeys has what readyWords made, by type.
var readyKeys sync.Map

// nearKeys lists the keys of t that a name may mean, at most three; typo tells that they
// differ from it by a few letters, not only in meaning.
func nearKeys(t *schema.Type, written string, target schema.Target) (near []string, typo bool) {
	if t == nil {
		return nil, false
	}
	if near := nearestKeys(t, written, target); near != nil {
		return near, true
	}
	if other := otherName(t, written, target); other != "" {
		return []string{other}, false
	}
	return suggest.PartsReady(written, readyWords(t), func(i int) bool { return !t.Fields[i].Missing.Has(target) }), false
}

// mostHomes is how many tables may know a key for its place to be worth telling.
const mostHomes = 8

// pathsOfName lists the tables that know a key of this name, those around and below here first;
// nothing when there are so many that naming some tells nothing.
func pathsOfName(name string, table schema.Value) []string {
	if !isKeyOfAny(name) {
		return nil
	}
	here := table.Path
	var near, all []string
	for id := schema.RootPath + 1; int(id) < schema.PathCount; id++ {
		if field := id.Field(); field == nil || field.Name != name || id.In(table.Target()) == schema.NoPath {
			continue
		}
		home := id.Parent()
		path := home.String()
		if home == here || strings.Contains(path, "accounts.<id>") || strings.HasPrefix(path, "provider.") || path == "provider" {
			continue
		}
		if here != schema.RootPath && (home.Under(here) || here.Under(home)) {
			near = append(near, path)
		}
		all = append(all, path)
	}
	if near != nil {
		all = near
	}
	if len(all) > mostHomes {
		return nil
	}
	return all
}

// isKeyOfAny reports whether any table knows a key of this name.
func isKeyOfAny(name string) bool {
	for i := range schema.Types {
		if schema.Types[i].Field(name) != nil {
			return true
		}
	}
	return false
}

// joinPaths names tables for people: "[telegram]", "[tools.web] or the top level"; of more than
// three the first two.
func joinPaths(paths []string) string {
	if len(paths) > suggest.Most {
		return joinPaths(paths[:1]) + ", " + joinPaths(paths[1:2]) + " and others"
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		if names[i] = "[" + p + "]"; p == "" {
			names[i] = "the top level"
		}
	}
	return joinWords(names, " or ")
}

// sectionsBelow lists the names of top-level sections that stand one level too deep, below an
// unknown table: [config.telegram].
func sectionsBelow(n *document.Node, target schema.Target) []string {
	var found []string
	for _, c := range n.Entries {
		if p := schema.RootPath.Child(c.Name()).In(target); p != schema.NoPath && c.Kind.IsTable() && !slices.Contains(found, c.Name()) {
			found = append(found, c.Name())
		}
	}
	return found
}
