"""A question made answerable: every expression in one graph, equal ones once.

Steps stand in an order in which each comes after what it needs.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from recognition.bounds import Bounds
from recognition.rule.binding import Host, bound
from recognition.rule.syntax import CODE, NUMBER, TRUTH, Node

GATHERED = frozenset({"exists", "count", "sum", "least", "greatest", "earliest", "latest", "years"})
"""Operations that bring a collection's elements together; `value[0]` names the collection."""


class Step(NamedTuple):
    """One array operation: what, of which kind, on which earlier steps, standing where."""

    op: str
    kind: str
    args: tuple[int, ...]
    value: Any
    level: str
    node: Node


@dataclass
class Graph:
    """Steps under construction; `add` returns where an expression stands."""

    steps: list[Step] = field(default_factory=list)
    written: int = 0
    _places: dict[Hashable, int] = field(default_factory=dict)

    def add(self, node: Node, host: Host | None = None) -> int:
        """The step of an expression, with the host put in for `{"host": true}`."""
        asked = bound(node, host)
        self.written += asked.size
        return self._add(asked)

    def _add(self, node: Node) -> int:
        node = _listed(node)
        if node in self._places:
            return self._places[node]
        stand = node.value[0] if node.op in GATHERED else node.level
        args = tuple(self.spread(self._add(arg), stand) for arg in node.args)
        value = _constant(node) if node.op == "literal" else node.value
        return self._append(node, Step(node.op, node.kind, args, value, node.level, node))

    def spread(self, place: int, level: str) -> int:
        """The step that repeats a value for each element of an inner level."""
        step = self.steps[place]
        if step.level == level or step.op == "literal":
            return place
        key = ("spread", place, level)
        if key in self._places:
            return self._places[key]
        return self._append(key, Step("spread", step.kind, (place,), step.level, level, step.node))

    def _append(self, key: Hashable, step: Step) -> int:
        self.steps.append(step)
        self._places[key] = len(self.steps) - 1
        return self._places[key]


def _listed(node: Node) -> Node:
    """A code that equals a literal is one of a list of one: tables know more of it."""
    codes = [arg for arg in node.args if arg.op == "literal" and len(set(arg.value)) == 1]
    if node.op != "equals" or len(codes) != 1 or not codes[0].kind.startswith(CODE):
        return node
    other = node.args[0] if node.args[1] is codes[0] else node.args[1]
    return Node("one_of", TRUTH, (other,), (codes[0].value[0],), node.level, node.at)


def _constant(node: Node) -> Bounds:
    """A literal's bounds as arrays without dimensions, made once for all batches."""
    dtype: Any = {NUMBER: np.float64, TRUTH: np.bool_}.get(node.kind, np.int32)
    lo, hi = node.value
    low = np.asarray(lo, dtype)
    return Bounds(low, low if lo == hi else np.asarray(hi, dtype))


def last_uses(steps: Sequence[Step], kept: Sequence[int]) -> list[list[int]]:
    """For each step, the earlier steps that nobody needs after it."""
    last = dict.fromkeys(range(len(steps)), -1)
    for place, step in enumerate(steps):
        for arg in step.args:
            last[arg] = place
    for place in kept:
        last[place] = -1
    done: list[list[int]] = [[] for _ in steps]
    for place, use in last.items():
        if use >= 0:
            done[use].append(place)
    return done
