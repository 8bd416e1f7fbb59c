"""Arithmetic of bounds: every value is the least and the most it can be, as two arrays.

Truths are two bool arrays, met is (1, 1), unmet (0, 0), unknown (0, 1). When nothing is open,
`lo is hi`: both ends are one array, and work on it is done once. Nothing here knows what the
numbers stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Truths = NDArray[np.bool_]

ANY_CODE = 2**30
"""The most that an unknown code can be; its least is 0. No list of codes is as long."""
NAMED = ANY_CODE + 1
"""The most of a code that was written as a name nobody knows. So much more of it says where it is
at home: it is none of the codes that are at home elsewhere."""


class Bounds(NamedTuple):
    """The least and the most of each value; the same array twice when nothing is open."""

    lo: Any
    hi: Any

    @property
    def exact(self) -> bool:
        return self.lo is self.hi


def exactly(values: Any) -> Bounds:
    """Values that are known."""
    return Bounds(values, values)


def both(make: Callable[..., Any], *parts: Bounds) -> Bounds:
    """`make` of all lows and of all highs: for what grows with each of its parts."""
    lo = make(*[part[0] for part in parts])
    for low, high in parts:
        if low is not high:
            return Bounds(lo, make(*[part[1] for part in parts]))
    return Bounds(lo, lo)


# --- truths


def every(parts: Sequence[Bounds]) -> Bounds:
    """`all`: the least of both ends."""
    return both(lambda *truths: reduce(np.logical_and, truths), *parts)


def some(parts: Sequence[Bounds]) -> Bounds:
    """`any`: the greatest of both ends."""
    return both(lambda *truths: reduce(np.logical_or, truths), *parts)


def negate(part: Bounds) -> Bounds:
    """`not`: the ends swapped and complemented."""
    hi = np.logical_not(part.lo)
    return Bounds(hi, hi) if part.exact else Bounds(np.logical_not(part.hi), hi)


def enough(parts: Sequence[Bounds], n: int) -> Bounds:
    """At least n of the parts are met."""
    return both(lambda *truths: sum(t.astype(np.int8) for t in truths) >= n, *parts)


# --- comparisons


def not_less(a: Bounds, b: Bounds) -> Bounds:
    """a ≥ b: surely when even the least a reaches the greatest b."""
    lo = a.lo >= b.hi
    return Bounds(lo, lo) if a.exact and b.exact else Bounds(lo, a.hi >= b.lo)


def greater(a: Bounds, b: Bounds) -> Bounds:
    """a > b."""
    return negate(not_less(b, a))


def same(a: Bounds, b: Bounds) -> Bounds:
    """Codes a = b: surely when both are known and equal, possible when they overlap.

    Zero stands for any text outside a vocabulary, so two of them may differ; what is below zero
    is no code and equals nothing.
    """
    possible = (a.lo <= b.hi) & (b.lo <= a.hi) & (a.hi >= 0) & (b.hi >= 0)
    surely = possible & (a.lo == a.hi) & (b.lo == b.hi) & (a.lo > 0)
    return exactly(surely) if (surely == possible).all() else Bounds(surely, possible)


def settled(a: Bounds) -> tuple[Truths, Array]:
    """Which codes are known, and the codes, −1 for the others."""
    known = a.lo == a.hi
    return known, np.where(known, a.lo, -1)


def among(
    known: Truths, codes: Array, chosen: Callable[[Array], Truths], perhaps: Any = True
) -> Bounds:
    """A code is one of those chosen; one not known may be, where `perhaps` (see `settled`)."""
    hit = chosen(codes)
    return Bounds(hit & known, hit | (~known & perhaps))


def choose(condition: Bounds, then: Bounds, other: Bounds) -> Bounds:
    """`then` where surely met, `other` where surely not, the hull of both where open."""
    if condition.exact and then.exact and other.exact:
        return exactly(np.where(condition.lo, then.lo, other.lo))
    may_be, may_not = condition.hi, np.logical_not(condition.lo)
    lo = np.where(
        may_be & may_not, np.minimum(then.lo, other.lo), np.where(may_be, then.lo, other.lo)
    )
    hi = np.where(
        may_be & may_not, np.maximum(then.hi, other.hi), np.where(may_be, then.hi, other.hi)
    )
    return Bounds(lo, hi)


def hull(parts: Sequence[Bounds]) -> Bounds:
    """Everything that any of the readings allows."""
    if len(parts) == 1:
        return parts[0]
    return Bounds(
        reduce(np.minimum, (part.lo for part in parts)),
        reduce(np.maximum, (part.hi for part in parts)),
    )


def least(parts: Sequence[Bounds]) -> Bounds:
    """The least of several values."""
    return both(lambda *values: reduce(np.minimum, values), *parts)


def most(parts: Sequence[Bounds]) -> Bounds:
    """The greatest of several values."""
    return both(lambda *values: reduce(np.maximum, values), *parts)
