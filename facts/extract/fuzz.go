package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
)

// fuzz changes recorded files at random, and compares what the program and loonglint say of them.
func (p *program) fuzz(r *report, dir string, count int, seed uint64) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil {
		return err
	}
	var seeds []storedRow
	for _, file := range files {
		list, err := readRows(file)
		if err != nil {
			return err
		}
		seeds = append(seeds, slices.DeleteFunc(list, func(w storedRow) bool { return w.TOML == nil || len(*w.TOML) > 4<<10 })...)
	}
	if len(seeds) == 0 {
		return fmt.Errorf("no recordings in %s", dir)
	}
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // to be the same again
	const portion = 2000
	differ, shown := 0, []string(nil)
	for done := 0; done < count; done += portion {
		questions := make([]question, min(portion, count-done))
		for i := range questions {
			a, b := seeds[random.IntN(len(seeds))], seeds[random.IntN(len(seeds))]
			text := mutate(random, *a.TOML, *b.TOML)
			questions[i] = question{ID: i, TOML: &text, Env: a.Env}
		}
		different, some, err := p.disagreements(questions)
		if err != nil {
			return err
		}
		differ += different
		shown = append(shown, some...)
	}
	r.say(differ == 0, "\n%d of %d files that were changed at random are judged otherwise here (seed %d)", differ, count, seed)
	r.code(shown[:min(len(shown), shownAtMost)])
	return nil
}

// mutate moves, drops, doubles and mixes lines of two files, and now and then a character.
func mutate(random *rand.Rand, text, other string) string {
	lines, more := strings.SplitAfter(text, "\n"), strings.SplitAfter(other, "\n")
	for range 1 + random.IntN(4) {
		i, j := random.IntN(len(lines)), random.IntN(len(lines))
		switch random.IntN(5) {
		case 0:
			lines[i], lines[j] = lines[j], lines[i]
		case 1:
			lines = slices.Insert(lines, i, lines[j])
		case 2:
			lines = slices.Insert(lines, i, more[random.IntN(len(more))])
		case 3:
			lines[i] = ""
		case 4:
			lines[i] = respell(random, lines[i])
		}
	}
	return strings.Join(lines, "")
}

// respell puts a piece that means something to TOML or Loong somewhere into a line, or takes a character out.
func respell(random *rand.Rand, line string) string {
	pieces := strings.Split(". , = [ ] [[ ]] { } \" ' # \\ $ % @ é _ - 0 1 true env: x.y", " ")
	at := []rune(line)
	if len(at) == 0 {
		return pieces[random.IntN(len(pieces))]
	}
	i := random.IntN(len(at))
	if random.IntN(3) == 0 {
		return string(at[:i]) + string(at[i+1:])
	}
	return string(at[:i]) + pieces[random.IntN(len(pieces))] + string(at[i:])
}
