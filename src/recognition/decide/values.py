"""The values of a plan's steps: singly as they come, or in rows of tables for few profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any, NamedTuple

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.counting import Span
from recognition.plan.batching import Stack
from recognition.plan.graph import Step
from recognition.rule.syntax import NUMBER, SPAN, TRUTH

Sort = tuple[str, str]
"""Which register a value is in: the level it stands on and what it is made of."""
_TYPES: Mapping[str, Any] = {TRUTH: np.bool_, NUMBER: np.float64}


def _sort(level: str, kind: str) -> Sort:
    return level, kind if kind in (TRUTH, NUMBER, SPAN) else "day or code"


class Argument(NamedTuple):
    """Where the values of an argument are: a register, and the row of each step."""

    sort: Sort
    rows: Array


@dataclass(frozen=True)
class Arrangement:
    """Where the values of all steps of a plan stand, found once.

    `row` has the row of a step on a level: a literal has one on each level on which it is used, all
    others on their own. The steps of a stack stand together. `args` are those of each stack.
    """

    steps: Sequence[Step]
    stacks: Sequence[Stack]
    row: Mapping[tuple[int, str], int]
    height: Mapping[Sort, int]
    literals: Mapping[Sort, Literals]
    args: Sequence[tuple[Argument, ...]]


class Literals(NamedTuple):
    """Literals of a register as columns: their rows, and both ends."""

    rows: Array
    ends: Bounds


def arranged(steps: Sequence[Step], stacks: Sequence[Stack]) -> Arrangement:
    """A place for every value."""
    row: dict[tuple[int, str], int] = {}
    height: Counter[Sort] = Counter()
    literals: dict[Sort, list[tuple[int, Bounds]]] = {}
    for place, level in _homes(steps, stacks):
        sort = _sort(level, steps[place].kind)
        if (place, level) not in row:
            row[place, level] = height[sort]
            height[sort] += 1
            if steps[place].op == "literal":
                literals.setdefault(sort, []).append((row[place, level], steps[place].value))
    columns = {sort: _columns(held) for sort, held in literals.items()}
    args = [
        tuple(_argument(steps, row, same, stack.stand) for same in stack.args) for stack in stacks
    ]
    return Arrangement(steps, stacks, row, height, columns, args)


def _homes(steps: Sequence[Step], stacks: Sequence[Stack]) -> Iterator[tuple[int, str]]:
    """Steps and the levels on which they stand, a stack's together."""
    for stack in stacks:
        yield from ((place, stack.level) for place in stack.places)
        for arg in (arg for same in stack.args for arg in same if steps[arg].op == "literal"):
            yield arg, stack.stand


def _columns(held: Sequence[tuple[int, Bounds]]) -> Literals:
    lo, hi = (np.array([value[end] for _, value in held])[:, None] for end in (0, 1))
    return Literals(np.array([row for row, _ in held]), Bounds(lo, hi))


def _argument(
    steps: Sequence[Step], row: Mapping[tuple[int, str], int], same: Sequence[int], stand: str
) -> Argument:
    sort = _sort(stand, steps[same[0]].kind)
    return Argument(sort, np.array([row[place, stand] for place in same]))


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
        self._registers[_sort(stack.level, stack.kind)].write(rows, value, stack.copies)

    def __getitem__(self, place: int) -> Any:
        if place not in self._asked:
            self._asked[place] = self._at(place)
        return self._asked[place]

    def _at(self, place: int) -> Any:
        step = self._arrangement.steps[place]
        if step.op == "literal":
            return step.value
        row = self._arrangement.row[place, step.level]
        return self._registers[_sort(step.level, step.kind)].one(row)

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
