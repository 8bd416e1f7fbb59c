"""What an office drops in: the same people in any format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from recognition.batch.input.files import chunks, opened
from recognition.batch.job import Job
from recognition.evaluate import day
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.profile.records import arrow_schema
from recognition.standard.library import Library

PEOPLE: list[dict[str, Any]] = [
    {
        "id": f"p-{i}",
        "citizenships": ["AU", "CN"] if i % 2 else [],
        "degrees": [{"level": "bachelor", "awarded_on": "2005", "years": 4,
                     "accreditations": [{"accord": "washington-accord", "from": "2001"}]}],
        "experience": [{"from": f"{2000 + i}", "until": "..", "fte": 1.0},
                       {"from": "1999", "until": "1999-12", "significant": bool(i % 3)}],
        "registrations": [{"body": "EA", "status": "active", "expires_on": ".."}] if i % 5 else [],
        "conduct": {"bound_by_code": True},
        "attestations": {"consents-to-listing": True},
    }
    for i in range(12)
]  # fmt: skip

FLAT = [
    "id", "citizenships", "degree_1_level", "degree_1_awarded_on", "degree_1_years",
    "degree_1_accreditation_1_accord", "degree_1_accreditation_1_from",
    "experience_1_from", "experience_1_until", "experience_1_fte",
    "experience_2_from", "experience_2_until", "experience_2_significant", "registrations",
    "registration_1_body", "registration_1_status", "registration_1_expires_on",
    "conduct_bound_by_code", "attestation_consents-to-listing",
]  # fmt: skip


def flat(i: int) -> list[Any]:
    """A person as a row of a flat table."""
    registered = ["", "EA", "active", ".."] if i % 5 else ["none", "", "", ""]
    return [
        f"p-{i}", "AU;CN" if i % 2 else "-", "bachelor", "2005", "4", "washington-accord", "2001",
        f"{2000 + i}", "ongoing", "1.0", "1999", "1999-12", "yes" if i % 3 else "no",
        *registered, "true", "是",
    ]  # fmt: skip


RELATED: dict[str, list[list[Any]]] = {
    "applicants": [
        ["id", "citizenships", "registrations", "conduct_bound_by_code"],
        *([f"p-{i}", "AU;CN" if i % 2 else "-", "" if i % 5 else "无", "是"] for i in range(12)),
    ],
    "degrees": [
        ["applicant", "number", "level", "awarded_on", "years"],
        *([f"p-{i}", "1", "bachelor", "2005", "4"] for i in range(12)),
    ],
    "accreditations": [
        ["applicant", "degree", "accord", "from"],
        *([f"p-{i}", "1", "washington-accord", "2001"] for i in range(12)),
    ],
    "experience": [
        ["applicant", "from", "until", "fte", "significant"],
        *([f"p-{i}", f"{2000 + i}", "..", "1", ""] for i in range(12)),
        *([f"p-{i}", "1999", "1999-12", "", "yes" if i % 3 else "no"] for i in range(12)),
    ],
    "registrations": [
        ["applicant", "body", "status", "expires_on"],
        *([f"p-{i}", "EA", "active", "至今"] for i in range(12) if i % 5),
    ],
    "attestations": [
        ["applicant", "kind", "holds"],
        *([f"p-{i}", "consents-to-listing", "yes"] for i in range(12)),
    ],
}


def job(folder: Path, *inputs: Path, books: Library, output: str = "out.ndjson") -> Job:
    """A job of the league in Australia and Pakistan."""
    question = Question(("league",), ("AU", "PK"))
    return Job(
        inputs, folder / output, folder / "rejects.ndjson", question, day("2020-01-01"), books.root
    )


def text(rows: Sequence[Sequence[Any]], between: str = ",") -> str:
    """Rows as a text table."""
    quoted = [[f'"{cell}"' if between in str(cell) else str(cell) for cell in row] for row in rows]
    return "".join(between.join(row) + "\r\n" for row in quoted)


def table(
    path: Path, rows: Sequence[Sequence[Any]], between: str = ",", encoding: str = "utf-8"
) -> Path:
    path.write_bytes(text(rows, between).encode(encoding))
    return path


def folder(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    path.mkdir()
    for name, rows in tables.items():
        table(path / f"{name}.csv", rows)
    return path


def workbook(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def parquet(path: Path, people: Sequence[Any] = PEOPLE) -> Path:
    pq.write_table(pa.Table.from_pylist(list(people), arrow_schema()), path, row_group_size=5)
    return path


def rejects(asked: Job) -> list[dict[str, Any]]:
    return [json.loads(line) for line in asked.rejects.read_bytes().splitlines()]


def profiles(path: Path, books: Library) -> list[Any]:
    """The profiles that an input states."""
    return [
        json.loads(line) for chunk in chunks(opened([path], books)) for line in chunk.lines if line
    ]


def codes(path: Path, books: Library) -> list[str]:
    with pytest.raises(Refused) as refused:
        opened([path], books)
    return [problem.code for problem in refused.value.problems]


def packed(path: Path) -> Path:
    lines = b"\n".join(json.dumps(one).encode() for one in PEOPLE)
    with pa.output_stream(str(path), compression="zstd") as file:
        file.write(lines)
    return path
