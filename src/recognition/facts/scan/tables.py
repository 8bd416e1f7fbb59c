"""The tables that compiled code reads, with the addresses of one another in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.facts.scan import PAD
from recognition.facts.scan import layout as of
from recognition.facts.scan.drawing import Drawing, Ref
from recognition.profile.vocabulary import Vocabularies

Numbers = NDArray[np.int64]

_LENGTHS = {
    "slots": of.SLOT,
    "objects": of.HELD,
    "checks": of.CHECK,
    "collections": of.COLLECTION,
    "lists": of.LISTING,
    "blanks": 8,
}


class DrawnTables:
    """A drawing's tables in memory, and those of the calendar and of the places.

    Which key is expected next is written to them while a text is read. Several threads may: it is
    a guess, and any of them is as good.
    """

    def __init__(self, drawing: Drawing, vocabularies: Vocabularies) -> None:
        self._held: dict[str, NDArray[Any]] = {
            name: np.zeros((len(drawing.tables[name]), length // 8), np.int64)
            for name, length in _LENGTHS.items()
        }
        self._held["letters"] = np.frombuffer(bytes(drawing.letters) + PAD, np.uint8)
        for name, rows in drawing.tables.items():
            for number, row in enumerate(rows):
                self._fill(self._held[name][number], row)
        months = np.arange("0000-01", "10000-02", dtype="datetime64[M]")
        self._fixed: dict[int, NDArray[Any]] = {
            of.MONTHS: months.astype("datetime64[D]").astype(np.int64),
            of.COUNTRIES: vocabularies.country_of.astype(np.int64),
            of.POWERS: 10.0 ** np.arange(23),
        }
        self.collections: Numbers = self._held["collections"]
        """A row each; whoever writes to them takes a copy."""
        self.frames = (len(drawing.tables["objects"]) + 1) * of.FRAME // 8
        """Cells for as many objects as can be open at once, and one below."""

    def address(self, ref: Ref) -> int:
        table = self._held[ref.table]
        return int(table.ctypes.data) + ref.row * table.strides[0]

    def desk(self, own: Mapping[int, int]) -> Numbers:
        """What is at hand while a text is read; `own` is what it does not share with others."""
        desk = np.zeros(of.DESK // 8, np.int64)
        self._fill(desk, {at: table.ctypes.data for at, table in self._fixed.items()})
        self._fill(desk, own)
        return desk

    def _fill(self, cells: Numbers, row: Mapping[int, int | Ref]) -> None:
        for at, value in row.items():
            cells[at // 8] = self.address(value) if isinstance(value, Ref) else value
