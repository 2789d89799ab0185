# The usual tasks. Everything is plain Go; .ci/run is what CI runs.

VERSION = $(shell git describe --tags --always --dirty)
RELEASE = -trimpath -tags urfave_cli_no_template -ldflags "-s -w -X github.com/loonglint/loonglint.version=$(VERSION)"

EXTRACT = -loong "$(LOONG)" -rev "$(or $(REV),HEAD)" $(if $(REPORT),-report "$(REPORT)")

.PHONY: build test mutate lint generate facts facts-read fuzz-loong bench count snapshot wasm playground vscode vscode-desktop spark site ci

build:
	CGO_ENABLED=0 go build $(RELEASE) -o loonglint ./cmd/loonglint

test:
	go test ./...

# Which small changes of a package no test notices: make mutate PKG=./internal/lint N=40 SEED=2
mutate:
	go run ./internal/tools/mutate -pkg $(or $(PKG),./internal/document) -n $(or $(N),30) -seed $(or $(SEED),1)

lint:
	test -z "$$(gofmt -l .)"
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

generate:
	go generate ./...

# Asks a checkout of Loong whether the facts still hold: make facts LOONG=/path/to/checkout REV=main. Needs git and Cargo;
# with WRITE=1 it writes that version into the facts, and the tables from them. REPORT=FILE takes the report, as Markdown.
facts:
	go run ./facts/extract $(EXTRACT) $(if $(WRITE),-write)
	$(if $(WRITE),go generate ./...)
	$(if $(WRITE),-go run ./facts/extract $(EXTRACT) -probes)

# Notes that entries of facts/sources.json were read at a commit: make facts-read LOONG=… REV=… ENTRY=traps.md\#X9,behaviour.md\#3.1
facts-read:
	go run ./facts/extract $(EXTRACT) -read "$(or $(ENTRY),new)"

# Compares what Loong and loonglint say of recorded files that are changed at random.
fuzz-loong:
	go run ./facts/extract $(EXTRACT) -fuzz $(or $(COUNT),20000) -seed $(or $(SEED),1)

# Writes the table of docs/performance.md; compares with taplo and tombi where they are installed.
bench:
	go run ./internal/tools/bench -n 20 -write docs/performance.md
	go test -run '^$$' -bench . -benchtime 1s ./...

# Counts the instructions of parsing, reading and checking one file; needs valgrind.
count:
	sh internal/tools/bench/count.sh

# A release without publishing it, in dist/, proved to be reproducible.
snapshot:
	bash .ci/snapshot

# The npm package @loonglint/wasm, in build/wasm.
wasm:
	VERSION=$(VERSION) bash web/build wasm build/wasm

# The documentation site, in site/ beside other versions: make site FOR=v0.2.0
site:
	bash .ci/site site $(or $(FOR),dev)

# The page that checks configs in the browser, in build/playground, for any server of files. Needs npm, for CodeMirror.
playground:
	VERSION=$(VERSION) bash web/build playground build/playground

# The extension for VS Code, build/vscode/loonglint.vsix. Needs npm.
vscode:
	VERSION=$(VERSION) bash web/build vscode build/vscode

# The extension with the program in code-server, which is installed into build/code-server the first time; that takes long.
vscode-desktop:
	bash .ci/vscode-desktop build/code-server

# The example job of examples/spark on a local cluster, for real: make spark COUNT=1000000
spark:
	COUNT=$(or $(COUNT),20000) bash examples/spark/run.sh

ci:
	bash .ci/run
