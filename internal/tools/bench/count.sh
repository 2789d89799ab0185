#!/bin/sh
# Counts the instructions of parsing, reading and checking rules/testdata/bench.toml once, each with the steps before it.
# Unlike times they hardly depend on what else the machine does. It runs from the top of the repository and needs valgrind.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go test -c -o "$dir/rules.test" ./rules

# refs STAGE N: the instructions of a process that does a stage N times
refs() {
	(cd rules && GOGC=off GOMAXPROCS=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
		"$dir/rules.test" -test.run '^$' -test.bench "^BenchmarkStages\$/^$1\$" -test.benchtime="$2x" 2>&1) |
		sed -n 's/.*I *refs: *//p' | tr -d ,
}

for stage in parse read check; do
	echo "$stage $((($(refs "$stage" 500) - $(refs "$stage" 100)) / 400))"
done
