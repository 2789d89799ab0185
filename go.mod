module github.com/loonglint/loonglint

go 1.26.0

require (
	github.com/clipperhouse/displaywidth v0.11.0
	github.com/hashicorp/go-envparse v0.1.0
	github.com/joshdk/go-junit v1.0.0
	github.com/pelletier/go-toml/v2 v2.4.3
	github.com/rogpeppe/go-internal v1.16.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/toml-lang/toml-test/v2 v2.2.0
	github.com/urfave/cli/v3 v3.14.0
	golang.org/x/mod v0.41.0
	golang.org/x/net v0.62.0
	golang.org/x/tools v0.51.0
)

require (
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)
