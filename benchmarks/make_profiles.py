"""Makes a big file of profiles for the benchmarks.

    python benchmarks/make_profiles.py 1000000 /tmp/profiles.ndjson
    python benchmarks/make_profiles.py 10000000 /tmp/profiles.parquet

A pool of made-up applicants is written over and over, each time with new ids and with every date
moved by some days, so that few rows are equal and the order of a profile's dates stays true. In
Parquet the first 131,072 of them come again and again, with new ids.
"""

from __future__ import annotations

import argparse
import re
import runpy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from recognition.profile.records import arrow_schema

ROOT = Path(__file__).resolve().parent.parent
POOL = 6000
GROUP = 2**17
"""Profiles of a row group in Parquet."""
FARTHEST = 180
"""Days that dates are moved by, at most, either way."""
_DATED = re.compile(r'"(\w+)":"(\d{4})(-\d\d)?(-\d\d)?"')
_ORIGIN = date(1940, 1, 1)
_DAYS = (date(2060, 1, 1) - _ORIGIN).days
_ENDS = ("until", "awarded_on", "completed_on", "expires_on")

Template = tuple[str, Callable[[list[str]], tuple[str, ...]]]
"""A line with a place for its id and for each date, and what picks the dates from a calendar."""


def profiles(count: int) -> Iterator[str]:
    """That many lines, each with its line end; the same ones every time."""
    return islice(_endless(), count)


def _endless() -> Iterator[str]:
    templates = _templates()
    calendar = _calendar()
    number = 0
    for days in _shifts():
        moved = calendar[3 * days :]
        for text, pick in templates:
            number += 1
            yield text % (number, *pick(moved))


def _shifts() -> Iterator[int]:
    """Every shift once before any comes again, far ones and near ones mixed."""
    span, days = 2 * FARTHEST + 1, FARTHEST
    while True:
        yield days
        days = (days + 137) % span


def _calendar() -> list[str]:
    """For each day, from the farthest before the origin, its date, its month and its year."""
    first = _ORIGIN - timedelta(days=FARTHEST)
    days = ((first + timedelta(days=number)).isoformat() for number in range(_DAYS))
    return [text for day in days for text in (day, day[:7], day[:4])]


def _templates() -> list[Template]:
    made = runpy.run_path(str(ROOT / "examples" / "make_applicants.py"))
    return [_template(made["line"](applicant)) for applicant in made["applicants"](POOL, seed=2)]


def _template(line: str) -> Template:
    places: list[int] = []

    def place(found: re.Match[str]) -> str:
        places.append(_place(*found.groups()))
        return f'"{found[1]}":"%s"'

    text = re.sub(r'"id":"[^"]*"', '"id":"P-%08d"', line.replace("%", "%%"), count=1)
    return _DATED.sub(place, text) + "\n", itemgetter(*places)


def _place(key: str, year: str, month: str | None, day: str | None) -> int:
    """Where a date stands in an unmoved calendar; a coarse end moves as its last day would."""
    first = date(int(year), int((month or "-1")[1:]), int((day or "-1")[1:]))
    length = 0 if day or key not in _ENDS else 30 if month else 365
    return 3 * (first - _ORIGIN).days + 3 * length + (0 if day else 1 if month else 2)


# --- as columns


def groups(count: int) -> Iterator[pa.Table]:
    """That many profiles as tables of a row group each, of the profile's Arrow schema."""
    base = _table(profiles(min(count, GROUP)))
    for first in range(0, count, GROUP):
        rows = min(GROUP, count - first)
        ids = pa.array([f"P-{first + i + 1:08d}" for i in range(rows)])
        yield base.slice(0, rows).set_column(0, base.schema.field(0), ids)


def _table(lines: Iterator[str]) -> pa.Table:
    batches = []
    while rows := [_row(orjson.loads(line)) for line in islice(lines, 8192)]:
        batches.append(pa.RecordBatch.from_pylist(rows, arrow_schema()))
    return pa.Table.from_batches(batches).combine_chunks()


def _row(profile: dict[str, Any]) -> dict[str, Any]:
    """A profile as Arrow takes it: maps are lists of pairs."""
    parts = profile, *(profile.get("languages") or ())
    for part, name in zip(parts, ("attestations", *["parts"] * len(parts)), strict=False):
        if isinstance(part.get(name), dict):
            part[name] = list(part[name].items())
    return profile


def write(count: int, path: Path) -> None:
    """Write that many profiles, as the path's ending says."""
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, arrow_schema(), compression="zstd") as writer:
            for table in groups(count):
                writer.write_table(table, row_group_size=GROUP)
        return
    with path.open("w", encoding="utf-8") as file:
        file.writelines(profiles(count))


def main() -> None:
    """Writes as many profiles as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("output", type=Path)
    asked = parser.parse_args()
    write(asked.count, asked.output)


if __name__ == "__main__":
    main()
