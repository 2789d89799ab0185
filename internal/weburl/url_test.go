package weburl

import "testing"

func TestParseURLNormalizes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// behaviour.md 7.1: what is repaired
		{"http:/h", "http://h/"}, {"http:h", "http://h/"}, {"http:///h", "http://h/"}, {`http:\\h\x`, "http://h/x"},
		{"h\tttp://h/a\r\nb", "http://h/ab"}, {"\x01 http://h ", "http://h/"}, {"HTTP://H/A", "http://h/A"},
		{"http://127.1", "http://127.0.0.1/"}, {"http://0x7f.1", "http://127.0.0.1/"}, {"http://2130706433", "http://127.0.0.1/"},
		{"http://0177.0.0.1", "http://127.0.0.1/"}, {"http://１２７.0.0.1", "http://127.0.0.1/"}, {"http://127%2E0.0.1", "http://127.0.0.1/"},
		{"http://127.0.0.1.", "http://127.0.0.1/"}, {"http://localhost.", "http://localhost./"}, {"http://a_b", "http://a_b/"},
		{"http://h:/x", "http://h/x"}, {"http://h:0080/x", "http://h/x"}, {"http://h:0081", "http://h:81/"}, {"http://@h", "http://h/"},
		{"http://[::FFFF:127.0.0.1]", "http://[::ffff:7f00:1]/"}, {"http://[0:0:0:0:0:0:0:1]:81", "http://[::1]:81/"},
		{"http:///models", "http://models/"}, {"https://h:443/x", "https://h/x"}, {"ws://é", "ws://xn--9ca/"},
		// its path and query
		{"http://h/a/./b/../c", "http://h/a/c"}, {"http://h/a/%2E%2e/b/..", "http://h/"}, {`http://h/a\b`, "http://h/a/b"},
		{"http://h/ \"<>`{}\x7fé", "http://h/%20%22%3C%3E%60%7B%7D%7F%C3%A9"}, {"http://h/|^[]'%zz", "http://h/|^[]'%zz"},
		{"http://h?a b\"'<>\x7fé", "http://h/?a%20b%22%27%3C%3E%7F%C3%A9"}, {"http://h?|^[]{}`%zz", "http://h/?|^[]{}`%zz"},
		{"http://h/x?#f", "http://h/x?"},
		// other schemes keep more
		{"irc://H", "irc://H"}, {"irc://h/", "irc://h/"}, {"foo://127.1:80", "foo://127.1:80"}, {"smtp://é", "smtp://%C3%A9"},
		{"mailto:a b", "mailto:a b"}, {"irc://u:p@h/x", "irc://h/x"}, {"irc:///x", "irc:/x"}, {"foo://h/a/../b", "foo://h/b"},
		{"file:///x", "file:/x"}, {"file://localhost/x", "file:/x"}, {"file://h/x", "file://h/x"}, {"file:///C:/x", "file:/C:/x"},
	} {
		u, ok := Parse(c.text)
		if !ok {
			t.Errorf("%q is refused: %s", c.text, Fault(c.text))
		} else if got := u.String(); got != c.want {
			t.Errorf("%q is %s, want %s", c.text, got, c.want)
		}
	}
}

func TestParseURLRefuses(t *testing.T) {
	for _, text := range []string{
		"", "h", "/v1/models", "//h", "proxy.example/v1", "ht tp://h", "1http://h", "://h", "http://", "https://?x", "http://u@",
		"http://h:65536", "http://h:+1", "http://h: 1", "http://h:-1", "http://a b", "http://<host>/v1", "http://h%00", "http://h%",
		"http://256.0.0.1", "http://1.2.3.4.5", "http://a.1", "http://[::1%25eth0]", "http://[::1", "http://[1.2.3.4]", "http://h^",
		"http://xn--a", "http://xn--", "http://\u00ad", "irc://u@", "irc://:1", "irc://@/x", "smtp://h|", "smtp://[::1", "file://h:1/x",
	} {
		if u, ok := Parse(text); ok {
			t.Errorf("%q is accepted as %s", text, u.String())
		}
		if Fault(text) == "" {
			t.Errorf("%q has no fault", text)
		}
	}
}

func TestURLParts(t *testing.T) {
	u, ok := Parse("https://us er:p@ss@Example.com:8443/a?b#c")
	want := URL{Scheme: "https", Username: "us%20er", Password: "p%40ss", HasUser: true, HasHost: true, Host: "example.com",
		Port: 8443, Path: "/a", Query: "b", HasQuery: true, HasFragment: true}
	if !ok || u != want {
		t.Errorf("got %+v", u)
	}
	if u.EffectivePort() != 8443 || u.HostPort() != "example.com:8443" || u.Target() != "/a?b" {
		t.Errorf("port %d, host and port %s, target %s", u.EffectivePort(), u.HostPort(), u.Target())
	}
	for text, want := range map[string]URL{
		"http://u:@h": {Scheme: "http", Username: "u", HasUser: true, HasHost: true, Host: "h", Port: -1, Path: "/"},
		"http://:@h":  {Scheme: "http", HasHost: true, Host: "h", Port: -1, Path: "/"},
		"ws://[::1]":  {Scheme: "ws", HasHost: true, Host: "[::1]", IsIPv6: true, Port: -1, Path: "/"},
		"http://0":    {Scheme: "http", HasHost: true, Host: "0.0.0.0", IsIPv4: true, Port: -1, Path: "/"},
		"irc://h:0":   {Scheme: "irc", HasHost: true, Host: "h"},
		"h:1":         {Scheme: "h", Port: -1, Path: "1"},
	} {
		if u, ok := Parse(text); !ok || u != want {
			t.Errorf("%q: got %+v", text, u)
		}
	}
	if u, _ := Parse("irc://h"); u.EffectivePort() != -1 || u.Target() != "/" {
		t.Errorf("irc: port %d, target %s", u.EffectivePort(), u.Target())
	}
	if u, _ := Parse("wss://h"); u.EffectivePort() != 443 {
		t.Errorf("wss: port %d", u.EffectivePort())
	}
}

func TestAbove(t *testing.T) {
	paths := []string{"/v1", "/v1/chat/completions", "/", "", "v1", "//v1", "//h/x", "/../v1", "/.", "/v1?a=b", "/v1#f", "/v 1", "/%2e/v1", `\v1`, "/é"}
	derived := 0
	for _, base := range []string{
		"https://h", "https://h/a", "https://h/a/", "https://H:443/a", "https://h:81", "https://u:p@h/a", "https://@", "https://", "https:", "https:h/a",
		"https://h/a/.", "https://h/a/..", "https://h/a/../b", "https://h/.", "https://h/v1/..", "https://h/a//.", "https://h/a b", `https://h\a`,
		"https://h/v1?a=", "https://h/v1?a=/v1", "https://h#", "https://h/v1#/v1", "https://h/\ta", "http://127.1/v1", "http://[::1]", "http://[::1",
		"https://é/v1", "file://h", "file://h/a", "file:", "irc://h/a", "irc:", "mailto:x", "/a", "",
	} {
		for _, path := range paths {
			if isAbove(t, base, path) {
				derived++
			}
		}
	}
	if derived < 50 {
		t.Errorf("only %d addresses are told without reading them", derived)
	}
}

func FuzzAbove(f *testing.F) {
	f.Add("https://u:p@h:1/a/..", "/v1/models")
	f.Add("https:", "//h/v1")
	f.Fuzz(func(t *testing.T, base, path string) { isAbove(t, base, path) })
}

// isAbove reports whether the URL of a base is told from that of the base with a path; it must be the one that is read.
func isAbove(t *testing.T, base, path string) bool {
	t.Helper()
	u, ok := Parse(base + path)
	if !ok {
		return false
	}
	above := u.Above(base+path, path)
	if above == nil {
		return false
	}
	if want, ok := Parse(base); !ok || *above != want {
		t.Errorf("%q without %q is %+v, want %+v", base+path, path, *above, want)
	}
	return true
}

func FuzzParseURL(f *testing.F) {
	for _, s := range []string{"http://u:p@h:1/a/../b?c#d", "irc://[::1]", "http:\\127.1", "file://c|/x", "a:b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, ok := Parse(text)
		if !ok || u.Scheme == "file" || !u.HasHost {
			return
		}
		again, ok := Parse(u.String())
		u.Username, u.Password, u.HasUser, u.HasFragment = "", "", false, false
		if !ok || again != u {
			t.Errorf("%q is %+v, and then %+v", text, u, again)
		}
	})
}
