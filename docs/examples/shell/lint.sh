#!/bin/sh
# For any CI server, or none: new findings fail, those of the baseline do not.
# 0 clean, 1 findings, 2 wrong usage, 3 could not be done, 4 nothing to check.
set -u

loonglint check --env-names-file deploy/env-names.txt --baseline loonglint-baseline.json \
	--out junit=loonglint.xml --out json=loonglint.json deploy/
status=$?

# What changed since the last run that was kept.
if [ -f last/loonglint.json ] && [ -f loonglint.json ]; then
	loonglint report --compare last/loonglint.json loonglint.json --fail-on=never
fi
exit "$status"
