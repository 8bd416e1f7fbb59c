"""A run tells how far it is, and the command line hands everything on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from recognition import cli
from recognition.batch import progress
from recognition.batch.job import Job
from recognition.batch.run import run
from recognition.standard.library import Library


def test_progress_is_told_as_lines_of_json(job: Job, books: Library) -> None:
    file = io.StringIO()
    run(job, books, progress=progress.lines(file, 100))
    *_, line = map(json.loads, file.getvalue().splitlines())
    assert (line["event"], line["read"], line["bytes_in_all"]) == ("progress", 9, 100)


def test_the_command_line_hands_everything_on(
    tmp_path: Path, job: Job, books: Library, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(cli, "library", lambda drafts=False: books)
    asked = ["batch", str(tmp_path / "peo*.ndjson"), "--output", str(tmp_path / "o.csv"), "--wide",
             "--only", "ineligible", "--report", str(tmp_path / "r.html"), "--log", "json",
             "--as-of", "2020-01-01"]  # fmt: skip
    cli.app(asked, standalone_mode=False)
    said = capsys.readouterr()
    assert said.out == ""
    assert json.loads(said.err.splitlines()[-1])["event"] == "done"
    assert (tmp_path / "o.csv").exists()
    assert (tmp_path / "r.html").exists()
