package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// typical is the good config that the benchmarks of package rules use, too.
const typical = "rules/testdata/bench.toml"

// fleet writes n configs of about 1.4 KB into a new folder.
func fleet(dir string, n int) error {
	src, err := os.ReadFile(typical)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i := range n {
		text := bytes.ReplaceAll(src, []byte("providers.main"), fmt.Appendf(nil, "providers.main%d", i))
		text = bytes.Replace(text, []byte(`"main"`), fmt.Appendf(nil, `"main%d"`, i), 1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%05d.loong.toml", i)), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// single writes a file into a folder of its own, for parseonly takes folders.
func single(dir string, text []byte) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "loong.toml")
	return path, os.WriteFile(path, text, 0o600)
}

// shape is a kind of large file.
type shape struct {
	name string
	head string
	part string // printed with a number
}

var shapes = []shape{
	{"profiles", "active_provider = \"p0\"\n", "\n[providers.p%d]\nkind = \"openai\"\napi_key = { env = \"KEY_%[1]d\" }\n" +
		"model = \"gpt-5-mini\"\ntemperature = 0.5\nrequest_timeout_ms = 30000\n"},
	{"one huge table", "[provider]\nkind = \"openai\"\nmodel = \"gpt-5-mini\"\n\n[provider.headers]\n", "x-header-%d = \"the value of it\"\n"},
	{"unknown keys", "[provider]\nkind = \"openai\"\nmodel = \"gpt-5-mini\"\n", "unknown_key_number_%d = \"value\"\n"},
}

// make returns a file of about size bytes.
func (s *shape) make(size int) []byte {
	b := []byte(s.head)
	for i := 0; len(b) < size; i++ {
		b = fmt.Appendf(b, s.part, i)
	}
	return b
}
