package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strconv"

	"github.com/loonglint/loonglint/internal/redact"
)

// nameOf is what a file is called in fingerprints and in the baseline.
func (o *Options) nameOf(file string) string {
	if o.NameOf != nil {
		file = o.NameOf(file)
	}
	return filepath.ToSlash(file)
}

// fingerprint gives each finding that has none yet, in order, what it is recognized by in a later run
// (contract.md, "loonglint.v1"): rule, path, key path, the value unless it could be a secret, and
// an ordinal for repeats.
func (o *Options) fingerprint(all []*Finding, s *redact.Document) {
	repeats := make(map[string]int, len(all))
	file, name := "", "" // the latest; to name a file is to ask the file system
	for _, f := range all {
		if f.Fingerprint != "" {
			continue
		}
		if name == "" || f.File != file {
			file, name = f.File, redact.Text(o.nameOf(f.File))
		}
		id := f.Rule.Name + "\x00" + name + "\x00" + s.Text(f.KeyPath) + "\x00"
		if value := s.Hashable(f.node); value != "" {
			sum := sha256.Sum256([]byte(value))
			id += hex.EncodeToString(sum[:])
		}
		repeats[id]++
		sum := sha256.Sum256([]byte(id + "\x00" + strconv.Itoa(repeats[id])))
		f.Fingerprint = hex.EncodeToString(sum[:])
	}
}
