"""Decisions are laid out as asked, and every format says the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from outputs import PEOPLE, VERDICTS, rows, told
from recognition.batch.job import Job
from recognition.batch.output.layout import View
from recognition.batch.run import run
from recognition.decide import decide
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


@pytest.mark.parametrize("few", [0, 256])
def test_what_does_not_concern_an_applicant_is_told_as_one_by_one(
    job: Job, copied: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both layouts, whether said of the person or of one registration, in stacks or apart."""
    monkeypatch.setattr(decide, "FEW", few)
    path = copied / "standards/yonder/2024-09.json"
    document = json.loads(path.read_text("utf-8"))
    criteria = {criterion["id"]: criterion for criterion in document["criteria"]}
    master = {"equals": [{"field": "degrees.level"}, "master"]}
    criteria["experience"]["applies_when"] = {"exists": {"in": "degrees", "where": master}}
    criteria["good-standing"]["applies_when"] = {"field": "registrations.independent_practice"}
    path.write_text(json.dumps(document), "utf-8")
    library = Library.load(copied)
    asked = replace(job, question=Question(("yonder",)))
    nested = rows(asked, library, findings="nested")
    spread = rows(asked, library, findings="columns")
    for one, listed, row in zip(PEOPLE, nested, spread, strict=True):
        (alone,) = evaluate(library, one, ["yonder"], as_of="2020-01-01")["decisions"]
        due = {found["criterion"]: found["status"] for found in alone["findings"]}
        found = {found["criterion"]: found["status"] for found in listed["findings"]}
        assert due["experience"] == "not-applicable"
        practises = one["registrations"][0]["independent_practice"]
        assert (due["good-standing"] == "not-applicable") == (practises is False)
        assert {name: found[name] for name in due} == due
        assert {name: row[f"criterion:{name}"] for name in due} == due
        assert listed["verdict"] == row["verdict"] == alone["verdict"]


def test_the_long_layouts_say_how_far_a_decision_reaches(job: Job, books: Library) -> None:
    """Beside the verdict, as one by one."""
    due = [
        decided["reach"]
        for one in PEOPLE
        for decided in evaluate(books, one, as_of="2020-01-01")["decisions"]
    ]
    for findings in ("", "nested", "columns"):
        told = rows(job, books, findings=findings)
        assert [row["reach"] for row in told] == due
        assert list(told[0])[5:7] == ["verdict", "reach"]


def test_one_row_an_applicant_has_no_findings() -> None:
    with pytest.raises(Refused):
        View(wide=True, findings="nested")
