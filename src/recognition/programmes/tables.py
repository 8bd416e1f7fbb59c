"""Tables of programmes as rows of text: CSV, and the first sheet of a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from recognition.problems import Problem, Refused

ENCODINGS = ("utf-8-sig", "gb18030")
"""How CSV is written; what Excel writes in China is the second."""

Line = tuple[int, list[str]]
"""A row's number from 1, and its cells."""


def lines(path: Path) -> list[Line]:
    """The rows in which there is anything; raises Refused for a file that cannot be read."""
    try:
        cells = _sheet(path) if path.suffix.lower() in (".xlsx", ".xls", ".ods") else _csv(path)
    except (CalamineError, OSError, csv.Error, UnicodeDecodeError) as error:
        detail, hint = f"the table cannot be read: {error}", "save it as CSV (UTF-8) or .xlsx"
        raise Refused([Problem("broken-file", "", detail, hint, str(path))]) from None
    rows = ((number, [text(cell) for cell in row]) for number, row in enumerate(cells, 1))
    return [(number, row) for number, row in rows if any(row)]


def _sheet(path: Path) -> Iterable[Iterable[Any]]:
    rows: list[list[Any]] = (
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    return rows


def _csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    try:
        written = raw.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        written = raw.decode(ENCODINGS[1])
    first = written.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(written), delimiter=delimiter, strict=True))


def text(cell: Any) -> str:
    """What a cell says; empty when it is blank."""
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()
