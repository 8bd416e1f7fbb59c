"""Rejects tell the row and the cell in which what is wrong stood."""

from __future__ import annotations

from pathlib import Path

from inputs import (
    folder,
    job,
    rejects,
    table,
    workbook,
)
from recognition.batch.run import run
from recognition.standard.library import Library


def test_a_reject_of_a_flat_table_tells_row_and_column(tmp_path: Path, books: Library) -> None:
    rows = [
        ["id", "Date of birth", "degree_2_level"],
        ["a", "1980", ""],
        ["b", "1980-02-30", "wizard"],
    ]
    asked = job(tmp_path, table(tmp_path / "in.csv", rows), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (2, 1, 1)
    (told,) = rejects(asked)
    assert (told["file"], told["line"]) == (str(tmp_path / "in.csv"), 3)
    assert [(p["pointer"], p["code"], p["column"]) for p in told["problems"]] == [
        ("/birth_date", "not-a-date", "Date of birth"),
        ("/degrees/0/level", "no-such-code", "degree_2_level"),
    ]


def test_a_reject_of_a_workbook_tells_the_sheet_and_row_of_each_cell(
    tmp_path: Path, books: Library
) -> None:
    tables = {"applicants": [["id"], ["a"]], "jobs": [["applicant", "from"], [], ["a", "someday"]]}
    asked = job(tmp_path, workbook(tmp_path / "in.xlsx", tables), books=books)
    run(asked, books)
    (told,) = rejects(asked)
    assert (told["sheet"], told["line"]) == ("applicants", 2)
    assert [(p["sheet"], p["line"], p["column"]) for p in told["problems"]] == [("jobs", 3, "from")]


def test_rows_that_belong_to_nobody_are_rejected_and_counted(
    tmp_path: Path, books: Library
) -> None:
    tables = {
        "applicants": [["id"], ["a"], ["b"], ["a"]],
        "degrees": [
            ["applicant", "number", "level"],
            ["a", "1", "bachelor"],
            ["zz", "1", "master"],
        ],
        "accreditations": [["applicant", "degree", "accord"], ["b", "3", "washington-accord"]],
    }
    asked = job(tmp_path, folder(tmp_path / "in", tables), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (4, 1, 3)
    told = [(one["sheet"], one["line"], one["problems"][0]["code"]) for one in rejects(asked)]
    assert told == [
        ("applicants.csv", 3, "no-such-degree"),
        ("applicants.csv", 4, "duplicate-id"),
        ("degrees.csv", 3, "no-such-applicant"),
    ]


def test_none_beside_rows_is_a_contradiction(tmp_path: Path, books: Library) -> None:
    rows = [["id", "degrees", "degree_1_level"], ["a", "-", "master"]]
    asked = job(tmp_path, table(tmp_path / "in.csv", rows), books=books)
    run(asked, books)
    assert [p["code"] for p in rejects(asked)[0]["problems"]] == ["two-forms"]
