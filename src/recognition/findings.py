"""Statuses of all criteria of a plan, read from the values of its steps as one table."""

from __future__ import annotations

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.lines import Reading, Together
from recognition.operations.sheet import Columns, Copies, Layout
from recognition.registers import Rows, Values


def statuses(reading: Reading, values: Values, facts: Columns) -> tuple[Array, list[Array]]:
    """The status of every finding, uint8 (findings, rows), and the element of each ranking."""
    table = np.empty((reading.height, facts.rows), np.uint8)
    if reading.truths:
        told = _status(values.truths(reading.truths, "", facts.rows), len(reading.truths))
        table[: len(reading.truths)] = told
    elements = [np.empty(0, np.intp)] * len(reading.rankings)
    for ranked in reading.together if isinstance(values, Rows) else reading.singly:
        digits, found = _ranked(ranked, values, facts)
        for i, number in enumerate(ranked.numbers):
            first, count = reading.digits[number], len(reading.rankings[number].places)
            table[first : first + count] = digits[:count, i]
            elements[number] = found[i]
    told = table[reading.rows]
    told[reading.excused] = np.maximum(told[reading.excused], table[reading.excuses])
    return told, elements


def _status(truths: Bounds, count: int) -> Array:
    """Truths laid end to end as statuses, uint8 (count, elements): both their ends added up."""
    told: Array = np.add(*truths, dtype=np.uint8).reshape(count, -1)
    return told


def _ranked(ranked: Together, values: Values, facts: Columns) -> tuple[Array, Array]:
    """For each criterion and ranking the statuses of the element that comes furthest; which it is.

    Shapes: (criteria, rankings, rows) and (rankings, rows).
    """
    collection, wide, copies = ranked.collection, ranked.wide, len(ranked.numbers)
    layout = Layout(Copies(facts, copies) if copies > 1 else facts)
    there = np.tile(_status(facts.present(collection), 1)[0], copies)
    status = _status(values.truths(ranked.places, collection, facts.size(collection)), wide)
    np.minimum(status, there, out=status)
    runs, rank = layout.runs(collection, ""), _rank(status)
    best = runs.fold(np.maximum, rank, 0).take(layout.owner(collection, ""))
    size = len(rank)
    element = runs.fold(np.minimum, np.where(rank == best, np.arange(size), size), -1)
    digits = np.zeros((wide, len(element)), np.uint8)
    found = np.flatnonzero(element >= 0)
    digits[:, found] = status.take(element.take(found), axis=1)
    each = element.reshape(copies, -1) - np.arange(copies)[:, None] * facts.size(collection)
    return digits.reshape(wide, copies, -1), np.maximum(each, -1)


def _rank(status: Array) -> Array:
    """How far elements come, a number in base three each: the verdict, then each criterion."""
    wide = len(status)
    kind = np.int16 if wide < 9 else np.int32 if wide < 19 else np.int64
    rank: Array = status.min(axis=0).astype(kind)
    for digit in status:
        rank *= 3
        rank += digit
    return rank
