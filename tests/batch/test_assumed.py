"""Files of applicants are decided with assumptions, and rows say where these change them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import inputs
from recognition.batch.output.layout import View
from recognition.batch.run import run
from recognition.distributed import Decide
from recognition.facts.assumptions import read
from recognition.plan.question import Question
from recognition.standard.library import Library

PEOPLE = [
    {"id": "open", "registrations": [{"independent_practice": None}]},
    {"id": "told", "registrations": [{"independent_practice": False}]},
    {"id": "unknown"},
]
SOME = {"registrations.independent_practice": True}
LINES = [json.dumps(person).encode() for person in PEOPLE]


@pytest.mark.parametrize("wide", [False, True])
def test_a_column_says_which_rows_an_assumption_changes(
    tmp_path: Path, books: Library, wide: bool
) -> None:
    """Only what was silent is changed; a cluster tells the same."""
    (tmp_path / "in.ndjson").write_bytes(b"\n".join(LINES))
    plain = inputs.job(tmp_path, tmp_path / "in.ndjson", books=books)
    assumed = read(SOME, books.vocabularies)
    job = replace(plain, assumptions=assumed, view=View(wide, assumed=True))
    assert job.fingerprint(books) != replace(
        job, assumptions=read({}, books.vocabularies)
    ).fingerprint(books)
    run(job, books)
    rows = [json.loads(line) for line in job.output.read_bytes().splitlines()]
    assert {row["profile"] for row in rows if row["assumed"]} == {"open"}
    there = Decide.of(books, Question(("league",), ("AU", "PK")), "2020-01-01", View(wide), SOME)
    told = there(pa.table({"row": LINES})).to_pylist()
    assert [row["assumed"] for row in told] == [row["assumed"] for row in rows]
