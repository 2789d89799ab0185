package loong

// AbortsOn reports whether Loong aborts when it checks text as the name of a variable, instead
// of saying what is wrong with it (behaviour.md 1.6).
func AbortsOn(text string) bool { return checkPointer(text, "", false).crash }
