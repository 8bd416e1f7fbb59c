"""Profiles in an Arrow table as a source of facts.

A text is read once for each time it stands in a column's dictionary, not for each time it is used,
and lists are laid out as numbers: elements of unknown lists take no room in the table itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recognition.facts.source import Counts, Mask
from recognition.facts.values import TRUTHS, Coded, Meanings, Packed
from recognition.profile.schema import COLLECTIONS, Collection, Leaf


@dataclass(frozen=True)
class Lists:
    """A collection: elements of each parent, which parents' lists are unknown, the elements.

    An unknown list has one element, a phantom, which is not among those of the table.
    """

    counts: Counts
    unknown: Mask | None
    elements: Any

    @cached_property
    def size(self) -> int:
        return int(self.counts.sum())

    @cached_property
    def place(self) -> NDArray[np.intp]:
        """For each element which one of the table it is; a phantom stands behind the last."""
        real = np.ones(self.size, np.bool_)
        ends = np.cumsum(self.counts)
        real[ends[self.unknown] - 1] = False
        return np.where(real, np.cumsum(real) - 1, len(self.elements))

    def laid(self, values: NDArray[Any], phantom: Any) -> NDArray[Any]:
        """A value for each element of the table as one for each element and phantom."""
        if self.unknown is None:
            return values
        return np.append(values, np.asarray(phantom, values.dtype)).take(self.place, mode="clip")


class ArrowSource:
    """Profiles as an Arrow table of the profile's schema, or of some of its columns.

    Texts may be dictionaries, which are read the faster.
    """

    typed = False

    def __init__(self, table: pa.Table) -> None:
        self.rows = table.num_rows
        self._columns = dict(zip(table.column_names, map(_one, table.columns), strict=True))
        self._known: dict[str, Lists] = {}

    def ids(self) -> Any:
        held = self._columns.get("id")
        return pa.nulls(self.rows, pa.string()) if held is None else _plain(held)

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        lists = self._lists(collection.path)
        return lists.counts, lists.unknown

    def packed(self, leaf: Leaf, table: Meanings) -> Packed | Coded:
        values = self._values(leaf)
        if values is None or values.null_count == len(values):
            nothing = np.array([table.unknown], np.int64)
            return Coded(nothing, lambda: np.zeros(self._size(leaf.collection), np.intp))
        if table is TRUTHS:
            return Coded(_TRUTHS, lambda: self._laid(leaf, _truths(values), _UNKNOWN))
        encoded = _encoded(values)
        meanings = table.meanings(leaf.path, encoded.dictionary)
        unknown = len(meanings) - 1
        return Coded(meanings, lambda: self._laid(leaf, _places(encoded, unknown), unknown))

    def _laid(self, leaf: Leaf, values: NDArray[Any], phantom: Any) -> NDArray[Any]:
        return self._lists(leaf.collection).laid(values, phantom) if leaf.collection else values

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        values = self._values(leaf)
        if values is None or values.null_count == len(values):
            return np.full(self._size(leaf.collection), np.nan)
        stated = _numbers(values.cast(pa.float64()))
        wrong = np.isnan(stated)
        stated = np.where(wrong, np.inf, stated) if wrong.any() else stated  # NaN is no unknown
        there = _there(values)
        stated = stated if there is None else np.where(there, stated, np.nan)
        return self._laid(leaf, stated, np.nan)

    def absent(self, leaf: Leaf) -> Mask | None:
        there = self._values(leaf) is not None
        return None if there else np.ones(self._size(leaf.collection), np.bool_)

    def stated(self, kind: str) -> Packed:
        told = np.full(self.rows, TRUTHS.unknown, np.int64)
        owners, places, kinds, truths = self._attested
        if kind in kinds:
            at = np.flatnonzero(places == kinds[kind])[::-1]  # the first of several holds
            told[owners[at]] = _TRUTHS[truths[at]]
        return told

    def strays(self, kinds: frozenset[str]) -> Mask:
        bad = _empty(self.ids())
        owners, places, met, _ = self._attested
        strange = [place for kind, place in met.items() if kind not in kinds]
        bad[owners[np.isin(places, strange)]] = True
        return bad

    @cached_property
    def _attested(self) -> tuple[Any, Any, dict[str, int], Any]:
        """Attestations end to end: profiles, kinds by their places in the third, truths."""
        held = self._columns.get("attestations")
        if held is None:
            none = np.zeros(0, np.intp)
            return none, none, {}, none
        counts, entries, unknown = _laid_out(held)
        kinds = _encoded(entries.field(0))
        met = {kind: place for place, kind in enumerate(kinds.dictionary.to_pylist())}
        owners = np.repeat(np.arange(self.rows), np.where(unknown, 0, counts))
        return owners, _places(kinds, -1), met, _truths(entries.field(1))

    def _values(self, part: Leaf | Collection) -> Any:
        """A field of all elements of the table, phantoms left out; None where there is none."""
        parent = part.collection if isinstance(part, Leaf) else part.parent
        if not parent:
            values = self._columns.get(str(part.steps[0]))
        else:
            values = _field(self._lists(parent).elements, part.steps[0] if part.steps else "")
        for step in part.steps[1:]:
            values = _field(values, step)
        return values

    def _size(self, path: str) -> int:
        return self._lists(path).size if path else self.rows

    def _lists(self, path: str) -> Lists:
        if path not in self._known:
            self._known[path] = self._spread(COLLECTIONS[path])
        return self._known[path]

    def _spread(self, collection: Collection) -> Lists:
        lists, around = self._values(collection), collection.parent
        if lists is None:
            parents = self._size(around)
            return Lists(np.ones(parents, np.int64), np.ones(parents, np.bool_), None)
        counts, elements, unknown = _laid_out(lists)
        if around:
            laid = self._lists(around).laid
            counts, unknown = laid(counts, 1), laid(unknown, True)
        return Lists(counts, unknown if unknown.any() else None, elements)


# --- Arrow's arrays as NumPy's, without what lies beside them


def _one(column: Any) -> Any:
    """A column as one array."""
    chunks = column.num_chunks
    return column.chunk(0) if chunks == 1 else column.combine_chunks()


def _field(elements: Any, step: Any) -> Any:
    """A field of structs, null where the struct is; the elements themselves for no step."""
    if elements is None or step == "":
        return elements
    if isinstance(step, str) and elements.type.get_field_index(step) < 0:
        return None
    return pc.struct_field(elements, [step]) if elements.null_count else elements.field(step)


def _laid_out(lists: Any) -> tuple[Counts, Any, Mask]:
    """Elements of each list, one if it is unknown; the elements end to end; which are unknown."""
    if pa.types.is_map(lists.type):
        kind = pa.struct([("key", lists.type.key_type), ("value", lists.type.item_type)])
        lists = lists.cast(pa.list_(kind))
    counts, there = np.diff(_numbers(lists.offsets)).astype(np.int64), _there(lists)
    if there is None:
        return counts, lists.flatten(), np.zeros(len(lists), np.bool_)
    return np.where(there, counts, 1), lists.flatten(), ~there


def _encoded(texts: Any) -> Any:
    """Texts as a dictionary and places in it."""
    if pa.types.is_dictionary(texts.type):
        return texts
    return texts.cast(pa.string()).dictionary_encode()


def _plain(texts: Any) -> Any:
    return texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts


def _places(encoded: Any, unknown: int) -> NDArray[np.intp]:
    places, there = _numbers(encoded.indices), _there(encoded)
    known = places if there is None else np.where(there, places, places.dtype.type(unknown))
    return known.astype(np.intp)


def _truths(values: Any) -> NDArray[np.intp]:
    """Truths as their places in _TRUTHS."""
    told, there = _bits(values, 1), _there(values)
    return (told if there is None else np.where(there, told, _UNKNOWN)).astype(np.intp)


_TRUTHS = np.array([TRUTHS[False], TRUTHS[True], TRUTHS.unknown], np.int64)
_UNKNOWN = 2


def _numbers(values: Any) -> NDArray[Any]:
    """Numbers as they lie there; where there is none, anything."""
    dtype = np.dtype(values.type.to_pandas_dtype())
    held: NDArray[Any] = np.frombuffer(values.buffers()[1] or b"", dtype)
    return held[values.offset : values.offset + len(values)]


def _there(values: Any) -> Mask | None:
    """Which values are not null; None where all are there."""
    return _bits(values, 0).view(np.bool_) if values.null_count else None


def _bits(values: Any, buffer: int) -> NDArray[np.uint8]:
    begin, end = values.offset, values.offset + len(values)
    held = np.frombuffer(values.buffers()[buffer] or b"", np.uint8)[begin // 8 : -(-end // 8)]
    return np.unpackbits(held, bitorder="little")[begin % 8 :][: len(values)]


def _empty(texts: Any) -> Mask:
    """Which texts are null or of no length."""
    empty: Mask = np.diff(_numbers(_offsets(texts))) == 0
    there = _there(texts)
    return empty if there is None else empty | ~there


def _offsets(texts: Any) -> Any:
    kind = pa.int64() if pa.types.is_large_string(texts.type) else pa.int32()
    return pa.Array.from_buffers(kind, len(texts) + 1, [None, texts.buffers()[1]], 0, texts.offset)
