"""A rule asked for one host: the host put in, and what follows worked out before any profile."""

from __future__ import annotations

from typing import NamedTuple

from recognition.bounds import ANY_CODE
from recognition.rule.syntax import TRUTH, Node, literal


class Host(NamedTuple):
    """A host's number among the places, and that of its country."""

    place: int
    country: int


def bound(node: Node, host: Host | None) -> Node:
    """The expression for one host: the host's code in its place, settled truths folded away."""
    if not node.asks_host:
        return node
    if node.op == "host":
        ends = (0, ANY_CODE) if host is None else (host.place, host.place)
        return literal(node.kind, *ends, node.at)
    if host is not None and node.op == "inside" and node.args[0].op == "host" and node.value:
        inside = bool({host.place, host.country} & set(node.value))
        return literal(TRUTH, inside, inside, node.at)
    args = tuple(bound(arg, host) for arg in node.args)
    return folded(Node(node.op, node.kind, args, node.value, node.level, node.at))


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
