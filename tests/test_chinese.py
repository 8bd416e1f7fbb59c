"""What is shown in Chinese has no English sentence in it, and uses the official terms."""

from __future__ import annotations

import html
import io
import json
import random
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rich.console import Console, RenderableType

from recognition import evaluate, render
from recognition.batch.job import Job
from recognition.batch.output import template
from recognition.batch.run import run
from recognition.cases import check as cases
from recognition.explain.decision import Answer
from recognition.explain.trace import STANDARD
from recognition.plan.question import Question
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.server.app import create_app
from recognition.server.fields import SECTIONS
from recognition.server.settings import Settings
from recognition.standard import diff
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
EVERY = [case for file in sorted(ROOT.glob("standards/*/cases.jsonl")) for case in cases.read(file)]
SAMPLE = random.Random(9).sample(EVERY, 60)

LOWER = re.compile(r"(?<![^\W\d_])[a-z]{2,}(?![^\W\d_])(?<!\bart)(?<!\bcl)(?<!\breg)")
"""A word of English; names begin with capitals, and `art.`, `cl.`, `reg.` cite a law."""
ORIGINAL = ("cédula profesional",)
"""What stands in its own language behind its Chinese."""
NAMED = ("titles", "bodies")
"""Vocabularies whose codes are names, and are shown."""
TOKEN = re.compile(r"[^\s,;:()（），；：。“”、·`]+")


class Read(HTMLParser):
    """The text of a page, with what is read out or told on hovering."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        told = ("title", "alt", "aria-label", "placeholder")
        self.words += [value or "" for name, value in attrs if name in told]

    def handle_data(self, data: str) -> None:
        if self.within not in ("style", "script"):
            self.words.append(data)


def shown(lines: Iterable[RenderableType]) -> str:
    """What a wide terminal shows."""
    console = Console(width=300, file=io.StringIO(), color_system=None)
    for line in lines:
        console.print(line)
    written: Any = console.file
    return str(written.getvalue())


def english(library: Library, text: str, *quoted: str) -> list[str]:
    """The English words of a text, each with what stands before it.

    Codes, ids, pointers, the titles of sources and what is quoted are the same in each language.
    """
    tokens, phrases = _names(library)
    for phrase in (*quoted, *phrases, *ORIGINAL):
        text = text.replace(phrase, "")
    text = TOKEN.sub(lambda token: "" if _is_name(token[0], tokens) else token[0], text)
    return [text[max(0, one.start() - 30) : one.end()] for one in LOWER.finditer(text)]


def _is_name(token: str, names: frozenset[str]) -> bool:
    return token.startswith("/") or not names.isdisjoint((token, *re.split("[@.]", token)[:1]))


@cache
def _names(library: Library) -> tuple[frozenset[str], list[str]]:
    """What is called so in every language: in one word, and in several, the longest first."""
    editions = [one for held in library.standards.values() for one in held.editions]
    names = {*library.standards, *library.sources, *LEAVES, *COLLECTIONS, "attestations"}
    names |= {one.version for one in editions}
    names |= {criterion.id for one in editions for criterion in one.criteria}
    names |= {code for name in NAMED for code in library.vocabularies[name].codes}
    names |= {str(source["title"]) for source in library.sources.values() if "title" in source}
    return (
        frozenset(name for name in names if " " not in name),
        sorted((name for name in names if " " in name), key=len, reverse=True),
    )


def decided(library: Library, case: dict[str, Any]) -> Answer:
    version = f"@{case['version']}" if case.get("version") else ""
    hosts = [case["host"]] if case.get("host") else []
    return evaluate.answer(
        library, case["profile"], [case["standard"] + version], hosts, case["as_of"]
    )


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(create_app(library, Settings()))


def page(client: TestClient, **answers: str) -> str:
    """What a reader of a Chinese page reads."""
    named = {name.replace("__", "."): value for name, value in answers.items()}
    got = client.post("/zh/", data=named) if named else client.get("/zh/")
    return "\n".join(Read(got.text).words)


# --- no English


@pytest.mark.parametrize(
    "planted",
    [
        "正式成员 (full, from 1989 until ..)",
        "依据：only full accreditation is recognised",
        "已满足; this is open",
        "可靠程度：confirmed",
    ],
)
def test_a_planted_word_is_found(library: Library, planted: str) -> None:
    """English in a Chinese text is told, be it one word."""
    assert english(library, planted)


def test_a_clause_without_chinese_is_found(library: Library) -> None:
    """A standard whose clauses are said in English alone does not pass."""
    bare = replace(library, clauses={})
    told = shown(render.standard(bare, bare.standards["washington-accord"], "", "zh"))
    assert any("signatory" in words for words in english(bare, told))


def test_standards_are_shown_without_english(library: Library) -> None:
    """Every standard, each with all its editions, and the list of them."""
    for standard in library.standards.values():
        told = shown(render.standard(library, standard, "", "zh"))
        assert english(library, told) == [], standard.id
    assert english(library, shown([render.listing(library, "zh")])) == []


def test_differences_are_told_without_english(library: Library) -> None:
    """Each edition beside the one before it."""
    for standard in library.standards.values():
        for old, new in pairwise(standard.editions):
            told = "\n".join(text for _, text in diff.changes(library, old, new, "zh"))
            assert english(library, told) == [], f"{standard.id}@{new.version}"


def test_decisions_are_told_without_english(library: Library) -> None:
    """A sample of the library's cases, with all findings and as an overview."""
    for case in SAMPLE:
        answer = decided(library, case)
        told = [*render.decisions(answer, "zh", True), *render.decisions(answer, "zh", False)]
        assert english(library, shown(told), answer.profile) == [], case["id"]


def test_the_form_has_no_english(client: TestClient, library: Library) -> None:
    """Empty, with a row more in each of its lists, and sent back with what is wrong."""
    assert english(library, page(client)) == []
    for section in SECTIONS:
        assert english(library, page(client, do=f"add:{section.collection}")) == []
    wrong = {"as_of": "XX", "degrees.0.level": "YY", "degrees.0.awarded_on": "2014-13"}
    assert english(library, page(client, do="decide", **wrong)) == []


def test_the_answer_page_has_no_english(client: TestClient, library: Library) -> None:
    """A person asks for everything; most of it is open."""
    person = {"citizenships.0": "AU", "degrees.0.level": "bachelor", "experience.0.from": "2015"}
    told = page(client, do="decide", as_of="2026-11-24", **person)
    assert len(told) > 100_000
    assert english(library, told) == []


def test_the_workbook_to_fill_in_has_no_english(library: Library, tmp_path: Path) -> None:
    """Sheets, headings, notes, choices and help."""
    path = tmp_path / "zh.xlsx"
    template.write(library, path, "zh")
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if re.search("sharedStrings|comments", name)]
        told = [re.sub("<[^>]*>", "\n", book.read(name).decode()) for name in names]
        told += re.findall(r'sheet name="([^"]*)', book.read("xl/workbook.xml").decode())
    assert len(names) > 1
    assert english(library, html.unescape("\n".join(told))) == []


def test_a_run_is_summed_up_without_english(library: Library, tmp_path: Path) -> None:
    """The summary on the terminal, and the report."""
    people = tmp_path / "people.ndjson"
    people.write_text("\n".join(json.dumps(case["profile"]) for case in SAMPLE[:40]), "utf-8")
    out, aside, report = (tmp_path / name for name in ("out.ndjson", "aside.ndjson", "report.html"))
    day = evaluate.day("2026-11-24")
    job = Job((people,), out, aside, Question(), day, library.root, report=report, lang="zh")
    summary = run(job, library)
    told = shown(render.summary(summary, library, "zh", out, aside))
    assert english(library, told, str(out), str(aside)) == []
    words = Read(report.read_text("utf-8")).words
    assert english(library, "\n".join(words), STANDARD) == []


# --- official terms

TERMS = json.loads(Path(__file__).with_name("official_terms.json").read_text("utf-8"))


@pytest.mark.parametrize(("vocabulary", "code", "due"), TERMS, ids=lambda part: str(part))
def test_official_terms_are_used(library: Library, vocabulary: str, code: str, due: str) -> None:
    """A body, an agreement, a title or a status is called as it calls itself in Chinese."""
    if vocabulary == "standards":
        assert library.standards[code].agreement.title["zh"] == due
    else:
        entries = library.vocabularies[vocabulary]
        assert entries.label(entries.number(code) or 0, "zh") == due
