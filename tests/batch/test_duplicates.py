"""Ids that are met again are told of."""

from __future__ import annotations

import json
from pathlib import Path

from inputs import (
    job,
    parquet,
    table,
)
from recognition.batch.run import run
from recognition.standard.library import Library


def test_ids_met_again_are_told_with_their_places(tmp_path: Path, books: Library) -> None:
    first = table(tmp_path / "a.csv", [["id"], ["x"], ["y"]])
    second = parquet(tmp_path / "b.parquet", [{"id": "z"}, {"id": "x"}])
    asked = job(tmp_path, first, second, books=books)
    summary = run(asked, books)
    assert (summary.decided, summary.duplicates) == (4, 1)
    assert [json.loads(line) for line in asked.duplicates.read_bytes().splitlines()] == [
        {"id": "x", "places": [{"file": str(first), "line": 2}, {"file": str(second), "line": 2}]}
    ]
    run(job(tmp_path, second, books=books), books)
    assert not asked.duplicates.exists()
