package main

import (
	"fmt"
	"io"
	"strings"
)

// report is what a person reads at the end.
type report struct {
	out     io.Writer
	differs bool
	shown   int // files that are judged otherwise
}

// say writes a line; what it says differs unless same.
func (r *report) say(same bool, format string, args ...any) {
	r.differs = r.differs || !same
	fmt.Fprintf(r.out, format+"\n", args...)
}

// compare reports what was added, removed and changed. The first two words of a line name what it is about.
func (r *report) compare(title string, old, found []string) {
	was, is := byName(old), byName(found)
	var added, removed, changed []string
	for _, line := range found {
		name, _ := cutName(line)
		if rest, known := was[name]; !known {
			added = append(added, line)
		} else if rest != is[name] {
			changed = append(changed, fmt.Sprintf("%s\n      was %s\n      now %s", name, rest, is[name]))
		}
	}
	for _, line := range old {
		if name, _ := cutName(line); name != "" {
			if _, still := is[name]; !still {
				removed = append(removed, line)
			}
		}
	}
	r.say(len(added)+len(removed)+len(changed) == 0, "\n%s: %d added, %d removed, %d changed, %d in all", title, len(added), len(removed), len(changed), len(found))
	for _, list := range []struct {
		sign  string
		lines []string
	}{{"+", added}, {"-", removed}, {"~", changed}} {
		for _, line := range list.lines {
			fmt.Fprintf(r.out, "  %s %s\n", list.sign, line)
		}
	}
}

func byName(lines []string) map[string]string {
	m := make(map[string]string, len(lines))
	for _, line := range lines {
		name, rest := cutName(line)
		m[name] = rest
	}
	return m
}

// cutName cuts the first two words off a line.
func cutName(line string) (name, rest string) {
	kind, rest, _ := strings.Cut(line, " ")
	id, rest, _ := strings.Cut(rest, " ")
	return strings.TrimSpace(kind + " " + id), rest
}
