package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"strconv"
	"strings"
)

// mutant is one change of a file.
type mutant struct {
	Path       string // of the file
	Line       int
	What       string // in words
	Start, End int    // the bytes that are replaced
	With       string
	source     []byte

	// What a program has that switches the change on and off: other bytes are replaced by it. It is given an expression
	// that is true where the change is on.
	start, end int
	with       func(on string) string
}

// overlaps reports whether one program cannot have both changes.
func (m *mutant) overlaps(other *mutant) bool {
	return m.Path == other.Path && m.start < other.end && other.start < m.end
}

func (m *mutant) firstLine() int { return 1 + strings.Count(string(m.source[:m.start]), "\n") }
func (m *mutant) lastLine() int  { return 1 + strings.Count(string(m.source[:m.end]), "\n") }

// text is the file with the change; lines keep their numbers.
func (m *mutant) text() []byte {
	with := m.With
	if gone := strings.Count(string(m.source[m.Start:m.End]), "\n") - strings.Count(with, "\n"); gone > 0 {
		with += strings.Repeat("\n", gone)
	}
	return []byte(string(m.source[:m.Start]) + with + string(m.source[m.End:]))
}

// diff shows the lines that differ.
func (m *mutant) diff() string {
	from := strings.LastIndexByte(string(m.source[:m.Start]), '\n') + 1
	to := len(m.source)
	if i := strings.IndexByte(string(m.source[m.End:]), '\n'); i >= 0 {
		to = m.End + i
	}
	var b strings.Builder
	for _, side := range []struct{ sign, text string }{
		{"-", string(m.source[from:to])}, {"+", string(m.source[from:m.Start]) + m.With + string(m.source[m.End:to])},
	} {
		for line := range strings.SplitSeq(side.text, "\n") {
			fmt.Fprintf(&b, "  %s %s\n", side.sign, line)
		}
	}
	return b.String()
}

// shuffle orders changes at random; the same seed gives the same order.
func shuffle(list []*mutant, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// swapped are the operators that stand for each other.
var swapped = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==", token.LAND: "||", token.LOR: "&&",
}

// mutantsOf lists the changes of a file.
func mutantsOf(path string, source []byte) ([]*mutant, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f := &finder{fset: fset, path: path, source: source}
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			ast.Inspect(fn.Body, f.visit)
		}
	}
	return f.list, nil
}

type finder struct {
	fset   *token.FileSet
	path   string
	source []byte
	list   []*mutant
}

// add notes that what stands between two places may be replaced, and what a program that can do both has in place of a node.
func (f *finder) add(from, to token.Pos, with, what string, n ast.Node, both func(on string) string) {
	p := f.fset.Position(from)
	f.list = append(f.list, &mutant{f.path, p.Line, what, p.Offset, f.offset(to), with, f.source, f.offset(n.Pos()), f.offset(n.End()), both})
}

func (f *finder) offset(p token.Pos) int { return f.fset.Position(p).Offset }

func (f *finder) text(n ast.Node) string {
	return string(f.source[f.offset(n.Pos()):f.offset(n.End())])
}

func (f *finder) condition(n ast.Expr) {
	if n != nil {
		f.add(n.Pos(), n.End(), "!("+f.text(n)+")", "a condition negated", n,
			func(on string) string { return on + " != (" + f.text(n) + ")" })
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IfStmt:
		f.condition(n.Cond)
		if leaves(n.Body) {
			f.add(n.Cond.Pos(), n.Cond.End(), "false && ("+f.text(n.Cond)+")", "an early end removed", n.Cond,
				func(on string) string { return "!" + on + " && (" + f.text(n.Cond) + ")" })
		}
	case *ast.ForStmt:
		f.condition(n.Cond)
	case *ast.SwitchStmt:
		f.cases(n)
	case *ast.BinaryExpr:
		f.operator(n)
	case *ast.BasicLit:
		if i, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT {
			f.add(n.Pos(), n.End(), strconv.Itoa(i+1), "a number changed", n,
				func(on string) string { return fmt.Sprintf("mutateEither(%s, %d, %d)", on, i+1, i) })
		}
	case *ast.Ident:
		switch n.Name {
		case "true":
			f.add(n.Pos(), n.End(), "false", "true is now false", n, func(on string) string { return "!" + on })
		case "false":
			f.add(n.Pos(), n.End(), "true", "false is now true", n, func(on string) string { return on })
		}
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	}
	return true
}

// operator puts another operator between two operands. A program evaluates only one of both expressions. The second one is
// on one line there, so that lines keep their numbers; where this cannot be, there is no such change.
func (f *finder) operator(n *ast.BinaryExpr) {
	op, ok := swapped[n.Op]
	line := strings.ReplaceAll(f.text(n.X)+" "+op+" "+f.text(n.Y), "\n", " ")
	if !ok || strings.Contains(f.text(n), "\n") && (strings.Contains(line, "//") || strings.Contains(line, "func(") || strings.Contains(line, "`")) {
		return
	}
	// Parentheses, because an operator that binds less would take other operands.
	f.add(n.Pos(), n.End(), "("+line+")", n.Op.String()+" is now "+op, n,
		func(on string) string { return fmt.Sprintf("(%s && (%s) || !%[1]s && (%[3]s))", on, line, f.text(n)) })
}

// leaves reports whether a block ends what is around it.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// cases changes what the clauses of a switch compare with.
func (f *finder) cases(n *ast.SwitchStmt) {
	for _, s := range n.Body.List {
		list := s.(*ast.CaseClause).List
		for i, e := range list {
			switch {
			case n.Tag == nil:
				f.condition(e)
			case i+1 < len(list):
				f.add(e.Pos(), list[i+1].Pos(), "", "a case removed", e, f.other(n.Tag, e, list[i+1]))
			case i > 0:
				f.add(list[i-1].End(), e.End(), "", "a case removed", e, f.other(n.Tag, e, list[i-1]))
			}
		}
	}
}

// other compares with another case of the same clause instead.
func (f *finder) other(tag, e, other ast.Expr) func(on string) string {
	return func(on string) string {
		if name, ok := tag.(*ast.Ident); ok { // which gives constants their type
			return fmt.Sprintf("mutateCase(%s, %s, %s, %s)", on, name.Name, f.text(other), f.text(e))
		}
		return fmt.Sprintf("mutateEither(%s, %s, %s)", on, f.text(other), f.text(e))
	}
}

// statements removes those whose effect is all they are for.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt:
			f.add(s.Pos(), s.End(), "", "a statement removed", s, f.unless(s))
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				f.add(s.Pos(), s.End(), "", "a statement removed", s, f.unless(s))
			}
		}
	}
}

func (f *finder) unless(s ast.Stmt) func(on string) string {
	return func(on string) string { return "if !" + on + " { " + f.text(s) + " }" }
}
