"""Reading texts: room for what is in them, and learning how they spell what is in vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognition.facts import values
from recognition.facts.scan import PAD
from recognition.facts.scan import layout as of
from recognition.facts.scan.drawing import Drawing, Ref
from recognition.facts.scan.scanner import PLAIN, scan
from recognition.facts.scan.source import STATED, ScannedSource
from recognition.facts.scan.spellings import REFUSED, Spellings
from recognition.facts.scan.tables import DrawnTables, Numbers
from recognition.facts.values import BAD, Meanings, pack
from recognition.profile.model import Code, Statements
from recognition.profile.vocabulary import Vocabularies

LEARNT = 1 << 16
"""So many texts are learnt at most: what strangers write must not fill memory."""
NOTES = 1 << 12
"""So many are learnt at once."""

Text = tuple[int, bytes]
"""A text and the context in which it is known."""


@dataclass(frozen=True)
class Pass:
    """What one pass over a text came to: what each line is, the rows, texts that were not known.

    `full` says which collections had too little room, if the pass did not come to the end.
    """

    states: Numbers
    held: list[Numbers]
    noted: list[list[int]]
    full: NDArray[np.bool_]


class Room:
    """Room for so many rows of each collection, in one piece; `table` says where they are."""

    def __init__(self, collections: Numbers, rows: Numbers) -> None:
        self.table = collections.copy()
        self._widths: Numbers = self.table[:, of.WIDTH // 8]
        sizes = rows * self._widths
        self._first = np.cumsum(sizes) - sizes
        self._cells = np.empty(int(sizes.sum()) // 8, np.int64)
        self.table[:, of.NEXT // 8] = self._first + self._cells.ctypes.data
        self.table[:, of.FULL // 8] = self.table[:, of.NEXT // 8] + sizes

    def full(self) -> NDArray[np.bool_]:
        """Which collections have no room for another row."""
        full: NDArray[np.bool_] = (
            self.table[:, of.NEXT // 8] + self._widths > self.table[:, of.FULL // 8]
        )
        return full

    def held(self) -> list[Numbers]:
        """The rows that are written, of each collection."""
        ends = self.table[:, of.NEXT // 8] - self._cells.ctypes.data
        parts = zip(self._first // 8, ends // 8, self._widths // 8, strict=True)
        return [self._cells[begin:end].reshape(-1, width) for begin, end, width in parts]


class Scanner:
    """Finds the plain lines of texts. Several threads may use one at the same time."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._drawing = Drawing()
        self._statements = vocabularies[STATED]
        self._tables = DrawnTables(self._drawing, vocabularies)
        self._codes = [_table(mark, vocabularies) for mark in self._drawing.codes]
        self._learnt: dict[Text, int] = {}
        self._spellings = self._spelt()
        self._sparse = np.full(len(self._drawing.cells), 256)
        """Bytes of text there are to a row of each collection, at least, as far as was seen."""

    def __call__(self, text: bytes) -> tuple[ScannedSource, NDArray[np.bool_]]:
        """The profiles of the plain lines of a text; which ones these are, shape (lines,).

        Lines end with a line feed, the last one with PAD.
        """
        assert text.endswith(PAD), "without it what stands behind the text would be read"
        while True:
            done = self._pass(text)
            if done.full.any():
                self._sparse = np.where(done.full, self._sparse // 2 + 1, self._sparse)
            elif not self._learn(text, done.noted):
                cells = self._drawing.cells
                held = dict(zip(cells, done.held, strict=True))
                return ScannedSource(text, cells, held, self._statements), done.states == PLAIN

    def _pass(self, text: bytes) -> Pass:
        begin, spellings = _address(text), self._spellings
        end = begin + len(text) - len(PAD)
        states = np.zeros(text.count(b"\n") + 1, np.int64)
        notes = np.zeros((NOTES, of.NOTE // 8), np.int64)
        frames = np.zeros(self._tables.frames, np.int64)
        saved = np.zeros(len(self._sparse), np.int64)
        room = Room(self._tables.collections, len(text) // self._sparse + 1)
        desk = self._tables.desk(
            {
                of.COLLECTIONS: room.table.ctypes.data,
                of.COLLECTIONS_END: room.table.ctypes.data + room.table.nbytes,
                of.SPELLINGS: spellings.address,
                of.FRAMES: frames.ctypes.data,
                of.SAVED: saved.ctypes.data,
                of.NOTED: notes.ctypes.data,
                of.NOTED_END: notes.ctypes.data + notes.nbytes,
            }
        )
        whole = scan(begin, end, states.ctypes.data, desk.ctypes.data) > end
        noted = notes[: (desk[of.NOTED // 8] - notes.ctypes.data) // of.NOTE] - [0, begin, begin]
        return Pass(states, room.held(), noted.tolist(), room.full() & (not whole))

    def _spelt(self) -> Spellings:
        """The keys of objects, the spellings of vocabularies, and what was learnt."""
        keys = {
            (self._tables.address(Ref("objects", place)), key.encode()): self._tables.address(
                Ref("slots", slot)
            )
            for place, key, slot in self._drawing.keys
        }
        codes = {
            (-1 - i, text.encode()): table[text]
            for i, table in enumerate(self._codes)
            for text in tuple(table)
            if isinstance(text, str)
        }
        return Spellings(keys | codes | self._learnt)

    def _learn(self, text: bytes, noted: Iterable[list[int]]) -> bool:
        """Look up texts that were met for the first time; whether anything was learnt."""
        met = {(context, text[begin:end]) for context, begin, end in noted}
        met = {one for one in met if one not in self._learnt}
        if not met or len(self._learnt) + len(met) > LEARNT:
            return False
        self._learnt |= {(context, one): self._read(context, one) for context, one in met}
        self._spellings = self._spelt()
        return True

    def _read(self, context: int, text: bytes) -> int:
        try:
            number = self._codes[-1 - context].read(text.decode())
        except UnicodeDecodeError:
            return REFUSED
        return REFUSED if number == BAD else number


def _table(mark: Code | Statements, vocabularies: Vocabularies) -> Meanings:
    """What a text means where codes are due; of statements only the codes themselves are kinds."""
    if isinstance(mark, Code):
        return values.codes(mark, vocabularies)
    kinds = vocabularies[mark.vocabulary].codes
    return Meanings(BAD, ((kind, pack(number, number)) for number, kind in enumerate(kinds, 1)))


def _address(text: bytes) -> int:
    return int(np.frombuffer(text, np.uint8).ctypes.data)
