"""Texts to bounds, each distinct text read once: how values of a profile become numbers.

While a column is read, the bounds of a value are packed into one int64: the low end above, the
width below. Tables map what is written to that number, and one pass unpacks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recognition import dates
from recognition.bounds import ANY_CODE, NAMED, Bounds
from recognition.profile.model import Code, Day, Truth
from recognition.profile.vocabulary import OTHER, Vocabularies

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
    """Names of a vocabulary's entries, or of one kind of them; codes are known beforehand.

    A name of an open vocabulary that does not mean one entry wherever it stands is kept among the
    `names`, and stands for its place there: what is beside it decides (`Facts.field`). Several
    threads may read at the same time.
    """

    def __init__(self, mark: Code, vocabularies: Vocabularies) -> None:
        super().__init__(pack(0, ANY_CODE))
        self.mark, self.vocabularies = mark, vocabularies
        self.names: list[str] = []
        self._known = known = vocabularies[mark.vocabulary]
        self._places: dict[str, int] = {}
        self._settled: dict[tuple[int, str], int] = {}
        self._lock = Lock()
        codes = ((code, n) for n, code in enumerate(known.codes, 1) if code not in known.contested)
        self.update((code, pack(n, n)) for code, n in codes if known.of_kind(n, mark.only))

    def read(self, text: str) -> int:
        code = self.vocabularies.names.everywhere(self.mark.kind, text)
        if not code and self._known.closed:
            code = self.vocabularies.read(self.mark, text).code
        if code:
            number = self._known.numbers[code]
            return pack(number, number)
        return BAD if self._known.closed else self._named(text)

    def _named(self, text: str) -> int:
        """A name whose meaning is not settled by itself; where there are too many, `examine` is
        left to read it."""
        with self._lock:
            place = self._places.get(text)
            if place is None and len(self.names) >= _LIMIT:
                return pack(OTHER, NAMED)
            if place is None:
                place = self._places[text] = len(self.names)
                self.names.append(text)
        return pack(OTHER, NAMED_HERE + place)

    def here(self, place: int, country: str) -> int:
        """The number of the entry that a name means in a country; 0 for none.

        A line that names several is none here: the exact way takes it apart.
        """
        key = (place, country)
        number = self._settled.get(key)
        if number is None:
            reading = self.vocabularies.read(self.mark, self.names[place], country)
            alone = reading.code and not reading.parts
            number = self._known.numbers[reading.code or ""] if alone else OTHER
            if len(self._settled) < _LIMIT:
                self._settled[key] = number
        return number


NAMED_HERE = NAMED + 2**20
"""From here on the most of a code says which name it was written as; no list has as many places."""

DAYS = DayMeanings(end=False)
ENDS = DayMeanings(end=True)
TRUTHS = Meanings(UNKNOWN_TRUTH, [(False, pack(0, 0)), (True, pack(1, 1))])


def codes(mark: Code, vocabularies: Vocabularies) -> CodeMeanings:
    """What names of a mark's entries mean; one table for as long as the vocabularies are in use."""
    key = (CodeMeanings, mark.vocabulary, mark.only)
    return vocabularies.memo.once(key, lambda: CodeMeanings(mark, vocabularies))


def table(mark: Day | Code | Truth, vocabularies: Vocabularies) -> Meanings:
    """The table that reads values of a mark."""
    match mark:
        case Day(end=end):
            return ENDS if end else DAYS
        case Code():
            return codes(mark, vocabularies)
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
