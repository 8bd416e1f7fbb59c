"""Measures Recognition beside its peers: the same rule, the same people, the same run. On Linux.

    pip install -r benchmarks/requirements.lock
    python benchmarks/peers.py [--people 100000] [--nested]

Prints a Markdown table, and which aims hold. Everybody's answers are held against a plain function
on all the people it is timed on, before it is timed; what takes long is timed on fewer people, as
the table says. One thread is one core and its processor time, so that others on the machine count
little; two threads are wall time, and need a machine that is idle. The best of the rounds counts.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
import peer_columns
import peer_languages
import peer_sql
import pyarrow as pa
from peer_columns import Run
from peer_profiles import MISSING
from peer_world import WAYS, World

OURS = "**Recognition**"
ROUNDS = 9
ENOUGH = 0.3
"""Seconds that a round takes at least, of those who take one person at a time: people are added
until it does, or until all are in."""
CORES = sorted(os.sched_getaffinity(0))


# --- who is measured


class Measured(NamedTuple):
    """A name, what it is given, how it is made for the first so many people, its threads.

    `single`: it takes one person at a time, so that a rate on some holds for all.
    """

    name: str
    given: str
    make: Callable[[int], Run]
    threads: int = 1
    single: bool = False


def ours(world: World) -> Iterator[Measured]:
    """Recognition; Python's objects on one thread alone, for they wait for one another."""
    for given, way in WAYS.items():
        for threads in (1,) if given == "objects" else (1, 2):
            yield Measured(OURS, given, partial(way, world, threads), threads)


def on_records(world: World) -> Iterator[Measured]:
    """Peers on flat records, in which everything is counted beforehand."""

    def made(by: Callable[..., Run], **asked: Any) -> Callable[[int], Run]:
        return lambda count: by(world.flat[:count], world.bodies, **asked)

    yield Measured("NumPy by hand", "columns of codes", made(peer_columns.by_numpy))
    for table, given in peer_columns.TABLES.items():
        for threads in (1, 2):
            by = made(peer_columns.by_duckdb, threads=threads, table=table)
            yield Measured("DuckDB, SQL by hand", given, by, threads)
    yield Measured("a function in Python", "dicts", made(peer_columns.by_function), single=True)
    yield Measured("CEL, cel-expr-python", "dicts", made(peer_languages.by_google_cel), single=True)
    yield Measured(
        "CEL, common-expression-language", "dicts", made(peer_languages.by_rust_cel), single=True
    )
    for way in peer_languages.ZEN:
        for told, trace in (("with trace", True), ("no trace", False)):
            by = made(peer_languages.by_zen, way=way, trace=trace)
            yield Measured(f"zen-engine, {way}, {told}", "dicts", by, single=True)


def on_profiles(world: World) -> Iterator[Measured]:
    """A peer on the profiles themselves, which counts for itself."""
    for given, source in peer_sql.GIVEN.items():
        for threads in (1, 2):

            def made(count: int, source: str = source, threads: int = threads) -> Run:
                table = pa.concat_tables(world.tables(count))
                return peer_sql.by_duckdb(table, world.bodies, source, threads)

            yield Measured("DuckDB, SQL by hand", given, made, threads)


# --- timing


class Rate(NamedTuple):
    """People a second, and on how many it was measured."""

    per_second: float
    people: int


def rates(world: World, several: Iterable[Measured]) -> dict[Measured, Rate]:
    """The best of rounds in which everybody has a turn, so that a bad minute is nobody's own."""
    made = {measured: checked(measured, world) for measured in several}
    best = dict.fromkeys(made, float("inf"))
    for _ in range(ROUNDS):
        for measured, (run, _) in made.items():
            best[measured] = min(best[measured], seconds(measured, run))
    return {one: Rate(count / best[one], count) for one, (_, count) in made.items()}


def checked(measured: Measured, world: World) -> tuple[Run, int]:
    """A run of enough people to be timed, and of how many; raises if an answer is wrong."""
    keep_to(measured.threads)  # before threads are started, which stay where they were born
    most = len(world.people)
    count = min(500, most) if measured.single else most
    run = measured.make(count)
    while count < most and seconds(measured, run) < ENOUGH:
        count = min(4 * count, most)
        run = measured.make(count)
    if not np.array_equal(run.read(run.run()), world.right[:count]):
        raise ValueError(f"{measured.name}, {measured.given}: the answers are not right")
    return run, count


def seconds(measured: Measured, run: Run) -> float:
    """Processor time on one core; wall time on two."""
    keep_to(measured.threads)
    clock = time.process_time if measured.threads == 1 else time.perf_counter
    gc.collect()
    begun = clock()
    run.run()
    return clock() - begun


def keep_to(cores: int) -> None:
    """Run on the first so many cores."""
    os.sched_setaffinity(0, CORES[:cores])


# --- the table

AIMS = (("zen-engine", "with trace", 50), ("CEL", "", 10), ("DuckDB", "", 1))
"""How many times as fast as the fastest peer whose name begins, and ends, so."""

Rates = dict[Measured, Rate]


def lines(found: Rates) -> Iterator[str]:
    """A Markdown table, and which aims hold."""
    yield f"| who | given | threads | people | people/s | {' | '.join(f'{w} ÷ it' for w in WAYS)} |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one, (per_second, people) in found.items():
        cells = [one.name, one.given, str(one.threads), f"{people:,}", f"{per_second:,.0f}"]
        yield f"| {' | '.join([*cells, *_ratios(one, found)])} |"
    yield ""
    yield from _aims(found)


def _ratios(measured: Measured, found: Rates) -> list[str]:
    """How many times as fast Recognition is, by what it is given, on as many threads."""
    mine = {
        one.given: rate.per_second
        for one, rate in found.items()
        if one.name == OURS and one.threads == measured.threads
    }
    if measured.name == OURS:
        return [""] * len(WAYS)
    its = found[measured].per_second
    return [f"{mine[given] / its:,.2f}" if given in mine else "" for given in WAYS]


def _aims(found: Rates) -> Iterator[str]:
    for begin, end, aim in AIMS:
        of = [m for m in found if m.name.startswith(begin) and m.name.endswith(end)]
        single = [measured for measured in of if measured.threads == 1]
        if single:
            fastest = max(single, key=lambda one: found[one].per_second)
            ratios = zip(WAYS, _ratios(fastest, found), strict=True)
            told = ", ".join(f"{ratio} from {given}" for given, ratio in ratios)
            yield f"- aim {aim} × {fastest.name} ({fastest.given}): {told}"


def setting(world: World) -> str:
    """What was measured on what."""
    tools = ("numpy", "pyarrow", "duckdb", "zen-engine", "cel-expr-python")
    versions = ", ".join(
        f"{name} {version(name)}" for name in (*tools, "common-expression-language")
    )
    unmet, unknown, met = np.bincount(world.right[:, -1], minlength=3)
    return (
        f"{len(CORES)} cores shared with others; CPython {platform.python_version()}; {versions}. "
        f"{len(world.people):,} people, {MISSING:.0%} of each fact unknown: "
        f"{met:,} met, {unknown:,} unknown, {unmet:,} unmet."
    )


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--nested", action="store_true", help="SQL on the profiles themselves")
    told = asked.parse_args()
    gc.disable()
    world = World(told.people)
    print(setting(world), end="\n\n")
    peers = on_profiles if told.nested else on_records
    for line in lines(rates(world, (*ours(world), *peers(world)))):
        print(line)


if __name__ == "__main__":
    main()
