"""What people write is read alike by every door: the form, tables of text, workbooks."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from recognition.admit import admitted
from recognition.batch.input.files import chunks, opened
from recognition.profile import written
from recognition.profile.model import Amount, Code
from recognition.profile.vocabulary import Vocabularies
from recognition.server.form import Answers, FormReader
from recognition.standard.library import Library

TABLE = json.loads((Path(__file__).parent / "written.json").read_text("utf-8"))
SPELLINGS = TABLE["spellings"]
Told = tuple[Any, list[tuple[str, str]]]
"""What a field is read as; the problems of the profile, as codes and details."""


def told(vocabularies: Vocabularies, field: str, profile: dict[str, Any]) -> Told:
    """What a door made of a field, and what is wrong with that."""
    found: Any = profile
    for step in TABLE["fields"][field]["form"].split("."):
        found = found[int(step) if step.isdecimal() else step]
    problems = admitted([profile], 0, vocabularies).problems
    return found, [(problem.code, problem.detail) for problem in problems]


def in_form(library: Library, field: str, folder: Path) -> Iterator[Told]:
    """Each spelling typed into the form."""
    name = TABLE["fields"][field]["form"]
    for typed, _ in SPELLINGS[field]:
        reader = FormReader(Answers({name: (typed,)}), library.vocabularies)
        yield told(library.vocabularies, field, reader.profile())


def in_csv(library: Library, field: str, folder: Path) -> Iterator[Told]:
    """Each spelling in a row of a text table."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(field))
    yield from of_file(library, field, path)


def in_workbook(library: Library, field: str, folder: Path) -> Iterator[Told]:
    """Each spelling as the text of a workbook's cell."""
    path = folder / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows(field)):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    yield from of_file(library, field, path)


def rows(field: str) -> list[list[str]]:
    heading = ["id", TABLE["fields"][field]["column"]]
    return [heading, *(["x", typed] for typed, _ in SPELLINGS[field])]


def of_file(library: Library, field: str, path: Path) -> Iterator[Told]:
    for chunk in chunks(opened([path], library)):
        for line in chunk.lines:
            yield told(library.vocabularies, field, json.loads(line))


@pytest.mark.parametrize("field", TABLE["fields"])
@pytest.mark.parametrize("door", [in_form, in_csv, in_workbook])
def test_a_spelling_is_read_alike_by_every_door(
    library: Library,
    tmp_path: Path,
    field: str,
    door: Callable[[Library, str, Path], Iterator[Told]],
) -> None:
    """Each spelling of the table has the same value, or the same refusal, whatever the door."""
    for (typed, due), (value, problems) in zip(
        SPELLINGS[field], door(library, field, tmp_path), strict=True
    ):
        if isinstance(due, dict):
            assert {code for code, _ in problems} == {due["refused"]}, typed
            assert not isinstance(value, str) or value == typed
        else:
            assert (value, type(value), problems) == (due, type(due), []), typed


@pytest.mark.parametrize("field", TABLE["fields"])
def test_a_refusal_says_the_same_at_every_door(
    library: Library, tmp_path: Path, field: str
) -> None:
    """Codes and words of problems do not differ by the door."""
    form, text, book = (
        list(door(library, field, tmp_path)) for door in (in_form, in_csv, in_workbook)
    )
    assert form == text == book


def test_a_workbooks_numbers_and_days_are_read_as_what_they_are(
    library: Library, tmp_path: Path
) -> None:
    """A cell that holds a number, a percentage, a day or a truth needs no spelling."""
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "birth_date", "experience_1_fte", "cpd_1_year"])
        sheet.write_row(0, 4, ["experience_1_significant"])
        sheet.write_number(1, 0, 7)
        sheet.write_number(1, 1, 36526, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(1, 2, 0.8, book.add_format({"num_format": "0%"}))
        sheet.write_number(1, 3, 2024)
        sheet.write_boolean(1, 4, False)
    (chunk,) = chunks(opened([path], library))
    assert [json.loads(line) for line in chunk.lines] == [
        {
            "id": "7",
            "birth_date": "2000-01-01",
            "experience": [{"fte": 0.8, "significant": False}],
            "cpd": [{"year": 2024}],
        }
    ]


def test_a_name_that_holds_a_comma_stays_whole(library: Library) -> None:
    """In a list, what is between `;` or alone may be a name with a comma in it."""
    places = library.vocabularies["places"]
    number, name = next(
        (number, label)
        for number in range(1, len(places) + 1)
        if "," in (label := places.label(number, "en"))
        and library.vocabularies.read(Code("places"), label).code == places.entry(number)
    )
    mark, code = Code("places"), places.entry(number)
    assert written.codes(name, mark, library.vocabularies) == [code]
    assert written.codes(f"{name}; US", mark, library.vocabularies) == [code, "US"]


@pytest.mark.parametrize("most", [1.0, 8.0])
def test_a_percentage_is_a_share_of_one_alone(most: float) -> None:
    """Of an amount that is no share, a hundredth part means nothing."""
    assert written.number("50%", Amount(0, most)) == (0.5 if most == 1 else "50%")
