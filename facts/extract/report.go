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
			changed = append(changed, fmt.Sprintf("- %s %s\n+ %s %s", name, rest, name, is[name]))
		}
	}
	for _, line := range old {
		if name, _ := cutName(line); name != "" {
			if _, still := is[name]; !still {
				removed = append(removed, line)
			}
		}
	}
	r.say(len(added)+len(removed)+len(changed) == 0, "\n## %s\n\n%d added, %d removed, %d changed, %d in all.\n", title, len(added), len(removed), len(changed), len(found))
	if len(added)+len(removed)+len(changed) == 0 {
		return
	}
	fmt.Fprintln(r.out, "```diff") // which shows in color where Markdown is shown
	for _, line := range removed {
		fmt.Fprintln(r.out, "-", line)
	}
	for _, line := range added {
		fmt.Fprintln(r.out, "+", line)
	}
	for _, line := range changed {
		fmt.Fprintln(r.out, line)
	}
	fmt.Fprintln(r.out, "```")
}

// list writes a list under a title, or a sentence where it is empty.
func (r *report) list(title, nothing string, lines []string) {
	r.say(len(lines) == 0, "\n## %s\n", title)
	if len(lines) == 0 {
		fmt.Fprintln(r.out, nothing)
	}
	for _, line := range lines {
		fmt.Fprintf(r.out, "- %s\n", line)
	}
}

// code shows texts as they are; nothing where there are none.
func (r *report) code(texts []string) {
	if len(texts) > 0 {
		fmt.Fprintf(r.out, "\n```text\n%s\n```\n", strings.Join(texts, "\n\n"))
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
