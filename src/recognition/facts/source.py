"""Where facts come from, and how records are such a source. All tell the same, by columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from recognition.facts.values import TRUTHS, Coded, Meanings, Packed
from recognition.profile.model import Parts
from recognition.profile.records import Record, attribute, blank, getter
from recognition.profile.schema import COLLECTIONS, Collection, Leaf

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class FactSource(Protocol):
    """What facts ask of profiles; arrays have one value for each element of a collection."""

    rows: int
    typed: bool
    """Whether ids, closed codes and amounts were checked when the profiles were read."""

    def ids(self) -> Sequence[str | None]:
        """The id of each profile, a list or an Arrow array."""

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        """Elements of each parent, and which parents' lists are unknown (one phantom each)."""

    def packed(self, leaf: Leaf, table: Meanings) -> Packed | Coded:
        """Values through a table."""

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        """Numbers; NaN where unknown."""

    def absent(self, leaf: Leaf) -> Mask | None:
        """Where the key was not there; None when it was everywhere."""

    def stated(self, kind: str) -> Packed:
        """An attestation of each profile."""

    def strays(self, kinds: frozenset[str]) -> Mask:
        """Which profiles attest to something else than these kinds, or have no id."""


class RecordSource:
    """Profiles as records (see `records.Reader`), in memory."""

    typed = True

    def __init__(self, records: Sequence[Record]) -> None:
        self.rows = len(records)
        self._elements: dict[str, Sequence[Any]] = {"": records}
        self._extents: dict[str, tuple[Counts, Mask | None]] = {}

    def ids(self) -> list[str | None]:
        return [record.id for record in self._elements[""]]

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        self._of(collection.path)
        return self._extents[collection.path]

    def packed(self, leaf: Leaf, table: Meanings) -> Packed:
        values = self._values(leaf)
        return np.fromiter(map(table.__getitem__, values), np.int64, len(self._of(leaf.collection)))

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        unset = msgspec.UNSET
        values = [None if value is unset else value for value in self._values(leaf)]
        return np.array(values, np.float64)

    def absent(self, leaf: Leaf) -> Mask | None:
        unset, values = msgspec.UNSET, self._values(leaf)
        return np.array([value is unset for value in values], np.bool_)

    def stated(self, kind: str) -> Packed:
        maps = map(attrgetter("attestations"), self._elements[""])
        values = (held.get(kind) if held else None for held in maps)
        return np.fromiter(map(TRUTHS.__getitem__, values), np.int64, self.rows)

    def strays(self, kinds: frozenset[str]) -> Mask:
        return np.zeros(self.rows, np.bool_)  # the types of a record leave no room for any

    def _values(self, part: Leaf | Collection) -> Iterable[Any]:
        elements = self._of(part.collection if isinstance(part, Leaf) else part.parent)
        values: Iterable[Any] = map(getter(part), elements) if part.steps else elements
        for step in part.steps[1:]:
            values = _inside(values, attribute(str(step)))
        return values

    def _of(self, path: str) -> Sequence[Any]:
        if path not in self._elements:
            self._spread(COLLECTIONS[path])
        return self._elements[path]

    def _spread(self, collection: Collection) -> None:
        """Lay a collection's lists end to end, an unknown one as a phantom."""
        phantom = (blank(collection),)
        kind = dict if isinstance(collection.slot.mark, Parts) else list
        lists: list[Any] = [
            held if held.__class__ is kind else phantom for held in self._values(collection)
        ]
        unknown = np.fromiter((held is phantom for held in lists), np.bool_, len(lists))
        counts = np.fromiter(map(len, lists), np.int64, len(lists))
        if kind is dict:
            lists = [held if held is phantom else held.items() for held in lists]
        self._elements[collection.path] = list(chain.from_iterable(lists))
        self._extents[collection.path] = (counts, unknown if unknown.any() else None)


def _inside(values: Iterable[Any], name: str) -> list[Any]:
    """A field of objects that may themselves be unknown."""
    return [getattr(value, name, None) for value in values]
