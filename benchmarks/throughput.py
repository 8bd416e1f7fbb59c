"""The batch core's workloads on files of some sizes: how fast, in how much memory, how it grows.

    python benchmarks/throughput.py --rows 1000000 10000000 [--folder /tmp/throughput]

Profiles are made once for each size and kept in the folder. Each workload runs in processes of its
own, start-up counted; its memory is the sum over all its processes, looked at ten times a second.
`busy` is the share of all processors that it kept at work. DuckDB reads the same files in the same
run (`pip install -r benchmarks/requirements.lock`). What is decided in memory is timed alone, best
of some rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import make_profiles
import pyarrow as pa
import pyarrow.parquet as pq
import readers

from recognition import dates
from recognition.decide.decide import decide
from recognition.facts.facts import Facts
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled
from recognition.standard.library import Library

HERE = Path(__file__).resolve().parent
DAY = "2026-11-24"
IPEA = ("--standard", "ipea", "--host", "AU")
GLANCE = 0.1
"""Seconds between two looks at a run's memory."""
CORES = os.cpu_count() or 1


class Measured(NamedTuple):
    """Seconds from start to end, seconds of all processors, and the greatest memory in bytes."""

    seconds: float
    busy: float
    peak: int


class Workload(NamedTuple):
    """What is run, on a file of which ending, and how many decisions a profile has."""

    name: str
    ending: str
    command: Callable[[Path, Path], Sequence[str]]
    decisions: int = 0


def measured(command: Sequence[str]) -> Measured:
    """Run a command to its end; CalledProcessError if it fails."""
    before, begun, peak = os.times(), time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(GLANCE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = os.times()
    busy = after.children_user + after.children_system
    busy -= before.children_user + before.children_system
    return Measured(time.perf_counter() - begun, busy, peak)


def resident(process: int) -> int:
    """Resident bytes of a process and all below it; what is shared counts in each."""
    return sum(_pages(one) for one in _tree(process)) * os.sysconf("SC_PAGE_SIZE")


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in below:
        yield from _tree(int(child))


def _pages(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0


def batch(*question: str, workers: int = CORES) -> Callable[[Path, Path], Sequence[str]]:
    """A run of the command line, to Parquet."""
    recognition = str(Path(sys.executable).with_name("recognition"))

    def command(source: Path, output: Path) -> Sequence[str]:
        said = (recognition, "batch", str(source), "--output", str(output), "--as-of", DAY)
        return (*said, *question, "--workers", str(workers))

    return command


def reading(source: Path, output: Path) -> Sequence[str]:
    """DuckDB in a process of its own."""
    return sys.executable, __file__, "--read", str(source)


def merely_read(source: Path) -> None:
    """DuckDB makes columns of a file and drops them."""
    if source.suffix == ".ndjson":
        readers.by_duckdb(source, CORES)
        return
    connection = duckdb.connect(config={"threads": CORES})
    told: Any = connection.sql(f"select * from read_parquet('{source}')")
    for _ in told.to_arrow_reader(65_536):
        pass


def workloads(lines: int) -> list[Workload]:
    return [
        Workload("DuckDB merely reads NDJSON", ".ndjson", reading),
        Workload("`ipea`, NDJSON → Parquet", ".ndjson", batch(*IPEA), 1),
        Workload("DuckDB merely reads Parquet", ".parquet", reading),
        Workload("`ipea`, Parquet → Parquet", ".parquet", batch(*IPEA), 1),
        Workload("the same, one process", ".parquet", batch(*IPEA, workers=1), 1),
        Workload("everything, Parquet → Parquet `--wide`", ".parquet", batch("--wide"), lines),
    ]


# --- in memory


ROUNDS = 5
PIECE = 2**16
"""Profiles that are decided at once."""


def in_memory(source: Path, library: Library) -> None:
    """`ipea` from Arrow tables, with findings, by one thread and by one for each processor."""
    table = pq.ParquetFile(source).read_row_group(0).unify_dictionaries()
    pieces = [table.slice(at, PIECE).combine_chunks() for at in range(0, len(table), PIECE)]
    plan = compiled(library, Question(("ipea",), ("AU",)))
    for threads in sorted({1, CORES}):
        seconds = min(_decided(pieces, plan, library, threads) for _ in range(ROUNDS))
        row(f"`ipea`, Arrow in memory → findings, threads: {threads}", len(table) / seconds)


def _decided(pieces: Sequence[pa.Table], plan: Plan, library: Library, threads: int) -> float:
    day = dates.parse(DAY)[0]

    def told(piece: pa.Table) -> None:
        decide(plan, Facts.from_arrow(piece, day, library.vocabularies), library)

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(told, pieces))
    return time.perf_counter() - begun


# --- the table


def row(name: str, rate: float, *others: str) -> None:
    cells = [name, f"{rate:,.0f}", *others, *[""] * (4 - len(others))]
    print(f"| {' | '.join(cells)} |", flush=True)


def told(count: int, workload: Workload, folder: Path) -> float:
    """Run a workload and print its row; the seconds it took for a profile."""
    source, output = made(count, workload.ending, folder), folder / "out.parquet"
    took = measured(workload.command(source, output))
    decisions = f"{count * workload.decisions / took.seconds:,.0f}" if workload.decisions else ""
    busy = took.busy / took.seconds / CORES
    others = f"{took.seconds:.1f} s", f"{busy:.0%}", f"{took.peak / 2**20:,.0f} MiB"
    row(workload.name, count / took.seconds, decisions, *others)
    return took.seconds / count


def made(count: int, ending: str, folder: Path) -> Path:
    """The file of so many profiles, made if it is not there."""
    path = folder / f"{count}{ending}"
    if not path.exists():
        aside = path.with_name(f"new-{path.name}")
        make_profiles.write(count, aside)
        aside.rename(path)
    return path


def main() -> None:
    """Prints a table for each size, and how the time for a profile grew from the first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "throughput"))
    parser.add_argument("--workload", default="", help="only those with this in their names")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        merely_read(asked.read)
        return
    asked.folder.mkdir(exist_ok=True)
    library = Library.load()
    lines = len(compiled(library).lines)
    chosen = [one for one in workloads(lines) if asked.workload in one.name]
    first: dict[str, float] = {}
    for count in asked.rows:
        print(f"\n{count:,} profiles, {CORES} processors\n")
        print("| workload | profiles/s | decisions/s | time | busy | memory |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        in_memory(made(min(asked.rows), ".parquet", asked.folder), library)
        for workload in chosen:
            each = told(count, workload, asked.folder)
            if first.setdefault(workload.name, each) != each:
                growth = each / first[workload.name]
                print(f"| … time for a profile, of that at {asked.rows[0]:,} | {growth:.0%} |||||")


if __name__ == "__main__":
    main()
