"""The contract's counting rule: unions of closed days, anniversaries exact to the day.

A `Span` is counted days with the first of them; learning of further days never makes it reach
fewer years.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import isleap
from dataclasses import dataclass
from functools import cache, cached_property
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


@dataclass(frozen=True, eq=False)
class Segments:
    """Elements in runs, one an owner: `starts` and `lengths` of the runs that are not empty."""

    owners: int
    starts: Array
    lengths: Array
    filled: Any  # slice(None) where no run is empty, else bool per owner

    @classmethod
    def of(cls, offsets: Array) -> Segments:
        lengths = offsets[1:] - offsets[:-1]
        filled = lengths > 0
        if filled.all():
            return cls(len(filled), offsets[:-1], lengths, slice(None))
        return cls(len(filled), offsets[:-1][filled], lengths[filled], filled)

    @cached_property
    def deeper(self) -> tuple[tuple[Array, Array], ...] | None:
        """Which runs have a second element, a third, and where; None if folding them is slower."""
        deepest = int(self.lengths.max(initial=0))
        if len(self.starts) < _MANY or deepest > _DEEP:
            return None
        runs = (np.flatnonzero(self.lengths > depth) for depth in range(1, deepest))
        return tuple((of, self.starts.take(of) + depth) for depth, of in enumerate(runs, 1))

    def fold(self, ufunc: np.ufunc, values: Array, empty: Any, dtype: Any = None) -> Array:
        """`ufunc` over each run; `empty` for a run without elements."""
        if isinstance(self.filled, slice) and len(self.starts):
            return self._folded(ufunc, values, dtype)
        out = np.full(self.owners, empty, dtype or values.dtype)
        if len(self.starts):
            out[self.filled] = self._folded(ufunc, values, dtype)
        return out

    def _folded(self, ufunc: np.ufunc, values: Array, dtype: Any) -> Array:
        """Many short runs: first elements, then second ones, and so on. Sums of fractions are left
        to NumPy, so that they are rounded alike however many there are."""
        if self.deeper is None or dtype is not None or values.dtype.kind == "f":
            return np.asarray(ufunc.reduceat(values, self.starts, dtype=dtype))
        out: Array = values.take(self.starts)
        for runs, elements in self.deeper:
            out[runs] = ufunc(out.take(runs), values.take(elements))
        return out


_MANY, _DEEP = 500, 8


class Subset(NamedTuple):
    """Some of the owners, and their elements in runs of their own.

    `lift` raises each owner's days above those of the owners before, so that one running maximum
    serves all runs.
    """

    owners: Array
    elements: Array
    runs: Segments
    lift: Array

    @classmethod
    def of(cls, chosen: Array, owner: Array, by: Array | None = None) -> Subset | None:
        """The owners that are chosen, shape (owners,); None if none is.

        `owner` tells that of each element, `by` what an owner's elements are sorted by.
        """
        if not chosen.any():
            return None
        owners, elements = np.flatnonzero(chosen), np.flatnonzero(chosen.take(owner))
        counts = np.bincount(owner.take(elements), minlength=len(chosen)).take(owners)
        lift = np.repeat(np.arange(len(owners), dtype=np.int64) << 32, counts)
        if by is not None:
            elements = elements.take(_in_order(by.take(elements) + lift))
        runs = Segments.of(np.concatenate([[0], np.cumsum(counts)]))
        return cls(owners, elements, runs, lift)


def _in_order(keys: Array) -> Array:
    """Places by their keys; mostly they are in order already."""
    if (keys[1:] >= keys[:-1]).all():
        return np.arange(len(keys))
    return np.argsort(keys, kind="stable")


def overlapping(first: Array, last: Array, owner: Array, owners: int) -> Array:
    """The owners whose closed periods first–last overlap, or do not lie in order; (owners,)."""
    lift = owner.astype(np.int64) << 32
    reached = np.maximum.accumulate(last + lift)
    chosen = np.zeros(owners, np.bool_)
    chosen[owner[1:][(first + lift)[1:] <= reached[:-1]]] = True
    return chosen


def union(first: Array, last: Array, runs: Segments, mixed: Subset | None) -> Span:
    """Days in at least one of the closed periods first–last of each owner.

    A period whose last day is before its first counts nothing. Where no periods of an owner
    overlap, their days add up; `mixed` are the owners of whom some do. Shapes: (elements,) and
    runs over them.
    """
    counts = last >= first
    begun = runs.fold(np.minimum, np.where(counts, first, dates.AFTER_ALL), dates.AFTER_ALL)
    if mixed is None:
        return Span(begun, runs.fold(np.add, _lengths(first, last), 0))
    merged = _merged(first.take(mixed.elements), last.take(mixed.elements), mixed)
    if len(mixed.owners) == runs.owners:
        return Span(begun, merged)
    days = runs.fold(np.add, _lengths(first, last), 0)
    days[mixed.owners] = merged
    return Span(begun, days)


def _lengths(first: Array, last: Array) -> Array:
    begun = np.maximum(first, dates.BEFORE_ALL + 1).astype(np.int64)
    return np.maximum(last - begun + 1, 0)


def _merged(first: Array, last: Array, mixed: Subset) -> Array:
    """Days of owners whose periods may overlap: each counts from where those before it end."""
    reached = np.where(last >= first, last, dates.BEFORE_ALL) + mixed.lift
    np.maximum.accumulate(reached, out=reached)
    begins = np.maximum(first, dates.BEFORE_ALL + 1).astype(np.int64)
    np.maximum(begins[1:], reached[:-1] - mixed.lift[1:] + 1, out=begins[1:])
    return mixed.runs.fold(np.add, np.maximum(last - begins + 1, 0), 0)


def weighted(
    first: Array, last: Array, weight: Array, runs: Segments, rows: Array, mixed: Array
) -> Array:
    """Days of each owner in `rows`, each day at the greatest weight covering it, rounded down.

    `mixed` tells of each of them whether periods may overlap.
    """
    shares = runs.fold(np.add, np.maximum(last - first.astype(np.int64) + 1, 0) * weight, 0.0)
    total = shares.take(rows)
    total[mixed] = _heaviest(first, last, weight, runs, rows[mixed])
    return np.floor(total + 1e-9).astype(np.int64)


def _heaviest(first: Array, last: Array, weight: Array, runs: Segments, rows: Array) -> Array:
    """The weighted days of owners whose periods overlap, by a table of owners × elements."""
    lengths = runs.lengths
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
    return total


def reached(span: Span, asked: Array, unit: str = "years") -> Array:
    """Whether spans reach a number of years (or months), exact to the day; shape (rows,).

    Most spans are far from the day; only those near it are held against the calendar.
    """
    days, (least, most) = np.asarray(span.days), days_of(asked, unit)
    met = days >= most
    near = (days >= least) & ~met & (days > 0)
    if near.any():
        met = met | near
        months = asked * (12 if unit == "years" else 1)
        first, left, count = (
            np.broadcast_to(part, met.shape)[near] for part in (span.first, days, months)
        )
        met[near] = _exactly_reached(first, left, count, unit)
    return (met & (days > 0)) | (asked <= 0)


def days_of(asked: Any, unit: str) -> tuple[Array, Array]:
    """The least and the most days that years or months have; endless ones have endless days."""
    if np.ndim(asked) == 0:
        least, most = _lengths_of(float(asked), unit)
        return np.asarray(least), np.asarray(most)
    counts, of = np.unique(asked, return_inverse=True)
    ends = np.array([_lengths_of(float(count), unit) for count in counts]).reshape(-1, 2)
    return ends[of.ravel(), 0].reshape(asked.shape), ends[of.ravel(), 1].reshape(asked.shape)


def _lengths_of(count: float, unit: str) -> tuple[float, float]:
    return lengths(int(count), unit) if math.isfinite(count) else (count, count)


@cache
def lengths(count: int, unit: str) -> tuple[int, int]:
    """The least and the most days that a number of years (or months) has, over all first days."""
    first = _edges()
    days = dates.plus(first, **{unit: count}) - first
    return int(days.min()), int(days.max())


@cache
def _edges() -> Array:
    """First days of months and those that some month lacks, of 400 years: then all repeats itself.

    From no other day can years or months be longer or shorter.
    """
    days = np.arange(146_097, dtype=np.int32)
    of_month = dates.of_month(days)
    edges: Array = days[(of_month == 0) | (of_month >= 28)]
    return edges


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
