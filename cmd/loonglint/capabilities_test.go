package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/loonglint/loonglint/"

// capable lists which packages of the program may use which packages of the library. Only the probe
// opens sockets, nothing starts another program.
var capable = map[string][]string{
	"net":         {"internal/probe"},
	"net/http":    {"internal/probe"},
	"crypto/tls":  {"internal/probe"},
	"os/exec":     {},
	"plugin":      {},
	"net/rpc":     {},
	"net/smtp":    {},
	"log/syslog":  {},
	"unsafe":      {"internal/document"},                              // strings of the source without a copy
	"syscall":     {"internal/cli", "internal/files", "internal/lsp"}, // O_NONBLOCK, so that no FIFO is waited for; SIGPIPE; whether an editor still runs
	"os/signal":   {"internal/cli", "internal/files"},                 // closed pipes, interrupts
	"os":          {"cmd/loonglint", "internal/cli", "internal/files", "internal/probe", "internal/settings"},
	"io/ioutil":   {},
	"embed":       {"internal/cli", "internal/view", "schema"},
	"testing":     {},
	"runtime/cgo": {},
}

func TestOnlySomePackagesAreCapable(t *testing.T) {
	for pkg, imports := range programPackages(t) {
		for _, i := range imports {
			if may, listed := capable[i]; listed && !slices.Contains(may, pkg) {
				t.Errorf("%s imports %s; may: %q", pkg, i, may)
			}
		}
	}
}

// The library is a function of its arguments: what it links may not reach a network or another program, and it
// imports nothing by itself that touches files, variables or the clock.
func TestTheLibraryIsNotCapable(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "../..").Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	linked := strings.Fields(string(out))
	for _, pkg := range []string{"net", "net/http", "os/exec", "plugin", module + "internal/probe", module + "internal/cli"} {
		if slices.Contains(linked, pkg) {
			t.Errorf("the library links %s", pkg)
		}
	}
	for _, pkg := range programPackages(t)["."] {
		if slices.Contains([]string{"os", "os/signal", "syscall", "unsafe", "path/filepath", module + "internal/files"}, pkg) {
			t.Errorf("the library imports %s", pkg)
		}
	}
}

// programPackages lists the module's packages that the program consists of, with their imports; the root is ".".
func programPackages(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}} {{join .Imports " "}}`, ".")
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if f[0]+"/" == module {
			all["."] = f[1:]
		} else if pkg, ok := strings.CutPrefix(f[0], module); ok {
			all[pkg] = f[1:]
		}
	}
	if len(all) < 8 {
		t.Fatalf("only %d packages", len(all))
	}
	return all
}

// writing are the functions of package os that change the file system.
var writing = []string{"Chdir", "Chmod", "Chown", "Chtimes", "CopyFS", "Create", "CreateTemp", "Lchown", "Link", "Mkdir", "MkdirAll", "MkdirTemp",
	"OpenRoot", "Remove", "RemoveAll", "Rename", "Setenv", "StartProcess", "Symlink", "Truncate", "Unsetenv", "WriteFile"}

// Only package files changes files; fix, baseline and --out write by it.
func TestOnlyPackageFilesWrites(t *testing.T) {
	for pkg := range programPackages(t) {
		if pkg == "internal/files" {
			continue
		}
		dir := filepath.Join("..", "..", pkg)
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && name != ".":
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			writes(t, filepath.Join(dir, name))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// writes reports what in a file could change the file system.
func writes(t *testing.T, path string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Error(err)
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "os" {
			return true
		}
		if slices.Contains(writing, sel.Sel.Name) || strings.HasPrefix(sel.Sel.Name, "O_WR") || sel.Sel.Name == "O_RDWR" || sel.Sel.Name == "O_CREATE" {
			t.Errorf("%s: os.%s", set.Position(sel.Pos()), sel.Sel.Name)
		}
		return true
	})
}
