"""Statuses of all criteria of a plan, read from the values of its steps as one table."""

from __future__ import annotations

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.counting import Segments
from recognition.decide.sheet import Columns, Copies, Layout
from recognition.decide.values import Rows, Values
from recognition.plan.layout import StatusLayout, Together


def statuses(layout: StatusLayout, values: Values, facts: Columns) -> tuple[Array, list[Array]]:
    """The status of every finding, uint8 (findings, rows), and the element of each ranking."""
    table = np.empty((layout.height, facts.rows), np.uint8)
    if layout.truths:
        told = _status(values.truths(layout.truths, "", facts.rows), len(layout.truths))
        table[: len(layout.truths)] = told
    elements = [np.empty(0, np.intp)] * len(layout.rankings)
    lists = Layout(facts)
    for ranked in layout.together if isinstance(values, Rows) else layout.singly:
        digits, found = _ranked(ranked, values, lists)
        for i, number in enumerate(ranked.numbers):
            first, count = layout.digits[number], len(layout.rankings[number].places)
            table[first : first + count] = digits[:count, i]
            elements[number] = found[i]
    told = table[layout.rows]
    told[layout.excused] = np.maximum(told[layout.excused], table[layout.excuses])
    return told, elements


def _status(truths: Bounds, count: int) -> Array:
    """Truths laid end to end as statuses, uint8 (count, elements): both their ends added up."""
    told: Array = np.add(*truths, dtype=np.uint8).reshape(count, -1)
    return told


def _ranked(ranked: Together, values: Values, lists: Layout) -> tuple[Array, Array]:
    """For each criterion and ranking the statuses of the element that comes furthest; which it is.

    Shapes: (criteria, rankings, rows) and (rankings, rows).
    """
    collection, wide, copies = ranked.collection, ranked.wide, len(ranked.numbers)
    facts, size = lists.facts, lists.size(collection)
    status = _status(values.truths(ranked.places, collection, size), wide)
    if facts.many(collection) is not None:
        np.minimum(status, np.tile(_status(facts.present(collection), 1)[0], copies), out=status)
    around = Layout(Copies(facts, copies)) if copies > 1 else lists
    element = _furthest(status, around.runs(collection, ""))
    digits = status.take(element, axis=1, mode="clip") if size else np.zeros((wide, len(element)))
    digits[:, element < 0] = 0
    each = element.reshape(copies, -1) - np.arange(copies)[:, None] * size
    return digits.reshape(wide, copies, -1), np.maximum(each, -1)


def _furthest(status: Array, runs: Segments) -> Array:
    """The element of each run that comes furthest, the first of several; −1 where there is none.

    Its rank is a number in base three: the verdict, then each criterion. Elements count down
    behind it, so that one greatest number tells both.
    """
    size = status.shape[1]
    rank = status.min(axis=0).astype(np.int64)
    for digit in status:
        rank *= 3
        rank += digit
    best = runs.fold(np.maximum, rank * size + np.arange(size)[::-1], -1)
    return np.where(best < 0, -1, size - 1 - best % max(size, 1))


def least(told: Array, starts: Array) -> Array:
    """The least finding of each version, uint8 (versions, rows); `starts` are their first ones."""
    if told.shape[1] <= len(starts) or not len(starts):
        return np.minimum.reduceat(told, starts) if len(starts) else told
    ends = [*starts[1:].tolist(), len(told)]
    pairs = zip(starts.tolist(), ends, strict=True)
    return np.stack([told[start:end].min(axis=0) for start, end in pairs])
