package lint

import (
	"cmp"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// Source is the text of a file to check.
type Source struct {
	Path        string // as it is to be shown
	Text        []byte
	Err         error // why there is no text; it is the result's then
	Environment *loong.Environment
	Targets     schema.Targets // the versions of Loong that it is read as; none: those of the options
	// Accept decides whether what was parsed is checked, and its error is then the result's; nil: it is.
	Accept func(*document.Document) error
}

// How many files are checked together (docs/adr/0022-files-together.md).
const (
	togetherFiles = 8
	togetherBytes = 64 << 10 // with more no further file is added
)

// isFull reports whether sources are as many as are checked together.
func isFull(sources []Source) bool {
	size := 0
	for i := range sources {
		size += len(sources[i].Text)
	}
	return len(sources) >= togetherFiles || size >= togetherBytes
}

// Alone returns a checker for files that are not compared with each other.
func Alone(opt *Options) *Checker {
	o := *opt
	o.alone = true
	return NewChecker(&o)
}

// Source checks the text of one file as Sources does.
func (c *Checker) Source(path string, src []byte, env *loong.Environment, accept func(*document.Document) error) *FileResult {
	return c.Sources([]Source{{Path: path, Text: src, Environment: env, Accept: accept}})[0]
}

// Sources checks the texts of files, each as if it were the only one. Every command, the library and the editors check a
// file by it and nothing else, so they cannot disagree. A panic becomes a finding of the file that it was about.
func (c *Checker) Sources(sources []Source) []*FileResult {
	results := make([]*FileResult, 0, len(sources))
	for len(sources) > 0 {
		n := 1
		for n < len(sources) && !isFull(sources[:n]) {
			n++
		}
		results = c.together(results, sources[:n])
		sources = sources[n:]
	}
	return results
}

// job is a file on its way through the steps of a check, until there is a result.
type job struct {
	*Source
	document *document.Document
	config   *loong.Config
	plan     *plan
	result   *FileResult
}

// together appends the results of files, all of which take each step of a check before the next one.
func (c *Checker) together(results []*FileResult, sources []Source) []*FileResult {
	jobs := make([]job, len(sources))
	for i := range sources {
		jobs[i].Source = &sources[i]
	}
	for _, step := range []func(*job){(*job).parse, c.read} {
		for i := range jobs {
			jobs[i].take(step)
		}
	}
	for rest := jobs; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].plan == rest[0].plan {
			n++
		}
		if rest[0].plan != nil {
			rest[0].plan.check(rest[:n], c.opt)
		}
		rest = rest[n:]
	}
	for i := range jobs {
		results = append(results, jobs[i].result)
	}
	return results
}

func (j *job) parse() {
	err := j.Err
	if err == nil {
		j.document = document.Parse(j.Path, j.Text)
		err = j.document.Err
		if j.Accept != nil {
			err = cmp.Or(j.Accept(j.document), err)
		}
	}
	if err != nil {
		j.result = &FileResult{Path: j.Path, Verdict: loong.Unreadable, Err: err}
	}
}

// read reads a document as Loong does, and decides which rules are asked about it.
func (c *Checker) read(j *job) {
	targets := j.Targets
	if targets == 0 {
		targets = c.opt.targets(j.Path)
	}
	j.config = loong.ReadAll(targets, j.document, j.Environment)
	j.plan = c.planOf(j.config)
}

// take takes a step of a job that has no result yet; a panic in it becomes the result.
func (j *job) take(step func(*job)) {
	if j.result != nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			j.result = failedResult(j.Path, v)
		}
	}()
	step(j)
}

// failedResult is the result of a file for which something panicked with v.
func failedResult(path string, v any) *FileResult {
	return &FileResult{Path: path, Verdict: loong.Unreadable, Failed: true,
		Findings: []*Finding{internalError(path, "reading the file", v)}}
}
