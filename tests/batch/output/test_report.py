"""A page of charts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from recognition.batch.job import Job
from recognition.batch.run import Summary, run
from recognition.standard.library import Library


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


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "a positive decision reaches: unpublished"), ("zh", "效力范围：未公布")],
)
def test_the_report_says_how_far_each_standard_reaches(
    tmp_path: Path, job: Job, books: Library, lang: str, said: str
) -> None:
    """Beside the standard's id."""
    report = tmp_path / "report.html"
    run(replace(job, report=report, lang=lang), books)
    assert f"league · {said}" in report.read_text("utf-8")


def test_an_empty_run_has_a_report_too(tmp_path: Path, job: Job, books: Library) -> None:
    job.inputs[0].write_bytes(b"")
    for name in ("out.xlsx", "out.csv", "out.parquet"):
        asked = replace(job, output=tmp_path / name, report=tmp_path / "r.html")
        assert run(asked, books) == Summary()
