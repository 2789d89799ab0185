package probe

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// errMalformed is a head that is none (behaviour.md 7.4).
var errMalformed = errors.New("malformed head")

// Of a head: Loong's HTTP library takes no more headers, and we skip no more interim answers.
const (
	maxHeaders = 100
	maxInterim = 8
)

// head is the head of an answer.
type head struct {
	status  int
	old     bool     // HTTP/1.0
	headers []header // values without blanks around
}

// get is the first header of a name, or "".
func (h *head) get(name string) string {
	for _, x := range h.headers {
		if x.name == name {
			return x.value
		}
	}
	return ""
}

// readHead reads the head of the final answer, with all before it at most limit bytes.
func readHead(in *bufio.Reader, limit int) (*head, error) {
	for range maxInterim {
		h := &head{}
		if err := h.read(in, &limit); err != nil {
			return nil, err
		}
		if h.status >= 200 || h.status == 101 {
			return h, nil
		}
	}
	return nil, errMalformed
}

func (h *head) read(in *bufio.Reader, limit *int) error {
	line, err := readLine(in, limit)
	for err == nil && line == "" {
		line, err = readLine(in, limit)
	}
	if err != nil {
		return err
	}
	if !h.statusLine(line) {
		return errMalformed
	}
	for {
		if line, err = readLine(in, limit); err != nil {
			return err
		}
		if line == "" {
			_, _, err = h.framing()
			return err
		}
		name, value, ok := strings.Cut(line, ":")
		value = strings.Trim(value, " \t")
		if !ok || !isToken(name) || !isHeaderValue(value) || len(h.headers) == maxHeaders {
			return errMalformed
		}
		h.headers = append(h.headers, header{ascii.Lower(name), value})
	}
}

// readLine reads up to a line feed, without it and a carriage return before it.
func readLine(in *bufio.Reader, limit *int) (string, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		if *limit -= len(piece); *limit < 0 {
			return "", errMalformed
		}
		line = append(line, piece...)
		if err == nil {
			break
		}
		if err != bufio.ErrBufferFull {
			if err == io.EOF && looksForeign(line) {
				err = errMalformed
			}
			return "", err
		}
	}
	return strings.TrimSuffix(string(line[:len(line)-1]), "\r"), nil
}

// looksForeign reports whether what came before the end is no beginning of an answer.
func looksForeign(line []byte) bool {
	const start = "HTTP/1."
	n := min(len(line), len(start))
	return n > 0 && string(line[:n]) != start[:n]
}

// statusLine reads "HTTP/1.1 200 OK"; the reason may be missing.
func (h *head) statusLine(line string) bool {
	rest, ok := strings.CutPrefix(line, "HTTP/1.1 ")
	if !ok {
		if rest, h.old = strings.CutPrefix(line, "HTTP/1.0 "); !h.old {
			return false
		}
	}
	code, reason, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseUint(code, 10, 16)
	h.status = int(n)
	return err == nil && len(code) == 3 && n >= 100 && isHeaderValue(reason)
}

// framing is how a body ends.
type framing uint8

const (
	untilClose framing = iota
	byLength
	byChunks
)

// framing reads the headers that say how long the body is. Lengths that differ or are no numbers
// make the head malformed; chunks win over a length.
func (h *head) framing() (f framing, length int64, err error) {
	if h.status == 101 || h.status == 204 || h.status == 304 {
		return byLength, 0, nil
	}
	coding, lengths := "", []string(nil)
	for _, x := range h.headers {
		switch x.name {
		case "transfer-encoding":
			coding = x.value
		case "content-length":
			lengths = append(lengths, strings.Split(x.value, ",")...)
		}
	}
	for i, text := range lengths {
		n, err := strconv.ParseUint(strings.Trim(text, " \t"), 10, 63)
		if err != nil || i > 0 && int64(n) != length {
			return 0, 0, errMalformed
		}
		length, f = int64(n), byLength
	}
	if coding != "" {
		last := coding[strings.LastIndexByte(coding, ',')+1:]
		if ascii.Lower(strings.Trim(last, " \t")) == "chunked" {
			return byChunks, 0, nil
		}
		return untilClose, 0, nil
	}
	return f, length, nil
}

// readBody reads the whole body, at most limit bytes.
func readBody(in *bufio.Reader, h *head, limit int) ([]byte, Reason) {
	f, length, _ := h.framing()
	switch f {
	case byLength:
		if length > int64(limit) {
			return nil, TooLarge
		}
		return readUpTo(io.LimitReader(in, length), limit, int(length))
	case byChunks:
		return readChunks(in, limit)
	}
	return readUpTo(in, limit, -1)
}

// readUpTo reads to the end; exactly is the length it must have, or -1.
func readUpTo(in io.Reader, limit, exactly int) ([]byte, Reason) {
	b, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	switch {
	case len(b) > limit:
		return nil, TooLarge
	case err != nil, exactly >= 0 && len(b) != exactly:
		return nil, BadBody
	}
	return b, ""
}

// readChunks reads a chunked body (RFC 9112, 7.1). Extensions and trailers are skipped, and count.
func readChunks(in *bufio.Reader, limit int) ([]byte, Reason) {
	var body []byte
	room := limit + 1<<16 // for the lines between the chunks
	for {
		line, err := readLine(in, &room)
		if err != nil {
			return nil, BadBody
		}
		digits, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseUint(strings.Trim(digits, " \t"), 16, 63)
		switch {
		case err != nil:
			return nil, BadBody
		case n > uint64(limit-len(body)):
			return nil, TooLarge
		case n == 0:
			return body, skipTrailers(in, &room)
		}
		piece, fault := readUpTo(io.LimitReader(in, int64(n)), limit, int(n))
		if fault != "" {
			return nil, fault
		}
		body = append(body, piece...)
		if line, err = readLine(in, &room); err != nil || line != "" {
			return nil, BadBody
		}
	}
}

func skipTrailers(in *bufio.Reader, room *int) Reason {
	for {
		line, err := readLine(in, room)
		if err != nil {
			return BadBody
		}
		if line == "" {
			return ""
		}
	}
}
