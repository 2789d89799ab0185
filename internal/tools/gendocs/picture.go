package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
	"github.com/loonglint/loonglint/rules"
)

// pictured is the rule whose example README shows as a picture.
const pictured = "name-used-as-key"

// picture makes docs/finding.svg: what a terminal shows of the example of a rule.
func picture() (writefiles.File, error) {
	r := rules.All()[slices.IndexFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == pictured })]
	own := &lint.FileResult{Findings: findings(r)}
	var out bytes.Buffer
	if err := report.Report("text", &out, &report.Result{Files: []*lint.FileResult{own}}, report.Options{Color: true}); err != nil {
		return writefiles.File{}, err
	}
	return writefiles.File{Path: "docs/finding.svg", Content: terminal("$ loonglint check loong.toml\n\n" + out.String())}, nil
}

// Sizes of the picture in pixels.
const (
	letterWidth, lineHeight, margin = 8, 19, 18
	fontSize                        = 13
)

// inks are the colors of a dark terminal by the code of the terminal.
var inks = map[string]string{"31": "#ff7b72", "33": "#e3b341", "34": "#79c0ff", "36": "#76e3ea"}

// terminal draws a text with the escape sequences of package color as SVG.
func terminal(text string) []byte {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	width := 0
	var body bytes.Buffer
	for i, line := range lines {
		drawn, letters := spans(line)
		width = max(width, letters)
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, margin+(i+1)*lineHeight-5, drawn)
	}
	w, h := width*letterWidth+2*margin, len(lines)*lineHeight+2*margin
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="loonglint shows a finding in a terminal">
<rect width="%d" height="%d" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="%d" fill="#e6edf3" xml:space="preserve">
%s</g>
</svg>
`, w, h, w, h, w, h, fontSize, body.Bytes())
}

// spans draws a line: each piece between two escape sequences has a place of its own, so that letters of any
// width stay below each other.
func spans(line string) (drawn string, letters int) {
	var b strings.Builder
	style := ""
	for i, piece := range strings.Split(line, "\x1b[") {
		if i > 0 {
			var codes string
			codes, piece, _ = strings.Cut(piece, "m")
			style = styled(codes)
		}
		if piece == "" {
			continue
		}
		n := utf8.RuneCountInString(piece)
		fmt.Fprintf(&b, `<tspan x="%d" textLength="%d"%s>`, margin+letters*letterWidth, n*letterWidth, style)
		_ = xml.EscapeText(&b, []byte(piece)) // a Builder never fails
		b.WriteString("</tspan>")
		letters += n
	}
	return b.String(), letters
}

// styled is the attributes for codes such as "31;1".
func styled(codes string) string {
	s := ""
	for code := range strings.SplitSeq(codes, ";") {
		if code == "1" {
			s += ` font-weight="bold"`
		} else if ink := inks[code]; ink != "" {
			s += ` fill="` + ink + `"`
		}
	}
	return s
}
