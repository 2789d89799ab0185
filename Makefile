# The usual tasks. Everything is plain Go; .ci/run is what CI runs.

GOFLAGS_RELEASE = -trimpath -tags urfave_cli_no_docs -ldflags "-s -w"

.PHONY: build test lint generate bench ci

build:
	CGO_ENABLED=0 go build $(GOFLAGS_RELEASE) -o loonglint ./cmd/loonglint

test:
	go test ./...

lint:
	test -z "$$(gofmt -l .)"
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@2026.1 ./...

generate:
	go generate ./...

bench:
	go run ./internal/bench
	go test -run '^$$' -bench . -benchtime 1s ./...

ci:
	bash .ci/run
