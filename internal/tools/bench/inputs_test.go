package main

import (
	"os"
	"testing"

	"github.com/loonglint/loonglint"
)

// TestFleetsAreCleanAndDirty holds that the files that are measured have the findings that the table says.
func TestFleetsAreCleanAndDirty(t *testing.T) {
	src, err := os.ReadFile("../../../" + typical)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dirty bool
		want  int
	}{{false, 0}, {true, len(mistakes)}} {
		res, err := loonglint.Check("loong.toml", config(src, 7, tt.dirty), loonglint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Findings) != tt.want {
			t.Errorf("%d findings, not %d", len(res.Findings), tt.want)
		}
		for _, f := range res.Findings {
			t.Log(f.Rule, f.Message)
		}
	}
}
