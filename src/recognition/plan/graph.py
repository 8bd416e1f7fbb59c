"""A question made answerable: every expression in one graph, equal ones once.

Steps stand in an order in which each comes after what it needs.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from recognition.bounds import Bounds
from recognition.rule.syntax import NUMBER, TRUTH, Node, literal

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


# --- the host put in, and what follows from it worked out before any profile is seen


class Host(NamedTuple):
    """A host's number among the places, and that of its country."""

    place: int
    country: int


def bound(node: Node, host: Host | None) -> Node:
    """The expression for one host: the host's code in its place, settled truths folded away."""
    if not _asks_host(node):
        return node
    if node.op == "host":
        ends = (0, 2**30) if host is None else (host.place, host.place)
        return literal(node.kind, *ends, node.at)
    if host is not None and node.op == "inside" and node.args[0].op == "host" and node.value:
        inside = bool({host.place, host.country} & set(node.value))
        return literal(TRUTH, inside, inside, node.at)
    args = tuple(bound(arg, host) for arg in node.args)
    return folded(Node(node.op, node.kind, args, node.value, node.level, node.at))


def _asks_host(node: Node) -> bool:
    known: bool | None = node.__dict__.get("_asks_host")
    if known is None:
        known = node.op == "host" or any(_asks_host(arg) for arg in node.args)
        node.__dict__["_asks_host"] = known
    return known


def folded(node: Node) -> Node:
    """What a truth comes to when the host has settled some of its parts."""
    if node.op in ("equals", "one_of") and all(arg.op == "literal" for arg in node.args):
        return _settled(node)
    if node.op == "not" and node.args[0].op == "literal":
        lo, hi = node.args[0].value
        return literal(TRUTH, not hi, not lo, node.at)
    if node.op in ("all", "any"):
        return _trimmed(node)
    if node.op == "if" and node.args[0].op == "literal" and len(set(node.args[0].value)) == 1:
        return node.args[1 if node.args[0].value[0] else 2]
    return node


def _settled(node: Node) -> Node:
    values = [arg.value for arg in node.args]
    if any(lo != hi for lo, hi in values):
        return node
    met = values[0] == values[1] if node.op == "equals" else values[0][0] in node.value
    return literal(TRUTH, met, met, node.at)


def _trimmed(node: Node) -> Node:
    """`all` without what is surely met, or unmet as a whole; `any` the other way round."""
    neutral = node.op == "all"
    settled = literal(TRUTH, not neutral, not neutral)
    parts = tuple(arg for arg in node.args if arg != literal(TRUTH, neutral, neutral))
    if settled in parts:
        return literal(TRUTH, not neutral, not neutral, node.at)
    if not parts:
        return literal(TRUTH, neutral, neutral, node.at)
    return (
        parts[0]
        if len(parts) == 1
        else Node(node.op, node.kind, parts, node.value, node.level, node.at)
    )
