// Command gen makes everything that is derived from the facts about Loong (the catalog, the structure tables, the JSON
// Schema), and the list of rules. It imports none of what it makes, so it works while that does not compile. Run it with
// go generate ./...; a test proves that its results are fresh.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/tools/rulefiles"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
)

// The second command needs what the first makes.
//
//go:generate go run .
//go:generate go run ../gendocs

// output is a generated file, by its path below the module's root.
type output struct {
	path string
	make func(*facts) ([]byte, error)
}

var outputs = []output{
	{"internal/secret/tables_gen.go", secretTables},
	{"internal/placeholder/tables_gen.go", placeholderTables},
	{"schema/targets_gen.go", targetTables},
	{"schema/tables_gen.go", schemaTables},
	{"schema/keys_gen.go", schemaKeys},
	{"schema/loong.schema.json", jsonSchema},
	{"rules/conditions_gen.go", makeConditions},
	{"rules/choices_gen.go", makeChoices},
	{"rules/traps_gen.go", makeTraps},
	{rulefiles.ListFile, func(f *facts) ([]byte, error) { return rulefiles.List(f.root) }},
	{"rules/gateway_gen.go", makeGateway},
	{"rules/registries_gen.go", makeRegistries},
	{"rules/texts_gen.go", makeTexts},
	{"rules/notkeys_gen.go", makeNotKeys},
	{"rules/vendors_gen.go", makeVendors},
	{"rules/modelnames_gen.go", makeModels},
	{"internal/audit/access_gen.go", makeAccess},
	{"internal/loong/catalog_gen.go", makeCatalog},
	{"internal/loong/channels_gen.go", channelTables},
	{"internal/loong/names_gen.go", makeNames},
	{"internal/loong/tools_gen.go", makeTools},
	{"internal/loong/unicode_gen.go", letterTables},
	{"internal/loong/unused_gen.go", makeUnused},
	{"internal/loong/validation_gen.go", validationTables},
	{"internal/weburl/unicode_gen.go", hostTables},
}

func main() {
	root, err := moduleRoot()
	if err == nil {
		err = generate(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = up
	}
}

// generate writes every output, or none where one cannot be made.
func generate(root string) error {
	f := newFacts(root)
	var files []writefiles.File
	for _, o := range outputs {
		b, err := o.make(f)
		if err != nil {
			return fmt.Errorf("%s: %w", o.path, err)
		}
		files = append(files, writefiles.File{Path: o.path, Content: b})
	}
	return writefiles.All(root, files)
}
