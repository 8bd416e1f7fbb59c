"""What an office gets: decisions laid out as asked, a page of charts, a workbook to fill in."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from recognition import cli
from recognition.batch import progress
from recognition.batch.input.files import chunks, opened
from recognition.batch.job import Job
from recognition.batch.output import template, workbook
from recognition.batch.output.layout import View
from recognition.batch.run import Summary, run
from recognition.evaluate import day, evaluate
from recognition.plan.question import Question
from recognition.problems import Refused
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


@pytest.fixture
def job(tmp_path: Path, books: Library) -> Job:
    """A job of all standards, to lines of JSON."""
    path = tmp_path / "people.ndjson"
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in PEOPLE))
    rejects = tmp_path / "rejects.ndjson"
    return Job((path,), tmp_path / "out.ndjson", rejects, Question(), day("2020-01-01"), books.root)


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


# --- the report


class Page(HTMLParser):
    """What a page links to, and which elements it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_is_one_whole_page_in_the_language_asked_for(
    tmp_path: Path, job: Job, books: Library, lang: str
) -> None:
    report = tmp_path / "report.html"
    run(replace(job, report=report, lang=lang), books)
    text = report.read_text("utf-8")
    page = Page()
    page.feed(text)
    assert (page.links, page.open) == ([], [])
    assert books.standards["league"].agreement.title[lang] in text
    assert bool(re.search("[\u4e00-\u9fff]", text.partition("<body>")[2])) == (lang == "zh")


def test_missing_evidence_is_what_would_settle_single_profiles(job: Job, books: Library) -> None:
    summary = run(replace(job, report=job.output.with_suffix(".html")), books)
    counted: dict[tuple[str, str], int] = {}
    for one in PEOPLE:
        for decided in evaluate(books, one, as_of="2020-01-01")["decisions"]:
            paths = {_path(pointer) for pointer in decided["would_settle"]}
            for path in paths:
                key = (decided["standard"], path)
                counted[key] = counted.get(key, 0) + 1
    assert {k: v for k, v in summary.missing.items() if k[1] != "standard"} == counted


def _path(pointer: str) -> str:
    return ".".join(step for step in pointer.split("/")[1:] if not step.isdigit())


def test_criteria_that_decide_are_counted(job: Job, books: Library) -> None:
    summary = run(job, books)
    plain = rows(job, books)
    for (standard, verdict, criterion), count in summary.deciding.items():
        named = {"ineligible": "unmet", "undetermined": "unknown"}[verdict]
        alike = [r for r in plain if (r["standard"], r["verdict"]) == (standard, verdict)]
        assert count == sum(criterion in row[named] for row in alike)


# --- the workbook to fill in


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


# --- progress


def test_progress_is_told_as_lines_of_json(job: Job, books: Library) -> None:
    file = io.StringIO()
    run(job, books, progress=progress.lines(file, 100))
    *_, line = map(json.loads, file.getvalue().splitlines())
    assert (line["event"], line["read"], line["bytes_in_all"]) == ("progress", 9, 100)


def test_the_command_line_hands_everything_on(
    tmp_path: Path, job: Job, books: Library, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(cli, "library", lambda: books)
    asked = ["batch", str(tmp_path / "peo*.ndjson"), "--output", str(tmp_path / "o.csv"), "--wide",
             "--only", "ineligible", "--report", str(tmp_path / "r.html"), "--log", "json",
             "--as-of", "2020-01-01"]  # fmt: skip
    cli.app(asked, standalone_mode=False)
    said = capsys.readouterr()
    assert said.out == ""
    assert json.loads(said.err.splitlines()[-1])["event"] == "done"
    assert (tmp_path / "o.csv").exists()
    assert (tmp_path / "r.html").exists()


def test_an_empty_run_has_a_report_too(tmp_path: Path, job: Job, books: Library) -> None:
    job.inputs[0].write_bytes(b"")
    for name in ("out.xlsx", "out.csv", "out.parquet"):
        asked = replace(job, output=tmp_path / name, report=tmp_path / "r.html")
        assert run(asked, books) == Summary()
