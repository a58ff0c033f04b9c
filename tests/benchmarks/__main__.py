"""Run the benchmarks and record their ratios.

    python -m tests.benchmarks               all of them, in under ten minutes
    python -m tests.benchmarks loss check    those of these names

Each runs in processes of its own, first on one core, then on all, and replaces its part of
docs/data/benchmark.json: ratios only, with the machine, the versions and the date. They need
the packages of the group `benchmark` in pyproject.toml.
"""

import json
import os
import subprocess
import sys
import time
from datetime import date

from machinery.sources import DOCS, ROOT
from tests.benchmarks import machine

RECORD = DOCS / "data" / "benchmark.json"
# The module of each, and whether it is also run on all cores
BENCHMARKS = {"loss": True, "check": False, "vocabulary": False}
POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run(name, cores):
    """Run a benchmark in a process that sees so many cores, and return what it prints."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env=os.environ | dict.fromkeys(POOLS, str(cores)),
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
    )
    if done.returncode:
        sys.exit(f"{name}: failed, nothing recorded. README.md has its environment, under Benchmarks")
    return json.loads(done.stdout)


def main(names):
    if unknown := set(names) - BENCHMARKS.keys():
        sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}: there is {', '.join(BENCHMARKS)}")
    if not hasattr(os, "sched_getaffinity"):
        sys.exit("the benchmarks need Linux: elsewhere a process can't be kept on one core")
    cores = len(os.sched_getaffinity(0))
    for name in names or BENCHMARKS:
        start = time.monotonic()
        counts = sorted({1, cores}) if BENCHMARKS[name] else [1]
        results = {str(count): run(name, count) for count in counts}
        record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
        record[name] = {"date": date.today().isoformat(), **machine.description(), "cores used": results}
        RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
        print(f"{name}: recorded in {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
