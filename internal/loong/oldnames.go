package loong

// The names of Loong before 0.1.2, where nothing looks any more (traps.md X31).
const (
	OldFolder = ".loongclaw"
	OldPrefix = "LOONGCLAW_" // of variables
)
