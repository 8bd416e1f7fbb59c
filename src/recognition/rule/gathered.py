"""Nodes of fields, and of what is gathered or counted over the elements of a collection."""

from __future__ import annotations

from typing import Any

from recognition import dates
from recognition.rule.place import Here
from recognition.rule.reading import Make, RuleReading, near
from recognition.rule.signatures import SIGNATURES
from recognition.rule.syntax import DATE, SPAN, TRUTH, Node, literal


def _field(reading: RuleReading, form: str, parts: tuple[Any, Here], here: Here) -> Node:
    path, _ = parts
    found = reading.names.fields.get(path) if isinstance(path, str) else None
    if found is None:
        detail = f"no field `{path}` in the profile"
        return reading.wrong(here, "no-such-field", detail, _near_field(reading, path))
    level = _level(path, reading)
    if level not in reading.names.chain(here.level):
        detail = f"no single element of `{level}` is in view here"
        hint = f'wrap it in exists, earliest … with "in": "{level}"'
        return reading.wrong(here, "apart", detail, hint)
    return Node("field", found, value=path, level=level, at=here.at)


def _level(path: str, reading: RuleReading) -> str:
    collection = path.rpartition(".")[0]
    return collection if collection in reading.names.collections else ""


def _near_field(reading: RuleReading, path: Any) -> str:
    fields, last = reading.names.fields, str(path).rpartition(".")[2]
    same = [field for field in fields if field.rpartition(".")[2] == last]
    return f"did you mean `{same[0]}`?" if same else near(str(path), fields)


def _over(reading: RuleReading, form: str, parts: dict[str, Any], here: Here) -> Node:
    """exists, count, sum, least, greatest, earliest, latest over a collection."""
    of = [parts["of"]] if "of" in parts else []
    args = [_counting(parts), *of]
    return _gathered(reading, form, SIGNATURES[form].makes, args, here, (parts["in"],))


def _counting(parts: dict[str, Any]) -> Node:
    """Which elements count: all where nothing is said."""
    counting: Node = parts.get("where") or literal(TRUTH, True, True)
    return counting


def _gathered(
    reading: RuleReading, op: str, kind: str, args: list[Node], here: Here, value: tuple[Any, ...]
) -> Node:
    """A node on the innermost element that both this place and the collection share."""
    collection = value[0]
    for arg in args:
        if arg.level not in reading.names.chain(collection):
            detail = f"`{arg.level}` and `{collection}` do not meet"
            return reading.wrong(here, "apart", detail, kind=kind)
    return Node(op, kind, tuple(args), value, reading.names.shared(here.level, collection), here.at)


def _years(reading: RuleReading, form: str, parts: dict[str, Any], here: Here) -> Node:
    until = parts.get("until") or literal(DATE, dates.AFTER_ALL, dates.AFTER_ALL)
    args = [_counting(parts), _since(parts, here), until]
    value = (parts["in"], parts.get("part_time", "open"))
    return _gathered(reading, "years", SPAN, args, here, value)


def _since(parts: dict[str, Any], here: Here) -> Node:
    """The first day that counts; `after` is the day before it."""
    if "after" in parts:
        after = parts["after"]
        return Node("plus", DATE, (after,), (0, 0, 1), after.level, here.at)
    since: Node = parts.get("since") or literal(DATE, dates.BEFORE_ALL, dates.BEFORE_ALL)
    return since


def _elapsed(reading: RuleReading, form: str, parts: dict[str, Any], here: Here) -> Node:
    return reading.node("elapsed", SPAN, [parts["since"]], here)


_OVER = ("exists", "count", "sum", "least", "greatest", "earliest", "latest")

MAKERS: dict[str, Make] = {
    "field": _field,
    **dict.fromkeys(_OVER, _over),
    "years": _years,
    "elapsed": _elapsed,
}
