package probe

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// model is an element of a list with what sorts it.
type model struct {
	id         string
	deprecated bool
	number     int64
	hasNumber  bool
	text       string
	hasText    bool
}

// models lists the ids of an answer in Loong's order (behaviour.md 7.8).
func models(answer any) []string {
	var found []model
	for _, e := range list(answer) {
		if m, ok := readModel(e); ok {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, before)
	var ids []string
	seen := make(map[string]bool, len(found))
	for _, m := range found {
		if !seen[m.id] {
			seen[m.id] = true
			ids = append(ids, m.id)
		}
	}
	return ids
}

// list is the first array among the places where a service may put its models.
func list(answer any) []any {
	o := object(answer)
	for _, v := range []any{o["data"], o["modelSummaries"], o["models"], object(o["Result"])["Items"], object(o["result"])["models"], answer} {
		if a, ok := v.([]any); ok {
			return a
		}
	}
	return nil
}

// object is a JSON object, or nil, which has no keys.
func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func readModel(v any) (m model, ok bool) {
	if s, isText := v.(string); isText {
		m.id = strings.TrimSpace(s)
		return m, m.id != ""
	}
	o := object(v)
	if o == nil || dropped(o) {
		return m, false
	}
	for _, key := range []string{"id", "modelId", "model", "name"} {
		if s, isText := o[key].(string); isText {
			m.id = strings.TrimSpace(s)
			break
		}
	}
	m.deprecated = deprecated(o)
	m.number, m.hasNumber = createdNumber(o)
	for _, key := range []string{"created_at", "createdAt", "release_date", "releaseDate"} {
		if s, _ := o[key].(string); strings.TrimSpace(s) != "" {
			m.text, m.hasText = strings.TrimSpace(s), true
			break
		}
	}
	return m, m.id != ""
}

// dropped reports whether a model is none for chat.
func dropped(o map[string]any) bool {
	if list, given := texts(first(o, "supportedEndpointTypes", "supported_endpoint_types")); given &&
		!slices.ContainsFunc(list, func(s string) bool {
			s = lower(s)
			return s == "chat" || s == "chat_completion" || s == "chat-completion"
		}) {
		return true
	}
	if o["supports_chat"] == false || o["chat_completion"] == false {
		return true
	}
	archived, isBool := o["archived"].(bool)
	if archived || !isBool && o["is_archived"] == true {
		return true
	}
	list, given := texts(first(o, "output_modalities", "outputModalities"))
	return given && !slices.ContainsFunc(list, func(s string) bool { return lower(s) == "text" })
}

// first is the value of the first key that is there.
func first(o map[string]any, keys ...string) any {
	for _, k := range keys {
		if v, ok := o[k]; ok {
			return v
		}
	}
	return nil
}

// texts are the strings of an array, and whether there is one.
func texts(v any) (list []string, given bool) {
	a, _ := v.([]any)
	for _, e := range a {
		if s, ok := e.(string); ok {
			list = append(list, s)
		}
	}
	return list, len(list) > 0
}

func deprecated(o map[string]any) bool {
	if o["deprecated"] == true {
		return true
	}
	status, _ := o["status"].(string)
	switch lower(strings.TrimSpace(status)) {
	case "deprecated", "deprecation", "retired", "sunset":
		return true
	}
	tags, _ := texts(o["tags"])
	return slices.ContainsFunc(tags, func(s string) bool {
		s = lower(s)
		return s == "deprecated" || s == "retired"
	})
}

// createdNumber is the whole number in created, else in created_at. One from 2^63 to 2^64-1 in
// created is none, and keeps created_at from being read.
func createdNumber(o map[string]any) (int64, bool) {
	for _, key := range []string{"created", "created_at"} {
		n, isNumber := o[key].(json.Number)
		if !isNumber || n == "-0" {
			continue
		}
		if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
			return i, true
		}
		if _, err := strconv.ParseUint(string(n), 10, 64); err == nil {
			return 0, false
		}
	}
	return 0, false
}

// before orders models: not deprecated, newest number, newest text, id.
func before(a, b model) int {
	flag := func(x, y bool) int { // true first
		if x == y {
			return 0
		}
		if x {
			return -1
		}
		return 1
	}
	return cmp.Or(
		flag(!a.deprecated, !b.deprecated),
		flag(a.hasNumber, b.hasNumber), cmp.Compare(b.number, a.number),
		flag(a.hasText, b.hasText), cmp.Compare(b.text, a.text),
		cmp.Compare(a.id, b.id))
}
