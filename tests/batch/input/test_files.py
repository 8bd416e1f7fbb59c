"""What an office drops in: people in any format are decided the same, and nothing is lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inputs import (
    FLAT,
    PEOPLE,
    RELATED,
    flat,
    folder,
    job,
    packed,
    parquet,
    rejects,
    table,
    text,
    workbook,
)
from recognition.batch.input import files
from recognition.batch.input.files import expanded
from recognition.batch.run import Summary, run
from recognition.problems import Refused
from recognition.standard.library import Library


@pytest.fixture
def whole(tmp_path: Path, books: Library) -> bytes:
    """The decisions on the people as lines of JSON."""
    path = tmp_path / "people.ndjson"
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in PEOPLE))
    asked = job(tmp_path, path, books=books, output="whole.ndjson")
    assert run(asked, books).decided == 12
    return asked.output.read_bytes()


MADE: dict[str, Callable[[Path], Path]] = {
    "flat": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))]),
    "semicolons": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], ";"),
    "tabs": lambda at: table(at / "in.tsv", [FLAT, *map(flat, range(12))], "\t"),
    "marked": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], encoding="utf-8-sig"),
    "gbk": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], encoding="gb18030"),
    "utf-16": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], "\t", "utf-16"),
    "folder": lambda at: folder(at / "in", RELATED),
    "workbook": lambda at: workbook(at / "in.xlsx", RELATED),
    "flat-workbook": lambda at: workbook(at / "in.xlsx", {"Sheet1": [FLAT, *map(flat, range(12))]}),
    "parquet": lambda at: parquet(at / "in.parquet"),
    "zstd": lambda at: packed(at / "in.ndjson.zst"),
}  # fmt: skip


@pytest.mark.parametrize("form", MADE)
def test_the_same_people_in_any_format_are_decided_the_same(
    tmp_path: Path, books: Library, whole: bytes, form: str
) -> None:
    asked = job(tmp_path, MADE[form](tmp_path), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, rejects(asked)) == (12, 12, [])
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("form", ["flat", "folder", "workbook", "parquet"])
def test_a_run_broken_at_any_chunk_ends_the_same_when_resumed(
    tmp_path: Path, books: Library, whole: bytes, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 3000 if form == "parquet" else 1000)
    asked = job(tmp_path, MADE[form](tmp_path), books=books)

    def broken(summary: Summary, upto: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(asked, books, progress=broken)
    assert run(asked, books, resume=True).read == 12
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("form", ["folder", "parquet"])
def test_two_workers_write_what_one_writes(
    tmp_path: Path, books: Library, whole: bytes, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 5000)
    asked = job(tmp_path, MADE[form](tmp_path), books=books)
    run(asked, books, workers=2)
    assert asked.output.read_bytes() == whole


def test_a_table_may_be_packed(tmp_path: Path, books: Library, whole: bytes) -> None:
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress(text([FLAT, *map(flat, range(12))]).encode()))
    asked = job(tmp_path, path, books=books)
    run(asked, books)
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_truncated_zstd_file_is_told(tmp_path: Path, books: Library, kept: float) -> None:
    path = packed(tmp_path / "in.ndjson.zst")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(Refused) as refused:
        run(job(tmp_path, path, books=books), books)
    assert [problem.code for problem in refused.value.problems] == ["broken-file"]


def test_patterns_stand_for_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).touch()
    found = expanded([tmp_path / "*.csv", tmp_path / "a.csv", tmp_path / "no*"])
    assert found == (tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "no*")


def test_a_quotation_mark_that_is_not_closed_loses_no_rows(tmp_path: Path, books: Library) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,birth_date\na,"1980\nb,1981\n', "utf-8")
    with pytest.raises(Refused) as refused:
        run(job(tmp_path, path, books=books), books)
    assert [problem.code for problem in refused.value.problems] == ["broken-file"]


def test_a_very_long_cell_does_not_end_a_run(tmp_path: Path, books: Library) -> None:
    """A remark may be long; a long text that is no date is refused with its row alone."""
    path, words = tmp_path / "in.csv", "word " * 40_000
    path.write_text(
        f"id,birth_date,experience_1_role\nA-1,1980-01-01,{words}\nA-2,{words},\nA-3,,\n", "utf-8"
    )
    summary = run(job(tmp_path, path, books=books), books)
    assert (summary.read, summary.decided, summary.rejected) == (3, 2, 1)
