"""Reading what a form takes, as its signature says: shapes checked, expressions and names read.

What was read is a Node of an expression, a list of them, a dict by key, a tuple of codes, or what
is written plainly. `None` stands for what was wrong, and was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from recognition import dates
from recognition.rule import shapes as takes
from recognition.rule.reading import Here, Reading, short
from recognition.rule.syntax import CODE, NUMBER, SPAN, Node, chain, parent


@dataclass
class Context:
    """What is known of the form whose parts are read: the kind due, and what was read before."""

    reading: Reading
    due: str
    level: str
    like: str = ""
    collection: str = ""

    def kind(self, kind: str) -> str:
        return {takes.DUE: self.due, takes.LIKE: self.like or self.due}.get(kind, kind)

    def standing(self, stands: str, here: Here) -> Here:
        """Where a part stands: on an element of the collection, or on what lies around it."""
        on = {"on": self.collection, "around": shared(self.level, self.collection)}
        return here.on(on[stands]) if stands else here


def shared(level: str, collection: str) -> str:
    """The innermost element around a collection in view here: what is gathered stands on it."""
    return next(one for one in chain(level) if one in chain(parent(collection)))


def read(part: takes.Part, written: Any, kind: str, here: Here, reading: Reading) -> Any:
    """What a form takes, read; the kind is that asked of the form."""
    return _read(part, written, here, Context(reading, kind, here.level))


@singledispatch
def _read(part: Any, written: Any, here: Here, context: Context) -> Any:
    raise TypeError(f"{part} is no part of a signature")


# --- expressions


@_read.register
def _(part: takes.Expression, written: Any, here: Here, context: Context) -> Node:
    reading, standing = context.reading, context.standing(part.stands, here)
    if part.kind == takes.MEASURE:
        node = reading.expression(written, "any", standing)
        node = node if node.kind == SPAN else reading.fits(node, NUMBER, standing)
    else:
        node = reading.expression(written, context.kind(part.kind), standing)
    context.like = node.kind
    return node


@_read.register
def _(part: takes.Expressions, written: Any, here: Here, context: Context) -> list[Node] | None:
    one = takes.Expression(part.kind)
    nodes = [_read(one, item, place, context) for item, place in _spread(written, here, context)]
    return nodes or None


@_read.register
def _(part: takes.Alike, written: Any, here: Here, context: Context) -> list[Node] | None:
    if not _counted(written, 2, "two codes are compared here", "write [this, that]", here, context):
        return None
    reading, nodes, due = context.reading, {}, CODE
    for i in sorted((0, 1), key=lambda i: isinstance(reading.plain(written[i], here)[0], str)):
        nodes[i] = reading.expression(written[i], due, here.down(i))
        due = nodes[i].kind
    return [nodes[0], nodes[1]]


@_read.register
def _(part: takes.Asked, written: Any, here: Here, context: Context) -> tuple[Node, str] | None:
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


@_read.register
def _(part: takes.Exactly, written: Any, here: Here, context: Context) -> list[Any] | None:
    if not _counted(written, len(part.parts), part.says, part.hint, here, context):
        return None
    parts = [_read(one, written[i], here.down(i), context) for i, one in enumerate(part.parts)]
    return None if None in parts else parts


@_read.register
def _(part: takes.Keys, written: Any, here: Here, context: Context) -> dict[str, Any] | None:
    parts = {**part.needed, **part.one_of, **part.optional}
    if not context.reading.keys(written, part, here):
        return None
    found = {
        key: _read(one, written[key], here.down(key), context)
        for key, one in parts.items()
        if key in written
    }
    return None if None in found.values() else found


@_read.register
def _(part: takes.Either, written: Any, here: Here, context: Context) -> Any:
    return _read(part.keys if isinstance(written, dict) else part.other, written, here, context)


def _spread(written: Any, here: Here, context: Context) -> list[tuple[Any, Here]]:
    """The expressions of a list, each with its place."""
    listed, place = context.reading.plain(written, here)
    items = context.reading.listed(listed, place)
    return [(item, place.down(i)) for i, item in enumerate(items)]


def _counted(written: Any, size: int, says: str, hint: str, here: Here, context: Context) -> bool:
    """Whether a list has the size it must have."""
    if isinstance(written, list) and len(written) == size:
        return True
    context.reading.wrong(here, "wrong-type", says, hint)
    return False


# --- what is written plainly


@_read.register
def _(part: takes.Collection, written: Any, here: Here, context: Context) -> str | None:
    reading = context.reading
    context.collection = reading.collection(written, here)
    periods = reading.names.periods
    if part.periods and context.collection and context.collection not in periods:
        detail = f"`{context.collection}` has no periods to count"
        hint = "one of " + ", ".join(f"`{one}`" for one in sorted(periods))
        reading.wrong(here, "no-periods", detail, hint)
    return context.collection or None


@_read.register
def _(part: takes.Text, written: Any, here: Here, context: Context) -> tuple[Any, Here]:
    return context.reading.plain(written, here)


@_read.register
def _(part: takes.Codes, written: Any, here: Here, context: Context) -> Any:
    """The numbers of the entries, in their order, each once."""
    reading = context.reading
    listed, place = reading.plain(written, here)
    if part.single and not isinstance(listed, list):
        return reading.expression(listed, f"{CODE}:{part.vocabulary}", place)
    vocabulary = part.vocabulary or context.like.partition(":")[2]
    items = reading.listed(listed, place)
    if not vocabulary or not items:
        return None
    found = [reading.entry(text, vocabulary, place.down(i)) for i, text in enumerate(items)]
    return tuple(sorted(set(found)))


@_read.register
def _(part: takes.Whole, written: Any, here: Here, context: Context) -> int | None:
    number, _ = context.reading.plain(written, here)
    whole = isinstance(number, int) and not isinstance(number, bool)
    if whole and (part.least is None or number >= part.least):
        return int(number)
    above = "" if part.least is None else f" from {part.least}"
    context.reading.wrong(here, "wrong-type", f"`{short(number)}` is not a whole number{above}")
    return None


@_read.register
def _(part: takes.Choice, written: Any, here: Here, context: Context) -> str | None:
    word = context.reading.plain(written, here)[0] if part.settable else written
    if isinstance(word, str) and word in part.words:
        return word
    hint = f"{', '.join(part.words[:-1])} or {part.words[-1]}"
    context.reading.wrong(here, "no-such-code", f"`{short(word)}` has no meaning here", hint)
    return None


@_read.register
def _(part: takes.Yes, written: Any, here: Here, context: Context) -> bool | None:
    if written is True:
        return True
    context.reading.wrong(here, "wrong-type", f"`{short(written)}` says nothing here", "write true")
    return None


@_read.register
def _(part: takes.Flag, written: Any, here: Here, context: Context) -> bool | None:
    if isinstance(written, bool):
        return written
    context.reading.wrong(here, "wrong-type", f"`{short(written)}` is not true or false")
    return None


@_read.register
def _(part: takes.Ends, written: Any, here: Here, context: Context) -> tuple[Any, Any] | None:
    numbers = isinstance(written, list) and len(written) == 2 and all(map(_number, written))
    if numbers and written[0] <= written[1]:
        return written[0], written[1]
    context.reading.wrong(here, "wrong-type", "a range is [least, most]")
    return None


def _number(written: Any) -> bool:
    return isinstance(written, int | float) and not isinstance(written, bool)


@_read.register
def _(part: takes.Day, written: Any, here: Here, context: Context) -> tuple[int, int] | None:
    try:
        return dates.parse(str(written))
    except ValueError as error:
        hint = "write 2016, 2016-06 or 2016-06-02"
        context.reading.wrong(here, "not-a-date", str(error), hint)
        return None
