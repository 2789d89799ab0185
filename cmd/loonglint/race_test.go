//go:build race

package main

// underRace: the race detector watches the tests, and so the program that they run.
const underRace = true
