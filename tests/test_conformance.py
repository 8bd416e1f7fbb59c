"""The tables of `conformance/`: what the language means, as data, held to oracle and columns."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import reference
import world

TABLES = sorted((Path(__file__).parent / "conformance").glob("*.json"))
ENTRIES = [
    pytest.param(entry, id=f"{path.stem}: {entry['name']}")
    for path in TABLES
    for entry in json.loads(path.read_text("utf-8"))["entries"]
]


def written(bounds: Any, kind: str) -> list[Any]:
    """Bounds as the tables write them: days as dates, the ends of time and infinity as words."""
    words = (
        {float("inf"): "..", float("-inf"): "-.."}
        if kind == "date"
        else {float("inf"): "inf", float("-inf"): "-inf"}
    )
    plain = [words.get(end, end) for end in bounds]
    if kind == "date":
        return [end if isinstance(end, str) else str(dt.date.fromordinal(end)) for end in plain]
    return plain


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_oracle_keeps_to_the_table(entry: dict[str, Any]) -> None:
    """The oracle finds what the table says."""
    day = dt.date.fromisoformat(entry["as_of"])
    found = reference.interpret(
        entry["expression"], entry["profile"], day, entry["host"], world.ORACLE
    )
    assert written(found, entry.get("kind", "truth")) == entry["is"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_columns_keep_to_the_table(entry: dict[str, Any]) -> None:
    """The columns find what the table says."""
    kind, day = entry.get("kind", "truth"), dt.date.fromisoformat(entry["as_of"])
    batch = world.facts([{"id": "x", **entry["profile"]}], [day])
    (found,) = world.columns(entry["expression"], kind, batch, entry["host"])
    assert written(found, kind) == entry["is"]
