"""Spellings through every door: each is read as the reader reads it, or is open with a hint."""

import csv
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

import inputs
from recognition import dates
from recognition.admit import Admitted, admitted
from recognition.bounds import ANY_CODE
from recognition.names import Reading
from recognition.profile.model import Code
from recognition.profile.schema import LEAVES
from recognition.server.app import create_app
from recognition.server.fields import SECTIONS
from recognition.server.form import Answers, FormReader
from recognition.standard.library import Library
from registry import SPELLINGS, vocabularies

FIELDS = {
    "body": "registrations.body",
    "title": "registrations.title",
    "registration-classes": "registrations.class",
    "registration-statuses": "registrations.status",
    "routes": "registrations.route",
    "discipline": "experience.discipline",
    "degree-level": "degrees.level",
    "places": "degrees.delivered_in",
    "accords": "degrees.accreditations.accord",
    "grade": "memberships.grade",
    "examination": "examinations.name",
    "country": "residences.country",
    "region": "residences.region",
    "language": "languages.language",
    "language-test": "languages.test",
}
"""A field of each kind of name."""
COLUMNS = {
    "degrees.accreditations.accord": "degree_1_accreditation_1_accord",
    "experience.discipline": "experience_1_discipline",
}
TYPED = {field.path for section in SECTIONS for field in (*section.fields, *section.inner)}
"""Fields that the form has."""
WRITTEN = [one for one in SPELLINGS if one["kind"] in FIELDS]
DAY = dates.parse("2026-11-23")[0]


def mark_of(spelling: dict[str, str]) -> Code:
    mark = LEAVES[FIELDS[spelling["kind"]]].mark
    assert isinstance(mark, Code)
    return mark


def country(spelling: dict[str, str]) -> str:
    """The country that can stand beside a name of the kind."""
    return spelling["country"] or "" if mark_of(spelling).country else ""


def reading(spelling: dict[str, str]) -> Reading:
    """What the reader says of a spelling as the field has it."""
    return vocabularies().read(mark_of(spelling), spelling["text"].strip(), country(spelling))


def fields(spelling: dict[str, str]) -> dict[str, str]:
    """The fields that are filled, by path."""
    path = FIELDS[spelling["kind"]]
    beside = {LEAVES[path].sibling("country"): country(spelling)} if country(spelling) else {}
    return {**beside, path: spelling["text"]}


def document(i: int, spelling: dict[str, str]) -> dict[str, Any]:
    """A person of whom nothing is known but the name."""
    made: dict[str, Any] = {"id": f"p{i}"}
    for path, text in fields(spelling).items():
        *lists, name = path.split(".")
        at = made
        for one in lists:
            at = at.setdefault(one, [{}])[0]
        at[name] = text
    return made


PEOPLE = [document(i, spelling) for i, spelling in enumerate(WRITTEN)]
LINES = [json.dumps(one).encode() for one in PEOPLE]


def pointer(spelling: dict[str, str]) -> str:
    *lists, name = FIELDS[spelling["kind"]].split(".")
    return "".join(f"/{one}/0" for one in lists) + f"/{name}"


def seen(let_in: Admitted) -> list[tuple[str | None, list[str], list[str]]]:
    """Of each person the code of the name, what is warned of, and what is refused."""
    rows = {place: row for row, place in enumerate(let_in.places)}
    return [
        (
            _code(let_in, rows[i], spelling) if i in rows else None,
            [p.hint for p in let_in.warnings.get(i, ()) if p.pointer == pointer(spelling)],
            [p.hint for p in let_in.refused.get(i, ())],
        )
        for i, spelling in enumerate(WRITTEN)
    ]


def _code(let_in: Admitted, row: int, spelling: dict[str, str]) -> str | None:
    path = FIELDS[spelling["kind"]]
    known, leaf = let_in.facts.field(path), LEAVES[path]
    at = int(np.flatnonzero(let_in.facts.row(leaf.collection) == row)[0])
    if known.lo[at] == known.hi[at]:
        return vocabularies()[mark_of(spelling).vocabulary].entry(int(known.lo[at]))
    assert (known.lo[at], known.hi[at] >= ANY_CODE) == (0, True)
    return None


def through_json(_: Path) -> Admitted:
    return admitted(LINES, DAY, vocabularies())


def through_mappings(_: Path) -> Admitted:
    return admitted(PEOPLE, DAY, vocabularies())


def _column(path: str) -> str:
    head, _, name = path.partition(".")
    return COLUMNS.get(path, f"{head.removesuffix('s')}_1_{name}")


def _rows() -> list[list[str]]:
    several = [fields(spelling) for spelling in WRITTEN]
    paths = list(dict.fromkeys(path for filled in several for path in filled))
    rows = [
        [f"p{i}", *(filled.get(path, "") for path in paths)] for i, filled in enumerate(several)
    ]
    return [["id", *map(_column, paths)], *rows]


def _read(path: Path) -> Admitted:
    lines = [json.dumps(one).encode() for one in inputs.profiles(path, library())]
    return admitted(lines, DAY, vocabularies())


@cache
def library() -> Library:
    return Library.load()


def through_csv(folder: Path) -> Admitted:
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows())
    return _read(folder / "people.csv")


def through_excel(folder: Path) -> Admitted:
    return _read(inputs.workbook(folder / "people.xlsx", {"people": _rows()}))


def through_the_form(_: Path) -> Admitted:
    typed = [
        Answers({pointer(spelling)[1:].replace("/", "."): (spelling["text"],)} | _beside(spelling))
        for spelling in WRITTEN
    ]
    people = [FormReader(answers, vocabularies()).profile() for answers in typed]
    return admitted(people, DAY, vocabularies())


def _beside(spelling: dict[str, str]) -> dict[str, tuple[str, ...]]:
    place = pointer(spelling)[1:].replace("/", ".").rpartition(".")[0]
    return {f"{place}.country": (country(spelling),)} if country(spelling) else {}


DOORS: Sequence[Callable[[Path], Admitted]] = (
    through_json,
    through_mappings,
    through_csv,
    through_excel,
    through_the_form,
)


@pytest.mark.parametrize("door", DOORS)
def test_a_spelling_is_read_alike_through_every_door(
    door: Callable[[Path], Admitted], tmp_path: Path
) -> None:
    """What the reader settles is that code; what it does not is open and told, or refused where
    the vocabulary is closed."""
    for spelling, (code, warned, refused) in zip(WRITTEN, seen(door(tmp_path)), strict=True):
        if door is through_the_form and not fields(spelling).keys() <= TYPED:
            continue
        due = reading(spelling)
        closed = vocabularies()[mark_of(spelling).vocabulary].closed
        assert code == due.code, spelling
        assert bool(warned) == (not due.code and not closed), spelling
        assert bool(refused) == (not due.code and closed), spelling
        if due.near:
            assert due.code or f"`{due.near[0]}`" in (warned or refused)[0], spelling


def test_the_reader_expects_what_the_spellings_do() -> None:
    """No field makes of a spelling another entry than is due of it."""
    wrong = [
        (spelling, reading(spelling).code)
        for spelling in WRITTEN
        if reading(spelling).code not in (spelling["expect"], None)
        and not (spelling["kind"] == "title" and reading(spelling).parts)
    ]
    assert wrong == []


def test_a_spelling_is_read_alike_through_the_service() -> None:
    """The service warns of what is open, refuses what is closed, and is silent of the rest."""
    client, question = TestClient(create_app(library())), {"standards": ["ipea"], "hosts": ["AU"]}
    for person, spelling in list(zip(PEOPLE, WRITTEN, strict=True))[::7]:
        told = client.post("/v1/evaluations", json={"profile": person, **question}).json()
        due, closed = reading(spelling), vocabularies()[mark_of(spelling).vocabulary].closed
        assert ("errors" in told) == (not due.code and closed), spelling
        if "errors" not in told:
            warned = {one["pointer"] for one in told["warnings"]}
            assert (pointer(spelling) in warned) == (not due.code), spelling
