package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// headTag is how history.json calls the version that is no release.
const headTag = "HEAD"

// recordedVersions is what the repository holds of versions: the facts, and the lines of each that was asked.
type recordedVersions struct {
	root  string
	facts *facts
	lines map[string][]string // by tag; none for versions that were never asked
}

func readVersions(root string) (*recordedVersions, error) {
	f, err := readFacts(filepath.Join(root, "facts"))
	if err != nil {
		return nil, err
	}
	r := &recordedVersions{root: root, facts: f, lines: map[string][]string{}}
	newest, err := readLines(filepath.Join(root, structureFile))
	if err != nil {
		return nil, err
	}
	for _, tag := range f.tags() {
		if r.lines[tag], err = readOlder(root, tag, newest); err != nil {
			return nil, err
		}
	}
	r.lines[f.newest()] = newest
	return r, nil
}

// model is a version as it was recorded.
func (r *recordedVersions) model(tag string) (*model, error) {
	if r.lines[tag] == nil {
		return nil, fmt.Errorf("the structure of %s was never recorded, so nothing can be compared with it", tag)
	}
	return newModel(r.facts.surface.text("root"), r.lines[tag]), nil
}

// refresh writes the version that lines describe into the facts: a release that is new, or in place of the commit that
// is no release. Of a version that is older than another of the facts only the lines are kept. It returns what is left to a
// person.
func (r *recordedVersions) refresh(v version, lines []string) (byHand []string, err error) {
	prose := r.facts
	if r.facts, err = prose.clone(); err != nil {
		return nil, err
	}
	if tags := prose.tags(); slices.Contains(tags, v.tag) && v.tag != tags[len(tags)-1] {
		r.lines[v.tag] = lines
		return nil, nil // the facts have it already
	}
	steps := []version{v}
	if newest := prose.newest(); newest == headTag || newest == v.tag {
		head := prose.history.list("versions")[len(prose.tags())-1]
		if err := r.facts.cut(prose.tags()[len(prose.tags())-2]); err != nil {
			return nil, err
		}
		if newest == headTag && v.released { // the commit that is no release stands behind it: as it was, or the same where it was older
			behind := version{headTag, targetName(headTag), head.text("date"), head.text("commit"), head.text("package_version"), false}
			if behind.date <= v.date {
				behind.date, behind.commit, behind.pkg = v.date, v.commit, v.pkg
				r.lines[headTag] = lines
			}
			steps = append(steps, behind)
		}
	}
	for _, step := range steps {
		last := r.facts.newest()
		old, err := r.model(last)
		if err != nil {
			return nil, err
		}
		if step.tag == v.tag {
			r.lines[v.tag] = lines
		}
		now, err := r.model(step.tag)
		if err != nil {
			return nil, err
		}
		u := &update{facts: r.facts, prose: prose, old: old, now: now, version: step, last: last}
		u.apply()
		byHand = append(byHand, u.byHand...)
	}
	slices.Sort(byHand)
	return slices.Compact(byHand), nil
}

// write leaves all in the repository.
func (r *recordedVersions) write() error {
	if err := r.facts.write(filepath.Join(r.root, "facts")); err != nil {
		return err
	}
	newest := r.lines[r.facts.newest()]
	if err := writeLines(filepath.Join(r.root, structureFile), newest); err != nil {
		return err
	}
	for _, tag := range r.facts.tags() {
		if r.lines[tag] != nil && tag != r.facts.newest() {
			if err := writeOlder(r.root, tag, r.lines[tag], newest); err != nil {
				return err
			}
		}
	}
	return nil
}

var packageVersion = regexp.MustCompile(`(?m)^version = "([^"]+)"`)

// describe asks git for the tag, the date and the package version of what was built.
func describe(o *options, p *program) (version, error) {
	git := func(args ...string) (string, error) {
		out, err := exec.Command("git", append([]string{"-C", o.loong}, args...)...).Output()
		return strings.TrimSpace(string(out)), err
	}
	v := version{tag: headTag, commit: p.commit}
	tags, err := git("tag", "--points-at", p.commit, "v*")
	date, failed := git("log", "-1", "--format=%cs", p.commit)
	if err := errors.Join(err, failed); err != nil {
		return v, err
	}
	if tag, _, _ := strings.Cut(tags, "\n"); tag != "" {
		v.tag, v.released = tag, true
	}
	v.name, v.date = targetName(v.tag), date
	manifest, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(p.app)), "Cargo.toml"))
	if m := packageVersion.FindSubmatch(manifest); m != nil {
		v.pkg = string(m[1])
	}
	return v, err
}

// title names a version in a report.
func (v *version) title() string {
	return fmt.Sprintf("Loong %s, commit %.12s of %s (package version %s)", v.name, v.commit, v.date, cmp.Or(v.pkg, "unknown"))
}
