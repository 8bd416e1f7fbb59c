"""Tables as they were given: sheets, their rows, and what their columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from recognition.batch.input.table import cells
from recognition.batch.input.table.columns import Column, Scheme

Row = tuple[int, int, Sequence[Any]]
"""A row's number from 1, the bytes read up to it, its cells."""


@dataclass(frozen=True)
class TableSheet:
    """A table that was opened; `name` is told beside its rows, and empty for a file of its own."""

    name: str
    called: str
    headings: Sequence[str]
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known."""

    sheet: TableSheet
    scheme: Scheme
    columns: Sequence[Column]

    @cached_property
    def unheaded(self) -> list[int]:
        """Where there is no heading."""
        return [i for i, heading in enumerate(self.sheet.headings) if not heading]

    def link(self, form: str) -> int | None:
        """Where a column stands that is no field."""
        return next((c.index for c in self.columns if c.field.form == form), None)

    def filled(self) -> Iterator[Row]:
        """The rows in which there is anything."""
        for row in self.sheet.rows():
            if any(cells.text(cell) for cell in row[2]):
                yield row
