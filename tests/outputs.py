"""What an office gets: rows as they are written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from recognition.batch.job import Job
from recognition.batch.output.layout import View
from recognition.batch.run import run
from recognition.standard.library import Library

PEOPLE: list[dict[str, Any]] = [
    {
        "id": f"p-{i}",
        "registrations": [{"body": "EA", "independent_practice": (True, False, None)[i % 3]}],
        "experience": [{"from": f"{2000 + i}", "until": None if i % 2 else ".."}],
        "degrees": [{"level": "bachelor", "awarded_on": "2001"}],
    }
    for i in range(9)
]

VERDICTS = {"eligible", "undetermined", "ineligible"}


def rows(job: Job, books: Library, **view: Any) -> list[dict[str, Any]]:
    """What a job writes in some layout."""
    run(replace(job, view=View(**view)), books)
    return [json.loads(line) for line in job.output.read_bytes().splitlines()]


def told(name: str, folder: Path) -> list[dict[str, Any]]:
    """The rows of a table that was written, as texts."""
    if name.endswith(".parquet"):
        flat = pq.read_table(folder / name).to_pylist()
        return [{k: _text(v) for k, v in row.items()} for row in flat]
    if name.endswith(".csv"):
        return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8"))))
    head, *body = CalamineWorkbook.from_path(folder / name).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def _text(value: Any) -> str:
    if isinstance(value, list):
        pairs = (f"{v['criterion']}={v['status']}" if isinstance(v, dict) else v for v in value)
        return " ".join(pairs)
    return value or ""
