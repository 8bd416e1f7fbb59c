"""What each operation of the language does to columns: a function, or a line of a table, each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import numpy as np

from recognition import bounds, counting, dates
from recognition.bounds import Array, Bounds
from recognition.counting import FIXED, NO_DAY, WEIGHED, WHOLE, Segments, Span
from recognition.plan import Step
from recognition.rule.syntax import CODE, DATE, parent

T = TypeVar("T")

ANY_CODE = 2**30
NO_CODE = -1


class Columns(Protocol):
    """Facts of a batch: fields with bounds, and how elements belong to their owners."""

    @property
    def rows(self) -> int: ...
    @property
    def as_of(self) -> Bounds: ...
    def offsets(self, collection: str) -> Array: ...
    def owner(self, collection: str) -> Array: ...
    def present(self, collection: str) -> Bounds: ...
    def many(self, collection: str) -> Array | None: ...
    def field(self, path: str) -> Bounds: ...
    def attested(self, kind: str) -> Bounds: ...


class PartyTable(Protocol):
    """Dated status of parties by code, shape (periods, entries + 2); the last entry is no code."""

    @property
    def first(self) -> Bounds: ...
    @property
    def last(self) -> Bounds: ...
    @property
    def held(self) -> Array: ...
    @property
    def since(self) -> Bounds: ...
    @property
    def place(self) -> Array: ...


class World(Protocol):
    """What holds whatever the profile: the country of each place, the parties of agreements."""

    @property
    def country(self) -> Array: ...
    def entries(self, vocabulary: str) -> int: ...
    def parties(self, agreement: str, by: str, statuses: tuple[int, ...] = ()) -> PartyTable: ...


@dataclass
class Layout:
    """How the elements of a batch lie: runs and owners, worked out once for all who ask."""

    facts: Columns
    _shared: dict[Any, Any] = field(default_factory=dict, kw_only=True)

    def share(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self._shared:
            self._shared[key] = make()
        shared: T = self._shared[key]
        return shared

    def offsets(self, collection: str, level: str) -> Array:
        """Where each owner's elements begin, for an owner on any level around the collection."""

        def make() -> Array:
            ends, around = self.facts.offsets(collection), parent(collection)
            while around != level:
                ends, around = ends[self.facts.offsets(around)], parent(around)
            return ends

        return self.share(("offsets", collection, level), make)

    def runs(self, collection: str, level: str) -> Segments:
        return self.share(
            ("runs", collection, level), lambda: Segments.of(self.offsets(collection, level))
        )

    def owner(self, collection: str, level: str) -> Array:
        """The owner of each element on a level around the collection."""

        def make() -> Array:
            owner, around = self.facts.owner(collection), parent(collection)
            while around != level:
                owner, around = self.facts.owner(around)[owner], parent(around)
            return owner

        return self.share(("owner", collection, level), make)


@dataclass
class Sheet(Layout):
    """One batch being worked out: its layout, the world around it, which fields make periods."""

    world: World
    periods: Mapping[str, tuple[str, str]]


Operation = Callable[[Sheet, Step, list[Any]], Any]


# --- levels


def _spread(sheet: Sheet, step: Step, args: list[Any]) -> Any:
    value, owner = args[0], sheet.owner(step.level, str(step.value))
    return bounds.both(lambda part: part[owner] if np.ndim(part) else part, value)


# --- codes and places


@lru_cache(maxsize=4096)
def _chosen(size: int, entries: tuple[int, ...]) -> Array:
    """Which codes are chosen, by code; the last place is that of no code."""
    chosen = np.zeros(size + 2, bool)
    chosen[list(entries)] = True
    return chosen


def _one_of(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    vocabulary = step.node.args[0].kind.partition(":")[2]
    return bounds.among(args[0], _chosen(sheet.world.entries(vocabulary), step.value), True)


def _inside(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    """Equal to a place, or a region of it."""
    country = _country(sheet, args[0])
    if step.value is None:
        return bounds.some([bounds.same(args[0], args[1]), bounds.same(country, args[1])])
    chosen = _chosen(sheet.world.entries("places"), step.value)
    return bounds.some([bounds.among(part, chosen, True) for part in (args[0], country)])


def _country(sheet: Sheet, place: Bounds) -> Bounds:
    countries = sheet.world.country
    return _looked_up(place, countries, countries, ANY_CODE)


def _country_of(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    return _country(sheet, args[0])


def _one_code(step: Step, value: Bounds) -> Bounds:
    """Codes stand in no order: one that is not settled may be any."""
    if value.exact or not step.kind.startswith(CODE):
        return value
    differ = value.lo != value.hi
    return Bounds(np.where(differ, 0, value.lo), np.where(differ, ANY_CODE, value.hi))


def _looked_up(code: Bounds, lo: Array, hi: Array, most: Any, least: Any = 0) -> Bounds:
    """A table's bounds by code; from `least` to `most` where the code is unknown."""
    if code.exact:
        low = lo[code.lo]
        return Bounds(low, low if lo is hi else hi[code.lo])
    known = code.lo == code.hi
    at = np.where(known, code.lo, NO_CODE)
    return Bounds(np.where(known, lo[at], least), np.where(known, hi[at], most))


# --- parties


def _table(sheet: Sheet, step: Step) -> PartyTable:
    agreement, by, *statuses = step.value
    return sheet.world.parties(agreement, by, *statuses)


def _party(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    """In one of the periods in which the code's party has such a status."""
    table, (code, on) = _table(sheet, step), args
    held = [_held(code, table, period, on) for period in range(len(table.first.lo))]
    return bounds.some(held) if held else bounds.exactly(np.False_)


def _held(code: Bounds, table: PartyTable, period: int, on: Bounds) -> Bounds:
    ever = {"most": dates.AFTER_ALL, "least": dates.BEFORE_ALL}
    first = _looked_up(code, table.first.lo[period], _end(table.first, period), **ever)
    last = _looked_up(code, table.last.lo[period], _end(table.last, period), **ever)
    there = _looked_up(code, table.held[period], table.held[period], True, False)
    return bounds.every([there, bounds.not_less(on, first), bounds.not_less(last, on)])


def _end(ends: Bounds, period: int) -> Array:
    """The high end of one period; the same array as the low end where nothing is open."""
    end: Array = (ends.lo if ends.exact else ends.hi)[period]
    return end


def _party_since(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    since = _table(sheet, step).since
    return _looked_up(args[0], since.lo, since.hi, dates.AFTER_ALL, dates.BEFORE_ALL)


def _party_place(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    place = _table(sheet, step).place
    return _looked_up(args[0], place, place, ANY_CODE, NO_CODE)


# --- collections


def _hits(sheet: Sheet, step: Step, where: Bounds) -> Bounds:
    """Which elements count: those that are there and have what is asked."""
    collection = step.value[0]
    size = int(sheet.facts.offsets(collection)[-1])
    listed = sheet.facts.many(collection) is None
    hits = where if listed else bounds.every([sheet.facts.present(collection), where])
    return bounds.both(lambda part: part if part.ndim else np.broadcast_to(part, size), hits)


def _runs(sheet: Sheet, step: Step) -> Segments:
    return sheet.runs(step.value[0], step.level)


def _exists(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    runs = _runs(sheet, step)
    return bounds.both(
        lambda hit: runs.fold(np.logical_or, hit, False), _hits(sheet, step, args[0])
    )


def _endless(sheet: Sheet, step: Step, hits: Bounds) -> Array:
    """Possible elements, infinitely many where one stands for an unknown list."""
    many = sheet.facts.many(step.value[0])
    weight = hits.hi.astype(np.float64)
    return weight if many is None else np.where(many & hits.hi, np.inf, weight)


def _count(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    runs, hits = _runs(sheet, step), _hits(sheet, step, args[0])
    lo = runs.fold(np.add, hits.lo.astype(np.float64), 0.0)
    return Bounds(lo, lo if hits.exact else runs.fold(np.add, _endless(sheet, step, hits), 0.0))


def _sum(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    runs, hits, of = _runs(sheet, step), _hits(sheet, step, args[0]), args[1]
    lo = runs.fold(np.add, np.where(hits.lo, np.maximum(of.lo, 0.0), 0.0), 0.0)
    if hits.exact and of.exact:
        return bounds.exactly(lo)
    value = np.broadcast_to(of.hi, hits.hi.shape)
    many = sheet.facts.many(step.value[0])
    value = value if many is None else np.where(many, np.inf, value)
    return Bounds(lo, runs.fold(np.add, np.where(hits.hi, value, 0.0), 0.0))


def _extreme(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    """The first or last, least or greatest: over what may count, and over what surely does."""
    runs, hits, of = _runs(sheet, step), _hits(sheet, step, args[0]), args[1]
    ends = (dates.BEFORE_ALL, dates.AFTER_ALL) if step.kind == DATE else (-np.inf, np.inf)
    lowest = step.op in ("earliest", "least")
    fold, none = (np.minimum, ends[1]) if lowest else (np.maximum, ends[0])

    def over(counts: Array, values: Array) -> Array:
        return runs.fold(fold, np.where(counts, values, np.asarray(none, values.dtype)), none)

    lo = over(hits.hi if lowest else hits.lo, of.lo)
    if hits.exact and of.exact:
        return bounds.exactly(lo)
    return Bounds(lo, over(hits.lo if lowest else hits.hi, of.hi))


# --- counted time


def _years(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    collection = step.value[0]
    where, since, until = args
    hits = _hits(sheet, step, where)
    first, last = (sheet.facts.field(path) for path in sheet.periods[collection])
    as_of = _to(sheet, collection, sheet.facts.as_of)
    begin, end = bounds.most([first, since]), bounds.least([last, until, as_of])
    surely = _union(sheet, step, "hi", begin.hi, np.where(hits.lo, end.lo, NO_DAY))
    exact = hits.exact and begin.exact and end.exact
    possibly = (
        surely if exact else _union(sheet, step, "lo", begin.lo, np.where(hits.hi, end.hi, NO_DAY))
    )
    return _part_time(sheet, step, surely, possibly, (begin, end, hits))


def _to(sheet: Sheet, collection: str, value: Bounds) -> Bounds:
    owner = sheet.owner(collection, "")
    return sheet.share(("to", collection), lambda: bounds.both(lambda part: part[owner], value))


def _union(sheet: Sheet, step: Step, end: str, begin: Array, last: Array) -> Span:
    collection = step.value[0]
    begin = np.broadcast_to(begin, last.shape)
    order = _order(sheet, collection, step.level, end)
    lift, runs = _lift(sheet, collection, step.level), sheet.runs(collection, step.level)
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


def _part_time(sheet: Sheet, step: Step, surely: Span, possibly: Span, of: Any) -> Bounds:
    """Part-time work brings the least (and, weighted, the most) down to its share of the days."""
    collection, part_time = step.value
    if collection != "experience" or part_time == "calendar":
        return Bounds(surely, possibly)
    share = sheet.facts.field("experience.fte")
    begin, end, hits = of
    low = _weighted(sheet, step, surely, begin.hi, np.where(hits.lo, end.lo, NO_DAY), share.lo)
    if part_time == "weighted":
        possibly = _weighted(
            sheet, step, possibly, begin.lo, np.where(hits.hi, end.hi, NO_DAY), share.hi
        )
    return Bounds(low, low if low is possibly else possibly)


def _weighted(
    sheet: Sheet, step: Step, whole: Span, begin: Array, last: Array, share: Array
) -> Span:
    runs = sheet.runs("experience", step.level)
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


def _elapsed(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    as_of = sheet.facts.as_of
    here = as_of if not step.level else _to(sheet, step.level, as_of)

    def span(since: Array, on: Array) -> Span:
        days = np.maximum(on.astype(np.int64) - since + 1, 0)
        return Span(np.where(days > 0, since, dates.AFTER_ALL), days, FIXED)

    since = args[0]
    surely = span(since.hi, here.lo)
    return Bounds(surely, surely if since.exact and here.exact else span(since.lo, here.hi))


def _reached(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    """Exact to the day, save where a first day that is open may still move the anniversary.

    There the longest N years must be reached to be sure, and the shortest suffice to be possible.
    """
    span, asked = args
    lo = counting.reached(span.lo, asked.hi, step.value)
    if span.lo is span.hi and asked.exact:
        return bounds.exactly(lo)
    hi = counting.reached(span.hi, asked.lo, step.value)
    steady = WHOLE if step.value == "years" else FIXED
    settled = (span.lo.first == span.hi.first) | (_drift(span) <= steady)
    if settled.all():
        return Bounds(lo, hi)
    sure = span.lo.days >= _days_of(asked.hi, step.value, 1)
    possible = (span.hi.days > 0) & (span.hi.days >= _days_of(asked.lo, step.value, 0))
    return Bounds(lo & (settled | sure | (asked.hi <= 0)), hi | (~settled & possible))


def _drift(span: Bounds) -> Array:
    drift: Array = np.maximum(span.lo.drift, span.hi.drift)
    return drift


def _days_of(asked: Array, unit: str, end: int) -> Array:
    """The least (0) or most (1) days that years or months have; endless ones have endless days."""
    counts, of = np.unique(asked, return_inverse=True)
    days = [counting.lengths(int(n), unit)[end] if np.isfinite(n) else n for n in counts]
    return np.array(days)[of].reshape(np.shape(asked))


# --- dates moved


def _plus(sheet: Sheet, step: Step, args: list[Any]) -> Bounds:
    years, months, days = step.value
    return bounds.both(lambda day: dates.plus(day, years, months, days), args[0])


OPERATIONS: dict[str, Operation] = {
    "literal": lambda sheet, step, args: step.value,
    "spread": _spread,
    "field": lambda sheet, step, args: sheet.facts.field(str(step.value)),
    "attested": lambda sheet, step, args: sheet.facts.attested(str(step.value)),
    "as_of": lambda sheet, step, args: sheet.facts.as_of,
    "all": lambda sheet, step, args: bounds.every(args),
    "any": lambda sheet, step, args: bounds.some(args),
    "not": lambda sheet, step, args: bounds.negate(args[0]),
    "enough": lambda sheet, step, args: bounds.enough(args, step.value),
    "at_least": lambda sheet, step, args: bounds.not_less(args[0], args[1]),
    "on_or_after": lambda sheet, step, args: bounds.not_less(args[0], args[1]),
    "at_most": lambda sheet, step, args: bounds.not_less(args[1], args[0]),
    "on_or_before": lambda sheet, step, args: bounds.not_less(args[1], args[0]),
    "more_than": lambda sheet, step, args: bounds.greater(args[0], args[1]),
    "after": lambda sheet, step, args: bounds.greater(args[0], args[1]),
    "less_than": lambda sheet, step, args: bounds.greater(args[1], args[0]),
    "before": lambda sheet, step, args: bounds.greater(args[1], args[0]),
    "equals": lambda sheet, step, args: bounds.same(args[0], args[1]),
    "one_of": _one_of,
    "inside": _inside,
    "country_of": _country_of,
    "party": _party,
    "party_since": _party_since,
    "party_place": _party_place,
    "exists": _exists,
    "count": _count,
    "sum": _sum,
    **dict.fromkeys(("least", "greatest", "earliest", "latest"), _extreme),
    "years": _years,
    "elapsed": _elapsed,
    "reached": _reached,
    "plus": _plus,
    "start_of_year": lambda sheet, step, args: bounds.both(dates.start_of_year, args[0]),
    "earlier_of": lambda sheet, step, args: bounds.least(args),
    "later_of": lambda sheet, step, args: bounds.most(args),
    "readings": lambda sheet, step, args: _one_code(step, bounds.hull(args)),
    "if": lambda sheet, step, args: _one_code(step, bounds.choose(*args)),
}
