package lint

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// Alone returns a checker for files that are not compared with each other.
func Alone(opt *Options) *Checker {
	o := *opt
	o.alone = true
	return NewChecker(&o)
}

// Source checks the text of one file. Every command, the library and the editors check a file by it and nothing else,
// so they cannot disagree. accept decides whether what was parsed is checked, and its error is then the result's; nil:
// it is. A panic outside the rules becomes a finding.
func (c *Checker) Source(path string, src []byte, env *loong.Environment, accept func(*document.Document) error) (res *FileResult) {
	return c.SourceAs(0, path, src, env, accept)
}

// SourceAs is Source for versions of Loong; none are those of the options.
func (c *Checker) SourceAs(targets schema.Targets, path string, src []byte, env *loong.Environment, accept func(*document.Document) error) (res *FileResult) {
	if targets == 0 {
		targets = c.opt.targets(path)
	}
	defer recoverInto(&res, path)
	doc := document.Parse(path, src)
	err := doc.Err
	if accept != nil {
		if refused := accept(doc); refused != nil {
			err = refused
		}
	}
	if err != nil {
		return &FileResult{Path: path, Verdict: loong.Unreadable, Err: err}
	}
	return c.Check(doc, loong.ReadAll(targets, doc, env))
}

// recoverInto makes a result of a panic; it is deferred.
func recoverInto(res **FileResult, path string) {
	if v := recover(); v != nil {
		*res = &FileResult{Path: path, Verdict: loong.Unreadable, Failed: true,
			Findings: []*Finding{internalError(path, "reading the file", v)}}
	}
}
