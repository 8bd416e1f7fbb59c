"""Counted time: unions of days, anniversaries, dates moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, counting, dates
from recognition.bounds import Array, Bounds
from recognition.counting import FIXED, NO_DAY, WEIGHED, WHOLE, Span
from recognition.operations.lists import counted
from recognition.operations.sheet import Sheet
from recognition.stack import Stack


def years(sheet: Sheet, stack: Stack, args: list[Any]) -> Bounds:
    collection = stack.value[0]
    where, since, until = args
    hits = counted(sheet, stack, where)
    first, last = (sheet.facts.field(path) for path in sheet.periods[collection])
    as_of = _to(sheet, collection, sheet.facts.as_of)
    begin, end = bounds.most([first, since]), bounds.least([last, until, as_of])
    surely = _union(sheet, stack, "hi", begin.hi, np.where(hits.lo, end.lo, NO_DAY))
    exact = hits.exact and begin.exact and end.exact
    possibly = (
        surely if exact else _union(sheet, stack, "lo", begin.lo, np.where(hits.hi, end.hi, NO_DAY))
    )
    return _part_time(sheet, stack, surely, possibly, (begin, end, hits))


def _to(sheet: Sheet, collection: str, value: Bounds) -> Bounds:
    owner = sheet.owner(collection, "")
    return sheet.share(("to", collection), lambda: bounds.both(lambda part: part[owner], value))


def _union(sheet: Sheet, stack: Stack, end: str, begin: Array, last: Array) -> Span:
    collection = stack.value[0]
    begin = np.broadcast_to(begin, last.shape)
    order = _order(sheet, collection, stack.level, end)
    lift, runs = _lift(sheet, collection, stack.level), sheet.runs(collection, stack.level)
    return counting.union(begin, last, lift, order, runs)


def _lift(sheet: Sheet, collection: str, level: str) -> Array:
    owner = sheet.owner(collection, level)
    return sheet.share(("lift", collection, level), lambda: counting.lifts(owner))


def _order(sheet: Sheet, collection: str, level: str, end: str) -> Array | None:
    """Elements by owner and first day; None where they lie so already."""

    def make() -> Array | None:
        first = getattr(sheet.facts.field(sheet.periods[collection][0]), end)
        key = _lift(sheet, collection, level) + first
        return None if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")

    return sheet.share(("order", collection, level, end), make)


def _part_time(sheet: Sheet, stack: Stack, surely: Span, possibly: Span, of: Any) -> Bounds:
    """Part-time work brings the least (and, weighted, the most) down to its share of the days."""
    collection, part_time = stack.value
    if collection != "experience" or part_time == "calendar":
        return Bounds(surely, possibly)
    share = sheet.facts.field("experience.fte")
    begin, end, hits = of
    low = _weighted(sheet, stack, surely, begin.hi, np.where(hits.lo, end.lo, NO_DAY), share.lo)
    if part_time == "weighted":
        possibly = _weighted(
            sheet, stack, possibly, begin.lo, np.where(hits.hi, end.hi, NO_DAY), share.hi
        )
    return Bounds(low, low if low is possibly else possibly)


def _weighted(
    sheet: Sheet, stack: Stack, whole: Span, begin: Array, last: Array, share: Array
) -> Span:
    runs = sheet.runs("experience", stack.level)
    if not len(runs.starts):
        return whole
    partly = runs.fold(np.logical_or, (share < 1) & (last >= begin), False)
    if not partly.any():
        return whole
    rows = np.flatnonzero(partly[runs.filled])
    days = whole.days.copy()
    days[np.flatnonzero(partly)] = counting.weighted(
        np.broadcast_to(begin, last.shape), last, np.minimum(share, 1.0), runs, rows
    )
    return Span(whole.first, days, np.where(partly, WEIGHED, WHOLE))


def elapsed(sheet: Sheet, stack: Stack, args: list[Any]) -> Bounds:
    as_of = sheet.facts.as_of
    here = as_of if not stack.level else _to(sheet, stack.level, as_of)

    def span(since: Array, on: Array) -> Span:
        days = np.maximum(on.astype(np.int64) - since + 1, 0)
        return Span(np.where(days > 0, since, dates.AFTER_ALL), days, FIXED)

    since = args[0]
    surely = span(since.hi, here.lo)
    return Bounds(surely, surely if since.exact and here.exact else span(since.lo, here.hi))


def reached(sheet: Sheet, stack: Stack, args: list[Any]) -> Bounds:
    """Exact to the day, save where a first day that is open may still move the anniversary.

    There the longest N years must be reached to be sure, and the shortest suffice to be possible.
    """
    span, asked = args
    lo = counting.reached(span.lo, asked.hi, stack.value)
    if span.lo is span.hi and asked.exact:
        return bounds.exactly(lo)
    hi = counting.reached(span.hi, asked.lo, stack.value)
    steady = WHOLE if stack.value == "years" else FIXED
    settled = (span.lo.first == span.hi.first) | (_drift(span) <= steady)
    if settled.all():
        return Bounds(lo, hi)
    sure = span.lo.days >= _days_of(asked.hi, stack.value, 1)
    possible = (span.hi.days > 0) & (span.hi.days >= _days_of(asked.lo, stack.value, 0))
    return Bounds(lo & (settled | sure | (asked.hi <= 0)), hi | (~settled & possible))


def _drift(span: Bounds) -> Array:
    drift: Array = np.maximum(span.lo.drift, span.hi.drift)
    return drift


def _days_of(asked: Array, unit: str, end: int) -> Array:
    """The least (0) or most (1) days that years or months have; endless ones have endless days."""
    counts, of = np.unique(asked, return_inverse=True)
    days = [counting.lengths(int(n), unit)[end] if np.isfinite(n) else n for n in counts]
    return np.array(days)[of].reshape(np.shape(asked))


def plus(sheet: Sheet, stack: Stack, args: list[Any]) -> Bounds:
    moves = zip(*stack.values, strict=True)
    years, months, days = (sheet.each(parts, stack.stand) for parts in moves)
    return bounds.both(lambda day: dates.plus(day, years, months, days), args[0])
