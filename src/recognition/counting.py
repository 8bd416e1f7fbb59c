"""The contract's counting rule: unions of closed days, anniversaries exact to the day.

A `Span` is counted days with the first of them; learning of further days never makes it reach
fewer years.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import isleap
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from recognition import dates
from recognition.bounds import Array

NO_DAY = dates.BEFORE_ALL - 1
"""The last day of a period that does not count: before every first day."""


FIXED, WHOLE, WEIGHED = 0, 1, 2


class Span(NamedTuple):
    """First counted day and number of days, shape (rows,) each; without days it is AFTER_ALL.

    `drift` tells what a fact learnt later may do to an anniversary when it moves the first day:
    nothing where the end is FIXED; a day more may lack a day of a longer month where WHOLE days
    are counted; of a longer year too where they are WEIGHED.
    """

    first: Any
    days: Any
    drift: Any = WHOLE


class Segments(NamedTuple):
    """Elements in runs, one an owner: `starts` of the runs that are not empty, and whose."""

    owners: int
    starts: Array
    filled: Any  # slice(None) where no run is empty, else bool per owner

    @classmethod
    def of(cls, offsets: Array) -> Segments:
        filled = offsets[1:] > offsets[:-1]
        if filled.all():
            return cls(len(filled), offsets[:-1], slice(None))
        return cls(len(filled), offsets[:-1][filled], filled)

    def fold(self, ufunc: np.ufunc, values: Array, empty: Any, dtype: Any = None) -> Array:
        """`ufunc` over each run; `empty` for a run without elements."""
        if isinstance(self.filled, slice) and len(self.starts):
            return np.asarray(ufunc.reduceat(values, self.starts, dtype=dtype))
        out = np.full(self.owners, empty, dtype or values.dtype)
        if len(self.starts):
            out[self.filled] = ufunc.reduceat(values, self.starts, dtype=dtype)
        return out


def union(first: Array, last: Array, lift: Array, order: Array | None, runs: Segments) -> Span:
    """Days in at least one of the closed periods first–last of each owner.

    `order` sorts elements by owner and first day (None: they lie so); a period whose last day is
    before its first counts nothing. One running maximum serves all runs: `lift` raises each
    owner's days above those of the owners before. Shapes: (elements,) and runs over them.
    """
    if order is not None:
        first, last = first[order], last[order]
    counts = last >= first
    reached = np.where(counts, last, dates.BEFORE_ALL) + lift
    np.maximum.accumulate(reached, out=reached)
    begins = np.maximum(first, dates.BEFORE_ALL + 1).astype(np.int64)
    np.maximum(begins[1:], reached[:-1] - lift[1:] + 1, out=begins[1:])
    days = np.maximum(last - begins + 1, 0)
    return Span(
        runs.fold(np.minimum, np.where(counts, first, dates.AFTER_ALL), dates.AFTER_ALL),
        runs.fold(np.add, days, 0),
    )


def lifts(owner: Array) -> Array:
    """For each element how far its owner's days are raised: above all days of owners before."""
    return owner.astype(np.int64) << 32


def weighted(first: Array, last: Array, weight: Array, runs: Segments, rows: Array) -> Array:
    """Days of each owner in `rows`, each day at the greatest weight covering it, rounded down.

    Works on a table of owners × elements, so it is meant for the few owners with part-time work.
    """
    lengths = np.diff(np.append(runs.starts, len(first)))
    wide = int(lengths[rows].max(initial=0))
    at = np.minimum(runs.starts[rows, None] + np.arange(wide), len(first) - 1)
    there = np.arange(wide) < lengths[rows, None]
    begin = first[at].astype(np.int64)
    end = np.where(there, last[at], NO_DAY).astype(np.int64) + 1
    begin = np.where(end > begin, begin, end)
    edges = np.sort(np.concatenate([begin, end], axis=1), axis=1)
    total = np.zeros(len(rows))
    for left, right in zip(edges.T[:-1], edges.T[1:], strict=True):
        covers = (begin <= left[:, None]) & (end >= right[:, None]) & (end > begin)
        total += (right - left) * np.where(covers, weight[at], 0.0).max(axis=1, initial=0.0)
    return np.floor(total + 1e-9).astype(np.int64)


def reached(span: Span, asked: Array, unit: str = "years") -> Array:
    """Whether spans reach a number of years (or months), exact to the day; shape (rows,).

    Most spans are far from the day; only those near it are held against the calendar.
    """
    months = asked * (12 if unit == "years" else 1)
    days = np.asarray(span.days)
    met = days >= months * 30.4375 + 3
    near = (days >= months * 30.4 - 4) & ~met & (days > 0)
    if near.any():
        met = met | near
        first, left, count = (
            np.broadcast_to(part, met.shape)[near] for part in (span.first, days, months)
        )
        met[near] = _exactly_reached(first, left, count, unit)
    return (met & (days > 0)) | (asked <= 0)


@cache
def lengths(count: int, unit: str) -> tuple[int, int]:
    """The least and the most days that a number of years (or months) has, over all first days."""
    first = np.arange(_CYCLE, dtype=np.int32)
    days = dates.plus(first, **{unit: count}) - first
    return int(days.min()), int(days.max())


_CYCLE = 146_097
"""Days after which the calendar repeats itself: 400 years."""


def _exactly_reached(first: Array, days: Array, months: Array, unit: str) -> Array:
    out = np.zeros(len(first), bool)
    for count in np.unique(months[np.isfinite(months)]):
        chosen = months == count
        anniversary = (
            dates.plus(first[chosen], years=int(count) // 12)
            if unit == "years"
            else dates.plus(first[chosen], months=int(count))
        )
        out[chosen] = first[chosen].astype(np.int64) + days[chosen] >= anniversary
    return out


def in_years(first: int, days: int) -> float:
    """Days from a first one as whole years and the part of the next; exact at anniversaries.

    Infinite where the days reach beyond every calendar.
    """
    if days <= 0:
        return 0.0
    if days >= dates.AFTER_ALL // 2 or not dates.FIRST <= first <= dates.LAST - days - 800:
        return math.inf
    years = days // 366
    while first + days >= _anniversary(first, years + 1):
        years += 1
    begun = _anniversary(first, years)
    return years + (first + days - begun) / (_anniversary(first, years + 1) - begun)


def _anniversary(first: int, years: int) -> int:
    begin = dates.calendar(first)
    if (begin.month, begin.day) == (2, 29) and not isleap(begin.year + years):
        return dates.day(dt.date(begin.year + years, 3, 1))
    return dates.day(begin.replace(year=begin.year + years))
