package document

import "testing"

func TestAtAndKeyPath(t *testing.T) {
	d := Parse("x.toml", []byte("a = 1 # c\n[p.\"x y\"]\nk = [\"s\", [1.5], {b.c = true}]\n[[l]]\nd = 2024-05-06\n"))
	if len(d.Problems) != 0 {
		t.Fatal(d.Problems)
	}
	n := d.Root.At("p", "x y", "k", "[2]", "b", "c")
	if !n.Bool() || n.KeyPath() != `p."x y".k[2].b.c` {
		t.Errorf("got %q", n.KeyPath())
	}
	if n := d.Root.At("p", "no", "k"); n != nil {
		t.Errorf("got %v for a path that is not there", n)
	}
}
