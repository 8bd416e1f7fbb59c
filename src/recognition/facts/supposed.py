"""Facts with assumptions where they are silent: a source that fills in what another leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.bounds import Bounds
from recognition.facts import values
from recognition.facts.assumptions import STATEMENTS, Assumptions, Value
from recognition.facts.facts import Facts
from recognition.facts.source import Counts, Mask
from recognition.facts.values import TRUTHS, Coded, Meanings, Packed
from recognition.profile.model import Amount, Code, Day, Relation, Text, relations
from recognition.profile.schema import LEAVES, Collection, Leaf
from recognition.profile.vocabulary import Vocabularies


def supposing(stated: Facts, assumptions: Assumptions) -> Facts:
    """Facts as they are stated, with assumptions where they are silent."""
    if not assumptions:
        return stated
    return Facts(Supposed(stated, assumptions), stated.as_of.lo, stated.vocabularies)


class Supposed:
    """A source of facts that fills in what others do not state (see `FactSource`).

    An assumption holds for each element that is there and whose fact is wholly unknown, but where
    it does not go with what is stated beside it: no end before its beginning, no region abroad.
    """

    def __init__(self, stated: Facts, assumptions: Assumptions) -> None:
        self.rows, self.typed = stated.rows, stated.typed
        self._stated, self._assumed = stated, dict(assumptions)
        self._filled: dict[str, Mask] = {}

    def ids(self) -> Sequence[str | None]:
        return self._stated.ids()

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        return self._stated.source.extent(collection)

    def strays(self, kinds: frozenset[str]) -> Mask:
        return self._stated.strays(kinds)

    def packed(self, leaf: Leaf, table: Meanings) -> Packed | Coded:
        told = self._stated.packed(leaf.path)
        if leaf.path not in self._assumed:
            return told
        return np.where(self.filled(leaf.path), table[self._assumed[leaf.path]], _each(told))

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        told = self._stated.amounts(leaf.path)
        if leaf.path not in self._assumed:
            return told
        return np.where(self.filled(leaf.path), float(self._assumed[leaf.path]), told)

    def absent(self, leaf: Leaf) -> Mask | None:
        absent = self._stated.source.absent(leaf)
        if absent is None or leaf.path not in self._assumed:
            return absent
        return absent & ~self.filled(leaf.path)

    def stated(self, kind: str) -> Packed:
        told = self._stated.source.stated(kind)
        path = f"{STATEMENTS}.{kind}"
        if path not in self._assumed:
            return told
        return np.where(self.filled(path), TRUTHS[self._assumed[path]], told)

    def filled(self, path: str) -> Mask:
        """Where an assumption holds, shape (elements,); of a statement, (profiles,)."""
        if path not in self._filled:
            self._filled[path] = self._made(path)
        return self._filled[path]

    def _made(self, path: str) -> Mask:
        if path.startswith(f"{STATEMENTS}."):
            told = self._stated.source.stated(path.partition(".")[2])
            return told == TRUTHS.unknown  # type: ignore[no-any-return]  # NumPy says Any
        leaf = LEAVES[path]
        filled = _missing(self._stated, leaf)
        many = self._stated.many(leaf.collection) if leaf.collection else None
        filled = filled if many is None else filled & ~many
        for apart in _apart(self._stated, leaf, self._assumed[path]):
            filled = filled & ~apart
        return filled


def _each(told: Packed | Coded) -> Packed:
    """A column's packed values, one for each element."""
    return told.spread(told.meanings) if isinstance(told, Coded) else told


def _missing(stated: Facts, leaf: Leaf) -> Mask:
    """Which elements say nothing of a fact; what another field says for it is said."""
    mark = leaf.mark
    if isinstance(mark, Amount):
        return np.isnan(stated.amounts(leaf.path))
    missing = ~_known(stated, leaf)
    if isinstance(mark, Day) and mark.year:
        missing &= np.isnan(stated.amounts(leaf.sibling(mark.year)))
    absent = stated.source.absent(leaf) if isinstance(mark, Code) and mark.otherwise else None
    if absent is not None and isinstance(mark, Code):
        missing &= ~(absent & _known(stated, LEAVES[leaf.sibling(mark.otherwise)]))
    return missing


def _known(stated: Facts, leaf: Leaf) -> Mask:
    assert not isinstance(leaf.mark, Text | Amount), "words and numbers have no table"
    unknown = values.table(leaf.mark, stated.vocabularies).unknown
    return values.known(stated.packed(leaf.path), unknown)


# --- what does not go together


def _apart(stated: Facts, leaf: Leaf, value: Value) -> Iterator[Mask]:
    """Where a value does not go with what is stated beside it."""
    vocabularies = stated.vocabularies
    here = _bounds(leaf, value, vocabularies)
    for relation, other in relations(leaf.mark):
        yield _against(relation, here, stated.field(leaf.sibling(other)), vocabularies)
    for beside in LEAVES.values():
        for relation, other in relations(beside.mark):
            if beside.sibling(other) == leaf.path:
                yield _against(relation, stated.field(beside.path), here, vocabularies)


def _bounds(leaf: Leaf, value: Value, vocabularies: Vocabularies) -> Bounds:
    """One value as bounds, shape (1,)."""
    if isinstance(leaf.mark, Amount | Text):
        return Bounds(value, value)
    packed = np.array([values.table(leaf.mark, vocabularies)[value]], np.int64)
    return values.unpack(packed, np.int32)


def _against(relation: Relation, inner: Bounds, outer: Bounds, vocabularies: Vocabularies) -> Any:
    if relation is Relation.SINCE:
        return inner.hi < outer.lo
    if relation is not Relation.WITHIN:
        return np.False_
    told = (inner.lo == inner.hi) & (outer.lo == outer.hi)
    country = vocabularies.country_of[np.where(told, inner.lo, 0)]
    return told & (country != outer.lo)
