"""Where the values of a plan's steps stand when few profiles are decided: in rows of registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.plan.batching import Stack
from recognition.plan.graph import Step
from recognition.rule.syntax import NUMBER, SPAN, TRUTH

Sort = tuple[str, str]
"""Which register a value is in: the level it stands on and what it is made of."""


def sort_of(level: str, kind: str) -> Sort:
    """The register for values of a kind on a level."""
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
        sort = sort_of(level, steps[place].kind)
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
    sort = sort_of(stand, steps[same[0]].kind)
    return Argument(sort, np.array([row[place, stand] for place in same]))
