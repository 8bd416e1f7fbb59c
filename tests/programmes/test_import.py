"""A body's table becomes a list; what is wrong is told by row, and searched lists are shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from recognition.cli import app
from recognition.programmes import commands, programmes
from recognition.programmes.columns import HEADINGS
from recognition.programmes.load import listings
from recognition.standard.library import Library

LISTS = Path(__file__).parent / "lists"
Call = Callable[..., Result]
TABLE = """Programmes of the year (made up),,,,
University,学校,Programme,Accreditation period,Level
Sample University,样例大学,Civil Engineering;土木工程,2020年1月至2025年12月,bachelor
Sample University,,Mining,2020/1 - 2025/12,学士
"""


@pytest.fixture
def call(books: Library, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The command line, with the small library."""
    monkeypatch.setattr(Library, "load", lambda: books)

    def run(*words: Any) -> Result:
        return CliRunner().invoke(app, ["programmes", *map(str, words)])

    return run


def table(root: Path, text: str, encoding: str = "utf-8") -> Path:
    """A table in a file."""
    path = root / "Year 2020.csv"
    path.write_text(text, encoding)
    return path


def arguments(path: Path, *more: str) -> list[Any]:
    """What an import needs."""
    said = ["--by", "EngNZ", "--library", path.parent, "--source", "Made up", "--country", "NZ"]
    return ["import", path, *said, *more]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_becomes_a_list(call: Call, books: Library, tmp_path: Path, encoding: str) -> None:
    """Titles above the headings are passed over; names, periods and levels are read."""
    done = call(*arguments(table(tmp_path, TABLE, encoding), "--complete", "NZ:2020-2025"))
    assert done.exit_code == 0, done.output
    [listing] = listings(books, [tmp_path])
    assert (listing.id, listing.body) == ("year-2020", "EngNZ")
    assert [part.until for part in listing.complete] == ["2025"]
    [school] = listing.institutions.values()
    assert school.names == ["Sample University", "样例大学"]
    told = [(row.programme, row.from_, row.until, row.level) for row in listing.rows]
    assert told == [
        (["Civil Engineering", "土木工程"], "2020-01", "2025-12", "bachelor"),
        (["Mining"], "2020-01", "2025-12", "bachelor"),
    ]


def test_a_workbook_becomes_a_list(call: Call, books: Library, tmp_path: Path) -> None:
    """The first sheet of a workbook is read, days as days, and headings are mapped."""
    book = xlsxwriter.Workbook(str(tmp_path / "given.xlsx"), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Who teaches", "Program", "from", "until", "level"])
    sheet.write_row(1, 0, ["Sample University", "Mining", 2011, "至今", "master"])
    book.close()
    done = call(*arguments(tmp_path / "given.xlsx", "--map", "who teaches=institution"))
    assert done.exit_code == 0, done.output
    [row] = listings(books, [tmp_path])[0].rows
    assert (row.from_, row.until, row.level) == ("2011", "..", "master")


def test_bad_rows_are_told_and_left_out(call: Call, books: Library, tmp_path: Path) -> None:
    """Each bad cell is told with its row and heading; the others are written, as incomplete."""
    bad = TABLE + (
        "Sample University,,Roads,01/02/2020 to 2025,bachelor\n"
        ",,Rails,2020 to 2025,bachelor\n"
        "Sample University,,,2026 to 2025,batchelor\n"
    )
    done = call(*arguments(table(tmp_path, bad), "--complete", "NZ:2020-2025"))
    assert done.exit_code == 1
    for words in (
        *("5 `Accreditation period`", "6 `University`"),
        *("7 `Level`", "7 `Programme`", "7 `Accreditation period`"),
    ):
        assert words in done.output
    assert "left out: 3 rows; the list is not called complete" in done.output
    [listing] = listings(books, [tmp_path])
    assert len(listing.rows) == 2
    assert listing.complete == ()


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        (TABLE, ["--by", "EngNX"], "EngNZ"),
        (TABLE, ["--map", "Campus=campus"], "no column `Campus`"),
        (TABLE, ["--map", "Level=grade"], "no field `grade`"),
        (TABLE, ["--map", "Level"], "names no field"),
        (TABLE, ["--complete", "2020"], "no country with years"),
        ("a,b\nc,d\n", [], "no row of headings"),
        ("institution,level\nx,bachelor\n", [], "no column of the programme"),
        ("institution,programme,level,Degree type\na,b,c,d\n", [], "the same column"),
        ("institution,programme\n", [], "no rows"),
        ('institution,programme\n"a', [], "cannot be read"),
    ],
)
def test_what_cannot_be_imported_is_refused(
    call: Call, tmp_path: Path, text: str, more: list[str], words: str
) -> None:
    """A call or a table that is wrong as a whole writes nothing and says what would be right."""
    done = call(*arguments(table(tmp_path, text), *more))
    assert done.exception is not None
    assert words in str(done.exception)
    assert not (tmp_path / "programmes").exists()


def test_a_ror_id_is_read(call: Call, books: Library, tmp_path: Path) -> None:
    """An institution's id may be an address; what is none is told by its row."""
    text = "institution,programme,level,ROR\nA,Mining,bachelor,https://ror.org/03kqdja62\n"
    done = call(*arguments(table(tmp_path, text + "B,Mining,bachelor,12\n")))
    assert "3 `ROR`: `12` is no ROR id" in done.output
    [school] = listings(books, [tmp_path])[0].institutions.values()
    assert school.ror == "03kqdja62"


def test_a_list_is_not_written_over_unasked(call: Call, tmp_path: Path) -> None:
    """A list that is there stays, unless it is to be replaced."""
    asked = arguments(table(tmp_path, TABLE))
    assert call(*asked).exit_code == 0
    assert "there already" in str(call(*asked).exception)
    assert call(*asked, "--replace").exit_code == 0


def test_a_long_list_is_written_a_row_a_line(
    call: Call, books: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of many rows is a file of lines, and reads as the same."""
    monkeypatch.setattr(commands, "MANY", 1)
    assert call(*arguments(table(tmp_path, TABLE))).exit_code == 0
    lines = (tmp_path / "programmes/year-2020.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line).get("institution") for line in lines[1:]] == [
        "NZ:sample university"
    ] * 2
    assert len(listings(books, [tmp_path])[0].rows) == 2


def test_no_heading_is_of_two_fields() -> None:
    """Headings of one field are none of another."""
    headings = [heading.casefold() for held in HEADINGS.values() for heading in held]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["civil", "north isle"], 4),
        (["土木", "北岛"], 2),
        (["civil", "--country", "AU"], 1),
        (["civil", "--by", "ASIIN"], 1),
        (["civil", "coastal", "--by", "EngNZ", "--year", "2005"], 1),
        (["civil", "coastal", "--by", "EngNZ", "--year", "2021"], 1),
        (["astronomy"], 0),
    ],
)
def test_lists_are_searched_by_words(call: Call, words: list[str], found: int) -> None:
    """All words stand in the names of each row that is shown, which says where it is from."""
    done = call("find", *words, "--library", LISTS)
    assert done.output.splitlines()[-1] == f"{found} row" + "s" * (found != 1)
    assert done.exit_code == (0 if found else 1)
    assert done.output.count("(made up)") == found


def test_lists_are_read_once(books: Library) -> None:
    """A library keeps what was made of its lists."""
    assert programmes(books, [LISTS]) is programmes(books, [LISTS])
