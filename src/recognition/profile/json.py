"""The text of a document: JSON read so that keys written twice are seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from recognition.problems import Problem, Refused
from recognition.profile.remarks import Found, Place, found, shown


class _Repeated(dict[str, Any]):
    """An object in which a key was written more than once; the last of them is kept."""

    keys_again: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    names = [name for name, _ in pairs]
    repeated = _Repeated(held)
    repeated.keys_again = tuple(name for name in held if names.count(name) > 1)
    return repeated


def parsed(raw: bytes | str) -> Any:
    """The document of a text; Refused when it is no JSON."""
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        raise Refused([_no_json(text, error)]) from None
    except UnicodeDecodeError as error:
        detail = f"the text is not UTF-8: byte {error.start + 1} stands for no letter"
        raise Refused([Problem("not-json", "", detail, "save the file as UTF-8")]) from None
    except (RecursionError, ValueError):
        detail = "the text holds lists too deep, or a number too long, to be read"
        raise Refused([Problem("not-json", "", detail)]) from None
    return document


def _no_json(text: str, error: json.JSONDecodeError) -> Problem:
    begun = text.rfind("\n", 0, error.pos) + 1
    line = text[begun:].partition("\n")[0]
    begin = max(0, error.colno - 31)
    caret = line[begin : error.colno - 1] + "⟨here⟩" + line[error.colno - 1 : error.colno + 29]
    detail = f"the text is not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    return Problem("not-json", "", detail, f"look at {caret.strip()}", line=error.lineno)


def flaws(value: Any, place: Place = ()) -> Iterator[Found]:
    """What any document may have: keys written twice, and halves of letters."""
    if isinstance(value, _Repeated):
        for name in value.keys_again:
            detail = f"the key {shown(name)} is written more than once"
            yield found((*place, name), "duplicate-key", detail, "keep one of them")
    yield from _halved(value, place)
    for step, held in _inside(value):
        yield from _halved(step, (*place, step))
        yield from flaws(held, (*place, step))


def _halved(text: Any, place: Place) -> Iterator[Found]:
    if isinstance(text, str) and not whole_letters(text):
        yield found(place, "not-text", "half a letter (a lone surrogate) stands in the text")


def _inside(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def whole_letters(text: str) -> bool:
    """Whether no half of a letter (a lone surrogate) is among a text."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
