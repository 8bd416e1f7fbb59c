"""Lines that were scanned, as a source of facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recognition.facts.scan.drawing import Cells
from recognition.facts.source import Counts, Mask
from recognition.facts.values import TRUTHS, Meanings, Packed, pack
from recognition.profile.schema import COLLECTIONS, Collection, Leaf
from recognition.profile.vocabulary import Vocabulary

STATED = "attestations"
"""The map that is no collection of the profile's, but has rows of cells as if it were one."""


class ScannedSource:
    """Profiles as rows of cells (see `drawing`): of each collection, shape (elements, cells)."""

    typed = True

    def __init__(
        self,
        text: bytes,
        cells: Mapping[str, Cells],
        held: Mapping[str, NDArray[np.int64]],
        statements: Vocabulary,
    ) -> None:
        self.rows = len(held[""])
        self._text, self._cells, self._held, self._statements = text, cells, held, statements

    def part(self, start: int, stop: int) -> ScannedSource:
        """The profiles from one to before another."""
        if start == 0 and stop >= self.rows:
            return self
        spans, held = {"": (start, min(stop, self.rows))}, {}
        for path in self._cells:
            if path:
                parent = _parent(path)
                ends = np.append(0, np.cumsum(self._extent(parent, path)[0]))
                spans[path] = int(ends[spans[parent][0]]), int(ends[spans[parent][1]])
            held[path] = self._held[path][slice(*spans[path])]
        return ScannedSource(self._text, self._cells, held, self._statements)

    def ids(self) -> pa.StringArray:
        text = np.frombuffer(self._text, np.uint8)
        begins, ends = (self._cell("", path) - text.ctypes.data for path in ("id", "id end"))
        offsets = np.append(0, np.cumsum(ends - begins))
        letters = text[np.repeat(begins - offsets[:-1], ends - begins) + np.arange(offsets[-1])]
        buffers = map(pa.py_buffer, (offsets.astype(np.int32), letters))
        return pa.StringArray.from_buffers(self.rows, *buffers)

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        return self._extent(collection.parent, collection.path)

    def packed(self, leaf: Leaf, table: Meanings) -> Packed:
        return self._cell(leaf.collection, leaf.path)

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        return self._cell(leaf.collection, leaf.path).view(np.float64)

    def absent(self, leaf: Leaf) -> Mask | None:
        cell, bit = self._cells[leaf.collection].keys[leaf.path]
        absent: Mask = self._held[leaf.collection][:, cell // 8] & bit == 0
        return absent

    def stated(self, kind: str) -> Packed:
        number = self._statements.numbers[kind]
        owner, kinds, holds = self._stated
        said = kinds == pack(number, number)
        told = np.full(self.rows, TRUTHS.unknown, np.int64)
        told[owner[said]] = holds[said]
        return told

    def strays(self, kinds: frozenset[str]) -> Mask:
        return np.zeros(self.rows, np.bool_)  # a line that has any is not plain

    @cached_property
    def _stated(self) -> tuple[Counts, Packed, Packed]:
        """The profile, the kind and the truth of each statement."""
        owner = np.repeat(np.arange(self.rows), self._extent("", STATED)[0])
        return owner, self._cell(STATED, f"{STATED}.kind"), self._cell(STATED, f"{STATED}.holds")

    def _extent(self, parent: str, path: str) -> tuple[Counts, Mask | None]:
        lengths = self._cell(parent, path)
        unknown = lengths < 0
        counts = np.where(unknown, 1, lengths // self._cells[path].width)
        return counts, unknown if unknown.any() else None

    def _cell(self, collection: str, path: str) -> NDArray[np.int64]:
        return self._held[collection][:, self._cells[collection].of[path] // 8]


def _parent(path: str) -> str:
    return COLLECTIONS[path].parent if path in COLLECTIONS else ""
