"""Texts to bounds, each distinct text read once: how values of a profile become numbers.

While a column is read, the bounds of a value are packed into one int64: the low end above, the
width below. Tables map what is written to that number, and one pass unpacks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recognition import dates
from recognition.bounds import ANY_CODE, NAMED, Bounds
from recognition.profile.model import Code, Day, Truth
from recognition.profile.vocabulary import OTHER, Vocabularies, Vocabulary

Packed = NDArray[np.int64]

_WIDTH = 0xFFFFFFFF
_LIMIT = 1 << 16


def pack(lo: int, hi: int) -> int:
    """Both ends in one number."""
    return (lo << 32) | (hi - lo)


BAD = _WIDTH
"""What stands for a value that must be refused."""
UNKNOWN_DAY = pack(dates.BEFORE_ALL, dates.AFTER_ALL)
UNKNOWN_TRUTH = pack(0, 1)


class Meanings(dict[Any, int]):
    """What is written → packed bounds. Absent and null are unknown."""

    def __init__(self, unknown: int, known: Iterable[tuple[Any, int]] = ()) -> None:
        super().__init__(known)
        self.unknown = unknown
        self[None] = self[msgspec.UNSET] = unknown
        self._read: dict[str, tuple[pa.Array, Packed]] = {}

    def read(self, text: str) -> int:
        """The packed bounds of a text met for the first time."""
        return BAD

    def __missing__(self, text: str) -> int:
        packed = self.read(text)
        if packed != BAD and len(self) < _LIMIT:  # what a stranger writes must not fill memory
            self[text] = packed
        return packed

    def meanings(self, column: str, texts: pa.Array) -> Packed:
        """The packed bounds of distinct texts, and behind them those of what is unknown.

        What was read last for a column is kept: the parts of a file mostly have one dictionary.
        """
        before = self._read.get(column)
        if before is not None and before[0].equals(texts):
            return before[1]
        meanings = np.append(self.read_all(texts), self.unknown)
        self._read[column] = texts, meanings
        return meanings

    def read_all(self, texts: pa.Array) -> Packed:
        """The packed bounds of each text."""
        return np.array([self[text] for text in texts.to_pylist()], np.int64)


class DayMeanings(Meanings):
    """Dates; `end`: may be open."""

    def __init__(self, end: bool) -> None:
        super().__init__(UNKNOWN_DAY)
        self._end = end

    def read(self, text: str) -> int:
        if text == ".." and not self._end:
            return BAD
        try:
            return pack(*dates.parse(text))
        except ValueError:
            return BAD

    def read_all(self, texts: pa.Array) -> Packed:
        """Whole days together; where one does not exist, and for what is coarse, each by itself."""
        whole = _numbers(pc.binary_length(texts).fill_null(0)) == _WHOLE
        try:
            days = _numbers(texts.filter(pa.array(whole)).cast(pa.date32()).cast(pa.int32()))
        except pa.ArrowInvalid:
            return super().read_all(texts)
        if (days < dates.FIRST).any():
            return super().read_all(texts)
        packed = np.empty(len(texts), np.int64)
        packed[whole] = days.astype(np.int64) << 32
        packed[~whole] = super().read_all(texts.filter(pa.array(~whole)))
        return packed


_WHOLE = len("2026-11-24")


def _numbers(values: pa.Array) -> NDArray[Any]:
    numbers: NDArray[Any] = values.to_numpy(zero_copy_only=False)
    return numbers


class CodeMeanings(Meanings):
    """Codes and aliases of a vocabulary, or of one kind of its entries."""

    def __init__(self, vocabulary: Vocabulary, only: str) -> None:
        super().__init__(pack(0, ANY_CODE))
        self._vocabulary, self._only = vocabulary, only
        self.update((text, self.read(text)) for text in vocabulary.accepted(only))

    def read(self, text: str) -> int:
        number = self._vocabulary.number(text)
        if not self._vocabulary.takes(text, self._only):
            return BAD
        return pack(number, number) if number else pack(OTHER, NAMED)


DAYS = DayMeanings(end=False)
ENDS = DayMeanings(end=True)
TRUTHS = Meanings(UNKNOWN_TRUTH, [(False, pack(0, 0)), (True, pack(1, 1))])


def codes(vocabulary: Vocabulary, only: str = "") -> CodeMeanings:
    """The table of a vocabulary; one for as long as the vocabulary is in use."""
    return vocabulary.memo.once((CodeMeanings, only), lambda: CodeMeanings(vocabulary, only))


def table(mark: Day | Code | Truth, vocabularies: Vocabularies) -> Meanings:
    """The table that reads values of a mark."""
    match mark:
        case Day(end=end):
            return ENDS if end else DAYS
        case Code(vocabulary=name, only=only):
            return codes(vocabularies[name], only)
        case Truth():
            return TRUTHS


@dataclass(frozen=True)
class Coded:
    """A column as what its distinct values mean, packed, and which of these each element has.

    `find` says the latter, and is asked only where it matters: to see that all values of a column
    can be read, its distinct ones will do.
    """

    meanings: Packed
    find: Callable[[], NDArray[np.intp]]

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The place of each element's value among the meanings."""
        return self.find()

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """A value for each meaning as one for each element."""
        return values.take(self.places, mode="clip")  # no place is outside; looking costs time


def refused(packed: Packed | Coded) -> NDArray[np.bool_] | None:
    """Which values must be refused; None where none must."""
    bad: NDArray[np.bool_] = (packed.meanings if isinstance(packed, Coded) else packed) == BAD
    if not bad.any():
        return None
    return packed.spread(bad) if isinstance(packed, Coded) else bad


def known(packed: Packed | Coded, unknown: int) -> NDArray[np.bool_]:
    """Which values are not wholly unknown."""
    if isinstance(packed, Coded):
        return packed.spread(packed.meanings != unknown)
    told: NDArray[np.bool_] = packed != unknown
    return told


def unpack(packed: Packed | Coded, kind: Any) -> Bounds:
    """Packed values → bounds of a NumPy type; one array twice when nothing is open."""
    if isinstance(packed, Coded):
        return _spread(packed, unpack(packed.meanings, kind))
    lo = (packed >> 32).astype(kind)
    width = packed & _WIDTH
    return Bounds(lo, (lo + width).astype(kind)) if width.any() else Bounds(lo, lo)


def _spread(coded: Coded, meanings: Bounds) -> Bounds:
    lo = coded.spread(meanings.lo)
    open = meanings.lo != meanings.hi
    if not open.any() or not coded.spread(open).any():
        return Bounds(lo, lo)
    return Bounds(lo, coded.spread(meanings.hi))
