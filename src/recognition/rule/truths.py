"""Nodes that are met or not: joined, compared, stated, and the parties of agreements."""

from __future__ import annotations

import math
from typing import Any

from recognition.rule.place import Here
from recognition.rule.reading import Make, RuleReading
from recognition.rule.syntax import (
    COMPARISONS,
    DATE,
    DATE_COMPARISONS,
    SPAN,
    TRUTH,
    Node,
    literal,
)


def _joined(reading: RuleReading, form: str, parts: list[Node], here: Here) -> Node:
    return reading.node(form, TRUTH, parts, here)


def _not(reading: RuleReading, form: str, part: Node, here: Here) -> Node:
    return reading.node("not", TRUTH, [part], here)


def _compared(reading: RuleReading, form: str, parts: Any, here: Here) -> Node:
    if isinstance(parts, dict):
        return reading.node("enough", TRUTH, parts["of"], here, parts["n"])
    left, right = parts
    if left.kind == SPAN:
        return _reached(reading, form, left, right, here)
    asked = right[0] if isinstance(right, tuple) else right
    return reading.node(form, TRUTH, [left, asked], here)


def _reached(
    reading: RuleReading, form: str, span: Node, right: tuple[Node, str], here: Here
) -> Node:
    """Counted days against whole years or months; the bounds of what is asked may lie apart."""
    asked, unit = right
    if asked.op == "literal" and any(b % 1 for b in asked.value if math.isfinite(b)):
        detail, hint = "a span is counted in whole years", 'or {"months": 30}'
        at = here.down(1, "months") if unit == "months" else here.down(1)
        reading.wrong(at, "wrong-kind", detail, hint)
    node = reading.node("reached", TRUTH, [span, asked], here, unit)
    return node if form == "at_least" else reading.node("not", TRUTH, [node], here)


def _between(reading: RuleReading, form: str, parts: list[Node], here: Here) -> Node:
    on, first, last = parts
    begun = reading.node("on_or_after", TRUTH, [on, first], here)
    still = reading.node("on_or_before", TRUTH, [on, last], here)
    return reading.node("all", TRUTH, [begun, still], here)


def _one_of(reading: RuleReading, form: str, parts: list[Any], here: Here) -> Node:
    code, among = parts
    if isinstance(among, Node):
        return reading.node(form, TRUTH, [code, among], here)
    return reading.node(form, TRUTH, [code], here, among)


def _truth(reading: RuleReading, form: str, met: bool, here: Here) -> Node:
    return literal(TRUTH, met, met, here.at)


def _attested(reading: RuleReading, form: str, parts: tuple[Any, Here], here: Here) -> Node:
    text, place = parts
    reading.entry(text, "attestations", place)
    return Node("attested", TRUTH, value=text if isinstance(text, str) else "", at=here.at)


def _party(reading: RuleReading, form: str, parts: dict[str, Any], here: Here) -> Node:
    result = {"party": TRUTH, "party_since": DATE, "party_place": "code:places"}[form]
    agreement, place = parts["of"]
    if agreement not in reading.names.agreements:
        reading.wrong(place, "no-such-agreement", f"no agreement `{agreement}`")
    key = "place" if "place" in parts else "body"
    args = [parts[key]]
    if form == "party":
        args.append(parts.get("on") or Node("as_of", DATE, at=here.at))
    return reading.node(form, result, args, here, (agreement, key, parts.get("is", ())))


MAKERS: dict[str, Make] = {
    **dict.fromkeys(("all", "any", "equals", *DATE_COMPARISONS), _joined),
    "not": _not,
    **dict.fromkeys(COMPARISONS, _compared),
    "between": _between,
    **dict.fromkeys(("one_of", "inside"), _one_of),
    "truth": _truth,
    "attested": _attested,
    **dict.fromkeys(("party", "party_since", "party_place"), _party),
}
