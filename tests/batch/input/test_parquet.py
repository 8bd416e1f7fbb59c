"""Parquet, its columns those of a profile or such as say the same."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inputs import (
    PEOPLE,
    codes,
    job,
    parquet,
    rejects,
)
from recognition.batch.input import parquet as parquet_
from recognition.batch.run import run
from recognition.problems import Refused
from recognition.standard.library import Library


def test_parquet_with_other_columns_is_refused(tmp_path: Path, books: Library) -> None:
    pq.write_table(pa.table({"id": ["x"], "degree": ["y"], "cpd": [1]}), tmp_path / "in.parquet")
    assert codes(tmp_path / "in.parquet", books) == ["unknown-column", "wrong-type"]


def test_rows_of_parquet_that_do_not_hold_together_are_examined(
    tmp_path: Path, books: Library
) -> None:
    odd = [
        PEOPLE[0],
        {"id": "a", "birth_date": "1980-02-30"},
        {"id": "b", "degrees": [{"level": "BACHELOR"}]},
        {"id": "c", "degrees": [{"years": float("nan")}]},
        PEOPLE[1],
    ]
    asked = job(tmp_path, parquet(tmp_path / "in.parquet", odd), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (5, 3, 2)
    assert [(r["line"], r["problems"][0]["code"]) for r in rejects(asked)] == [
        (2, "not-a-date"),
        (4, "not-finite"),
    ]
    told = [json.loads(line)["profile"] for line in asked.output.read_bytes().splitlines()]
    assert told == ["p-0"] * 2 + ["b"] * 2 + ["p-1"] * 2


def test_columns_of_dates_and_whole_numbers_are_read_from_parquet(
    tmp_path: Path, books: Library
) -> None:
    people = pa.table({"id": pa.array(["x"], pa.large_string()),
                       "birth_date": pa.array([0], pa.int32()).cast(pa.date32()),
                       "cpd": [[{"year": 2019, "hours": 50}]]})  # fmt: skip
    pq.write_table(people, tmp_path / "in.parquet")
    asked = job(tmp_path, tmp_path / "in.parquet", books=books)
    assert run(asked, books).decided == 1


def test_a_file_that_vanished_is_told_wherever_it_was_to_be_read(
    tmp_path: Path,
) -> None:
    path = parquet(tmp_path / "in.parquet")
    (chunk,) = parquet_.source(path).chunks(2**20)
    path.unlink()
    assert chunk.table is not None
    with pytest.raises(Refused) as refused:
        list(chunk.table(100))
    assert [problem.code for problem in refused.value.problems] == ["broken-file"]
