"""Nodes of numbers, dates and codes, and of choices between them."""

from __future__ import annotations

import math
from typing import Any

from recognition import dates
from recognition.rule.place import Here
from recognition.rule.reading import Make, RuleReading
from recognition.rule.signatures import SIGNATURES
from recognition.rule.syntax import DATE, NUMBER, SPAN, TRUTH, Node, literal

UNKNOWN = {
    TRUTH: (False, True),
    NUMBER: (-math.inf, math.inf),
    DATE: (dates.BEFORE_ALL, dates.AFTER_ALL),
}


def _bounds(reading: RuleReading, form: str, ends: tuple[Any, Any], here: Here) -> Node:
    return literal(SIGNATURES[form].makes, *ends, here.at)


def _unpublished(reading: RuleReading, form: str, kind: str, here: Here) -> Node:
    return Node("literal", kind, value=UNKNOWN[kind], at=here.at)


def _asked(reading: RuleReading, form: str, yes: bool, here: Here) -> Node:
    """What the question says: the day, the host."""
    return Node(form, SIGNATURES[form].makes, at=here.at)


def _plus(reading: RuleReading, form: str, parts: list[Any], here: Here) -> Node:
    base, added = parts
    by = tuple(added.get(unit, 0) for unit in ("years", "months", "days"))
    return reading.node("plus", DATE, [base], here, by)


def _of_one(reading: RuleReading, form: str, part: Node, here: Here) -> Node:
    return reading.node(form, SIGNATURES[form].makes, [part], here)


def _of_dates(reading: RuleReading, form: str, parts: list[Node], here: Here) -> Node:
    return reading.node(form, DATE, parts, here)


def _readings(reading: RuleReading, form: str, parts: list[Node], here: Here) -> Node:
    for i, part in enumerate(parts):
        if part.kind == SPAN:
            return _no_span(reading, here.down(i))
    return reading.node("readings", parts[0].kind, parts, here)


def _if(reading: RuleReading, form: str, parts: dict[str, Node], here: Here) -> Node:
    then = parts["then"]
    if then.kind == SPAN:
        return _no_span(reading, here.down("then"))
    return reading.node("if", then.kind, [parts["is"], then, parts["else"]], here)


def _no_span(reading: RuleReading, here: Here) -> Node:
    """A choice between counted days has no first day of its own."""
    hint = "choose between the comparisons it stands in"
    return reading.wrong(here, "wrong-kind", "a span cannot be chosen", hint)


MAKERS: dict[str, Make] = {
    **dict.fromkeys(("range", "date"), _bounds),
    "unpublished": _unpublished,
    **dict.fromkeys(("as_of", "host"), _asked),
    "plus": _plus,
    **dict.fromkeys(("start_of_year", "country_of"), _of_one),
    **dict.fromkeys(("earlier_of", "later_of"), _of_dates),
    "readings": _readings,
    "if": _if,
}
