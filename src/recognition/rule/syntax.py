"""The tree of an expression: closed, frozen, typed; where it was written is no part of equality."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

TRUTH, NUMBER, DATE, SPAN, CODE = "truth", "number", "date", "span", "code"
"""Kinds of value; a code also names its vocabulary: `code:places`."""

COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
DATE_COMPARISONS = ("on_or_after", "on_or_before", "after", "before")


@dataclass(frozen=True, slots=True)
class At:
    """Where a node was written: a file and a JSON Pointer into it."""

    file: str = ""
    pointer: str = ""

    def down(self, *keys: str | int) -> At:
        return At(self.file, "/".join((self.pointer, *map(_escaped, keys))))


def _escaped(key: str | int) -> str:
    text = str(key)
    return text.replace("~", "~0").replace("/", "~1") if "~" in text or "/" in text else text


@dataclass(frozen=True)
class Node:
    """One operation: what it does (`op`, `value`), to what (`args`), of which kind, standing where.

    `level` is the collection on whose elements the node stands, `""` the profile itself.
    """

    op: str
    kind: str
    args: tuple[Node, ...] = ()
    value: Any = None
    level: str = ""
    at: At = field(default=At(), compare=False, repr=False)

    @cached_property
    def size(self) -> int:
        """How many operations are written here, equal ones counted each time."""
        return 1 + sum(arg.size for arg in self.args)

    @cached_property
    def asks_host(self) -> bool:
        """Whether the host is asked for here, or in any part."""
        return self.op == "host" or any(arg.asks_host for arg in self.args)

    @cached_property
    def _hash(self) -> int:
        return hash((self.op, self.kind, self.args, self.value, self.level))

    def __hash__(self) -> int:
        return self._hash


def literal(kind: str, lo: Any, hi: Any, at: At = At()) -> Node:
    """A value that is written, or its bounds."""
    return Node("literal", kind, value=(lo, hi), at=at)
