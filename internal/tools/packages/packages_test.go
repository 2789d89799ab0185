package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../../.."

var (
	sampleTexts   = &texts{readme: []byte("# loonglint\n"), license: []byte("MIT\n"), notice: []byte("notice\n")}
	sampleProgram = &program{platform: platforms[0], content: []byte("program"), wheelTags: []string{"musllinux_1_1_x86_64", "manylinux_2_17_x86_64"}}
)

func TestPyPIVersion(t *testing.T) {
	for version, want := range map[string]string{
		"0.1.0": "0.1.0", "10.20.30": "10.20.30", "0.2.0-alpha.1": "0.2.0a1", "0.2.0-beta2": "0.2.0b2", "1.0.0-rc.3": "1.0.0rc3",
		"0.1.1-snapshot": "0.1.1.dev0", "0.1.1-snapshot+A08388a": "0.1.1.dev0+a08388a",
	} {
		if got, err := pypiVersion(version); got != want || err != nil {
			t.Errorf("%s is %s (%v), want %s", version, got, err, want)
		}
	}
	for _, version := range []string{"", "1.0", "v1.0.0", "1.0.0-nightly", "1.0.0-rc", "1.0.0 "} {
		if got, err := pypiVersion(version); err == nil {
			t.Errorf("%q is taken as %s", version, got)
		}
	}
}

func TestWheel(t *testing.T) {
	var b, again bytes.Buffer
	for _, w := range []io.Writer{&b, &again} {
		if err := writeWheel(w, sampleProgram, "9.8.7", sampleTexts); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("equal input gives different wheels")
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
		if isScript := strings.Contains(f.Name, ".data/scripts/"); isScript != (f.Mode()&0o111 != 0) {
			t.Errorf("%s has the mode %v", f.Name, f.Mode())
		}
	}
	if files["loonglint-9.8.7.data/scripts/loonglint"] != "program" {
		t.Errorf("no program in %q", files)
	}
	checkRecord(t, files, "loonglint-9.8.7.dist-info/RECORD")
	if got := files["loonglint-9.8.7.dist-info/WHEEL"]; !strings.HasSuffix(got, "Tag: py3-none-manylinux_2_17_x86_64\nTag: py3-none-musllinux_1_1_x86_64\n") {
		t.Errorf("WHEEL is %q", got)
	}
	head, body, _ := strings.Cut(files["loonglint-9.8.7.dist-info/METADATA"], "\n\n")
	if !strings.Contains(head, "\nName: loonglint\nVersion: 9.8.7\n") || body != "# loonglint\n" {
		t.Errorf("METADATA is %q and %q", head, body)
	}
}

// checkRecord compares RECORD with the files: each is in it once, with its hash and size, and RECORD itself with neither.
func checkRecord(t *testing.T, files map[string]string, name string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(files[name])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		content, found := files[row[0]]
		sum := sha256.Sum256([]byte(content))
		hash, size := "sha256="+base64.RawURLEncoding.EncodeToString(sum[:]), strconv.Itoa(len(content))
		if row[0] == name {
			hash, size = "", ""
		}
		if !found || row[1] != hash || row[2] != size {
			t.Errorf("RECORD has %q, want %s and %s (found: %v)", row, hash, size, found)
		}
	}
	if len(rows) != len(files) {
		t.Errorf("RECORD has %d rows for %d files", len(rows), len(files))
	}
}

func TestNPM(t *testing.T) {
	package1, err := npmLauncher("9.8.7", sampleTexts)
	if err != nil {
		t.Fatal(err)
	}
	main := unpackNPM(t, package1)
	package2, err := npmProgram(sampleProgram, "9.8.7", sampleTexts)
	if err != nil {
		t.Fatal(err)
	}
	own := unpackNPM(t, package2)
	if own["package/bin/loonglint"] != "program" {
		t.Errorf("no program in %q", own)
	}
	var first, second struct {
		Name, Version string
		Bin           map[string]string
		OS, CPU       []string
		Optional      map[string]string `json:"optionalDependencies"`
	}
	for text, into := range map[string]any{main["package/package.json"]: &first, own["package/package.json"]: &second} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if first.Name != "loonglint" || main["package/"+first.Bin["loonglint"]] == "" || len(first.Optional) != len(platforms) {
		t.Errorf("package.json says %+v", first)
	}
	if first.Optional[second.Name] != second.Version || !slices.Equal(second.OS, []string{"linux"}) || !slices.Equal(second.CPU, []string{"x64"}) {
		t.Errorf("package.json says %+v", second)
	}
}

func unpackNPM(t *testing.T, content []byte) map[string]string {
	t.Helper()
	unpacked, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	archive := tar.NewReader(unpacked)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		files[header.Name] = string(text)
	}
}

func TestPackFolder(t *testing.T) {
	folder, dir := t.TempDir(), t.TempDir()
	manifest := `{"name": "@loonglint/x", "version": "9.8.7", "files": ["*.js", "LICENSE*"]}`
	for name, text := range map[string]string{"package.json": manifest, "README.md": "", "a.js": "a", "b.js": "b", "a.test.ts": "", "LICENSE": ""} {
		save(t, filepath.Join(folder, name), text, 0o644)
	}
	if err := packFolder(folder, dir); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "npm-loonglint-x-9.8.7.tgz"))
	if err != nil {
		t.Fatal(err)
	}
	files := unpackNPM(t, content)
	want := []string{"package/LICENSE", "package/README.md", "package/a.js", "package/b.js", "package/package.json"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) || files["package/b.js"] != "b" {
		t.Errorf("the package has %q, want %q", got, want)
	}
	save(t, filepath.Join(folder, "package.json"), `{"name": "x", "version": "1.0.0", "files": ["*.wasm"]}`, 0o644)
	if err := packFolder(folder, dir); err == nil {
		t.Error("a package without what it is for is made")
	}
}

// The launcher hands over arguments and streams, ends as the program ends, and says what is missing.
func TestLauncher(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("needs node and a shell")
	}
	content, err := npmLauncher("9.8.7", sampleTexts)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range unpackNPM(t, content) {
		save(t, filepath.Join(dir, "node_modules/loonglint", strings.TrimPrefix(name, "package/")), text, 0o644)
	}
	start := func(args ...string) (string, int) {
		cmd := exec.Command(node, append([]string{filepath.Join(dir, "node_modules/loonglint/bin/loonglint.js")}, args...)...)
		cmd.Stdin = strings.NewReader("input")
		out, err := cmd.CombinedOutput()
		if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, status := start(); status != 3 || !strings.Contains(out, "is missing; install loonglint again") {
		t.Errorf("without the program: status %d, %q", status, out)
	}
	target, err := exec.Command(node, "-p", "`${process.platform}-${process.arch}`").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "node_modules/@loonglint", strings.TrimSpace(string(target)), "bin/loonglint")
	save(t, file, "#!/bin/sh\nprintf '%s|' \"$@\"\ncat\nexit 7\n", 0o755)
	if out, status := start("check", "a b", ""); status != 7 || out != "check|a b||input" {
		t.Errorf("status %d, %q", status, out)
	}
	save(t, file, "#!/bin/sh\nkill -9 $$\n", 0o755)
	if _, status := start(); status != -1 {
		t.Errorf("of a program that is killed: status %d", status)
	}
}

func save(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// What the linker recorded tells for which systems a program is.
func TestReadProgram(t *testing.T) {
	dir := t.TempDir()
	save(t, filepath.Join(dir, "go.mod"), "module example.com/x\n", 0o644)
	save(t, filepath.Join(dir, "main.go"), "package main\n\nfunc main() {}\n", 0o644)
	build := func(env ...string) string {
		cmd := exec.Command("go", "build", "-o", "program", ".")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return filepath.Join(dir, "program")
	}
	p, err := readProgram(build("CGO_ENABLED=0"))
	if err != nil || p.goos != runtime.GOOS || p.goarch != runtime.GOARCH || len(p.wheelTags) == 0 || len(p.content) == 0 {
		t.Errorf("a program for this system is read as %+v (%v)", p, err)
	}
	if _, err := readProgram(build("CGO_ENABLED=1")); err == nil {
		t.Error("a program that was built with cgo is taken")
	}
	if _, err := readProgram(filepath.Join(dir, "go.mod")); err == nil {
		t.Error("a file that is no program is taken")
	}
}

func TestWheelTags(t *testing.T) {
	windows, mac := platforms[4], platforms[3]
	pure := map[string]string{"CGO_ENABLED": "0", "GOAMD64": "v1"}
	if tags, err := wheelTags(windows, nil, pure); err != nil || !slices.Equal(tags, []string{"win_amd64"}) {
		t.Error(tags, err)
	}
	if tags, err := wheelTags(mac, machO(loadBuildVersion, 24, 1, 12<<16|3<<8), pure); err != nil || !slices.Equal(tags, []string{"macosx_12_3_arm64"}) {
		t.Error(tags, err)
	}
	if tags, err := wheelTags(mac, machO(loadVersionMin, 24, 13<<16, 0), pure); err != nil || !slices.Equal(tags, []string{"macosx_13_0_arm64"}) {
		t.Error(tags, err)
	}
	if tags, err := wheelTags(mac, machO(0x1b, 24, 0, 0), pure); err == nil {
		t.Error("a program that names no macOS is taken for", tags)
	}
	for _, settings := range []map[string]string{{}, {"CGO_ENABLED": "1"}, {"CGO_ENABLED": "0", "GOAMD64": "v3"}} {
		if tags, err := wheelTags(windows, nil, settings); err == nil {
			t.Errorf("%v is taken for %s", settings, tags)
		}
	}
}

// machO makes a file for macOS on arm64 that consists of a header and one load command of 24 bytes.
func machO(load ...uint32) []byte {
	words := append([]uint32{0xfeedfacf, 0x0100000c, 0, 2, 1, 24, 0, 0}, load...)
	words = append(words, make([]uint32, 14-len(words))...)
	b, err := binary.Append(nil, binary.LittleEndian, words)
	if err != nil {
		panic(err)
	}
	return b
}

func TestCheckStaticRefusesALibrary(t *testing.T) {
	shell, err := os.ReadFile("/bin/sh")
	if err != nil || !bytes.HasPrefix(shell, []byte("\x7fELF")) {
		t.Skip("no ELF file at hand")
	}
	if err := checkStatic(shell); err == nil {
		t.Error("a program that links a C library counts as static")
	}
}

// The hook without Go and the plugin of MegaLinter take from PyPI the release that this tree names.
func TestPinsAreOfTheRelease(t *testing.T) {
	release, err := os.ReadFile(filepath.Join(root, "action/release"))
	if err != nil {
		t.Fatal(err)
	}
	version, err := pypiVersion(strings.TrimPrefix(strings.TrimSpace(string(release)), "v"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pyproject.toml", "docs/examples/megalinter/mega-linter-plugin-loonglint/loonglint.megalinter-descriptor.yml"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := regexp.MustCompile(`loonglint==[0-9A-Za-z.]*`).FindAllString(string(text), -1); !slices.Equal(got, []string{"loonglint==" + version}) {
			t.Errorf("%s has %q, not the release %s; .ci/release writes it", name, got, version)
		}
	}
}

// Elsewhere, too, each link of the README leads to a file that is there.
func TestLinksOfREADME(t *testing.T) {
	texts, err := readTexts(root, "9.8.7")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, link := range regexp.MustCompile(`\]\(([^)]*)\)`).FindAllSubmatch(texts.readme, -1) {
		address := string(link[1])
		if !strings.HasPrefix(address, "https://") {
			t.Errorf("the link %s leads nowhere", address)
		}
		for _, kind := range []string{"blob", "raw"} {
			if path, ok := strings.CutPrefix(address, fmt.Sprintf("https://github.com/loonglint/loonglint/%s/v9.8.7/", kind)); ok {
				found++
				path, _, _ = strings.Cut(path, "#")
				if _, err := os.Stat(filepath.Join(root, path)); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if found < 10 || !bytes.Contains(texts.readme, []byte("](https://github.com/loonglint/loonglint/raw/v9.8.7/docs/finding.svg)")) {
		t.Errorf("%d links lead into the repository, or the picture is lost", found)
	}
}
