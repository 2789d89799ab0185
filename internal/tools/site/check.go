package main

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// reference is what a page names.
type reference struct {
	address string
	loaded  bool // by the browser, without a click
}

// check reads all pages below dir and tells, in order, which links lead to no file or to no place in it, and which resources a page
// would load from elsewhere.
func check(dir string) (problems []string, err error) {
	ids := map[string]map[string]bool{}
	references := map[string][]reference{}
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		ids[name], references[name], err = readPage(f)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("%s has no pages", dir)
	}
	for page, list := range references {
		for _, r := range list {
			if why := follow(page, r, ids); why != "" {
				problems = append(problems, fmt.Sprintf("%s: %s %s", page, r.address, why))
			}
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems), nil
}

// follow says what is wrong with a reference of a page, or "".
func follow(page string, r reference, ids map[string]map[string]bool) string {
	address, err := url.Parse(r.address)
	if err != nil {
		return "is no address"
	}
	if address.Scheme != "" || address.Host != "" {
		if r.loaded && address.Scheme != "data" {
			return "would be loaded from elsewhere"
		}
		return ""
	}
	to := page
	if address.Path != "" {
		to = filepath.Join(filepath.Dir(page), filepath.FromSlash(address.Path))
	}
	info, err := os.Stat(to)
	if err == nil && info.IsDir() {
		to = filepath.Join(to, "index.html")
		_, err = os.Stat(to)
	}
	if err != nil {
		return "leads nowhere"
	}
	if at := address.Fragment; at != "" && ids[to] != nil && !ids[to][at] && !strings.HasPrefix(at, "v1=") && at != "__comments" {
		return "leads to no place in the page"
	}
	return ""
}

// loading are the attributes whose address a browser loads by itself.
var loading = map[string]string{"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "object": "data", "embed": "src"}

// readPage gathers the places that a page has, and what it names.
func readPage(f *os.File) (ids map[string]bool, references []reference, err error) {
	root, err := html.Parse(f)
	if err != nil {
		return nil, nil, err
	}
	ids = map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		for _, key := range []string{"id", "name"} {
			if attributes[key] != "" {
				ids[attributes[key]] = true
			}
		}
		if address := attributes[loading[n.Data]]; address != "" {
			references = append(references, reference{address, true})
		}
		if address := attributes["href"]; address != "" {
			loaded := n.Data == "link" && (strings.Contains(attributes["rel"], "stylesheet") || strings.Contains(attributes["rel"], "icon") || strings.Contains(attributes["rel"], "pre"))
			references = append(references, reference{address, loaded})
		}
	}
	return ids, references, nil
}
