package batch

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
)

func resultOf(id, verdict string) string {
	return fmt.Sprintf(`{"schema":%q,"version":"v","loong":"0.1.2-alpha.2","id":%q,"verdict":%q,"findings":[],"inventory":{}}`+"\n", resultSchema, id, verdict)
}

// paths goes through the results of some texts.
func paths(rs *Results, texts ...string) (list []string, err error) {
	for i, text := range texts {
		if err := rs.Add(fmt.Sprint("part-", i), strings.NewReader(text), int64(len(text))); err != nil {
			return nil, err
		}
	}
	if err := rs.Sort(); err != nil {
		return nil, err
	}
	if err := rs.Compare(); err != nil {
		return nil, err
	}
	err = rs.Each(func(e *audit.Entry) bool {
		list = append(list, e.Path+" "+string(e.Verdict))
		return true
	})
	return list, err
}

// TestResultsComeByPath holds it for parts in any order, and twice in a row; results of one path have an order of their own.
func TestResultsComeByPath(t *testing.T) {
	var a, b strings.Builder
	for i := range 100 {
		a.WriteString(resultOf(fmt.Sprintf("%03d", 2*i+1), "loads"))
		b.WriteString(resultOf(fmt.Sprintf("%03d", 198-2*i), "loads") + "\n")
	}
	b.WriteString(resultOf("007", "refused"))
	results := func() *Results { return &Results{Reader: ResultReader{Options: &lint.Options{}}} }
	one, err := paths(results(), a.String(), b.String())
	if err != nil || len(one) != 201 || !slices.IsSorted(one[:7]) || one[0] != "000 loads" || one[200] != "199 loads" {
		t.Fatalf("%q, %v", one, err)
	}
	other, err := paths(results(), b.String(), "", a.String())
	if err != nil || !slices.Equal(one, other) {
		t.Errorf("parts in another order give %q, %v", other, err)
	}
}

func TestResultsNameWhatIsWrong(t *testing.T) {
	good := resultOf("a", "loads")
	for _, tt := range []struct{ text, want string }{
		{good + "\n[]\n", "part-0: line 3: not a line of audit --batch"},
		{good + strings.Replace(good, "loads", "flies", 1), `part-0: line 2: no verdict is "flies"`},
		{good + `{"id": "b"`, "part-0: line 2: not a line of audit --batch"},
		{strings.Replace(good, "result.v1", "result.v9", 1), `part-0: line 1: not a loonglint.result.v1 document but "loonglint.result.v9"`},
		{good + strings.Replace(good, `,"inventory":{}`, "", 1), "part-0: line 2: the result has no inventory; make it with loonglint audit --batch"},
	} {
		if _, err := paths(&Results{Reader: ResultReader{Options: &lint.Options{}}}, tt.text); err == nil || err.Error() != tt.want {
			t.Errorf("%q: %v", tt.text, err)
		}
	}
}

// TestResultsThatShrink holds that a part that is cut while it is read is an error, not a report of less.
func TestResultsThatShrink(t *testing.T) {
	rs := &Results{Reader: ResultReader{Options: &lint.Options{}}}
	text := bytes.Repeat([]byte(resultOf("a", "loads")), 3)
	if err := rs.Add("part", bytes.NewReader(text), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	rs.texts[0].ReaderAt = bytes.NewReader(text[:len(text)-9])
	if err := rs.Compare(); err == nil || !strings.HasPrefix(err.Error(), "part: line 3: the results were changed") {
		t.Errorf("%v", err)
	}
}

// endless never ends, and counts what is read of it.
type endless struct {
	text string
	read int
}

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = e.text[(e.read+i)%len(e.text)]
	}
	e.read += len(b)
	return len(b), nil
}

// TestResultsOfAnEndlessPipe holds that a pipe is copied only as far as it consists of results.
func TestResultsOfAnEndlessPipe(t *testing.T) {
	for _, text := range []string{"x\n", strings.Repeat("x", 1<<20)} {
		in, copied := &endless{text: text}, files.NewSpool()
		err := (&Results{Reader: ResultReader{Options: &lint.Options{}}}).AddCopy("-", in, copied)
		if err == nil || !strings.HasPrefix(err.Error(), "-: line 1: ") {
			t.Errorf("%.3q: %v", text, err)
		}
		if most := maxLine + 1<<20; in.read > most || copied.Len() > int64(most) {
			t.Errorf("%.3q: read %d bytes, kept %d", text, in.read, copied.Len())
		}
		copied.Close()
	}
}
