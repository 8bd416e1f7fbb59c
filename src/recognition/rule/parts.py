"""RuleReading what a form takes, as its signature says: here what is written plainly.

What was read is a Node of an expression, a list of them, a dict by key, a tuple of codes, or what
is written plainly. `None` stands for what was wrong, and was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from recognition import dates
from recognition.rule import shapes as takes
from recognition.rule.place import Here
from recognition.rule.reading import UNBOUND, RuleReading, short
from recognition.rule.syntax import CODE


@dataclass
class PartContext:
    """What is known of the form whose parts are read: the kind due, and what was read before."""

    reading: RuleReading
    due: str
    level: str
    like: str = ""
    collection: str = ""

    def kind(self, kind: str) -> str:
        return {takes.DUE: self.due, takes.LIKE: self.like or self.due}.get(kind, kind)

    def standing(self, stands: str, here: Here) -> Here:
        """Where a part stands: on an element of the collection, or on what lies around it."""
        on = {
            "on": self.collection,
            "around": self.reading.names.shared(self.level, self.collection),
        }
        return here.on(on[stands]) if stands else here


@singledispatch
def read_part(part: Any, written: Any, here: Here, context: PartContext) -> Any:
    """What a part of a form holds, read."""
    raise TypeError(f"{part} is no part of a signature")


@read_part.register
def _(part: takes.CollectionShape, written: Any, here: Here, context: PartContext) -> str | None:
    reading = context.reading
    context.collection = reading.collection(written, here)
    periods = reading.names.periods
    if part.periods and context.collection and context.collection not in periods:
        detail = f"`{context.collection}` has no periods to count"
        hint = "one of " + ", ".join(f"`{one}`" for one in sorted(periods))
        reading.wrong(here, "no-periods", detail, hint)
    return context.collection or None


@read_part.register
def _(
    part: takes.TextShape, written: Any, here: Here, context: PartContext
) -> tuple[Any, Here] | None:
    text, place = context.reading.plain(written, here)
    return None if text is UNBOUND else (text, place)


@read_part.register
def _(part: takes.Codes, written: Any, here: Here, context: PartContext) -> Any:
    """The numbers of the entries, in their order, each once."""
    reading = context.reading
    listed, place = reading.plain(written, here)
    if part.single and not isinstance(listed, list):
        return reading.expression(listed, f"{CODE}:{part.vocabulary}", place)
    vocabulary = part.vocabulary or context.like.partition(":")[2]
    items = reading.listed(listed, place)
    if not vocabulary or not items:
        return None
    texts = [reading.plain(item, place.down(i)) for i, item in enumerate(items)]
    return tuple(sorted({reading.entry(text, vocabulary, at) for text, at in texts}))


@read_part.register
def _(part: takes.Whole, written: Any, here: Here, context: PartContext) -> int | None:
    number, place = context.reading.plain(written, here)
    whole = isinstance(number, int) and not isinstance(number, bool)
    if whole and (part.least is None or number >= part.least):
        return int(number)
    if number is UNBOUND:
        return None
    above = "" if part.least is None else f" from {part.least}"
    context.reading.wrong(place, "wrong-type", f"`{short(number)}` is not a whole number{above}")
    return None


@read_part.register
def _(part: takes.Choice, written: Any, here: Here, context: PartContext) -> str | None:
    word, place = context.reading.plain(written, here) if part.settable else (written, here)
    if isinstance(word, str) and word in part.words:
        return word
    if word is UNBOUND:
        return None
    hint = f"{', '.join(part.words[:-1])} or {part.words[-1]}"
    context.reading.wrong(place, "no-such-code", f"`{short(word)}` has no meaning here", hint)
    return None


@read_part.register
def _(part: takes.Yes, written: Any, here: Here, context: PartContext) -> bool | None:
    if written is True:
        return True
    context.reading.wrong(here, "wrong-type", f"`{short(written)}` says nothing here", "write true")
    return None


@read_part.register
def _(part: takes.Flag, written: Any, here: Here, context: PartContext) -> bool | None:
    if isinstance(written, bool):
        return written
    context.reading.wrong(here, "wrong-type", f"`{short(written)}` is not true or false")
    return None


@read_part.register
def _(part: takes.Ends, written: Any, here: Here, context: PartContext) -> tuple[Any, Any] | None:
    numbers = isinstance(written, list) and len(written) == 2 and all(map(_number, written))
    if numbers and written[0] <= written[1]:
        return written[0], written[1]
    context.reading.wrong(here, "wrong-type", "a range is [least, most]")
    return None


def _number(written: Any) -> bool:
    return isinstance(written, int | float) and not isinstance(written, bool)


@read_part.register
def _(
    part: takes.DayShape, written: Any, here: Here, context: PartContext
) -> tuple[int, int] | None:
    detail = f"`{short(written)}` is not a date"
    if isinstance(written, str):
        try:
            return dates.parse(written)
        except ValueError as error:
            detail = str(error)
    context.reading.wrong(here, "not-a-date", detail, "write 2016, 2016-06 or 2016-06-02")
    return None


@read_part.register
def _(part: takes.ColumnsShape, written: Any, here: Here, context: PartContext) -> list[str] | None:
    names = [written] if isinstance(written, str) else written
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        context.reading.wrong(here, "wrong-type", "a parameter's name stands here, or a list")
        return None
    for i, name in enumerate(names):
        if name in names[:i] or name in here.bound:
            detail = f"a parameter `{name}` stands here already"
            context.reading.wrong(here, "duplicate", detail, "give it another name")
            return None
    return names


@read_part.register
def _(
    part: takes.RowsShape, written: Any, here: Here, context: PartContext
) -> list[tuple[Any, Here]]:
    listed, place = context.reading.plain(written, here)
    rows = context.reading.listed(listed, place)
    return [context.reading.plain(row, place.down(i)) for i, row in enumerate(rows)]
