"""Lists: what the elements of a collection come to."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, dates
from recognition.bounds import Array, Bounds
from recognition.counting import Segments
from recognition.decide.context import Context
from recognition.plan.batching import Stack
from recognition.rule.syntax import DATE


def counted(context: Context, stack: Stack, where: Bounds) -> Bounds:
    """Which elements count: those that are there and have what is asked."""
    collection = stack.value[0]
    size = int(context.facts.offsets(collection)[-1])
    listed = context.facts.many(collection) is None
    hits = where if listed else bounds.every([context.facts.present(collection), where])
    return bounds.both(lambda part: part if part.ndim else np.broadcast_to(part, size), hits)


def _runs(context: Context, stack: Stack) -> Segments:
    return context.runs(stack.value[0], stack.level)


def exists(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    owner, size = context.owner(stack.value[0], stack.level), context.size(stack.level)

    def some(hits: Array) -> Array:
        have = np.zeros(size, np.bool_)
        have[owner.take(np.flatnonzero(hits))] = True
        return have

    return bounds.both(some, counted(context, stack, args[0]))


def _endless(context: Context, stack: Stack, hits: Bounds) -> Array:
    """Possible elements, infinitely many where one stands for an unknown list."""
    many = context.facts.many(stack.value[0])
    weight = hits.hi.astype(np.float64)
    return weight if many is None else np.where(many & hits.hi, np.inf, weight)


def count(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    runs, hits = _runs(context, stack), counted(context, stack, args[0])
    lo = runs.fold(np.add, hits.lo.astype(np.float64), 0.0)
    return Bounds(lo, lo if hits.exact else runs.fold(np.add, _endless(context, stack, hits), 0.0))


def total(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    runs, hits, of = _runs(context, stack), counted(context, stack, args[0]), args[1]
    lo = runs.fold(np.add, np.where(hits.lo, np.maximum(of.lo, 0.0), 0.0), 0.0)
    if hits.exact and of.exact:
        return bounds.exactly(lo)
    value = np.broadcast_to(of.hi, hits.hi.shape)
    many = context.facts.many(stack.value[0])
    value = value if many is None else np.where(many, np.inf, value)
    return Bounds(lo, runs.fold(np.add, np.where(hits.hi, value, 0.0), 0.0))


def extreme(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    """The first or last, least or greatest: over what may count, and over what surely does."""
    runs, hits, of = _runs(context, stack), counted(context, stack, args[0]), args[1]
    ends = (dates.BEFORE_ALL, dates.AFTER_ALL) if stack.kind == DATE else (-np.inf, np.inf)
    lowest = stack.op in ("earliest", "least")
    fold, none = (np.minimum, ends[1]) if lowest else (np.maximum, ends[0])

    def over(counts: Array, values: Array) -> Array:
        return runs.fold(fold, np.where(counts, values, np.asarray(none, values.dtype)), none)

    lo = over(hits.hi if lowest else hits.lo, of.lo)
    if hits.exact and of.exact:
        return bounds.exactly(lo)
    return Bounds(lo, over(hits.lo if lowest else hits.hi, of.hi))
