package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// secretTables writes the tables of internal/secret.
func secretTables(f *facts) ([]byte, error) {
	var b bytes.Buffer
	if err := writeKeyShapes(&b, f); err != nil {
		return nil, err
	}
	if err := writeSecretNames(&b, f); err != nil {
		return nil, err
	}
	if err := writeSecretWords(&b, f); err != nil {
		return nil, err
	}
	if err := writeVariables(&b, f); err != nil {
		return nil, err
	}
	return goSource("secret", b.Bytes())
}

// writeSecretNames lists the keys of the surface that hold secrets, maps of secret values, and
// maps of variable names.
func writeSecretNames(b *bytes.Buffer, f *facts) error {
	t, err := loadPaths(f)
	if err != nil {
		return err
	}
	var fields, maps, names, all []string
	for _, p := range t.all {
		if p.decl == nil {
			continue
		}
		all = append(all, p.decl.Name)
		switch e := p.decl.Type; {
		case e.Op == "secret_ref":
			fields = append(fields, p.decl.Name)
		case e.Op == "map" && e.Elem.Op == "string" && strings.HasPrefix(p.decl.Name, "env_"):
			names = append(names, p.decl.Name)
		case e.Op == "map" && e.Elem.Op == "string":
			maps = append(maps, p.decl.Name)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	writeNames(b, "secretFields", "are the keys whose values are secret.", fields)
	writeNames(b, "secretMaps", "are the tables all of whose values are secret.", maps)
	writeNames(b, "nameMaps", "are the tables whose values name variables.", names)
	writeNames(b, "keys", "are all keys of Loong.", all)
	writeByLength(b, all)
	return nil
}

// writeByLength lists keys by how long they are.
func writeByLength(b *bytes.Buffer, keys []string) {
	longest := 0
	for _, k := range keys {
		longest = max(longest, len(k))
	}
	b.WriteString("// keysOfLength are the keys of each length in bytes, sorted.\nvar keysOfLength = [...][]string{\n")
	for n := range longest + 1 {
		b.WriteString("{")
		for _, k := range keys {
			if len(k) == n {
				fmt.Fprintf(b, "%q, ", k)
			}
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n\n")
}

// writeSecretWords lists the words that name a secret in a key that Loong does not know.
func writeSecretWords(b *bytes.Buffer, f *facts) error {
	w, err := load[struct{ Words, Parts []string }](f, "secretwords")
	if err != nil {
		return err
	}
	writeNames(b, "secretWords", "are the words of a key that name a secret, sorted.", w.Words)
	writeNames(b, "secretParts", "are what names a secret anywhere in a key.", w.Parts)
	return nil
}

// writeVariables lists the variables that Loong itself knows. Their names are public, so they
// may be shown where a secret belongs.
func writeVariables(b *bytes.Buffer, f *facts) error {
	kinds, err := load[catalogFacts](f, "catalog")
	if err != nil {
		return err
	}
	channels, err := load[channelFacts](f, "channels")
	if err != nil {
		return err
	}
	var names, words []string
	for _, k := range kinds.Kinds {
		words = append(append(words, k.ID), k.Aliases...)
		names = append(names, slices.Concat(k.APIKeyAliases, k.OAuthAliases)...)
		names = append(names, k.APIKeyEnv, k.OAuthEnv)
	}
	for _, c := range channels.Channels {
		for _, credential := range c.Credentials {
			names = append(names, credential.DefaultEnv, credential.PresentEnv, credential.AccountEnv)
		}
	}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	writeNames(b, "variables", "are the variables that Loong itself knows, sorted.", names)
	writeNames(b, "kindWords", "are the provider kinds and their aliases, sorted.", words)
	return nil
}

func writeNames(b *bytes.Buffer, name, doc string, list []string) {
	slices.Sort(list)
	fmt.Fprintf(b, "// %s %s\nvar %s = [...]string{\n", name, doc, name)
	for _, s := range slices.Compact(list) {
		fmt.Fprintf(b, "%q,\n", s)
	}
	b.WriteString("}\n\n")
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
