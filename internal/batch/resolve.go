package batch

import (
	"io"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
)

// Resolve answers requests, one JSON object a line, with one loonglint.resolve.v1 document a line
// in the same order; files may be nil. It works in parallel (workers <= 0: as many as there are processors) and
// reads no further than it can answer. complain is told of every line that is no request, which
// gets no answer; the error is then ErrLine, or what reading or writing met.
func Resolve(in io.Reader, out io.Writer, files loong.Files, workers int, complain func(message string)) error {
	return Pipe(in, out, workers, complain, func(b, line []byte) ([]byte, error) { return resolveReply(b, line, files) })
}

func resolveReply(b, line []byte, files loong.Files) ([]byte, error) {
	q, err := ReadRequest(line)
	if err != nil {
		return b, err
	}
	world := loong.Given(q.Env)
	world.Files = files
	r := resolution.Of(loong.Read(document.Parse("", q.Source), world))
	r.ID = string(q.ID)
	return append(r.AppendJSON(b), '\n'), nil
}
