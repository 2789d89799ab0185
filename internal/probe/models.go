package probe

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// model is an element of a list with what sorts it.
type model struct {
	id, text                       string
	number                         int64
	deprecated, hasNumber, hasText bool
}

// models lists the ids of an answer in Loong's order (behaviour.md 7.8).
func models(answer value) []string {
	all := list(answer)
	n := 0
	for range all.elements() {
		n++
	}
	found := make([]model, 0, n)
	read := newModelReader()
	for e := range all.elements() {
		if m, ok := read.model(e); ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, before) // models that it takes for equal are equal
	var ids []string
	seen := map[string]bool{}
	for _, m := range found {
		if !seen[m.id] {
			seen[m.id] = true
			ids = append(ids, m.id)
		}
	}
	return ids
}

// list is the first array among the places where a service may put its models.
func list(answer value) value {
	places := [...]value{answer.get("data"), answer.get("modelSummaries"), answer.get("models"), answer.get("Result").get("Items"), answer.get("result").get("models"), answer}
	for _, v := range places {
		if v.isArray() {
			return v
		}
	}
	return ""
}

// modelKeys are the keys of a model that count, and those that say the same, in order of precedence.
var modelKeys = [...]string{
	"id", "modelId", "model", "name", "deprecated", "status", "tags", "created", "created_at", "createdAt", "release_date", "releaseDate",
	"supportedEndpointTypes", "supported_endpoint_types", "supports_chat", "chat_completion", "archived", "is_archived", "output_modalities", "outputModalities",
}

// modelReader reads one model after the other.
type modelReader struct {
	known  map[string]string // the keys of interest, so that looking one up makes no string
	fields map[string]value  // of the model that is read
}

func newModelReader() *modelReader {
	r := &modelReader{known: map[string]string{}, fields: map[string]value{}}
	for _, k := range modelKeys {
		r.known[k] = k
	}
	return r
}

func (r *modelReader) model(v value) (m model, ok bool) {
	if s, isText := v.text(); isText {
		m.id = strings.TrimSpace(s)
		return m, m.id != ""
	}
	if !v.isObject() {
		return m, false
	}
	clear(r.fields)
	for key, member := range v.members() {
		if k, counts := r.known[key]; counts {
			r.fields[k] = member
		}
	}
	if r.dropped() {
		return m, false
	}
	for _, key := range []string{"id", "modelId", "model", "name"} {
		if s, isText := r.fields[key].text(); isText {
			m.id = strings.TrimSpace(s)
			break
		}
	}
	m.deprecated = r.deprecated()
	m.number, m.hasNumber = r.createdNumber()
	for _, key := range []string{"created_at", "createdAt", "release_date", "releaseDate"} {
		if s, _ := r.fields[key].text(); strings.TrimSpace(s) != "" {
			m.text, m.hasText = strings.TrimSpace(s), true
			break
		}
	}
	return m, m.id != ""
}

// dropped reports whether a model is none for chat.
func (r *modelReader) dropped() bool {
	if list, given := texts(r.first("supportedEndpointTypes", "supported_endpoint_types")); given &&
		!slices.ContainsFunc(list, func(s string) bool {
			s = ascii.Lower(s)
			return s == "chat" || s == "chat_completion" || s == "chat-completion"
		}) {
		return true
	}
	if r.fields["supports_chat"] == "false" || r.fields["chat_completion"] == "false" {
		return true
	}
	archived := r.fields["archived"]
	if archived == "true" || archived != "false" && r.fields["is_archived"] == "true" {
		return true
	}
	list, given := texts(r.first("output_modalities", "outputModalities"))
	return given && !slices.ContainsFunc(list, func(s string) bool { return ascii.Lower(s) == "text" })
}

// first is the value of the first key that is there.
func (r *modelReader) first(keys ...string) value {
	for _, k := range keys {
		if v, ok := r.fields[k]; ok {
			return v
		}
	}
	return ""
}

// texts are the strings of an array, and whether there is one.
func texts(v value) (list []string, given bool) {
	for e := range v.elements() {
		if s, ok := e.text(); ok {
			list = append(list, s)
		}
	}
	return list, len(list) > 0
}

func (r *modelReader) deprecated() bool {
	if r.fields["deprecated"] == "true" {
		return true
	}
	status, _ := r.fields["status"].text()
	switch ascii.Lower(strings.TrimSpace(status)) {
	case "deprecated", "deprecation", "retired", "sunset":
		return true
	}
	tags, _ := texts(r.fields["tags"])
	return slices.ContainsFunc(tags, func(s string) bool {
		s = ascii.Lower(s)
		return s == "deprecated" || s == "retired"
	})
}

// createdNumber is the whole number in created, else in created_at. One from 2^63 to 2^64-1 in
// created is none, and keeps created_at from being read.
func (r *modelReader) createdNumber() (int64, bool) {
	for _, key := range []string{"created", "created_at"} {
		n, isNumber := r.fields[key].number()
		if !isNumber || n == "-0" {
			continue
		}
		if i, err := strconv.ParseInt(n, 10, 64); err == nil {
			return i, true
		}
		if _, err := strconv.ParseUint(n, 10, 64); err == nil {
			return 0, false
		}
	}
	return 0, false
}

// before orders models: not deprecated, newest number, newest text, id. Most differ in their ids alone.
func before(a, b model) int {
	switch {
	case a.deprecated != b.deprecated:
		return first(b.deprecated)
	case a.hasNumber != b.hasNumber:
		return first(a.hasNumber)
	case a.number != b.number:
		return cmp.Compare(b.number, a.number)
	case a.hasText != b.hasText:
		return first(a.hasText)
	case a.text != b.text:
		return strings.Compare(b.text, a.text)
	}
	return strings.Compare(a.id, b.id)
}

// first is what a comparison gives when its first argument comes first.
func first(yes bool) int {
	if yes {
		return -1
	}
	return 1
}
