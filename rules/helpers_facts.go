package rules

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/bits"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// Seal makes of secrets what may leave the process: digests that are equal where the secrets are.
// Without a key only secrets that nobody can guess get one.
type Seal struct {
	Key    []byte // shared by all who compare; nil: none
	Unable int    // counts the secrets that got none
}

// digest is of a secret's hash; guessable tells that the secret could be found by trying.
func (s *Seal) digest(h keyHash, guessable bool) (string, bool) {
	if s.Key == nil && guessable {
		s.Unable++
		return "", false
	}
	m := hmac.New(sha256.New, s.Key)
	m.Write([]byte("loonglint key-in-several-files\x00"))
	m.Write(h[:])
	return hex.EncodeToString(m.Sum(nil)), true
}

// factItem is a fact of any of the rules across files on its way to another process.
type factItem struct {
	Digest  string     `json:"digest,omitempty"`
	Name    string     `json:"name,omitempty"`
	Profile string     `json:"profile,omitempty"`
	Kind    string     `json:"kind,omitempty"`
	Host    string     `json:"host,omitempty"` // with its scheme: all that is compared of an address
	At      lint.Place `json:"at"`
}

// Facts is what a rule collected of one file, packed for UnpackFact in another process.
type Facts []factItem

// PackFacts packs what a rule collected of one file, which holds no secret but those that seal takes. Nothing may be left to tell.
func PackFacts(is any, seal *Seal) (Facts, error) {
	var items Facts
	switch list := is.(type) {
	case []literalKey:
		for i := range list {
			if d, ok := seal.digest(list[i].hash, list[i].guessable); ok {
				items = append(items, packService(factItem{Digest: d, Profile: list[i].profile, At: list[i].at}, list[i].service))
			}
		}
	case []profileFact:
		items = make(Facts, 0, len(list))
		for i := range list {
			items = append(items, packService(factItem{Name: list[i].id, At: list[i].at}, list[i].service))
		}
	case []variableUse:
		items = make(Facts, 0, len(list))
		for i := range list {
			items = append(items, packService(factItem{Name: list[i].name, Profile: list[i].profile, At: list[i].at}, list[i].service))
		}
	default:
		return nil, fmt.Errorf("no way to pack %T", is)
	}
	return items, nil
}

func packService(f factItem, s service) factItem {
	if s.kind != nil {
		f.Kind, f.Host = s.kind.ID, s.request // as kept leaves it
	}
	return f
}

// AppendJSON appends the facts as their fields are tagged.
func (f Facts) AppendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '[')
	for i := range f {
		w.Begin("", '{')
		w.TextIfAny("digest", f[i].Digest)
		w.TextIfAny("name", f[i].Name)
		w.TextIfAny("profile", f[i].Profile)
		w.TextIfAny("kind", f[i].Kind)
		w.TextIfAny("host", f[i].Host)
		appendPlace(w, "at", &f[i].At)
		w.End('}')
	}
	w.End(']')
}

func appendPlace(w *jsonwrite.Writer, key string, at *lint.Place) {
	w.Begin(key, '{')
	w.Begin("Span", '{')
	w.Number("Start", at.Span.Start)
	w.Number("End", at.Span.End)
	w.End('}')
	appendPosition(w, "Start", at.Start)
	appendPosition(w, "End", at.End)
	w.Text("Key", at.Key)
	w.End('}')
}

func appendPosition(w *jsonwrite.Writer, key string, p document.Position) {
	w.Begin(key, '{')
	w.Number("Line", p.Line)
	w.Number("Column", p.Column)
	w.Number("Offset", p.Offset)
	w.End('}')
}

// UnpackFact decodes a fact of a rule.
func UnpackFact(r *lint.Rule, raw []byte) (any, error) {
	var items []factItem
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("facts of %s: %w", r.Name, err)
	}
	switch r {
	case &keyInSeveralFiles:
		return unpack(items, func(f *factItem, s service) (k literalKey) {
			k = literalKey{profile: f.Profile, service: s, at: f.At}
			hex.Decode(k.hash[:], []byte(f.Digest[:min(len(f.Digest), 2*len(k.hash))])) // a bad one equals no other
			return k
		})
	case &profileDiffersBetweenFiles:
		return unpack(items, func(f *factItem, s service) profileFact { return profileFact{f.Name, s, f.At} })
	case &variableUsedForTwoKinds:
		return unpack(items, func(f *factItem, s service) variableUse {
			return variableUse{name: f.Name, profile: f.Profile, service: s, at: f.At}
		})
	}
	return nil, fmt.Errorf("%s is not a rule across files", r.Name)
}

func unpack[T any](items []factItem, one func(*factItem, service) T) (any, error) {
	list := make([]T, len(items))
	for i := range items {
		var s service
		if items[i].Kind != "" {
			k := loong.KindByName(items[i].Kind)
			if k == nil {
				return nil, fmt.Errorf("no kind %q", items[i].Kind)
			}
			s = service{kind: k, request: items[i].Host}
		}
		list[i] = one(&items[i], s)
	}
	return list, nil
}

// FactPlaces lists the places that a fact is about.
func FactPlaces(is any) []lint.Place {
	var list []lint.Place
	switch facts := is.(type) {
	case []literalKey:
		for i := range facts {
			list = append(list, facts[i].at)
		}
	case []profileFact:
		for i := range facts {
			list = append(list, facts[i].at)
		}
	case []variableUse:
		for i := range facts {
			list = append(list, facts[i].at)
		}
	}
	return list
}

// guessable reports whether a secret could be found by trying: it has no run of 20 letters and
// digits that looks like drawn by lot.
func guessable(text string) bool {
	run, digits, letters, seen := 0, 0, 0, uint64(0)
	for i := range len(text) {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			digits++
			seen |= 1 << (c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
			seen |= 1 << ((c | 0x20) - 'a' + 10)
		default:
			run, digits, letters, seen = 0, 0, 0, 0
			continue
		}
		if run++; run >= 20 && digits >= 4 && letters >= 4 && bits.OnesCount64(seen) >= 12 {
			return false
		}
	}
	return true
}
