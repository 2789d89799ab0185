package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// service is a service on loopback: /401/… answers 401 and so on, all else lists two models.
type service struct{ asked atomic.Int64 }

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if status, err := strconv.Atoi(first); err == nil {
		w.WriteHeader(status)
		return
	}
	fmt.Fprint(w, `{"data":[{"id":"m-1"},{"id":"m-2"}]}`)
}

// TestProbeScripts runs the probe against a service whose address is in $HOST; "asked n" compares
// how many requests it got since it was last asked. In *.toml, HOST stands for the address.
func TestProbeScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/probe",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			s := &service{}
			server := httptest.NewServer(s)
			e.Defer(server.Close)
			e.Values["service"] = s
			e.Setenv("HOST", server.Listener.Addr().String())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "asked": asked, "fill": fill},
	})
}

func asked(ts *testscript.TestScript, _ bool, args []string) {
	if got := ts.Value("service").(*service).asked.Swap(0); len(args) != 1 || args[0] != strconv.FormatInt(got, 10) {
		ts.Fatalf("%d requests, want %v", got, args)
	}
}

// fill puts the address into files.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		path := ts.MkAbs(name)
		text := strings.ReplaceAll(ts.ReadFile(name), "HOST", ts.Getenv("HOST"))
		ts.Check(os.WriteFile(path, []byte(text), 0o600))
	}
}
