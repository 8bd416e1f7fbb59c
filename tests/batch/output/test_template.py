"""A workbook to fill in is read back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from recognition.batch.input.files import chunks, opened
from recognition.batch.job import Job
from recognition.batch.output import template
from recognition.batch.run import run
from recognition.standard.library import Library


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_to_fill_in_is_read_back_and_decided(
    tmp_path: Path, job: Job, books: Library, lang: str
) -> None:
    path = tmp_path / "applicants.xlsx"
    template.write(books, path, lang)
    summary = run(replace(job, inputs=(path,)), books)
    assert (summary.read, summary.decided, job.rejects.read_bytes()) == (1, 1, b"")
    (chunk,) = chunks(opened([path], books))
    profile = json.loads(chunk.lines[0])
    assert profile["memberships"] == []
    assert profile["degrees"][0]["accreditations"][0]["from"] == "2008"
    assert profile["experience"][0]["until"] == ".."


def test_both_languages_of_the_workbook_say_the_same(
    tmp_path: Path, job: Job, books: Library
) -> None:
    written = []
    for lang in ("en", "zh"):
        path = tmp_path / f"{lang}.xlsx"
        template.write(books, path, lang)
        asked = replace(job, inputs=(path,), output=tmp_path / f"{lang}.ndjson")
        run(asked, books)
        written.append(asked.output.read_bytes())
    assert written[0] == written[1]
