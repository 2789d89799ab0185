package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// runBatch returns the answers, the complaints and the error.
func runBatch(t *testing.T, in string, workers int) (answers, complaints []string, err error) {
	t.Helper()
	var out bytes.Buffer
	err = Resolve(strings.NewReader(in), &out, nil, 0, workers, func(m string) { complaints = append(complaints, m) })
	for line := range strings.Lines(out.String()) {
		answers = append(answers, strings.TrimSuffix(line, "\n"))
	}
	return answers, complaints, err
}

func TestKeepsOrderForAnyNumberOfWorkers(t *testing.T) {
	var in strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&in, `{"id":%d,"toml":"active_provider = \"p%d\"\n%s"}`+"\n", i, i, strings.Repeat("# x\\n", i%50))
	}
	for _, workers := range []int{1, 2, 7} {
		answers, _, err := runBatch(t, in.String(), workers)
		if err != nil || len(answers) != 2000 {
			t.Fatalf("%d workers: %d answers, %v", workers, len(answers), err)
		}
		for i, a := range answers {
			want := fmt.Sprintf(`{"id":%d,"schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"loads","diagnostics":[],"active_provider":"p%d",`, i, i)
			if !strings.HasPrefix(a, want) {
				t.Fatalf("%d workers: answer %d is %.120s", workers, i, a)
			}
		}
	}
}

func TestRequests(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"undecodable says only that", `{"id":"a","toml":"x = "}`, `{"id":"a","schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"undecodable"}`},
		{"hex for bytes that are not UTF-8", `{"id":"a","hex":"78203d2022ff22"}`, `{"id":"a","schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"undecodable"}`},
		{"any JSON is an id", `{"id":{"n":[1]},"toml":"x = "}`, `{"id":{"n":[1]},"schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"undecodable"}`},
		{"no id", `{"toml":"x = "}`, `{"id":null,"schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"undecodable"}`},
		{"refused has diagnostics and no profiles", `{"id":1,"toml":"[provider]\napi_key_env = \"$A\"","env":{}}`,
			`{"id":1,"schema":"loonglint.resolve.v1","target":"0.1.2-alpha.2","verdict":"refused","diagnostics":[{"code":"config.env_pointer.dollar_prefix","severity":"error","field_path":"providers.openai.api_key_env","inline_field_path":"providers.openai.api_key","suggested_env_name":"A"}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answers, complaints, err := runBatch(t, tt.line, 1)
			if err != nil || len(answers) != 1 || answers[0] != tt.want {
				t.Errorf("have %v, %v, %v\nwant %s", answers, complaints, err, tt.want)
			}
		})
	}
}

func TestComplainsOfBadLinesAndGoesOn(t *testing.T) {
	in := "{\"id\":1,\"toml\":\"\"}\n\n[1]\n{\"id\":2}\n{\"id\":3,\"toml\":\"\",\"hex\":\"\"}\n{\"id\":4,\"hex\":\"0\"}\n{\"id\":5,\"toml\":\"\xff\"}\n{\"id\":6,\"toml\":\"\"}"
	answers, complaints, err := runBatch(t, in, 2)
	if !errors.Is(err, ErrLine) {
		t.Errorf("error %v", err)
	}
	if len(answers) != 2 || !strings.HasPrefix(answers[0], `{"id":1,`) || !strings.HasPrefix(answers[1], `{"id":6,`) {
		t.Errorf("answers %v", answers)
	}
	want := []string{"line 3: ", "line 4: ", "line 5: ", "line 6: ", "line 7: "}
	if len(complaints) != len(want) {
		t.Fatalf("complaints %v", complaints)
	}
	for i, w := range want {
		if !strings.HasPrefix(complaints[i], w) {
			t.Errorf("complaint %q, want %s…", complaints[i], w)
		}
	}
}

func TestAnswersLineByLine(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	done := make(chan error)
	go func() { done <- Resolve(inR, outW, nil, 0, 2, func(string) {}) }()
	d := json.NewDecoder(outR)
	for i := range 3 {
		fmt.Fprintf(inW, `{"id":%d,"toml":""}`+"\n", i)
		var got struct{ ID int }
		if err := d.Decode(&got); err != nil || got.ID != i {
			t.Fatalf("answer %d: %v %v", i, got, err)
		}
	}
	inW.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestReadsLongLines(t *testing.T) {
	long := fmt.Sprintf(`{"id":0,"toml":"x = '%s'"}`+"\n", strings.Repeat("a", 5*chunkSize))
	answers, complaints, err := runBatch(t, long+`{"id":1,"toml":""}`+"\n[]\n", 2)
	if len(answers) != 2 || !errors.Is(err, ErrLine) {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	if want := "line 3: "; len(complaints) != 1 || !strings.HasPrefix(complaints[0], want) {
		t.Errorf("complaints %v", complaints)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestStopsWhenWritingFails(t *testing.T) {
	in := strings.Repeat(`{"id":1,"toml":""}`+"\n", 20000)
	if err := Resolve(strings.NewReader(in), failingWriter{}, nil, 0, 2, func(string) {}); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("error %v", err)
	}
}

func TestNeverShowsValues(t *testing.T) {
	line := `{"id":1,"toml":"[provider]\napi_key = \"sesame-1\"\noauth_access_token = \"${TOK}\"\nheaders = { authorization = \"sesame-3\" }\n[telegram]\nbot_token = \"sesame-4\"","env":{"TOK":"sesame-2"}}`
	answers, _, err := runBatch(t, line, 1)
	if err != nil || len(answers) != 1 || strings.Contains(answers[0], "sesame") {
		t.Errorf("%v %v", answers, err)
	}
}

// FuzzBatch holds that each line which is not blank has one answer, which is JSON, or one complaint, and
// that the number of workers makes no difference.
func FuzzBatch(f *testing.F) {
	for _, s := range []string{`{"id":1,"toml":"[provider]\nkind = \"openai\""}`, "\n \n[]\r\n{}", `{"id":[],"hex":"ff"}` + "\n{\"toml\":\"\xff\"}",
		`{"toml":"x = 1","env":{"A":"b"}}` + "\n" + `{"toml":1}`, `{"id":1,"id":2,"toml":"","hex":null}`, `{"id":1,"toml":"","env":null} x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		answers, complaints, err := runBatch(t, in, 1)
		more, other, again := runBatch(t, in, 3)
		if !slices.Equal(answers, more) || !slices.Equal(complaints, other) || (err == nil) != (again == nil) {
			t.Fatalf("three workers answer %q, %q, %v; one %q, %q, %v", more, other, again, answers, complaints, err)
		}
		lines := 0
		for line := range strings.SplitSeq(in, "\n") {
			if strings.TrimSpace(line) != "" {
				lines++
			}
		}
		if len(answers)+len(complaints) != lines || (len(complaints) > 0) != errors.Is(err, ErrLine) {
			t.Fatalf("%d lines have the answers %q and the complaints %q: %v", lines, answers, complaints, err)
		}
		for _, a := range answers {
			if !json.Valid([]byte(a)) {
				t.Fatalf("no JSON: %q", a)
			}
		}
	})
}
