"""Texts to bounds, each distinct text read once: how values of a profile become numbers.

While a column is read, the bounds of a value are packed into one int64: the low end above, the
width below. Tables map what is written to that number, and one pass unpacks them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from recognition import dates
from recognition.bounds import Bounds
from recognition.profile import Code, Day, Truth
from recognition.vocabulary import OTHER, Vocabularies, Vocabulary

Packed = NDArray[np.int64]

_WIDTH = 0xFFFFFFFF
_LIMIT = 1 << 16

UNKNOWN_CODE = 2**30
"""The greatest an unknown code can be; no vocabulary is as long."""


def pack(lo: int, hi: int) -> int:
    """Both ends in one number."""
    return (lo << 32) | (hi - lo)


BAD = _WIDTH
"""What stands for a value that must be refused."""
UNKNOWN_DAY = pack(dates.BEFORE_ALL, dates.AFTER_ALL)
UNKNOWN_TRUTH = pack(0, 1)


class Table(dict[Any, int]):
    """What is written → packed bounds. Absent and null are unknown."""

    def __init__(self, unknown: int, known: Iterable[tuple[Any, int]] = ()) -> None:
        super().__init__(known)
        self.unknown = unknown
        self[None] = self[msgspec.UNSET] = unknown

    def read(self, text: str) -> int:
        """The packed bounds of a text met for the first time."""
        return BAD

    def __missing__(self, text: str) -> int:
        packed = self.read(text)
        if packed != BAD and len(self) < _LIMIT:  # what a stranger writes must not fill memory
            self[text] = packed
        return packed


class DayTable(Table):
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


class CodeTable(Table):
    """Codes and aliases of a vocabulary, or of one kind of its entries."""

    def __init__(self, vocabulary: Vocabulary, only: str) -> None:
        super().__init__(pack(0, UNKNOWN_CODE))
        self._vocabulary, self._only = vocabulary, only
        readings = ((text, self.read(text)) for text in vocabulary.spellings())
        self.update((text, packed) for text, packed in readings if packed != BAD)

    def read(self, text: str) -> int:
        number = self._vocabulary.number(text)
        if number is None:
            return BAD if self._vocabulary.closed else pack(OTHER, OTHER)
        return pack(number, number) if self.of_kind(number) else BAD

    def accepted(self) -> tuple[str, ...]:
        """Codes and aliases of this kind, codes first."""
        return tuple(text for text in self._vocabulary.spellings() if text in self)

    def of_kind(self, number: int) -> bool:
        """Whether an entry is of the kind that is asked for (`country`, `region`)."""
        inside = "in" in self._vocabulary.details[self._vocabulary.entry(number)]
        return not self._only or inside == (self._only == "region")


DAYS = DayTable(end=False)
ENDS = DayTable(end=True)
TRUTHS = Table(UNKNOWN_TRUTH, [(False, pack(0, 0)), (True, pack(1, 1))])


@cache
def codes(vocabulary: Vocabulary, only: str = "") -> CodeTable:
    """The table of a vocabulary; one for as long as the vocabulary is in use."""
    return CodeTable(vocabulary, only)


def table(mark: Day | Code | Truth, vocabularies: Vocabularies) -> Table:
    """The table that reads values of a mark."""
    match mark:
        case Day(end=end):
            return ENDS if end else DAYS
        case Code(vocabulary=name, only=only):
            return codes(vocabularies[name], only)
        case Truth():
            return TRUTHS


def unpack(packed: Packed, kind: Any) -> Bounds:
    """Packed values → bounds of a NumPy type; one array twice when nothing is open."""
    lo = (packed >> 32).astype(kind)
    width = packed & _WIDTH
    return Bounds(lo, (lo + width).astype(kind)) if width.any() else Bounds(lo, lo)
