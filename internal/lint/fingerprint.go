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

// fingerprints reports whether findings get fingerprints.
func (o *Options) fingerprints() bool { return !o.NoFingerprints || o.Baseline != nil }

// fingerprint gives each finding that has none yet, in order, what it is recognized by in a later run
// (contract.md, "loonglint.v1"): rule, path, key path, the value unless it could be a secret, and
// an ordinal for repeats. The key path becomes that which is shown.
func fingerprint(all []*Finding, o *Options, s *redact.Document) {
	fresh := make([]*Finding, 0, len(all))
	for _, f := range all {
		if f.Fingerprint == "" {
			fresh = append(fresh, f)
		}
	}
	maskKeyPaths(fresh, s)
	repeats := make(map[string]int, len(fresh))
	file, name := "", "" // the latest; to name a file is to ask the file system
	var id []byte
	for _, f := range fresh {
		if name == "" || f.File != file {
			file, name = f.File, redact.Text(o.nameOf(f.File))
		}
		id = id[:0]
		for _, part := range [...]string{f.Rule.Name, name, f.KeyPath} {
			id = append(append(id, part...), 0)
		}
		if value := s.Hashable(f.node); value != "" {
			sum := sha256.Sum256([]byte(value))
			id = hex.AppendEncode(id, sum[:])
		}
		repeats[string(id)]++
		n := repeats[string(id)]
		sum := sha256.Sum256(strconv.AppendInt(append(id, 0), int64(n), 10))
		f.Fingerprint = string(hex.AppendEncode(id[:0], sum[:]))
	}
}
