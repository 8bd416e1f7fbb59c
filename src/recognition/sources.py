"""Where facts come from: records, or an Arrow table. Both tell the same, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recognition.columns import TRUTHS, Packed, Table
from recognition.profile import Parts
from recognition.records import Record, attribute, blank, getter
from recognition.shape import COLLECTIONS, Collection, Leaf

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Source(Protocol):
    """What facts ask of profiles; arrays have one value for each element of a collection."""

    rows: int
    typed: bool
    """Whether ids, closed codes and amounts were checked when the profiles were read."""

    def ids(self) -> list[str | None]:
        """The id of each profile."""

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        """Elements of each parent, and which parents' lists are unknown (one phantom each)."""

    def packed(self, leaf: Leaf, table: Table) -> Packed:
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

    def packed(self, leaf: Leaf, table: Table) -> Packed:
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


class ArrowSource:
    """Profiles as an Arrow table of the profile's schema, or of some of its columns."""

    typed = False

    def __init__(self, table: pa.Table) -> None:
        self.rows = table.num_rows
        self._table = table.combine_chunks()
        self._extents: dict[str, tuple[Counts, Mask | None]] = {}
        self._elements: dict[str, Callable[[Any], Any]] = {"": self._column}
        self._keys: dict[str, Any] = {}

    def ids(self) -> list[str | None]:
        held = self._column("id")
        ids: list[str | None] = [None] * self.rows if held is None else held.to_pylist()
        return ids

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        self._of(collection.path)
        return self._extents[collection.path]

    def packed(self, leaf: Leaf, table: Table) -> Packed:
        values = self._values(leaf)
        if values is None:
            return np.full(self._size(leaf.collection), table.unknown, np.int64)
        wanted = pa.bool_() if table is TRUTHS else pa.string()
        return _translated(values, table, wanted)

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        values = self._values(leaf)
        if values is None:
            return np.full(self._size(leaf.collection), np.nan)
        numbers = values.cast(pa.float64())
        stated: NDArray[np.float64] = numbers.fill_null(0).to_numpy(zero_copy_only=False)
        refused = np.where(np.isnan(stated), np.inf, stated)  # NaN as a number is no unknown
        return np.where(_nulls(numbers), np.nan, refused)

    def absent(self, leaf: Leaf) -> Mask | None:
        there = self._values(leaf) is not None
        return None if there else np.ones(self._size(leaf.collection), np.bool_)

    def stated(self, kind: str) -> Packed:
        held = self._column("attestations")
        if held is None:
            return np.full(self.rows, TRUTHS.unknown, np.int64)
        return _translated(pc.map_lookup(held, kind, "first"), TRUTHS, pa.bool_())

    def strays(self, kinds: frozenset[str]) -> Mask:
        bad = np.array([not held for held in self.ids()], np.bool_)
        held = self._column("attestations")
        if held is None:
            return bad
        counts, keys = _laid_out(held)[:2]
        known = pc.is_in(pc.struct_field(keys, [0]), pa.array(sorted(kinds), pa.string()))
        strange = ~known.to_numpy(zero_copy_only=False)
        bad[np.repeat(np.arange(self.rows), counts)[strange]] = True
        return bad

    def _column(self, name: str | int) -> Any:
        if name not in self._table.column_names:
            return None
        return _one(self._table.column(name))

    def _values(self, part: Leaf | Collection) -> Any:
        parent = part.collection if isinstance(part, Leaf) else part.parent
        values = self._of(parent)(part.steps[0] if part.steps else "")
        for step in part.steps[1:]:
            values = _field(values, step)
        return values

    def _size(self, path: str) -> int:
        self._of(path)
        return int(self._extents[path][0].sum()) if path else self.rows

    def _of(self, path: str) -> Callable[[Any], Any]:
        if path not in self._elements:
            self._spread(COLLECTIONS[path])
        return self._elements[path]

    def _spread(self, collection: Collection) -> None:
        lists = self._values(collection)
        if lists is None:
            parents = self._size(collection.parent)
            self._extents[collection.path] = (np.ones(parents, np.int64), np.ones(parents, bool))
            self._elements[collection.path] = lambda step: None
            return
        counts, elements, unknown = _laid_out(lists, phantoms=True)
        self._extents[collection.path] = (counts, unknown if unknown.any() else None)
        self._elements[collection.path] = lambda step: _field(elements, step)


def _one(column: Any) -> Any:
    """A column as one array."""
    chunks = column.num_chunks
    return column.chunk(0) if chunks == 1 else pa.concat_arrays(column.chunks or [_none(column)])


def _none(column: Any) -> Any:
    return pa.array([], column.type)


def _field(elements: Any, step: Any) -> Any:
    """A field of structs, null where the struct is; the elements themselves for no step."""
    if elements is None or step == "":
        return elements
    if isinstance(step, str) and elements.type.get_field_index(step) < 0:
        return None
    return pc.struct_field(elements, [step])


def _laid_out(lists: Any, phantoms: bool = False) -> tuple[Counts, Any, Mask]:
    """Counts, elements end to end, which lists are unknown; a phantom is a null element."""
    unknown = _nulls(lists)
    if pa.types.is_map(lists.type):
        lists = _pairs(lists)
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    counts, elements = lengths.astype(np.int64), lists.flatten()
    if not phantoms or not unknown.any():
        return counts, elements, unknown
    counts = np.where(unknown, 1, counts)
    ghost = np.repeat(unknown, counts)
    place = np.cumsum(~ghost) - 1
    return counts, elements.take(pa.array(place, mask=ghost)), unknown


def _pairs(maps: Any) -> Any:
    """A map array as lists of its entries."""
    kind = pa.list_(pa.struct([("key", maps.type.key_type), ("value", maps.type.item_type)]))
    return maps.cast(kind)


def _nulls(values: Any) -> Mask:
    nulls: Mask = values.is_null().to_numpy(zero_copy_only=False)
    return nulls


def _translated(values: Any, table: Table, wanted: Any) -> Packed:
    """Each distinct value through the table, then spread over where it stands."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    encoded = values.cast(wanted).dictionary_encode()
    distinct = [table[value] for value in encoded.dictionary.to_pylist()]
    meaning = np.array([*distinct, table.unknown], np.int64)
    places = encoded.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    packed: Packed = meaning[places]
    return packed
