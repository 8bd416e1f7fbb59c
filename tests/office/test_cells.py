"""No cell of a workbook is silently wrong: it is read as it is shown, or refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from inputs import codes, job, profiles, rejects
from recognition.batch.run import run
from recognition.standard.library import Library

DAY = 42522
"""2016-06-01, as a workbook counts its days."""


class Formula(NamedTuple):
    """A formula, the value kept with it."""

    text: str
    value: str


class Shown(NamedTuple):
    """A number, and the format it is shown in."""

    number: float
    format: str


def office(path: Path, sheets: Mapping[str, list[list[Any]]]) -> Path:
    """A workbook of cells as they come from offices."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, told in enumerate(rows):
                for column, cell in enumerate(told):
                    match cell:
                        case Shown(number, format):
                            shown = book.add_format({"num_format": format})
                            sheet.write_number(row, column, number, shown)
                        case Formula(text, value):
                            sheet.write_formula(row, column, text, None, value)
                        case _:
                            sheet.write(row, column, cell)
    return path


def one(path: Path, heading: str, cell: Any) -> Path:
    """A workbook of one person with one more cell, and a second person with nothing wrong."""
    return office(path, {"Sheet1": [["id", heading], ["x", cell], ["y", ""]]})


@pytest.mark.parametrize(
    ("format", "read"),
    [
        ("mmm-yy", "2016-06"),
        ("[$-409]mmm\\-yy;@", "2016-06"),
        ("yyyy", "2016"),
        ('yyyy"年"m"月"', "2016-06"),
        ('yyyy"年"', "2016"),
        ("yyyy/mm", "2016-06"),
        ("mm.yyyy", "2016-06"),
        ('e"年"m"月"', "2016-06"),
        ("yyyy-mm-dd", "2016-06-01"),
        ("dd/mm/yy", "2016-06-01"),
        ("m/d/yyyy h:mm", "2016-06-01"),
        ("yyyy-mm h:mm:ss", "2016-06"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2016-06-01"),
        ("dddd mmmm yyyy", "2016-06"),
    ],
)
def test_a_date_is_as_coarse_as_it_is_shown(
    tmp_path: Path, books: Library, format: str, read: str
) -> None:
    """Of a day shown as a month or a year no more is known than is seen."""
    path = one(tmp_path / "in.xlsx", "birth_date", Shown(DAY, format))
    assert [told.get("birth_date") for told in profiles(path, books)] == [read, None]


@pytest.mark.parametrize("built_in", [17, 57])
def test_formats_without_a_code_are_known_too(
    tmp_path: Path, books: Library, built_in: int
) -> None:
    """A format that a workbook names by its number alone shows a month all the same."""
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "birth_date"])
        sheet.write(1, 0, "x")
        sheet.write_number(1, 1, DAY, book.add_format({"num_format": built_in}))
    assert profiles(path, books) == [{"id": "x", "birth_date": "2016-06"}]


@pytest.mark.parametrize("since_1904", [False, True])
def test_the_day_from_which_a_workbook_counts_is_heeded(
    tmp_path: Path, books: Library, since_1904: bool
) -> None:
    """Workbooks that count from 1904 show the month that they mean."""
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "birth_date"])
        number = DAY - (1462 if since_1904 else 0)
        for row, format in ((1, "mmm-yy"), (2, 57)):
            sheet.write(row, 0, f"p{row}")
            sheet.write_number(row, 1, number, book.add_format({"num_format": format}))
    assert [told["birth_date"] for told in profiles(path, books)] == ["2016-06", "2016-06"]


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("birth_date", 2016.1, "not-a-date"),
        ("birth_date", 2016.06, "not-a-date"),
        ("birth_date", Shown(2016.1, "0.00"), "not-a-date"),
        ("birth_date", Shown(DAY, "d-mmm"), "not-a-date"),
        ("birth_date", Shown(DAY, 'm"月"d"日"'), "not-a-date"),
        ("birth_date", Shown(DAY, "h:mm"), "not-a-date"),
        ("birth_date", DAY, "not-a-date"),
        ("birth_date", Formula("=1/0", "#DIV/0!"), "error-in-cell"),
        ("degree_1_years", Formula("=NA()", "#N/A"), "error-in-cell"),
        ("degree_1_years", Formula("=2+2", ""), "no-value"),
        ("degree_1_years", Shown(DAY, "yyyy-mm-dd"), "wrong-type"),
        ("conduct_bound_by_code", Formula("=A1", "#REF!"), "error-in-cell"),
        ("degree_1_level", 7, "wrong-type"),
        ("degree_1_level", Shown(DAY, "yyyy"), "wrong-type"),
        ("citizenships", 156, "wrong-type"),
        ("degree_1_programme", 1.1, "wrong-type"),
        ("degree_1_programme", Shown(DAY, "yyyy-mm-dd"), "wrong-type"),
    ],
)
def test_a_cell_that_nobody_can_tell_is_refused_with_its_place(
    tmp_path: Path, books: Library, heading: str, cell: Any, code: str
) -> None:
    """A value that the workbook changed, or does not hold, rejects its row and no other."""
    asked = job(tmp_path, one(tmp_path / "in.xlsx", heading, cell), books=books)
    summary = run(asked, books)
    assert (summary.decided, summary.rejected) == (1, 1)
    (told,) = rejects(asked)
    (problem,) = told["problems"]
    assert (told["line"], problem["column"], problem["code"]) == (2, heading, code)
    assert problem["hint"]


@pytest.mark.parametrize(
    ("id", "read"),
    [(1001, "1001"), (999999999999999, "999999999999999"), (Shown(123, "00000"), "00123")],
)
def test_a_number_that_is_whole_is_an_id(
    tmp_path: Path, books: Library, id: Any, read: str
) -> None:
    """A number of up to fifteen digits is an id, with the zeros before it that are shown."""
    path = office(tmp_path / "in.xlsx", {"Sheet1": [["id", "birth_date"], [id, 2016]]})
    assert profiles(path, books) == [{"id": read, "birth_date": "2016"}]


@pytest.mark.parametrize("id", [110101199003021234, 1234567890123456, 1.5])
def test_an_id_that_was_rounded_is_refused(tmp_path: Path, books: Library, id: float) -> None:
    """A number of eighteen digits has lost some of them, and is nobody's id."""
    path = office(tmp_path / "in.xlsx", {"Sheet1": [["id", "birth_date"], [id, "2016"]]})
    asked = job(tmp_path, path, books=books)
    assert run(asked, books).decided == 0
    (problem,) = rejects(asked)[0]["problems"]
    assert (problem["pointer"], problem["column"]) == ("/id", "id")
    assert "as text" in problem["hint"]


@pytest.mark.parametrize(
    ("link", "number"),
    [(110101199003021234, "1"), (Formula("=NA()", "#N/A"), "1"), ("x", Formula("=NA()", "#N/A"))],
)
def test_rows_are_joined_by_no_cell_that_cannot_be_told(
    tmp_path: Path, books: Library, link: Any, number: Any
) -> None:
    """A rounded id, or an error, gives no applicant a degree."""
    sheets = {
        "applicants": [["id"], ["x"], ["110101199003021232"]],
        "degrees": [["applicant", "number", "level"], [link, number, "bachelor"]],
    }
    asked = job(tmp_path, office(tmp_path / "in.xlsx", sheets), books=books)
    assert run(asked, books).rejected == 1
    (problem,) = rejects(asked)[0]["problems"]
    assert problem["code"] in ("error-in-cell", "wrong-type")


def test_a_formula_with_an_empty_text_is_blank(tmp_path: Path, books: Library) -> None:
    """A formula that came to an empty text says nothing; it is no formula without a value."""
    cell = Formula('=IF(A2="","","2016")', "nothing")
    path = one(tmp_path / "in.xlsx", "birth_date", cell)
    with ZipFile(path) as file, ZipFile(tmp_path / "empty.xlsx", "w") as emptied:
        for name in file.namelist():
            emptied.writestr(name, file.read(name).replace(b"<v>nothing</v>", b"<v></v>"))
    assert profiles(tmp_path / "empty.xlsx", books) == [{"id": "x"}, {"id": "y"}]


@pytest.mark.parametrize(
    ("column", "values"), [("birth_date", [2016.1]), ("citizenships", [[156]]), ("id", [1.0])]
)
def test_numbers_of_parquet_stand_for_no_text(
    tmp_path: Path, books: Library, column: str, values: list[Any]
) -> None:
    """A column of numbers where days, codes or ids are due is refused before it is read."""
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"id": ["x"], column: values}), path)
    assert codes(path, books) == ["wrong-type"]
