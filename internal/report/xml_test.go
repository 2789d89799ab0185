package report

import (
	"encoding/xml"
	"strings"
	"testing"
)

// TestXMLAsTheLibraryWritesIt compares indentation and escapes with encoding/xml.
func TestXMLAsTheLibraryWritesIt(t *testing.T) {
	type inner struct {
		Name string `xml:"name,attr"`
		Text string `xml:",chardata"`
	}
	var doc struct {
		XMLName xml.Name `xml:"a"`
		Empty   struct{} `xml:"empty"`
		B       struct {
			C []inner `xml:"c"`
		} `xml:"b"`
	}
	x := &xmlWriter{}
	x.text(xmlHead)
	x.start("a")
	x.start("empty")
	x.end("empty")
	x.start("b")
	for _, s := range []string{"", "x", "\"'&<>", "a\tb\rc\nd", "\x00\x1f\x7f\u0085", "\xff\xed\xa0\x80", "\ufffd\ufffe\uffff\ud7ff\ue000", "é漢😀\U0010ffff"} {
		doc.B.C = append(doc.B.C, inner{s, s})
		x.element("c", s, "name", s)
	}
	x.end("b")
	x.end("a")
	var got strings.Builder
	if err := x.send(&got); err != nil {
		t.Fatal(err)
	}
	want, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != xml.Header+string(want) {
		t.Errorf("got:\n%q\nwant:\n%q", got.String(), xml.Header+string(want))
	}
}
