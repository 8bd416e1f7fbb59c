"""How fast decisions are made, beside the same rule written by hand.

    make benchmarks

Nothing is asserted about time; what is compared runs in the same session on the same columns.
"""

from __future__ import annotations

import gc
import json
import runpy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from by_hand import ByHand
from fastapi.testclient import TestClient

from recognition import dates
from recognition.admit import admitted
from recognition.batch.chunk import Lines
from recognition.batch.work import Work
from recognition.decide.decide import decide
from recognition.evaluate import evaluate
from recognition.facts.facts import Facts
from recognition.facts.scan.reading import Scanner
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled, in_force
from recognition.profile.records import reader
from recognition.server.app import create_app
from recognition.standard.library import Library

ROWS = 40_000
DAY = dates.parse("2026-11-24")[0]
HERE = Path(__file__).parent
PERSON = (HERE.parent / "examples" / "person.json").read_bytes()
THREE = ("ipea", "us-tx-133-27-au", "washington-accord")


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load()


@pytest.fixture(scope="session")
def lines() -> list[bytes]:
    made = runpy.run_path(str(HERE / "make_profiles.py"))["profiles"]
    return [line.rstrip("\n").encode() for line in made(ROWS)]


@pytest.fixture(scope="session")
def halves(library: Library, lines: list[bytes]) -> Iterator[list[Facts]]:
    """Two batches in columns, one for each core, with the fields that are asked already built."""
    records = reader(library.vocabularies).decode_all(lines)
    parts = [Facts.from_records(records[i::2], DAY, library.vocabularies) for i in range(2)]
    for part in parts:
        decide(question(library, "ipea", "AU"), part, library)
    gc.freeze()
    yield parts
    gc.unfreeze()


def question(library: Library, standard: str, *hosts: str) -> Plan:
    return compiled(library, in_force(library, Question((standard,), hosts), DAY))


def told(benchmark: Any, count: int) -> None:
    benchmark.extra_info["profiles/s"] = round(count / benchmark.stats.stats.min)


def test_ipea_from_columns_one_core(benchmark: Any, library: Library, halves: list[Facts]) -> None:
    """The engine decides `ipea` for one host from columns in memory, with findings."""
    plan = question(library, "ipea", "AU")
    decided = benchmark(decide, plan, halves[0], library)
    assert decided[0].verdict.shape == (halves[0].rows,)
    told(benchmark, halves[0].rows)


def test_ipea_from_columns_two_cores(benchmark: Any, library: Library, halves: list[Facts]) -> None:
    """Two threads decide half of the profiles each; NumPy leaves the lock while it works."""
    plan = question(library, "ipea", "AU")
    with ThreadPoolExecutor(2) as pool:
        benchmark(lambda: list(pool.map(lambda facts: decide(plan, facts, library), halves)))
    told(benchmark, ROWS)


def test_ipea_by_hand_one_core(benchmark: Any, library: Library, halves: list[Facts]) -> None:
    """The same rule by hand on the same columns comes to the same verdicts."""
    by_hand = ByHand(library)
    truths = benchmark(by_hand, halves[0])
    verdict = np.minimum.reduce([lo.astype(np.uint8) + hi for lo, hi in truths])
    decided = decide(question(library, "ipea", "AU"), halves[0], library)
    assert (verdict == decided[0].verdict).all()
    told(benchmark, halves[0].rows)


def test_lines_scanned_one_core(benchmark: Any, library: Library, lines: list[bytes]) -> None:
    """Lines become columns, all checks of a profile in it."""
    scanner, text = Scanner(library.vocabularies), Lines.of(lines[:10_000]).text
    source, taken = benchmark(scanner, text)
    assert source.rows == len(taken) == 10_000
    told(benchmark, len(taken))


def test_ipea_from_ndjson_one_core(benchmark: Any, library: Library, lines: list[bytes]) -> None:
    """Lines are read, checked, decided and made a table of decisions."""
    plan, some = question(library, "ipea", "AU"), lines[:10_000]
    outcome = benchmark(Work(plan, library, DAY).lines, some, "profiles.ndjson", 1)
    assert outcome.decided == len(some)
    told(benchmark, len(some))


def test_one_person_against_everything(benchmark: Any, library: Library) -> None:
    """One person read and decided against the whole library for all hosts, without words."""
    plan = compiled(library, in_force(library, Question(), DAY))
    decided = benchmark(
        lambda: decide(plan, admitted([PERSON], DAY, library.vocabularies).facts, library)
    )
    assert len(decided) == len(plan.lines)


def test_one_person_against_everything_in_words(benchmark: Any, library: Library) -> None:
    """The same with every finding explained in two languages."""
    decided = benchmark(evaluate, library, PERSON, (), (), "2026-11-24")
    assert len(decided["decisions"]) > len(library.standards)


def test_one_evaluation_in_process(benchmark: Any, library: Library) -> None:
    """One person against three standards, read, decided and explained in two languages."""
    decided = benchmark(evaluate, library, PERSON, THREE, ("AU",), "2026-11-24")
    assert len(decided["decisions"]) == len(THREE)


def test_one_evaluation_over_http(benchmark: Any, library: Library) -> None:
    """The same through the service, in process, without a network."""
    client = TestClient(create_app(library))
    body = b'{"standards": %b, "hosts": ["AU"], "profile": ' % json.dumps(THREE).encode()
    answer = benchmark(
        client.post,
        "/v1/evaluations",
        content=body + PERSON + b"}",
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 200
