"""Facts: profiles as columns of bounds, each column built when it is first asked for.

A collection is a flat run of elements with offsets into it, one for each element of its parent.
A list that is unknown is one phantom element, of which nothing is known and which stands for
any number of elements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recognition import dates
from recognition.bounds import NAMED, Bounds, exactly
from recognition.facts import values
from recognition.facts.arrow import ArrowSource
from recognition.facts.source import FactSource, RecordSource
from recognition.profile.model import Amount, Code, Day, Text, Truth
from recognition.profile.records import Record
from recognition.profile.schema import COLLECTIONS, LEAVES, Leaf
from recognition.profile.vocabulary import OTHER, Vocabularies

T = TypeVar("T")
Offsets = NDArray[np.int64]
_NOWHERE: Offsets = np.empty(0, np.int64)
Mask = NDArray[np.bool_]

_TYPES = {Day: np.int32, Code: np.int32, Truth: np.bool_}


class Facts:
    """Columns of a batch of profiles.

    Collections and fields are named by their paths (`degrees.awarded_on`); the empty path is the
    profile. Days are int32, numbers float64, codes int32, truths bool.
    """

    def __init__(
        self, source: FactSource, as_of: int | NDArray[np.int32], vocabularies: Vocabularies
    ) -> None:
        self.rows = source.rows
        self.typed = source.typed
        self.vocabularies = vocabularies
        days = np.asarray(as_of, np.int32)
        self.as_of = exactly(np.full(self.rows, days) if days.ndim == 0 else days)
        self.source = source
        self._built: dict[tuple[str, str], Any] = {}

    @classmethod
    def from_records(
        cls,
        records: Sequence[Record],
        as_of: int | NDArray[np.int32],
        vocabularies: Vocabularies,
    ) -> Facts:
        """Columns of records; `as_of` is one day, or a day for each of them."""
        return cls(RecordSource(records), as_of, vocabularies)

    @classmethod
    def from_arrow(
        cls, table: pa.Table, as_of: int | NDArray[np.int32], vocabularies: Vocabularies
    ) -> Facts:
        """Columns of a table of `records.arrow_schema`; columns it lacks are unknown."""
        return cls(ArrowSource(table), as_of, vocabularies)

    def ids(self) -> Sequence[str | None]:
        """The id of each profile, a list or an Arrow array."""
        return self.source.ids()

    def size(self, collection: str) -> int:
        """How many elements a collection has, phantoms counted; of `""`, how many profiles."""
        return int(self.offsets(collection)[-1]) if collection else self.rows

    def offsets(self, collection: str) -> Offsets:
        """Where each parent's elements begin, shape (parents + 1,)."""
        return self._once("offsets", collection, self._extent)[0]

    def many(self, collection: str) -> Mask | None:
        """Which elements are phantoms, shape (elements,); None when none is."""
        return self._once("offsets", collection, self._extent)[1]

    def owner(self, collection: str) -> Offsets:
        """The parent of each element, shape (elements,)."""
        return self._once("owner", collection, self._owner)

    def row(self, collection: str) -> Offsets:
        """The profile of each element, shape (elements,)."""
        return self._once("row", collection, self._row)

    def present(self, collection: str) -> Bounds:
        """Whether each element is there at all: of a phantom, nobody knows."""
        return self._once("present", collection, self._present)

    def field(self, path: str) -> Bounds:
        """A field of each element of its collection, shape (elements,)."""
        return self._once("field", path, self._field)

    def attested(self, kind: str) -> Bounds:
        """The attestation of a kind, shape (profiles,)."""
        return self.statements((kind,))

    def statements(self, kinds: Sequence[str]) -> Bounds:
        """The attestations of some kinds, one kind's after another's, shape (kinds × profiles,)."""
        return self._once("attested", " ".join(kinds), lambda _: self._statements(kinds))

    def packed(self, path: str) -> values.Packed | values.Coded:
        """A day, code or truth as it was read, bounds packed (see `columns`)."""
        return self._once("packed", path, self._packed)

    def amounts(self, path: str) -> NDArray[np.float64]:
        """A number as it was read; NaN where unknown."""
        return self._once("amounts", path, lambda _: self.source.amounts(LEAVES[path]))

    def strays(self, kinds: frozenset[str]) -> Mask:
        """Which profiles attest to a kind that is none of these, or are without an id."""
        return self.source.strays(kinds)

    def _once(self, what: str, path: str, make: Callable[[str], T]) -> T:
        key = (what, path)
        if key not in self._built:
            self._built[key] = make(path)
        built: T = self._built[key]
        return built

    def _extent(self, collection: str) -> tuple[Offsets, Mask | None]:
        counts, phantoms = self.source.extent(COLLECTIONS[collection])
        offsets = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        if phantoms is None:
            return offsets, None
        many = np.zeros(int(offsets[-1]), np.bool_)
        many[offsets[:-1][phantoms]] = True
        return offsets, many

    def _owner(self, collection: str) -> Offsets:
        counts = np.diff(self.offsets(collection))
        return np.repeat(np.arange(len(counts)), counts)

    def _row(self, collection: str) -> Offsets:
        if not collection:
            return np.arange(self.rows)
        parent = COLLECTIONS[collection].parent
        owner = self.owner(collection)
        return self.row(parent)[owner] if parent else owner

    def _present(self, collection: str) -> Bounds:
        many = self.many(collection) if collection else None
        there = np.ones(self.size(collection), np.bool_)
        return exactly(there) if many is None else Bounds(~many, there)

    def _packed(self, path: str) -> values.Packed | values.Coded:
        leaf = LEAVES[path]
        assert not isinstance(leaf.mark, Text | Amount), "words and numbers have no table"
        return self.source.packed(leaf, values.table(leaf.mark, self.vocabularies))

    def _field(self, path: str) -> Bounds:
        leaf = LEAVES[path]
        match leaf.mark:
            case Amount() as amount:
                return _between(self.amounts(path), amount)
            case Text():
                raise KeyError(f"`{path}` is free words, and nothing is decided by it")
            case mark:
                known = values.unpack(self.packed(path), _TYPES[type(mark)])
        if isinstance(mark, Day):
            return self._dated(leaf, mark, known)
        if not isinstance(mark, Code):
            return known
        return self._named(leaf, mark, self._elsewhere(leaf, mark.otherwise, known))

    def _dated(self, leaf: Leaf, mark: Day, known: Bounds) -> Bounds:
        """Days of a whole year, and ends nobody knows, which are not before their beginning."""
        if mark.year:
            known = _of_year(known, self.amounts(leaf.sibling(mark.year)), mark.end)
        if not mark.end or known.exact:
            return known
        nobody_knows = (known.lo == dates.BEFORE_ALL) & (known.hi == dates.AFTER_ALL)
        begun = self.field(leaf.sibling(mark.since)).lo
        return Bounds(np.where(nobody_knows, begun, known.lo), known.hi)

    def _named(self, leaf: Leaf, mark: Code, known: Bounds) -> Bounds:
        """Names that were no codes: what they mean where they stand, or where they are at home."""
        named = np.flatnonzero(known.hi >= NAMED) if not known.exact else _NOWHERE
        if not len(named):
            return known
        lo, hi = known.lo.copy(), known.hi.copy()
        country, given_in = self._countries(leaf, mark, named)
        meanings, places = values.codes(mark, self.vocabularies), self.vocabularies["places"]
        for at, own, where in zip(named.tolist(), country, given_in, strict=True):
            place = int(hi[at]) - values.NAMED_HERE
            number = meanings.here(place, places.entry(own or where)) if place >= 0 else OTHER
            lo[at], hi[at] = (number, number) if number else (OTHER, NAMED + own * bool(mark.home))
        return Bounds(lo, hi)

    def _countries(self, leaf: Leaf, mark: Code, named: Offsets) -> tuple[list[int], list[int]]:
        """For each name the country that stands beside it, and that of the body beside it; or 0."""
        nothing = [0] * len(named)
        stated = self.field(leaf.sibling(mark.country)) if mark.country else None
        own = nothing if stated is None else _settled(stated, named)
        if not mark.beside:
            return own, nothing
        home = self.vocabularies.home_of("bodies")
        return own, home[_settled(self.field(leaf.sibling(mark.beside)), named)].tolist()

    def _elsewhere(self, leaf: Leaf, otherwise: str, known: Bounds) -> Bounds:
        absent = self.source.absent(leaf) if otherwise else None
        if absent is None or not absent.any():
            return known
        other = self.field(leaf.sibling(otherwise))
        lo = np.where(absent, other.lo, known.lo)
        hi = np.where(absent, other.hi, known.hi)
        return exactly(lo) if np.array_equal(lo, hi) else Bounds(lo, hi)

    def _statements(self, kinds: Sequence[str]) -> Bounds:
        stated = [self.source.stated(kind) for kind in kinds]
        packed = np.concatenate(stated) if len(stated) > 1 else stated[0]
        return values.unpack(packed, np.bool_)


def _between(amounts: NDArray[np.float64], mark: Amount) -> Bounds:
    unknown = np.isnan(amounts)
    if not unknown.any():
        return exactly(amounts)
    return Bounds(np.where(unknown, mark.least, amounts), np.where(unknown, mark.most, amounts))


def _of_year(known: Bounds, years: NDArray[np.float64], end: bool) -> Bounds:
    """The first day (or the last) of the years that are given, and else what is known."""
    given = ~np.isnan(years)
    if not given.any():
        return known
    year = np.where(given, years.clip(0, 9999), 1970).astype(np.int64) + (1 if end else 0)
    day = dates.first_of_year(year).astype(np.int32) - np.int32(1 if end else 0)
    lo, hi = np.where(given, day, known.lo), np.where(given, day, known.hi)
    return exactly(lo) if np.array_equal(lo, hi) else Bounds(lo, hi)


def _settled(codes: Bounds, at: Offsets) -> list[int]:
    """The codes at some places, 0 for those that are not known."""
    lo, hi = codes.lo[at], codes.hi[at]
    settled: list[int] = np.where((lo == hi) & (lo > 0), lo, 0).tolist()
    return settled
