package lsp

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/describe"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// values offers what a key can have.
func (w *completer) values() {
	path := w.pathOf()
	t := path.Type()
	shape := path.Shape()
	if n := len(w.context.above); n > 0 && w.context.above[n-1] == "[]" {
		shape = shape.Item()
		t = shape.Type()
	}
	switch {
	case path == schema.NoPath:
	case t != nil && t.Kind == schema.Enum:
		w.words(t)
	case shape.Op == schema.OpBool && w.context.quote == 0:
		for _, word := range [...]string{"true", "false"} {
			w.add(completionItem{Label: word, Kind: completionValue}, word)
		}
	case path.IsEnvPointer() || w.isEnvOfSecret(path):
		w.variableNames(path)
	case shape.Op == schema.OpSecret && w.context.quote == 0:
		w.secretForms(path)
	case shape.Op == schema.OpString:
		w.texts(path)
	}
}

// isEnvOfSecret reports whether the value is env in the table form of a secret.
func (w *completer) isEnvOfSecret(path schema.PathID) bool {
	n := len(w.context.above)
	return n > 0 && w.context.above[n-1] == "env" && path.Parent().Shape().Op == schema.OpSecret
}

// words offers the words of an enum.
func (w *completer) words(t *schema.Type) {
	for _, word := range t.Words(w.config.Target) {
		item := completionItem{Kind: completionEnum, Documentation: describe.Word(t, word.Value)}
		if len(word.Aliases) > 0 {
			item.Detail = "also " + strings.Join(word.Aliases, ", ")
			item.FilterText = word.Value + " " + strings.Join(word.Aliases, " ")
		}
		if isKindType(t) {
			if k := loong.KindByName(word.Value); k != nil {
				item.Detail = strings.TrimSuffix(k.Group+"; "+item.Detail, "; ")
			}
		}
		w.addText(item, word.Value)
	}
}

// variableNames offers the names of variables.
func (w *completer) variableNames(path schema.PathID) {
	secretPath := path
	if w.isEnvOfSecret(path) {
		secretPath = path.Parent()
	}
	names := w.variables(secretPath)
	for _, name := range names {
		_, state := w.config.Environment.Var(name)
		w.addText(completionItem{Kind: completionVariable, Detail: "Loong's own name for it, which " + stateText(state)}, name)
	}
	if w.config.Environment == nil || w.config.Environment.Names == nil {
		return
	}
	for _, name := range w.config.Environment.Names() {
		if !slices.Contains(names, name) {
			w.addText(completionItem{Kind: completionVariable, Detail: "a variable that there is"}, name)
		}
	}
}

// secretForms offers the tables that say where a secret is.
func (w *completer) secretForms(path schema.PathID) {
	name := w.usualVariable(path)
	for _, form := range [...]struct{ label, text, snippet string }{
		{"{ env = … }", "{ env = \"" + name + "\" }", "{ env = \"${1:" + name + "}\" }"},
		{"{ file = … }", "", "{ file = \"$1\" }"},
	} {
		item := completionItem{Label: form.label, Kind: completionValue}
		if w.snippets {
			item.InsertTextFormat = 2
			w.add(item, form.snippet)
		} else if form.text != "" {
			w.add(item, form.text)
		}
	}
}

// texts offers what is known of the texts that a key can have.
func (w *completer) texts(path schema.PathID) {
	root, key := w.document.Root, path.Field()
	pr := w.profileAround(w.tableAbove())
	switch {
	case key == nil:
	case path.Parent() == schema.RootPath && (key.Key == schema.KeyActiveProvider || key.Key == schema.KeyLastProvider):
		for i := range w.config.Profiles {
			if p := &w.config.Profiles[i]; !p.Legacy {
				w.addText(completionItem{Kind: completionRef, Detail: p.Kind.ID}, p.ID)
			}
		}
	case key.Key == schema.KeyDefaultAccount:
		if accounts := root.At(slices.Concat(w.context.above[:len(w.context.above)-1], []string{"accounts"})...); accounts != nil {
			for _, n := range accounts.Entries {
				w.addText(completionItem{Kind: completionRef}, loong.NormalAccountID(n.Name()))
			}
		}
	case pr == nil:
	case key.Key == schema.KeyModel:
		w.models(pr.Kind)
	case key.Key == schema.KeyBaseURL:
		w.addresses(pr.Kind)
	}
}

// models offers models of a kind.
func (w *completer) models(k *loong.Kind) {
	w.addOnce(k.DefaultModel, "the kind's default")
	w.addOnce(k.OnboardingModel, "recommended by Loong")
	if k.Advice != nil {
		w.addOnce(k.Advice.Model, k.Advice.ModelNote)
	}
	w.addOnce("auto", "Loong takes a model from the service's list")
}

// addresses offers base addresses of a kind.
func (w *completer) addresses(k *loong.Kind) {
	if k.Region != nil {
		for _, v := range k.Region.Variants {
			w.addOnce(v.BaseURL, v.Label)
		}
	}
	w.addOnce(k.OwnBase(), "of kind "+k.ID)
}

// addOnce offers a string as a value that was not offered yet; none if it is empty.
func (w *completer) addOnce(text, detail string) {
	if text != "" && !slices.ContainsFunc(w.items, func(i completionItem) bool { return i.Label == text }) {
		w.addText(completionItem{Kind: completionValue, Detail: detail}, text)
	}
}

// usualVariable is the variable that Loong reads for a secret where the file names none; "NAME" where it reads none.
func (w *completer) usualVariable(path schema.PathID) string {
	if names := w.variables(path); len(names) > 0 {
		return names[0]
	}
	return "NAME"
}

// variables lists the variables that Loong reads for the secret at a path or the names at a pointer to one.
func (w *completer) variables(path schema.PathID) []string {
	if pr := w.profileAround(w.tableAbove()); pr != nil {
		names := slices.Clone(pr.Kind.EnvNames)
		if isOAuthToken(path) && pr.Kind.OAuthEnv != "" { // the token's own first
			i := slices.Index(names, pr.Kind.OAuthEnv)
			names = slices.Concat([]string{pr.Kind.OAuthEnv}, slices.Delete(names, max(i, 0), i+1))
		}
		return names
	}
	var names []string
	for _, p := range [...]schema.PathID{path, path.Parent().Child(path.Name() + "_env")} {
		if f := p.Field(); f != nil && p.IsEnvPointer() {
			for _, text := range [...]string{f.Default, f.AbsentDefault} {
				var name string
				if json.Unmarshal([]byte(text), &name) == nil && name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// isOAuthToken reports whether a key holds an OAuth token or names its variable.
func isOAuthToken(path schema.PathID) bool {
	f := path.Field()
	return f != nil && (f.Key == schema.KeyOAuthAccessToken || f.Key == schema.KeyOAuthAccessTokenEnv)
}
