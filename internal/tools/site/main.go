// Command site makes the documentation site's sources from the pages of this repository and the rules, for MkDocs, and looks
// at what MkDocs made of them. The repository's root is the working directory.
//
//	site pages VERSION OUT [PLAYGROUND]   writes OUT/mkdocs.yml and OUT/docs; links to the playground where its address is given, from the top of the site
//	site versions DIR                     lists the versions of the site that are folders of DIR, and makes DIR/index.html lead to the newest
//	site check DIR                        reports links that lead nowhere, and what a page would load from other hosts
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case (len(args) == 3 || len(args) == 4) && args[0] == "pages":
		playground := ""
		if len(args) == 4 {
			playground = args[3]
		}
		return writePages(".", args[1], args[2], playground)
	case len(args) == 2 && args[0] == "versions":
		return writeVersions(args[1])
	case len(args) == 2 && args[0] == "check":
		problems, err := check(args[1])
		for _, p := range problems {
			fmt.Println(p)
		}
		if err == nil && len(problems) > 0 {
			err = fmt.Errorf("%d problems", len(problems))
		}
		return err
	}
	return errors.New("usage: site pages VERSION OUT [PLAYGROUND] | versions DIR | check DIR")
}
