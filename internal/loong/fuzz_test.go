package loong_test

import (
	"encoding/json"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
	"github.com/loonglint/loonglint/internal/testing/hostile"
)

// FuzzRead holds that reading and resolving never panics and always gives JSON.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "provider = []", "provider = 1979-05-27", "[[providers]]\na = 1", "providers = { a = 1, b = {} }", "[providers.\"\"]\nkind = \"x\"",
		"provider.headers = 07:08:09", "[provider]\nkind = { groq = {} }\napi_key = { env = [] }", "active_provider = 1\nlast_provider = {}", "x = "} {
		f.Add(s)
	}
	samples, err := hostile.Samples("../../fixtures")
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range samples {
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, env := range []*loong.Environment{loong.Static(), loong.Declare(nil, nil)} {
			c := loong.Read(document.Parse("", []byte(s)), env)
			if b := resolution.Of(c).AppendJSON(nil); !json.Valid(b) {
				t.Errorf("not JSON: %s", b)
			}
			for i := range c.Profiles {
				c.Profiles[i].SigningRegion(env)
			}
			c.Ignored()
			c.Channels()
		}
	})
}
