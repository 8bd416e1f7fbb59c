"""RuleReading what a form takes, as its signature says: expressions, lists, objects, tables."""

from __future__ import annotations

from typing import Any

from recognition.rule import shapes as takes
from recognition.rule.parts import PartContext, read_part
from recognition.rule.place import Here
from recognition.rule.reading import RuleReading, near, short
from recognition.rule.syntax import CODE, NUMBER, SPAN, Node


def read(part: takes.Part, written: Any, kind: str, here: Here, reading: RuleReading) -> Any:
    """What a form takes, read; the kind is that asked of the form."""
    return read_part(part, written, here, PartContext(reading, kind, here.level))


# --- expressions


@read_part.register
def _(part: takes.Expression, written: Any, here: Here, context: PartContext) -> Node:
    reading, standing = context.reading, context.standing(part.stands, here)
    if part.kind == takes.MEASURE:
        node = reading.expression(written, "any", standing)
        node = node if node.kind == SPAN else reading.fits(node, NUMBER, standing)
    else:
        node = reading.expression(written, context.kind(part.kind), standing)
    context.like = node.kind
    return node


@read_part.register
def _(part: takes.Expressions, written: Any, here: Here, context: PartContext) -> list[Node] | None:
    one = takes.Expression(part.kind)
    nodes = [
        read_part(one, item, place, context) for item, place in _spread(written, here, context)
    ]
    return nodes or None


@read_part.register
def _(part: takes.Alike, written: Any, here: Here, context: PartContext) -> list[Node] | None:
    if not _counted(written, 2, "two codes are compared here", "write [this, that]", here, context):
        return None
    reading, nodes, due = context.reading, {}, CODE
    for i in sorted((0, 1), key=lambda i: isinstance(reading.plain(written[i], here)[0], str)):
        nodes[i] = reading.expression(written[i], due, here.down(i))
        due = nodes[i].kind
    return [nodes[0], nodes[1]]


@read_part.register
def _(
    part: takes.AskedShape, written: Any, here: Here, context: PartContext
) -> tuple[Node, str] | None:
    """A number, and the unit it counts."""
    reading = context.reading
    if context.like != SPAN:
        if isinstance(written, dict) and set(written) == {"months"}:
            reading.wrong(here, "wrong-kind", "months are held against counted days alone")
            return None
        return reading.expression(written, NUMBER, here), ""
    plain, place = reading.plain(written, here)
    if not isinstance(plain, dict) or set(plain) != {"months"}:
        return reading.expression(plain, NUMBER, place), "years"
    plain, place = reading.plain(plain["months"], place.down("months"))
    return reading.expression(plain, NUMBER, place), "months"


# --- lists and objects


@read_part.register
def _(part: takes.Exactly, written: Any, here: Here, context: PartContext) -> list[Any] | None:
    if not _counted(written, len(part.parts), part.says, part.hint, here, context):
        return None
    parts = [read_part(one, written[i], here.down(i), context) for i, one in enumerate(part.parts)]
    return None if None in parts else parts


@read_part.register
def _(part: takes.Keys, written: Any, here: Here, context: PartContext) -> dict[str, Any] | None:
    parts = {**part.needed, **part.one_of, **part.optional}
    if not _whole(written, part, here, context):
        return None
    found = {
        key: read_part(one, written[key], here.down(key), context)
        for key, one in parts.items()
        if key in written
    }
    return None if None in found.values() else found


@read_part.register
def _(part: takes.Either, written: Any, here: Here, context: PartContext) -> Any:
    return read_part(part.keys if isinstance(written, dict) else part.other, written, here, context)


def _spread(written: Any, here: Here, context: PartContext) -> list[tuple[Any, Here]]:
    """The expressions of a list, or the one that is taken for each row, each with its place."""
    listed, place = context.reading.plain(written, here)
    if isinstance(listed, dict) and "for" in listed:
        return _each(listed, place, context)
    items = context.reading.listed(listed, place)
    return [(item, place.down(i)) for i, item in enumerate(items)]


def _each(written: dict[str, Any], here: Here, context: PartContext) -> list[tuple[Any, Here]]:
    if not _whole(written, takes.EACH, here, context):
        return []
    columns = read_part(takes.ColumnsShape(), written["for"], here.down("for"), context)
    rows = read_part(takes.RowsShape(), written["in"], here.down("in"), context)
    if not columns or not rows:
        return []
    single = isinstance(written["for"], str)
    filled = [
        _cells([row] if single else row, single, columns, place, context) for row, place in rows
    ]
    return [(written["is"], here.down("is").binding(cells)) for cells in filled if cells]


def _cells(
    row: Any, single: bool, columns: list[str], here: Here, context: PartContext
) -> dict[str, tuple[Any, Here]]:
    """What stands for each parameter in one row, and where it was written."""
    if not isinstance(row, list) or len(row) != len(columns):
        detail = f"`{short(row)}` is no row of {len(columns)}"
        context.reading.wrong(here, "wrong-type", detail, f"one for each of {', '.join(columns)}")
        return {}
    places = [here] if single else [here.down(i) for i in range(len(row))]
    return dict(zip(columns, zip(row, places, strict=True), strict=True))


def _counted(
    written: Any, size: int, says: str, hint: str, here: Here, context: PartContext
) -> bool:
    """Whether a list has the size it must have."""
    if isinstance(written, list) and len(written) == size:
        return True
    context.reading.wrong(here, "wrong-type", says, hint)
    return False


def _whole(inner: Any, keys: takes.Keys, here: Here, context: PartContext) -> bool:
    """Whether an object has the keys it needs and no other."""
    reading = context.reading
    allowed = {**keys.needed, **keys.one_of, **keys.optional}
    if not isinstance(inner, dict):
        hint = f"with {', '.join(sorted(allowed))}"
        reading.wrong(here, "wrong-type", f"`{short(inner)}` is not an object", hint)
        return False
    for key in sorted(set(inner) - set(allowed)):
        detail = f"`{key}` has no meaning here"
        reading.wrong(here.down(key), "unknown-field", detail, near(key, allowed))
    lacking = sorted(set(keys.needed) - set(inner))
    if keys.one_of and not set(keys.one_of) & set(inner):
        lacking.append("` or `".join(keys.one_of))
    for key in lacking:
        reading.wrong(here, "missing", f"`{key}` is missing")
    return not lacking and _together(inner, keys, here, context)


def _together(inner: dict[str, Any], keys: takes.Keys, here: Here, context: PartContext) -> bool:
    """Whether keys that exclude each other do not stand together."""
    for group in (keys.apart, tuple(keys.one_of)):
        if len(said := [key for key in group if key in inner]) > 1:
            detail = f"`{'` and `'.join(said)}` exclude each other"
            context.reading.wrong(here, "unknown-field", detail, "keep one of them")
            return False
    return True
