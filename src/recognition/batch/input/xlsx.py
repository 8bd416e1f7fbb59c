"""Workbooks of Excel: a sheet of applicants, and others for what each may have several of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from recognition.batch.chunk import Source
from recognition.batch.input.shown import Shown
from recognition.batch.input.table import cells, tables
from recognition.batch.input.table.schema import Schemes
from recognition.batch.input.table.sheets import Row, TableSheet
from recognition.problems import Problem, Refused


def source(path: Path, schemes: Schemes) -> Source:
    """The sheets of a workbook in which there is anything; those named `#…` are remarks."""
    size = path.stat().st_size
    try:
        book = CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in book.sheets_metadata if _is_table(sheet)]
        with Shown(path) as shown:
            held = {name: _rows(book, name, shown) for name in names}
    except (CalamineError, OSError, BadZipFile, ParseError, ExpatError, KeyError) as error:
        detail = f"the workbook cannot be read: {error}"
        raise Refused([Problem("broken-file", "", detail, file=str(path))]) from None
    sheets = [_sheet(name, rows, size) for name, rows in held.items() if rows]
    if not sheets:
        detail = "the workbook is empty"
        raise Refused([Problem("missing", "", detail, file=str(path))])
    return tables.source(path, size, sheets, schemes)


def _is_table(sheet: Any) -> bool:
    return sheet.typ == SheetTypeEnum.WorkSheet and not sheet.name.startswith("#")


def _rows(book: CalamineWorkbook, name: str, shown: Shown) -> list[tuple[int, Sequence[Any]]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for row, column, remark in shown.cells(name):
        cell = _cell_of(rows, row, column)
        rows[row][column] = remark(cell)
    return [(i, row) for i, row in enumerate(rows, 1) if any(cells.text(cell) for cell in row)]


def _cell_of(rows: list[list[Any]], row: int, column: int) -> Any:
    """The value of a cell; where nothing is held of it, the rows are made long enough for it."""
    rows.extend([] for _ in range(len(rows), row + 1))
    rows[row].extend(None for _ in range(len(rows[row]), column + 1))
    return rows[row][column]


def _sheet(name: str, rows: list[tuple[int, Sequence[Any]]], size: int) -> TableSheet:
    headings = [cells.text(cell) for cell in rows[0][1]]
    return TableSheet(name, name, headings, partial(_body, rows, size))


def _body(rows: list[tuple[int, Sequence[Any]]], size: int) -> Iterator[Row]:
    for i, (number, row) in enumerate(rows[1:], 1):
        yield number, size * i // len(rows), row
