package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/render"
)

var semver = regexp.MustCompile(`^([0-9]+\.[0-9]+\.[0-9]+)(?:-([0-9A-Za-z.]+))?(?:\+([0-9A-Za-z.]+))?$`)

var preRelease = regexp.MustCompile(`^(alpha|beta|rc)\.?([0-9]+)$`)

// pypiVersion writes a semantic version as PEP 440 does: 0.2.0-rc.1 as 0.2.0rc1, and a snapshot as a development release.
// Other pre-releases have no such form.
func pypiVersion(version string) (string, error) {
	parts := semver.FindStringSubmatch(version)
	if parts == nil {
		return "", fmt.Errorf("%q is not a semantic version", version)
	}
	result := parts[1]
	switch pre := preRelease.FindStringSubmatch(parts[2]); {
	case parts[2] == "":
	case parts[2] == "snapshot":
		result += ".dev0"
	case pre == nil:
		return "", fmt.Errorf("%q: PyPI knows the pre-releases alpha.N, beta.N and rc.N only", version)
	default:
		result += map[string]string{"alpha": "a", "beta": "b", "rc": "rc"}[pre[1]] + pre[2]
	}
	if parts[3] != "" {
		result += "+" + strings.ToLower(parts[3])
	}
	return result, nil
}

// wheelName is the name of the file (PEP 427).
func wheelName(p *program, version string) string {
	return "loonglint-" + version + "-py3-none-" + strings.Join(p.wheelTags, ".") + ".whl"
}

// writeWheel writes a package for PyPI that installs the program as a script; no Python is needed to run it. version is
// of PEP 440. Equal input gives equal bytes.
func writeWheel(w io.Writer, p *program, version string, texts *texts) error {
	info := "loonglint-" + version + ".dist-info/"
	files := []wheelFile{
		{"loonglint-" + version + ".data/scripts/" + p.file(), p.content, 0o755},
		{info + "METADATA", metadata(version, texts), 0o644},
		{info + "WHEEL", wheelText(p), 0o644},
		{info + "licenses/LICENSE", texts.license, 0o644},
		{info + "licenses/NOTICE", texts.notice, 0o644},
	}
	files = append(files, wheelFile{info + "RECORD", record(files, info+"RECORD"), 0o644})
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		header := &zip.FileHeader{Name: f.path, Method: zip.Deflate, Modified: time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)}
		header.SetMode(f.mode)
		part, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := part.Write(f.content); err != nil {
			return err
		}
	}
	return archive.Close()
}

type wheelFile struct {
	path    string
	content []byte
	mode    fs.FileMode
}

// record lists the files with their hashes, and itself without one.
func record(files []wheelFile, own string) []byte {
	var b bytes.Buffer
	for _, f := range files {
		sum := sha256.Sum256(f.content)
		fmt.Fprintf(&b, "%s,sha256=%s,%d\n", f.path, base64.RawURLEncoding.EncodeToString(sum[:]), len(f.content))
	}
	fmt.Fprintf(&b, "%s,,\n", own)
	return b.Bytes()
}

func wheelText(p *program) []byte {
	var b bytes.Buffer
	b.WriteString("Wheel-Version: 1.0\nGenerator: loonglint\nRoot-Is-Purelib: false\n")
	for _, tag := range slices.Sorted(slices.Values(p.wheelTags)) {
		fmt.Fprintf(&b, "Tag: py3-none-%s\n", tag)
	}
	return b.Bytes()
}

// metadata is the text of METADATA, by the core metadata of Python packages 2.4.
func metadata(version string, texts *texts) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Metadata-Version: 2.4\nName: loonglint\nVersion: %s\nSummary: %s\n", version, summary)
	fmt.Fprintf(&b, "Author: The loonglint authors\nLicense-Expression: MIT\nLicense-File: LICENSE\nLicense-File: NOTICE\n")
	fmt.Fprintf(&b, "Keywords: %s\n", strings.Join(keywords, ","))
	fmt.Fprintf(&b, "Project-URL: Source, %[1]s\nProject-URL: Changelog, %[1]s/blob/main/CHANGELOG.md\nProject-URL: Issues, %[1]s/issues\n", render.Home)
	b.WriteString("Classifier: Environment :: Console\nClassifier: Operating System :: MacOS\nClassifier: Operating System :: Microsoft :: Windows\n" +
		"Classifier: Operating System :: POSIX :: Linux\nClassifier: Programming Language :: Go\nClassifier: Topic :: Software Development :: Quality Assurance\n" +
		"Requires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n")
	b.Write(texts.readme)
	return b.Bytes()
}
