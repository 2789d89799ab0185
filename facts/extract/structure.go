package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shapes is what the program structure prints.
type shapes struct {
	Root  string
	Types map[string]*typeShape
	Enums map[string]*shape
}

type typeShape struct {
	Path     []string
	Call     string
	AllGiven string `json:"all_given"`
	Unknown  string `json:"with_unknown_key"`
	Array    string `json:"empty_array"`
	Required []string
	NotBack  map[string]*string `json:"not_serialized"` // whose alias, if any
	Present  json.RawMessage
	Absent   json.RawMessage
	Fields   []struct {
		Name  string
		Shape shape
	}
}

type shape struct {
	Call      string
	Name      string
	Expecting string
	Variants  []string
	Wraps     []string
}

// notShown stands for a default that the program does not write out, and for a type that stands behind a flattened part.
const notShown = "?"

// structure asks for all that the program knows of itself, one thing a line; see structureFile.
func (p *program) structure(facts string) (*shapes, []string, error) {
	out, err := p.call("structure", nil)
	if err != nil {
		return nil, nil, fmt.Errorf("structure: %w", err)
	}
	s := new(shapes)
	if err := json.Unmarshal(out, s); err != nil {
		return nil, nil, err
	}
	s.rename()
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		lines = append(lines, typeLines(name, s.Types[name], name == s.Root)...)
	}
	for _, more := range []func() ([]string, error){
		func() ([]string, error) { return p.words(s, facts) },
		func() ([]string, error) { return p.kinds(s) },
		p.channels,
	} {
		found, err := more()
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, found...)
	}
	return s, lines, nil
}

var helperName = regexp.MustCompile(`(De|Serde|Raw|Helper)$`)

// rename gives a type that is read by way of a helper its own name.
func (s *shapes) rename() {
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		if own := helperName.ReplaceAllString(name, ""); own != name && s.Types[own] == nil {
			s.Types[own] = s.Types[name]
			delete(s.Types, name)
			for _, t := range s.Types {
				for i := range t.Fields {
					if t.Fields[i].Shape.Name == name {
						t.Fields[i].Shape.Name = own
					}
				}
			}
		}
	}
}

// typeLines describes a struct: what it takes, the order of its keys, and each key.
func typeLines(name string, t *typeShape, root bool) []string {
	unknown, array := "ignores-unknown-keys", "no-array"
	if strings.HasPrefix(t.Unknown, "unknown field") {
		unknown = "refuses-unknown-keys"
	}
	if !root && (t.Array == "ok" || strings.HasPrefix(t.Array, "invalid length")) {
		array = "array"
	}
	if strings.Contains(t.AllGiven, "did not match any variant") {
		return []string{fmt.Sprintf("type %s variants", name)} // its keys show in no shape
	}
	var order, lines []string
	present, absent := tableOf(t.Present), tableOf(t.Absent)
	for i := range t.Fields {
		f := &t.Fields[i]
		if t.NotBack[f.Name] != nil {
			lines = append(lines, fmt.Sprintf("alias %s.%s of %s", name, f.Name, *t.NotBack[f.Name]))
			continue
		}
		order = append(order, f.Name)
		line := fmt.Sprintf("key %s.%s %s", name, f.Name, f.Shape.expression())
		if slices.Contains(t.Required, f.Name) {
			lines = append(lines, line+" required")
			continue
		}
		line += " default " + textOf(present, f.Name, &f.Shape)
		if was, now := textOf(absent, f.Name, &f.Shape), textOf(present, f.Name, &f.Shape); was != notShown && was != now {
			line += " without-section " + was
		}
		lines = append(lines, line)
	}
	head := []string{fmt.Sprintf("type %s struct %s %s", name, unknown, array)}
	if t.Call == "struct" { // else the program lists them in another
		head = append(head, fmt.Sprintf("order %s %s", name, strings.Join(order, " ")))
	}
	return append(head, lines...)
}

func tableOf(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(raw, &m) // null, and a list where the program writes none
	return m
}

// textOf is a default as JSON; tables are described by their own type.
func textOf(table map[string]json.RawMessage, name string, s *shape) string {
	raw, shown := table[name]
	switch {
	case strings.HasPrefix(s.Call, "struct") && len(s.Wraps) == 0:
		return "its-type"
	case !shown:
		return notShown
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return notShown
	}
	return defaultText(v)
}

// defaultText writes a default as a line has it: without paths of this machine and without long texts.
func defaultText(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return notShown
	}
	text := strings.ReplaceAll(strings.TrimSpace(b.String()), "/home/user/.loong", "<loong_home>")
	if len(text) > 120 {
		return notShown
	}
	return text
}

// expression is a type as surface.json has it, in one word.
func (s *shape) expression() string {
	name := s.Call
	switch {
	case s.Call == "string" && s.Expecting == "path string" || s.Call == "str" && s.Expecting == "path string":
		name = "path"
	case s.Call == "str":
		name = "string"
	case s.Call == "struct" || s.Call == "enum":
		name = s.Name
	case s.Call == "struct_with_flatten":
		name = strings.TrimPrefix(s.Expecting, "struct ")
	case s.Call == "any" && strings.Contains(s.Expecting, "`env`"):
		name = "secret"
	case s.Call == "any":
		name = notShown
	case s.Call == "u64" && s.Expecting == "usize", s.Call == "i64" && s.Expecting == "isize":
		name = s.Expecting
	}
	for _, wrap := range slices.Backward(s.Wraps) {
		if wrap == "option" || wrap == "list" || wrap == "map" {
			name = wrap + "(" + name + ")"
		}
	}
	return name
}

// place is a key that can be written in a document by itself.
type place []string

// document holds value at the place.
func (at place) document(value string) string {
	segments := slices.Clone(at)
	for i := range segments {
		if segments[i] == "<id>" {
			segments[i] = "id"
		}
	}
	last := len(segments) - 1
	head := ""
	if last > 0 {
		head = "[" + strings.Join(segments[:last], ".") + "]\n"
	}
	return head + segments[last] + " = " + value + "\n"
}

// in finds the place in what the program wrote out.
func (at place) in(v any) any {
	for _, name := range at {
		if name == "<id>" {
			name = "id"
		}
		table, _ := v.(map[string]any)
		v = table[name]
	}
	return v
}

// words asks for every enum what each of its words becomes, and for strings that do not take every word, which they take.
func (p *program) words(s *shapes, facts string) ([]string, error) {
	places, texts := map[string][]place{}, map[string]place{}
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		t := s.Types[name]
		for _, f := range t.Fields {
			at := place(append(slices.Clone(t.Path), f.Name))
			e := f.Shape.expression()
			if e == notShown {
				e = s.kindOf(f.Name)
			}
			enum := strings.TrimSuffix(strings.TrimPrefix(e, "option("), ")")
			switch {
			case slices.Contains(at, "[]") || slices.Contains(f.Shape.Wraps, "list"):
			case s.Enums[enum] != nil:
				places[enum] = append(places[enum], at)
			case e == "string" || e == "option(string)":
				texts[strings.Join(at, ".")] = at
			}
		}
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(s.Enums)) {
		line, err := p.enum(name, s.Enums[name].Variants, places[name])
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	more, err := p.handWritten(texts, facts)
	return append(lines, more...), err
}

// enum asks what each word becomes at the place that shows most of them.
func (p *program) enum(name string, variants []string, places []place) (string, error) {
	best, most := []string(nil), -1
	for _, at := range places {
		var docs []string
		for _, v := range variants {
			docs = append(docs, at.document(strconv.Quote(v)))
		}
		docs = append(docs, at.document(strconv.Quote(strings.ToUpper(variants[0]))), at.document("{ "+strconv.Quote(variants[0])+" = {} }"))
		answers, err := p.read(docs)
		if err != nil {
			return "", err
		}
		shown, words := 0, make([]string, 0, len(variants))
		for i, v := range variants {
			word, ok := at.in(answers[i].OK).(string)
			if ok {
				v += "=" + word
				shown++
			}
			words = append(words, v)
		}
		if shown > most {
			most = shown
			best = append(words, "folds="+strconv.FormatBool(answers[len(variants)].Err == ""), "table="+strconv.FormatBool(answers[len(variants)+1].Err == ""))
		}
	}
	return fmt.Sprintf("words %s %s", name, strings.Join(best, " ")), nil
}

var (
	quotedWord = regexp.MustCompile(`"([A-Za-z0-9_.\-]{1,40})"`)
	separators = regexp.MustCompile(`[^a-z0-9]+`)
)

// handWritten tries the words that stand in quotes in Loong's sources and in the facts; the program decides.
func (p *program) handWritten(texts map[string]place, facts string) ([]string, error) {
	candidates, err := p.candidates(facts)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		at := texts[name]
		docs := []string{at.document(`"zz-no-such-word"`)}
		for _, w := range candidates {
			docs = append(docs, at.document(strconv.Quote(w)))
		}
		first, err := p.read(docs[:1])
		if err != nil {
			return nil, err
		}
		if e := first[0].Err; e == "" || strings.HasPrefix(e, "missing field") || strings.Contains(e, "did not match any variant") {
			continue
		}
		answers, err := p.read(docs[1:])
		if err != nil {
			return nil, err
		}
		taken := map[string]bool{}
		for i, w := range candidates {
			if word, ok := at.in(answers[i].OK).(string); ok {
				taken[strings.Trim(separators.ReplaceAllString(strings.ToLower(w), "_"), "_")+"="+word] = true
			}
		}
		lines = append(lines, fmt.Sprintf("words %s %s", name, strings.Join(slices.Sorted(maps.Keys(taken)), " ")))
	}
	return lines, nil
}

func (p *program) candidates(facts string) ([]string, error) {
	words := map[string]bool{}
	collect := func(_ string, text []byte) {
		for _, m := range quotedWord.FindAllSubmatch(text, -1) {
			words[string(m[1])] = true
		}
	}
	for _, dir := range []string{"config", "prompt"} {
		if err := eachSource(filepath.Join(p.app, "src", dir), collect); err != nil {
			return nil, err
		}
	}
	known, err := os.ReadFile(filepath.Join(facts, "surface.json"))
	collect("", known)
	return slices.Sorted(maps.Keys(words)), err
}
