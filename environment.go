package loonglint

import (
	"maps"
	"slices"

	"github.com/loonglint/loonglint/internal/loong"
)

// Environment is a world that Loong will run in: exactly these variables exist there. HOME is one of them.
type Environment struct {
	Variables map[string]string // by name
	Names     []string          // further variables, whose values are not known
	// LookAt says what is at a path that the document names, such as a file with a secret; the path is as written,
	// with ~ replaced. nil: nothing is known about files.
	LookAt func(path string) Presence
}

// Presence is what is at a path.
type Presence int

// What may be at a path.
const (
	Absent   Presence = iota
	AFile             // one with something in it
	AFolder           // a folder
	NotKnown          // only reading would tell
)

// internal is the environment for package loong; later changes of e do not count.
func (e *Environment) internal() *loong.Environment {
	world := loong.Declare(maps.Clone(e.Variables), slices.Clone(e.Names))
	if e.LookAt != nil {
		world.Files = lookedAt(e.LookAt)
	}
	return world
}

// lookedAt implements loong.Files.
type lookedAt func(path string) Presence

func (at lookedAt) Text(path string) (string, loong.State) {
	switch at(path) {
	case AFile:
		return "", loong.Declared
	case NotKnown:
		return "", loong.Unknown
	}
	return "", loong.Unset
}

func (at lookedAt) HasFolder(path string) bool { return at(path) == AFolder }
