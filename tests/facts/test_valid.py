"""What does not hold together is found on whole columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from recognition.facts.facts import Facts
from recognition.facts.valid import valid
from recognition.profile.records import arrow_schema
from recognition.profile.vocabulary import Vocabularies

ROOT = Path(__file__).parents[2]

NAMES = Vocabularies.load(ROOT)

TODAY = 20_000


@pytest.mark.parametrize(
    "broken",
    [
        {"birth_date": "1981-02-29"},
        {"citizenships": ["CN", "XX"]},
        {"attestations": {"no-such-kind": True}},
        {"cpd": [{"hours": -1.0}]},
        {"cpd": [{"hours": float("nan")}]},
        {"cpd": [{"year": 2024.5}]},
        {"experience": [{"fte": 0.0}]},
        {"experience": [{"from": "2018", "until": "2017"}]},
        {"residences": [{"country": "CA", "region": "US-TX"}]},
        {"degrees": [{"accreditations": [{"scope": ["no-such-scope"]}]}]},
        {"languages": [{"parts": {"whispering": 1.0}}]},
        {"id": ""},
        {"id": None},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_a_broken_row_of_a_table_is_found_among_good_ones(broken: dict[str, Any]) -> None:
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema()])
    rows = [{"id": "a"}, {"id": "b", **broken}, {"id": "c"}]
    table = pa.Table.from_pylist(rows, schema=schema)
    assert valid(Facts.from_arrow(table, TODAY, NAMES)).tolist() == [True, False, True]
