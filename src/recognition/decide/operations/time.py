"""Counted time: unions of days, anniversaries, dates moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, counting, dates
from recognition.bounds import Array, Bounds
from recognition.counting import FIXED, NO_DAY, WEIGHED, WHOLE, Span, Subset
from recognition.decide.context import Context
from recognition.decide.operations.lists import counted


def years(context: Context, args: list[Any]) -> Bounds:
    where, since, until = args
    hits = counted(context, where)
    first, last = _periods(context)
    as_of = context.on_elements(context.facts.as_of, context.collection)
    begin, end = bounds.most([first, since]), bounds.least([last, until, as_of])
    surely = _union(context, "hi", begin.hi, np.where(hits.lo, end.lo, NO_DAY))
    exact = hits.exact and begin.exact and end.exact
    possibly = (
        surely if exact else _union(context, "lo", begin.lo, np.where(hits.hi, end.hi, NO_DAY))
    )
    return _part_time(context, surely, possibly, (begin, end, hits))


def _periods(context: Context) -> list[Bounds]:
    """The first and the last day of each element of the gathered collection."""
    return [context.facts.field(path) for path in context.sheet.periods[context.collection]]


def _union(context: Context, end: str, begin: Array, last: Array) -> Span:
    mixed = _mixed(context, end)
    return counting.union(np.broadcast_to(begin, last.shape), last, context.runs, mixed)


def _overlapping(context: Context) -> Array:
    """Owners whose periods may overlap, shape (owners,)."""

    def make() -> Array:
        first, last = _periods(context)
        as_of = context.on_elements(context.facts.as_of, context.collection)
        latest = np.minimum(last.hi, as_of.hi)
        return counting.overlapping(first.lo, latest, context.owner, context.size)

    return context.sheet.share(("overlapping", context.collection, context.level), make)


def _mixed(context: Context, end: str) -> Subset | None:
    """Those owners, or all where they are most; elements by the least (or most) first day."""
    first, _ = _periods(context)

    def make() -> Subset | None:
        chosen = _overlapping(context)
        most = 2 * np.count_nonzero(chosen) > len(chosen)
        return Subset.of(
            np.ones_like(chosen) if most else chosen, context.owner, getattr(first, end)
        )

    by = "lo" if first.exact else end
    return context.sheet.share(("mixed", context.collection, context.level, by), make)


def _part_time(context: Context, surely: Span, possibly: Span, of: Any) -> Bounds:
    """Subset-time work brings the least (and, weighted, the most) down to its share of the days."""
    collection, part_time = context.value
    if collection != "experience" or part_time == "calendar":
        return Bounds(surely, possibly)
    share = context.facts.field("experience.fte")
    begin, end, hits = of
    low = _weighted(context, surely, begin.hi, np.where(hits.lo, end.lo, NO_DAY), share.lo)
    if part_time == "weighted":
        possibly = _weighted(
            context, possibly, begin.lo, np.where(hits.hi, end.hi, NO_DAY), share.hi
        )
    return Bounds(low, low if low is possibly else possibly)


def _weighted(context: Context, whole: Span, begin: Array, last: Array, share: Array) -> Span:
    some = _part_timers(context)
    if some is None:
        return whole
    begin, last, share = (
        np.broadcast_to(part, last.shape).take(some.elements) for part in (begin, last, share)
    )
    rows = np.flatnonzero(some.runs.fold(np.logical_or, (share < 1) & (last >= begin), False))
    if not len(rows):
        return whole
    owners, days = some.owners.take(rows), whole.days.copy()
    mixed = _overlapping(context).take(owners)
    share = np.minimum(share, 1.0)
    days[owners] = counting.weighted(begin, last, share, some.runs, rows, mixed)
    drift = np.full(len(days), WHOLE)
    drift[owners] = WEIGHED
    return Span(whole.first, days, drift)


def _part_timers(context: Context) -> Subset | None:
    """Owners some of whose work may be part-time."""

    def make() -> Subset | None:
        owner, partly = context.owner, np.zeros(context.size, np.bool_)
        partly[owner.take(np.flatnonzero(context.facts.field("experience.fte").lo < 1))] = True
        return Subset.of(partly, owner)

    return context.sheet.share(("part-time", context.level), make)


def elapsed(context: Context, args: list[Any]) -> Bounds:
    as_of = context.facts.as_of
    here = as_of if not context.level else context.on_elements(as_of, context.level)

    def span(since: Array, on: Array) -> Span:
        days = np.maximum(on.astype(np.int64) - since + 1, 0)
        return Span(np.where(days > 0, since, dates.AFTER_ALL), days, FIXED)

    since = args[0]
    surely = span(since.hi, here.lo)
    return Bounds(surely, surely if since.exact and here.exact else span(since.lo, here.hi))


def reached(context: Context, args: list[Any]) -> Bounds:
    """Exact to the day, save where a first day that is open may still move the anniversary.

    There the longest N years must be reached to be sure, and the shortest suffice to be possible.
    """
    span, asked = args
    lo = counting.reached(span.lo, asked.hi, context.value)
    if span.lo is span.hi and asked.exact:
        return bounds.exactly(lo)
    hi = counting.reached(span.hi, asked.lo, context.value)
    steady = WHOLE if context.value == "years" else FIXED
    settled = (span.lo.first == span.hi.first) | (_drift(span) <= steady)
    if settled.all():
        return Bounds(lo, hi)
    sure = span.lo.days >= counting.days_of(asked.hi, context.value)[1]
    possible = (span.hi.days > 0) & (span.hi.days >= counting.days_of(asked.lo, context.value)[0])
    return Bounds(lo & (settled | sure | (asked.hi <= 0)), hi | (~settled & possible))


def _drift(span: Bounds) -> Array:
    drift: Array = np.maximum(span.lo.drift, span.hi.drift)
    return drift


def plus(context: Context, args: list[Any]) -> Bounds:
    moves = zip(*context.values, strict=True)
    years, months, days = (context.each(parts) for parts in moves)
    return bounds.both(lambda day: dates.plus(day, years, months, days), args[0])
