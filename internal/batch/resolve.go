package batch

import (
	"errors"
	"io"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
	"github.com/loonglint/loonglint/schema"
)

// Resolve answers requests, one JSON object a line, with one loonglint.resolve.v1 document a line
// in the same order; target is for those that name none, and files may be nil. It works in parallel (workers <= 0: as many as there are processors) and
// reads no further than it can answer. complain is told of every line that is no request, which
// gets no answer; the error is then ErrLine, or what reading or writing met.
func Resolve(in io.Reader, out io.Writer, files loong.Files, target schema.Target, workers int, complain func(message string)) error {
	return Pipe(in, out, workers, complain, EachLine(func(b []byte, q *Request) ([]byte, error) { return resolveReply(b, q, files, target) }))
}

func resolveReply(b []byte, q *Request, files loong.Files, target schema.Target) ([]byte, error) {
	if q.Targets != 0 {
		if target = q.Targets.Last(); q.Targets != schema.Targets(0).With(target) {
			return b, errors.New("resolve takes one target a line")
		}
	}
	world := loong.Given(q.Env)
	world.Files = files
	r := resolution.Of(loong.ReadAs(target, document.Parse("", q.Source), world))
	r.ID = string(q.ID)
	return append(r.AppendJSON(b), '\n'), nil
}
