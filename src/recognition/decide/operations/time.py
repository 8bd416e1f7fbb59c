"""Counted time: unions of days, anniversaries, dates moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, counting, dates
from recognition.bounds import Array, Bounds
from recognition.counting import FIXED, NO_DAY, WEIGHED, WHOLE, Part, Span
from recognition.decide.context import Sheet
from recognition.decide.operations.lists import counted
from recognition.plan.batching import Stack


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
    collection, level = stack.value[0], stack.level
    mixed = _mixed(sheet, collection, level, end)
    runs = sheet.runs(collection, level)
    return counting.union(np.broadcast_to(begin, last.shape), last, runs, mixed)


def _overlapping(sheet: Sheet, collection: str, level: str) -> Array:
    """Owners whose periods may overlap, shape (owners,)."""

    def make() -> Array:
        first, last = (sheet.facts.field(path) for path in sheet.periods[collection])
        latest = np.minimum(last.hi, _to(sheet, collection, sheet.facts.as_of).hi)
        owner = sheet.owner(collection, level)
        return counting.overlapping(first.lo, latest, owner, sheet.size(level))

    return sheet.share(("overlapping", collection, level), make)


def _mixed(sheet: Sheet, collection: str, level: str, end: str) -> Part | None:
    """Those owners, or all where they are most; elements by the least (or most) first day."""
    first, owner = sheet.facts.field(sheet.periods[collection][0]), sheet.owner(collection, level)

    def make() -> Part | None:
        chosen = _overlapping(sheet, collection, level)
        most = 2 * np.count_nonzero(chosen) > len(chosen)
        return Part.of(np.ones_like(chosen) if most else chosen, owner, getattr(first, end))

    return sheet.share(("mixed", collection, level, "lo" if first.exact else end), make)


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
    some = _part_timers(sheet, stack.level)
    if some is None:
        return whole
    begin, last, share = (
        np.broadcast_to(part, last.shape).take(some.elements) for part in (begin, last, share)
    )
    rows = np.flatnonzero(some.runs.fold(np.logical_or, (share < 1) & (last >= begin), False))
    if not len(rows):
        return whole
    owners, days = some.owners.take(rows), whole.days.copy()
    mixed = _overlapping(sheet, "experience", stack.level).take(owners)
    share = np.minimum(share, 1.0)
    days[owners] = counting.weighted(begin, last, share, some.runs, rows, mixed)
    drift = np.full(len(days), WHOLE)
    drift[owners] = WEIGHED
    return Span(whole.first, days, drift)


def _part_timers(sheet: Sheet, level: str) -> Part | None:
    """Owners some of whose work may be part-time."""

    def make() -> Part | None:
        owner, partly = sheet.owner("experience", level), np.zeros(sheet.size(level), np.bool_)
        partly[owner.take(np.flatnonzero(sheet.facts.field("experience.fte").lo < 1))] = True
        return Part.of(partly, owner)

    return sheet.share(("part-time", level), make)


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
    sure = span.lo.days >= counting.days_of(asked.hi, stack.value)[1]
    possible = (span.hi.days > 0) & (span.hi.days >= counting.days_of(asked.lo, stack.value)[0])
    return Bounds(lo & (settled | sure | (asked.hi <= 0)), hi | (~settled & possible))


def _drift(span: Bounds) -> Array:
    drift: Array = np.maximum(span.lo.drift, span.hi.drift)
    return drift


def plus(sheet: Sheet, stack: Stack, args: list[Any]) -> Bounds:
    moves = zip(*stack.values, strict=True)
    years, months, days = (sheet.each(parts, stack.stand) for parts in moves)
    return bounds.both(lambda day: dates.plus(day, years, months, days), args[0])
