"""Whole files decided, beside a reader that merely reads them.

    python benchmarks/make_profiles.py 200000 /tmp/profiles.ndjson
    python benchmarks/files.py /tmp/profiles.ndjson [--standard ipea] [--host AU]

Prints profiles/s for one and two processes, the peak memory of all processes, and DuckDB's rate for
reading the same file in the same run (`pip install -r benchmarks/requirements.lock`).
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
READING = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
import readers; readers.by_duckdb(Path(sys.argv[2]), 2)
"""


def timed(command: list[str]) -> tuple[float, int]:
    """Seconds a command took, and the greatest resident size of it or a child, in bytes."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return time.perf_counter() - begun, peak


def batch(path: Path, workers: int, question: list[str], folder: Path) -> list[str]:
    recognition = str(Path(sys.executable).with_name("recognition"))
    output = folder / f"{workers}.parquet"
    return [
        recognition, "batch", str(path), "--output", str(output), "--as-of", "2026-11-24",
        "--workers", str(workers), *question,
    ]  # fmt: skip


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    told.add_argument("file", type=Path)
    told.add_argument("--standard", action="append", default=[])
    told.add_argument("--host", action="append", default=[])
    asked = told.parse_args()
    question = [f"--standard={name}" for name in asked.standard or ["ipea"]]
    question += [f"--host={name}" for name in asked.host or ["AU"]]
    count = sum(1 for _ in asked.file.open("rb"))
    print(f"{count:,} profiles, {asked.file.stat().st_size:,} bytes, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            seconds, peak = timed(batch(asked.file, workers, question, Path(folder)))
            print(
                f"decided, {workers} process(es): {count / seconds:,.0f} profiles/s, "
                f"{seconds:.1f} s, peak {peak / 2**20:,.0f} MiB in one process"
            )
    if importlib.util.find_spec("duckdb"):
        reading = [sys.executable, "-c", READING, str(HERE), str(asked.file)]
        seconds, _ = timed(reading)
        print(
            f"DuckDB merely reading, 2 threads: {count / seconds:,.0f} profiles/s, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
