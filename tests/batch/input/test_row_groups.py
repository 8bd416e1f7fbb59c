"""Parquet read by row groups: whole, in parts, together, and without what says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition import dates
from recognition.batch.input import row_groups
from recognition.facts.facts import Facts
from recognition.facts.valid import valid
from recognition.profile.records import arrow_schema
from recognition.standard.library import Library

TODAY = dates.parse("2026-11-24")[0]


def rows(count: int) -> list[dict[str, Any]]:
    """Profiles of which some lists are unknown and some empty, with days coarse, open and whole."""
    jobs = [None, [], [{"from": "2016", "until": "..", "country": "AU", "codes": ["AU", None]}]]
    days = ["1980-02-29", "1975-06", None]
    return [
        {
            "id": f"P-{i}",
            "birth_date": days[i % 3],
            "experience": jobs[i // 3 % 3],
            "degrees": [{"country": "CN", "accreditations": None if i % 2 else []}],
            "attestations": [("consents-to-listing", i % 2 == 0)] if i % 5 else None,
        }
        for i in range(count)
    ]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[int, int], Path]:
    def write(count: int, group: int) -> Path:
        path = tmp_path / "people.parquet"
        table = pa.Table.from_pylist(rows(count), arrow_schema())
        pq.write_table(table, path, row_group_size=group)
        return path

    return write


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(1, 30))
def test_pieces_hold_every_profile_once_and_in_order(counts: list[int], most: int) -> None:
    """No piece is larger than asked for."""
    ends = [sum(counts[:i]) for i in range(len(counts) + 1)]
    told: list[int] = []
    for piece in row_groups.pieces(counts, most):
        assert piece.rows <= most
        first = ends[piece.begin] + piece.skip
        told += range(first, first + piece.rows)
    assert told == list(range(sum(counts)))


@pytest.mark.parametrize("group", [7, 50, 1000])
@pytest.mark.parametrize("most", [10, 64, 500])
@pytest.mark.parametrize("size", [8, 100])
def test_pieces_are_read_as_they_were_written(
    written: Callable[[int, int], Path], group: int, most: int, size: int
) -> None:
    path = written(200, group)
    counts = [min(group, 200 - first) for first in range(0, 200, group)]
    told = []
    for piece in row_groups.pieces(counts, most):
        for table in row_groups.tables(path, piece, size):
            assert len(table) <= size
            told += table["id"].to_pylist()
    assert told == [row["id"] for row in rows(200)]


def test_columns_that_say_nothing_are_not_read(written: Callable[[int, int], Path]) -> None:
    """What is read comes to the same facts as the whole table; of each list a column is left."""
    path = written(60, 60)
    (piece,) = row_groups.pieces([60], 100)
    (table,) = row_groups.tables(path, piece, 100)
    degrees = {field.name for field in table.schema.field("degrees").type.value_type}
    assert degrees == {"country", "delivered_in", "accreditations", "stages"}
    whole = pa.Table.from_pylist(rows(60), arrow_schema())
    assert told(table) == told(whole)


def told(table: pa.Table) -> dict[str, Any]:
    facts = Facts.from_arrow(table, TODAY, Library.load().vocabularies)
    assert valid(facts).all()
    paths = "birth_date", "experience.until", "experience.country", "degrees.delivered_in"
    columns: dict[str, Any] = {path: [end.tolist() for end in facts.field(path)] for path in paths}
    for path in ("experience", "experience.codes", "degrees.accreditations", "languages"):
        many = facts.many(path)
        columns[path] = facts.offsets(path).tolist(), None if many is None else many.tolist()
    attested = facts.attested("consents-to-listing")
    return {**columns, "attested": [end.tolist() for end in attested]}
