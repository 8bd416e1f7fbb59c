"""The values of a plan's steps: singly as they come, or in rows of tables for few profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import is_
from typing import Any

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.counting import Span
from recognition.plan.arrangement import Arrangement, Literals, Sort, sort_of
from recognition.rule.syntax import NUMBER, SPAN, TRUTH

_TYPES: Mapping[str, Any] = {TRUTH: np.bool_, NUMBER: np.float64}


class Register:
    """Values of one sort, a row a step: a table for each end, `open` where the ends differ.

    A span has three tables for each end.
    """

    def __init__(self, sort: Sort, height: int, size: int) -> None:
        self.open = np.zeros(height, np.bool_)
        self._span = sort[1] == SPAN
        kinds = (np.int32, np.int64, np.int8) if self._span else (_TYPES.get(sort[1], np.int32),)
        self._ends = [[np.empty((height, size), kind) for kind in kinds] for _ in range(2)]

    def read(self, rows: Array) -> Bounds:
        """The values in some rows, laid end to end."""
        lo = self._read(0, rows)
        return Bounds(lo, self._read(1, rows) if np.count_nonzero(self.open.take(rows)) else lo)

    def _read(self, end: int, rows: Array) -> Any:
        parts = [table.take(rows, axis=0).reshape(-1) for table in self._ends[end]]
        return Span(*parts) if self._span else parts[0]

    def one(self, row: int) -> Bounds:
        """The value in one row."""
        lo, hi = ([table[row] for table in tables] for tables in self._ends)
        ends = Bounds(Span(*lo), Span(*hi)) if self._span else Bounds(lo[0], hi[0])
        return ends if self.open[row] else Bounds(ends.lo, ends.lo)

    def write(self, rows: slice, value: Bounds, copies: int) -> None:
        """Values put into rows: those of several copies laid end to end, or one for all."""
        self.open[rows] = value[0] is not value[1]
        for tables, end in zip(self._ends, value, strict=True):
            if not self._span:
                tables[0][rows] = _of_steps(end, rows, copies)
                continue
            for table, part in zip(tables, end, strict=True):
                table[rows] = _of_steps(part, rows, copies)

    def fill(self, literals: Literals) -> None:
        """Literals put into their rows."""
        self.open[literals.rows] = not literals.ends.exact
        for (table,), end in zip(self._ends, literals.ends, strict=True):
            table[literals.rows] = end


def _of_steps(part: Any, rows: slice, copies: int) -> Any:
    """The first copies, as many as there are rows."""
    if not np.ndim(part):
        return part
    return part.reshape(copies, -1)[: rows.stop - rows.start]


class Rows:
    """The values of a plan's steps in registers, for the elements of a few profiles."""

    def __init__(self, arrangement: Arrangement, size: Callable[[str], int]) -> None:
        self._arrangement = arrangement
        self._asked: dict[int, Any] = {}
        self._registers = {
            sort: Register(sort, height, size(sort[0]))
            for sort, height in arrangement.height.items()
        }
        for sort, literals in arrangement.literals.items():
            self._registers[sort].fill(literals)

    def args(self, number: int) -> list[Bounds]:
        """The arguments of a stack."""
        return [self._registers[arg.sort].read(arg.rows) for arg in self._arrangement.args[number]]

    def put(self, number: int, value: Bounds) -> None:
        """What a stack came to."""
        stack = self._arrangement.stacks[number]
        first = self._arrangement.row[stack.places[0], stack.level]
        rows = slice(first, first + len(stack.places))
        self._registers[sort_of(stack.level, stack.kind)].write(rows, value, stack.copies)

    def __getitem__(self, place: int) -> Any:
        if place not in self._asked:
            self._asked[place] = self._at(place)
        return self._asked[place]

    def _at(self, place: int) -> Any:
        step = self._arrangement.steps[place]
        if step.op == "literal":
            return step.value
        row = self._arrangement.row[place, step.level]
        return self._registers[sort_of(step.level, step.kind)].one(row)

    def truths(self, places: Sequence[int], level: str, size: int) -> Bounds:
        """Truths on the elements of a level, laid end to end."""
        rows = [self._arrangement.row.get((place, level), -1) for place in places]
        if min(rows, default=-1) < 0:  # a literal that was not needed there before
            return laid([self[place] for place in places], size)
        return self._registers[level, TRUTH].read(np.array(rows))


class Singles(list[Any]):
    """The values of a plan's steps as they come, for many profiles."""

    def truths(self, places: Sequence[int], level: str, size: int) -> Bounds:
        """Truths on the elements of a level, laid end to end."""
        return laid([self[place] for place in places], size)


Values = Rows | Singles


def laid(truths: Sequence[Bounds], size: int) -> Bounds:
    """Truths of `size` elements each (or one for all of them) end to end."""
    lows, highs = [part[0] for part in truths], [part[1] for part in truths]
    lo = _laid(lows, size)
    return Bounds(lo, lo if all(map(is_, lows, highs)) else _laid(highs, size))


def _laid(ends: Sequence[Any], size: int) -> Array:
    return np.concatenate([end if np.ndim(end) else np.full(size, end) for end in ends])
