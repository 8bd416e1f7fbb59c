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

    An element's rank is a number in base three: the verdict, then each criterion. Shapes:
    (criteria, rankings, rows) and (rankings, rows).
    """
    collection, wide, copies = ranked.collection, ranked.wide, len(ranked.numbers)
    layout = Layout(Copies(facts, copies) if copies > 1 else facts)
    size = facts.size(collection)
    there = np.tile(_status(facts.present(collection), 1)[0], copies)
    status = _status(values.truths(ranked.places, collection, size), wide)
    status = np.minimum(status, there)
    powers = 3 ** np.arange(wide)[::-1, None]
    rank = status.min(axis=0) * np.int64(3**wide) + (status * powers).sum(axis=0)
    runs, owner = layout.runs(collection, ""), layout.owner(collection, "")
    best = runs.fold(np.maximum, rank, 0)
    number = np.tile(np.arange(size), copies)
    element = runs.fold(np.minimum, np.where(rank == best[owner], number, size), -1)
    digits = (best // powers % 3).astype(np.uint8)
    return digits.reshape(wide, copies, -1), element.reshape(copies, -1)
