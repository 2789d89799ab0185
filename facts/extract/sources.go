package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/rules"
)

// sourcesPath says of each entry that people wrote which of Loong's source files it stands on, with the beginning of the
// hash that each had when the entry was read. An entry is "FILE#ID".
const sourcesPath = "facts/sources.json"

func readSources(root string) (map[string]map[string]string, error) {
	b, err := os.ReadFile(filepath.Join(root, sourcesPath))
	if err != nil {
		return nil, err
	}
	var s struct {
		Entries map[string]map[string]string `json:"entries"`
	}
	err = json.Unmarshal(b, &s)
	return s.Entries, err
}

// staleEntry is an entry with the files that are not as they were when it was read.
type staleEntry struct {
	name  string
	files []string
}

// stale lists the entries to read again.
func stale(entries map[string]map[string]string, hashes map[string]string) (list []staleEntry) {
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		var changed []string
		for _, file := range slices.Sorted(maps.Keys(entries[name])) {
			switch now := hashes[file]; {
			case now == "":
				changed = append(changed, file+" (gone)")
			case now != entries[name][file]:
				changed = append(changed, file)
			}
		}
		if changed != nil {
			list = append(list, staleEntry{name, changed})
		}
	}
	return list
}

// unlisted are the entries that no source files are noted for yet.
func unlisted(entries map[string]map[string]string, texts map[string]string) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if entries[name] == nil {
			names = append(names, "`"+name+"`")
		}
	}
	return names
}

// sourceReport lists the facts that stand on sources that changed, and the rules that report them.
func sourceReport(r *report, entries map[string]map[string]string, hashes map[string]string) {
	list := stale(entries, hashes)
	r.say(len(list) == 0, "\n## Facts that people wrote\n\n%d of %d entries stand on source files that changed since they were read.", len(list), len(entries))
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(r.out)
	byFiles := map[string][]string{}
	ids := map[string]bool{}
	for _, e := range list {
		files := strings.Join(e.files, ", ")
		byFiles[files] = append(byFiles[files], "`"+e.name+"`")
		_, id, _ := strings.Cut(e.name, "#")
		ids[id] = true
	}
	for _, files := range slices.Sorted(maps.Keys(byFiles)) {
		fmt.Fprintf(r.out, "- %s: %s\n", files, strings.Join(byFiles[files], ", "))
	}
	fmt.Fprintf(r.out, "\nRead them again, then `make facts-read LOONG=… REV=… ENTRY=NAME` notes the files as read.\n\n## Rules to look at\n\n")
	none := true
	for _, rule := range rules.All() {
		var covers []string
		for _, id := range rule.Covers {
			if ids[id] {
				covers = append(covers, id)
			}
		}
		if covers != nil {
			none = false
			fmt.Fprintf(r.out, "- `%s`: %s\n", rule.Name, strings.Join(covers, ", "))
		}
	}
	if none {
		fmt.Fprintln(r.out, "None reports an entry of this list.")
	}
}

// sourceHashes are all Rust sources of a copy of Loong, by path, without tests and imports.
func sourceHashes(copied string) (hashes, texts map[string]string, err error) {
	hashes, texts = map[string]string{}, map[string]string{}
	err = filepath.WalkDir(filepath.Join(copied, "crates"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "loonglint-slice" || d.Name() == "tests" || d.Name() == "benches") {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() || !strings.HasSuffix(path, ".rs") || strings.HasSuffix(path, "tests.rs") {
			return nil
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(filepath.Join(copied, "crates"), path)
		rel = filepath.ToSlash(rel)
		plain, _, _ := strings.Cut(imports.ReplaceAllString(string(text), ""), "\n#[cfg(test)]\nmod ")
		hashes[rel], texts[rel] = fmt.Sprintf("%.6x", sha256.Sum256([]byte(plain))), plain
		return err
	})
	return hashes, texts, err
}

// imports stand in every file and say nothing of its own.
var imports = regexp.MustCompile(`(?m)^(pub(\([^)]*\))? )?use [^;]*;\n`)

var (
	anchor = regexp.MustCompile(`<a id="([^"]+)"></a>`)
	term   = regexp.MustCompile("[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|LOONG_[A-Z_]+|[A-Z][a-z]+[A-Z][A-Za-z]+")
	word   = regexp.MustCompile(`\w+`)
)

// entryTexts are the texts of all entries that people wrote, by name.
func entryTexts(root string) (map[string]string, error) {
	texts := map[string]string{}
	for _, name := range []string{"behaviour.md", "traps.md", "traps-2.md"} {
		b, err := os.ReadFile(filepath.Join(root, "docs", "loong", name))
		if err != nil {
			return nil, err
		}
		at := anchor.FindAllStringSubmatchIndex(string(b), -1)
		for i, m := range at {
			end := len(b)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			texts[name+"#"+string(b[m[2]:m[3]])] = string(b[m[1]:end])
		}
	}
	for _, of := range []struct{ name, list string }{{"conditions", "normalization"}, {"conditions", "late_rejections"}, {"descriptions", ""}} {
		b, err := os.ReadFile(filepath.Join(root, "facts", of.name+".json"))
		if err != nil {
			return nil, err
		}
		o, err := parseObject(b)
		if err != nil {
			return nil, fmt.Errorf("%s.json: %w", of.name, err)
		}
		for _, e := range o.list(of.list) {
			texts[of.name+".json#"+e.text("path")] += e.text("path") + " "
		}
		if types := o.object("types"); types != nil {
			for _, name := range types.keys {
				text, err := plainJSON(newObject(name, types.values[name]))
				if err != nil {
					return nil, err
				}
				texts[of.name+".json#"+name] = text
			}
		}
	}
	return texts, nil
}

// mostFiles is how many files an entry is taken to stand on at most; one that names more is about no file in particular.
const mostFiles = 4

// aboutProviders are the sources that behaviour.md is about.
var aboutProviders = regexp.MustCompile(`^app/src/(config/|provider|secrets|runtime_env)|^daemon/src/.*(doctor|provider)`)

// guessFiles are the files that name most of what an entry speaks of: its keys, types and variables, rare ones first; or,
// where it speaks of none, those that load a config and have its words in quotes.
func guessFiles(name, text string, naming map[string][]string) []string {
	files := rankFiles(term.FindAllString(text, -1), naming, func(file string) bool {
		return !strings.HasPrefix(name, "behaviour.md#") || aboutProviders.MatchString(file)
	})
	if len(files) == 0 {
		files = rankFiles(word.FindAllString(text, -1), naming, func(file string) bool { return strings.HasPrefix(file, "app/src/config/") })
	}
	switch {
	case len(files) > 0:
		return files
	case strings.HasPrefix(name, "behaviour.md#"):
		return []string{"app/src/config/provider.rs"}
	}
	return []string{"app/src/config/mod.rs"}
}

func rankFiles(words []string, naming map[string][]string, allowed func(string) bool) []string {
	score := map[string]float64{}
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		if files := naming[w]; len(files) <= 60 {
			for _, f := range files {
				if allowed(f) {
					score[f] += 1 / float64(len(files))
				}
			}
		}
	}
	files := slices.SortedFunc(maps.Keys(score), func(a, b string) int {
		return cmp.Or(cmp.Compare(score[b], score[a]), strings.Compare(a, b))
	})
	return files[:min(len(files), mostFiles)]
}

// markRead notes that entries were read at this commit: those of the names, or all that are not noted yet where there are
// none. The files of an entry that is noted already stay, but for those that are gone.
func markRead(root string, names []string, hashes, sources map[string]string) error {
	entries, err := readSources(root)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	texts, err := entryTexts(root)
	if err != nil {
		return err
	}
	naming := map[string][]string{}
	for _, file := range slices.Sorted(maps.Keys(sources)) {
		seen := map[string]bool{}
		for _, w := range word.FindAllString(sources[file], -1) {
			if !seen[w] {
				seen[w] = true
				naming[w] = append(naming[w], file)
			}
		}
	}
	for _, name := range names {
		if _, known := texts[name]; !known {
			return fmt.Errorf("no entry %q", name)
		}
	}
	after := map[string]map[string]string{}
	for name, text := range texts {
		files := map[string]string{}
		for file := range entries[name] {
			files[file] = hashes[file]
		}
		switch {
		case len(entries[name]) == 0:
			for _, file := range guessFiles(name, text, naming) {
				files[file] = hashes[file]
			}
		case !slices.Contains(names, name):
			files = entries[name]
		}
		maps.DeleteFunc(files, func(_, hash string) bool { return hash == "" })
		after[name] = files
	}
	return writeSources(root, after)
}

func writeSources(root string, entries map[string]map[string]string) error {
	var b strings.Builder
	b.WriteString("{\n \"about\": \"The source files of Loong that each entry stands on, with the beginning of the SHA-256 that each had when the entry was read. Which files those are was found by the names that an entry speaks of; correct a list where you know better.\",\n \"entries\": {")
	separator := ""
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		files, err := json.Marshal(entries[name]) // sorts its keys
		if err != nil {
			return err
		}
		b.WriteString(separator + "\n  " + quoteJSON(name) + ": " + string(files))
		separator = ","
	}
	b.WriteString("\n }\n}\n")
	return os.WriteFile(filepath.Join(root, sourcesPath), []byte(b.String()), 0o644) //nolint:gosec // a file of the repository
}
