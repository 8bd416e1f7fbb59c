"""What was not understood is told beside the decisions, and turns nobody away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import inputs
from recognition import render
from recognition.batch import executor
from recognition.batch.chunk import Chunk
from recognition.batch.job import Job
from recognition.batch.output.report import page
from recognition.batch.rejects import MOST
from recognition.batch.run import run
from recognition.problems import Refused
from recognition.standard.library import Library

BODY = "Chamber of Engineers of Utopia"
ROWS = [["id", "registration_1_body", "registration_1_title"], ["a", BODY, "Chartered Engineeer"],
        ["b", "EA", ""], ["c", "", "Nobody's Engineer"]]  # fmt: skip


def warnings(asked: Job) -> list[dict[str, Any]]:
    return [json.loads(line) for line in asked.warnings.read_bytes().splitlines()]


def person(id: str, *bodies: str) -> bytes:
    return json.dumps({"id": id, "registrations": [{"body": body} for body in bodies]}).encode()


def test_names_nobody_knows_are_told_with_their_cells(tmp_path: Path, books: Library) -> None:
    """A row with unknown names is decided, and each name is told with file, line and column."""
    source = inputs.table(tmp_path / "in.csv", ROWS)
    asked = inputs.job(tmp_path, source, books=books)
    summary = run(asked, books)
    assert (summary.decided, summary.rejected, summary.warned) == (3, 0, 2)
    told = [(one["file"], one["line"], one["column"], one["code"]) for one in warnings(asked)]
    assert told == [
        (str(source), 2, "registration_1_body", "unknown-name"),
        (str(source), 2, "registration_1_title", "unknown-name"),
        (str(source), 4, "registration_1_title", "unknown-name"),
    ]
    assert warnings(asked)[1]["hint"].startswith("did you mean `CEng`")
    assert warnings(asked)[1]["pointer"] == "/registrations/0/title"


def test_a_workbook_is_told_with_its_sheets(tmp_path: Path, books: Library) -> None:
    """Warnings on a workbook name the sheet and the row."""
    asked = inputs.job(
        tmp_path, inputs.workbook(tmp_path / "in.xlsx", {"people": ROWS}), books=books
    )
    run(asked, books)
    assert [(one["sheet"], one["line"]) for one in warnings(asked)] == [("people", 2)] * 2 + [
        ("people", 4)
    ]


def test_where_all_is_understood_there_is_no_file(tmp_path: Path, books: Library) -> None:
    """A run without warnings leaves none, and removes those of the run before it."""
    asked = inputs.job(tmp_path, inputs.table(tmp_path / "in.csv", ROWS), books=books)
    run(asked, books)
    inputs.table(tmp_path / "in.csv", [["id"], ["x"]])
    assert run(asked, books).warned == 0
    assert not asked.warnings.exists()


def test_a_profile_has_so_many_warnings(tmp_path: Path, books: Library) -> None:
    """Of hundreds of unknown names in one profile the first are told."""
    source = tmp_path / "in.ndjson"
    source.write_bytes(person("x", *(f"Body no {i} of nowhere" for i in range(3 * MOST))))
    asked = inputs.job(tmp_path, source, books=books)
    assert run(asked, books).warned == 1
    assert len(warnings(asked)) == MOST


def test_a_run_that_is_gone_on_with_tells_the_same(
    tmp_path: Path, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Warnings of a run that broke off and went on are those of an unbroken one."""
    for name in "ab":
        (tmp_path / f"{name}.ndjson").write_bytes(person(name, BODY))
    sources = tmp_path / "a.ndjson", tmp_path / "b.ndjson"
    whole = inputs.job(tmp_path, *sources, books=books, output="whole.ndjson")
    run(whole, books)
    broken, kept = inputs.job(tmp_path, *sources, books=books), executor.kept

    def once(chunk: Chunk, *others: Any) -> None:
        if chunk.number:
            raise OSError("no room")
        kept(chunk, *others)

    monkeypatch.setattr(executor, "kept", once)
    with pytest.raises(Refused):
        run(broken, books)
    monkeypatch.setattr(executor, "kept", kept)
    assert run(broken, books, resume=True).warned == 2
    assert broken.warnings.read_bytes() == whole.warnings.read_bytes()


def test_warnings_would_replace_no_input(tmp_path: Path, books: Library) -> None:
    """An input of the name that the warnings would have is refused."""
    source = tmp_path / "out.warnings.ndjson"
    source.write_bytes(person("x"))
    with pytest.raises(Refused, match="list of warnings"):
        run(inputs.job(tmp_path, source, books=books), books)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_counts_them(tmp_path: Path, books: Library, lang: str) -> None:
    """The page and the terminal say of how many profiles something was not understood."""
    asked = inputs.job(tmp_path, inputs.table(tmp_path / "in.csv", ROWS), books=books)
    summary = run(asked, books)
    assert page(summary, books, asked.as_of, lang).decode().count("<dd>2</dd>") == 1
    told = list(render.summary(summary, books, lang, asked.output, asked.rejects))
    assert told
