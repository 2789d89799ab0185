package loong

import "testing"

func TestProgramText(t *testing.T) {
	tests := []struct {
		args []string
		want string // empty: unreadable
	}{
		{[]string{"/bin/echo", "a,b;c"}, "a,b;c"},
		{[]string{" /bin/echo ", "x"}, "x"},
		{[]string{"echo", "a", "b"}, "a b"},
		{[]string{"/bin/echo", "-n", "x"}, "x"},
		{[]string{"/bin/echo", "-n"}, ""},
		{[]string{"/bin/echo", "-e", "x"}, ""},
		{[]string{"/bin/echo", `a\c`}, ""},
		{[]string{"/bin/echo"}, ""},
		{[]string{"/bin/echo", "a\r\n"}, "a"},
		{[]string{"/bin/true", "x"}, ""},
		{[]string{"/bin/sh", "-c", `printf 'a\nb\r\n\n'`}, "a\nb"},
		{[]string{"/bin/sh", "-c", `printf '\ra'`}, "\ra"},
		{[]string{"/bin/sh", "-c", `printf ' pad '`}, " pad "},
		{[]string{"/bin/sh", "-c", `printf '\377'`}, ""},
		{[]string{"/bin/sh", "-c", `printf '\101\0'`}, "A\x00"},
		{[]string{"/bin/sh", "-c", `printf '%s' x`}, ""},
		{[]string{"/bin/sh", "-c", `printf 'a' 'b'`}, ""},
		{[]string{"/bin/sh", "-c", `printf 'a'; exit 3`}, ""},
		{[]string{"/bin/sh", "-c", `echo 'a b'`}, "a b"},
		{[]string{"/bin/sh", "-c", `echo x; exit 3`}, ""},
		{[]string{"/bin/sh", "-c", "cat"}, ""},
		{[]string{"/usr/bin/pass", "show", "openai"}, ""},
		{nil, ""},
	}
	for _, tt := range tests {
		got, ok := programText(tt.args)
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("programText(%q) = %q, %v; want %q", tt.args, got, ok, tt.want)
		}
	}
}
