"""Decisions in a workbook, coloured by verdict, with filters; another sheet when one is full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

ROWS = 1_000_000
"""Rows of a sheet; Excel holds a few more."""
MADE = dt.datetime(2000, 1, 1)
"""The day a workbook says it was made: always the same, so that the same decisions are the same
file."""
COLOURS = {"eligible": "#D6EFD8", "undetermined": "#FFF2CC", "ineligible": "#F8D7DA"}


@contextmanager
def opened(path: Path, constant_memory: bool = False) -> Iterator[Any]:
    """A workbook that is written when it is closed; raises OSError where that cannot be done."""
    try:
        with (
            path.open("wb") as file,
            xlsxwriter.Workbook(file, {"constant_memory": constant_memory}) as book,
        ):
            book.set_properties({"created": MADE})
            yield book
    except FileCreateError as error:
        raise error.args[0] from None


def write(tables: Iterable[pa.Table], path: Path, names: Sequence[str]) -> None:
    """Write tables of texts."""
    with opened(path, constant_memory=True) as book:
        colours = {said: book.add_format({"bg_color": colour}) for said, colour in COLOURS.items()}
        sheet, at = _begun(book, names, 1), 1
        for row in _rows(tables):
            if at > ROWS:
                _ended(sheet, at, names)
                sheet, at = _begun(book, names, len(book.worksheets()) + 1), 1
            for column, said in enumerate(row):
                if said is not None:
                    sheet.write_string(at, column, said, colours.get(said))
            at += 1
        _ended(sheet, at, names)


def _rows(tables: Iterable[pa.Table]) -> Iterator[tuple[Any, ...]]:
    for table in tables:
        yield from zip(*(column.to_pylist() for column in table.columns), strict=True)


def _begun(book: Any, names: Sequence[str], number: int) -> Any:
    sheet = book.add_worksheet("decisions" if number == 1 else f"decisions {number}")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(names) - 1, 16)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    return sheet


def _ended(sheet: Any, at: int, names: Sequence[str]) -> None:
    sheet.autofilter(0, 0, max(at - 1, 0), len(names) - 1)
