#!/usr/bin/env bash
# Runs the job for real, on a local cluster of two workers, and compares its merged report with
# that of a single run. It needs Go, Java 17 or later and Python 3.9 or later; PySpark comes from
# PyPI into a virtual environment that is thrown away.
#
#   COUNT=1000000 examples/spark/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

count=${COUNT:-20000}
master=${MASTER:-local-cluster[2,1,1024]}
partitions=${PARTITIONS:-16}
pyspark=pyspark==4.3.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
step() { printf '== %s\n' "$*"; }
TIMEFORMAT='%R seconds, of processors %U and %S of the system'

step "loonglint and $count configurations"
CGO_ENABLED=0 go build -o "$work/loonglint" ./cmd/loonglint
go run ./internal/testing/fleet/generate -n "$count" >"$work/configs.jsonl"
od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$work/join.key"

step "$pyspark"
python=${PYTHON:-}
if [ -z "$python" ]; then
	python3 -m venv "$work/venv"
	"$work/venv/bin/pip" install --quiet "$pyspark"
	python=$work/venv/bin/python
fi
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1

step "the job, on $master"
time "$SPARK_HOME/bin/spark-submit" --master "$master" --conf spark.ui.enabled=false --conf spark.log.level=WARN \
	--conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1 \
	examples/spark/audit_fleet.py "$work/configs.jsonl" "$work/results" \
	--loonglint "$work/loonglint" --partitions "$partitions" --flags "--no-config --join-key-file $work/join.key"
echo "$(cat "$work"/results/part-* | wc -l) results in $(ls "$work"/results/part-* | wc -l) parts"

step 'a single run'
time "$work/loonglint" audit --batch --no-config --join-key-file "$work/join.key" <"$work/configs.jsonl" >"$work/single.jsonl"
echo "$(($(wc -c <"$work/configs.jsonl") / count)) bytes a request, $(($(wc -c <"$work/single.jsonl") / count)) bytes a result"

step 'the reports are the same'
# All reports come of one run, since most of it is to read the results.
report() {
	local name=$1
	shift
	time "$work/loonglint" audit --no-config --fail-on=never --quiet --out json="$work/$name.json" --out markdown="$work/$name.markdown" \
		--out html="$work/$name.html" --from "$@" >"$work/$name.text"
}
report parts "$work"/results/part-*
report single "$work/single.jsonl"
for format in text json markdown html; do
	cmp "$work/parts.$format" "$work/single.$format"
done
sed -n 1,20p "$work/parts.text"
