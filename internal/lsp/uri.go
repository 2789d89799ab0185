package lsp

import (
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

const onWindows = runtime.GOOS == "windows"

// pathOf is the file that a URI of scheme file names; false for every other one, such as untitled:Untitled-1. With
// windows it is a path of Windows: file:///c%3A/a is c:\a, file://host/share is \\host\share.
func pathOf(uri string, windows bool) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || !strings.EqualFold(u.Scheme, "file") || u.Path == "" {
		return "", false
	}
	if !windows {
		return path.Clean(u.Path), true
	}
	p := u.Path
	switch {
	case u.Host != "" && u.Host != "localhost":
		p = "//" + u.Host + p
	case len(p) > 2 && p[0] == '/' && p[2] == ':':
		p = p[1:]
	}
	return strings.ReplaceAll(p, "/", `\`), true
}

// uriOf is the URI of an absolute path.
func uriOf(file string) string {
	p := filepath.ToSlash(file)
	u := url.URL{Scheme: "file", Path: p}
	switch {
	case strings.HasPrefix(p, "//"): // \\host\share
		u.Host, u.Path, _ = strings.Cut(p[2:], "/")
		u.Path = "/" + u.Path
	case !strings.HasPrefix(p, "/"): // c:/
		u.Path = "/" + p
	}
	return u.String()
}

// nameOf is what a document is called that is no file.
func nameOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return "untitled"
	}
	name := u.Path
	if name == "" {
		name = u.Opaque
	}
	if name = path.Base(name); name == "." || name == "/" {
		return "untitled"
	}
	return name
}
