"""Decisions as a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from outputs import rows
from recognition.batch.job import Job
from recognition.batch.output import workbook
from recognition.batch.run import run
from recognition.standard.library import Library


def test_the_same_decisions_are_the_same_workbook(tmp_path: Path, job: Job, books: Library) -> None:
    made = [replace(job, output=tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    for one in made:
        run(one, books)
    assert made[0].output.read_bytes() == made[1].output.read_bytes()


def test_a_full_sheet_is_followed_by_another(
    tmp_path: Path, job: Job, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 10)
    written = replace(job, output=tmp_path / "out.xlsx")
    run(written, books)
    book = CalamineWorkbook.from_path(written.output)
    count = sum(len(book.get_sheet_by_name(name).to_python()) - 1 for name in book.sheet_names)
    assert count == len(rows(job, books))
