"""Decisions are laid out as asked, and every format says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outputs import PEOPLE, VERDICTS, rows, told
from recognition.batch.job import Job
from recognition.batch.output.layout import View
from recognition.batch.run import run
from recognition.evaluate import evaluate
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.standard.library import Library


@pytest.mark.parametrize(
    "view", [View(), View(wide=True), View(findings="columns"), View(findings="nested")]
)
def test_every_format_says_the_same(tmp_path: Path, job: Job, books: Library, view: View) -> None:
    names = ("out.parquet", "out.csv", "out.xlsx")
    for name in names:
        run(replace(job, output=tmp_path / name, view=view), books)
    first, *others = [told(name, tmp_path) for name in names]
    assert first
    assert all(other == first for other in others)


def test_one_row_an_applicant_has_a_column_for_each_standard_and_host(
    job: Job, books: Library
) -> None:
    plain, wide = rows(job, books), rows(job, books, wide=True)
    assert [row["profile"] for row in wide] == [one["id"] for one in PEOPLE]
    for row in plain:
        name = row["standard"] + (f":{row['host']}" if row["host"] else "")
        (there,) = [one for one in wide if one["profile"] == row["profile"]]
        assert there[name] == row["verdict"]


def test_two_versions_of_a_standard_are_two_columns(job: Job, books: Library) -> None:
    question = Question(("league@1997", "league@2013"), ("AU",))
    (row, *_) = rows(replace(job, question=question), books, wide=True)
    assert list(row) == ["profile", "as_of", "league@1997:AU", "league@2013:AU"]


@pytest.mark.parametrize("only", sorted(VERDICTS))
def test_only_rows_with_a_verdict_are_kept(job: Job, books: Library, only: str) -> None:
    plain = rows(job, books)
    assert rows(job, books, only=only) == [row for row in plain if row["verdict"] == only]
    held = {row["profile"] for row in plain if row["verdict"] == only}
    assert {row["profile"] for row in rows(job, books, only=only, wide=True)} == held


def test_findings_are_those_of_one_profile_at_a_time(job: Job, books: Library) -> None:
    alone = [
        {f["criterion"]: f["status"] for f in decided["findings"]}
        for one in PEOPLE
        for decided in evaluate(books, one, as_of="2020-01-01")["decisions"]
    ]
    nested = rows(job, books, findings="nested")
    spread = rows(job, books, findings="columns")
    for one, listed, row in zip(alone, nested, spread, strict=True):
        found = {f["criterion"]: f["status"] for f in listed["findings"]}
        assert {k: v for k, v in found.items() if k not in ("in-force", "host")} == {
            k: v for k, v in one.items() if k not in ("in-force", "host")
        }
        assert {f"criterion:{k}": v for k, v in found.items()} == {
            k: v for k, v in row.items() if k.startswith("criterion:") and v is not None
        }


def test_one_row_an_applicant_has_no_findings() -> None:
    with pytest.raises(Refused):
        View(wide=True, findings="nested")
