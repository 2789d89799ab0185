package loonglint

import "runtime/debug"

// module is the path of this module.
const module = "github.com/loonglint/loonglint"

// version is set by the linker in releases (-X github.com/loonglint/loonglint.version=1.2.3).
var version = ""

// Version is the release of loonglint, else what Go recorded of the module, else "dev".
func Version() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == module && m.Version != "" && m.Version != "(devel)" {
			return m.Version
		}
	}
	return "dev"
}
