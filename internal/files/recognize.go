package files

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Foreign is the reason why a file is not a configuration of Loong.
type Foreign string

func (f Foreign) Error() string { return "not a config of Loong: " + string(f) }

const (
	hasSettings   Foreign = "it holds the settings of loonglint"
	hasNothing    Foreign = "it has no active_provider, no profile and fewer than two sections of Loong"
	hasOthers     Foreign = "most of its sections are not Loong's"
	hasNoProvider Foreign = "it is not TOML, and no line begins with [providers. or [provider]"
)

// enoughSections is how many sections make a file without profiles a configuration of Loong.
const enoughSections = 2

// Recognize decides by name and content whether a parsed file is a configuration of Loong; the
// error, a Foreign, says why it is not.
func Recognize(path string, doc *document.Document) error {
	switch name := filepath.Base(path); {
	case name == settingsName:
		return hasSettings
	case named(path):
		return nil
	}
	return recognizeContent(doc)
}

// settingsName is the file of loonglint's own settings, which is never a configuration of Loong.
const settingsName = "loonglint.toml"

// named reports whether a file has a name that only configurations of Loong have.
func named(path string) bool {
	name := filepath.Base(path)
	if !mayTake(name) {
		return false
	}
	return name == "loong.toml" || strings.HasSuffix(name, ".loong.toml") || filepath.Base(filepath.Dir(path)) == ".loong"
}

// recognizeContent is Recognize without the name. Other programs have sections of the same names, so a
// name alone tells nothing: its keys must be Loong's, too.
func recognizeContent(doc *document.Document) error {
	if doc.Err != nil || len(doc.Problems) > 0 {
		return recognizeBroken(doc)
	}
	root := doc.Root
	if active := root.At(schema.KeyActiveProvider.String()); active != nil && active.Kind == document.String {
		return nil
	}
	err := recognizeProfiles(root)
	if err != hasNothing {
		return err
	}
	_, unknown := countSections(root)
	switch {
	case sections(root) < enoughSections:
		return hasNothing
	case unknown > 0:
		return hasOthers
	}
	return nil
}

// recognizeProfiles is Recognize for what the profiles tell: hasNothing when no profile has a key.
func recognizeProfiles(root *document.Node) error {
	all := profiles(root)
	if slices.ContainsFunc(all, hasKind) {
		return nil
	}
	known, unknown := countSections(root)
	switch {
	case len(all) == 0:
		return hasNothing
	case !slices.ContainsFunc(all, hasProfileKeys):
		return Foreign("no kind of Loong and keys that are not Loong's in [" + all[0].KeyPath() + "]")
	case known <= unknown:
		return hasOthers
	}
	return nil
}

// recognizeBroken decides about a file that is not TOML by its lines; what could be read of it may
// tell that it belongs to another program.
func recognizeBroken(doc *document.Document) error {
	if !hasProviderLine(doc.Source) {
		return hasNoProvider
	}
	if doc.Err != nil {
		return nil
	}
	err := recognizeProfiles(doc.Root)
	if err == hasNothing {
		return nil
	}
	return err
}

// profileShape is the shape of [providers.NAME]; it has the keys of [provider], too.
func profileShape() schema.Shape {
	return schema.Types[0].Field(schema.KeyProviders.String()).Shape.Item()
}

// profiles lists the tables that would be profiles of Loong and have keys.
func profiles(root *document.Node) []*document.Node {
	var list []*document.Node
	if p := root.At(schema.KeyProvider.String()); p != nil && p.Kind.IsTable() && len(p.Entries) > 0 {
		list = append(list, p)
	}
	if all := root.At(schema.KeyProviders.String()); all != nil && all.Kind.IsTable() {
		for _, p := range all.Entries {
			if p.Kind.IsTable() && len(p.Entries) > 0 {
				list = append(list, p)
			}
		}
	}
	return list
}

// countKeys counts the keys of a table that Loong knows there, and the others.
func countKeys(n *document.Node, t *schema.Type) (known, unknown int) {
	for _, e := range n.Entries {
		if t.Index(e.Name()) >= 0 && !isOtherAddress(e) {
			known++
		} else {
			unknown++
		}
	}
	return known, unknown
}

// hasProfileKeys reports whether a table has the keys of a profile; without a kind it may have no others.
func hasProfileKeys(n *document.Node) bool {
	known, unknown := countKeys(n, profileShape().Type())
	if n.At(schema.KeyKind.String()) != nil {
		return known > unknown
	}
	return known > 0 && unknown == 0
}

// isOtherAddress reports whether a value is an address that Loong cannot ask, such as unix:///run/x.sock.
func isOtherAddress(n *document.Node) bool {
	if n.Kind != document.String {
		return false
	}
	scheme, _, ok := strings.Cut(n.Text(), "://")
	scheme = strings.ToLower(strings.TrimSpace(scheme))
	return ok && scheme != "http" && scheme != "https" && strings.IndexByte(scheme, '$') < 0
}

// hasKind reports whether a table has a kind that Loong knows.
func hasKind(n *document.Node) bool {
	_, ok := schema.Value{Node: n, Shape: profileShape()}.At(schema.KeyKind).Word()
	return ok
}

// sections counts the sections whose keys are mostly Loong's.
func sections(root *document.Node) int {
	count := 0
	for _, n := range root.Entries {
		if t := sectionType(n); t != nil && n.Kind.IsTable() {
			if known, unknown := countKeys(n, t); known > unknown {
				count++
			}
		}
	}
	return count
}

// countSections counts the keys at the top of a file that are written as Loong's are, and the others.
func countSections(root *document.Node) (known, unknown int) {
	for _, n := range root.Entries {
		f := schema.Types[0].Field(n.Name())
		if f != nil && isTable(f) == (n.Kind.IsTable() || n.Kind == document.Invalid) {
			known++
		} else {
			unknown++
		}
	}
	return known, unknown
}

func isTable(f *schema.Field) bool { return f.Shape.Op == schema.OpType || f.Shape.Op == schema.OpMap }

// sectionType is the type of a section of Loong other than its profiles, or nil.
func sectionType(n *document.Node) *schema.Type {
	f := schema.Types[0].Field(n.Name())
	if f == nil || f.Key == schema.KeyProvider {
		return nil
	}
	return f.Shape.Type()
}

// Glance is Recognize for most foreign files, before they are parsed; it may let one pass.
func Glance(path string, src []byte) error {
	if !named(path) && !mayBeConfig(src) {
		return hasNothing
	}
	return nil
}

// mayBeConfig is a cheap look: false only where Recognize refuses the content.
func mayBeConfig(src []byte) bool {
	var first string
	for line := range bytes.Lines(src) {
		key := string(firstKey(line))
		f := schema.Types[0].Field(key)
		switch {
		case f == nil || key == first || f.Key == schema.KeyLastProvider:
		case f.Key == schema.KeyProvider, f.Key == schema.KeyProviders, f.Key == schema.KeyActiveProvider, first != "":
			return true
		default:
			first = key
		}
	}
	return hasEscapedKey(src)
}

// hasEscapedKey reports whether some line begins with a quoted key that holds an escape.
func hasEscapedKey(src []byte) bool {
	for line := range bytes.Lines(src) {
		line = bytes.TrimLeft(line, " \t[")
		if len(line) > 0 && line[0] == '"' && bytes.IndexByte(line, '\\') >= 0 {
			return true
		}
	}
	return false
}

// firstKey is the first part of a line's header or key, without quotes.
func firstKey(line []byte) []byte {
	line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	line = bytes.TrimLeft(line, " \t[")
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		quote := line[0]
		line = line[1:]
		if end := bytes.IndexByte(line, quote); end >= 0 {
			return line[:end]
		}
		return nil
	}
	if end := bytes.IndexAny(line, " \t.=]\r\n"); end >= 0 {
		return line[:end]
	}
	return line
}

func hasProviderLine(src []byte) bool {
	for line := range bytes.Lines(src) {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		if bytes.HasPrefix(line, []byte("[providers.")) || bytes.HasPrefix(line, []byte("[provider]")) {
			return true
		}
	}
	return false
}
