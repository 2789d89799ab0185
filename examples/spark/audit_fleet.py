"""Check a fleet of Loong configurations on Apache Spark.

The input has one JSON object a line: {"id": …, "toml": …, "env": {…}}. Every executor runs
loonglint audit --batch as a filter over its partitions; the results, one line each, are what
loonglint audit --from merges into one report.

    spark-submit audit_fleet.py configs.jsonl results --loonglint /usr/local/bin/loonglint
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("input", help="JSON lines; any path or address that Spark reads")
    p.add_argument("output", help="a folder, which must not exist yet")
    p.add_argument("--loonglint", default="loonglint", help="the program, at the same path on every executor")
    p.add_argument("--flags", default="--no-config", help="further flags of audit --batch")
    p.add_argument("--partitions", type=int, default=0, help="at least so many; 0 leaves it to Spark")
    args = p.parse_args()

    spark = SparkSession.builder.appName("loonglint-audit").getOrCreate()
    command = f"{shlex.quote(args.loonglint)} audit --batch {args.flags}"
    lines = spark.sparkContext.textFile(args.input, minPartitions=args.partitions or None)
    # checkCode: a line that is no request, or a program that dies, fails the job and is not lost.
    lines.pipe(command, checkCode=True).saveAsTextFile(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
