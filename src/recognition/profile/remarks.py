"""Remarks on a document while it is examined: problems with their places, in order."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from typing import Any

from recognition.problems import Problem

Place = tuple[str | int, ...]
"""Keys and indices from the top of a document."""
Found = tuple[Place, Problem]

SHOWN = 60
"""No more letters of an input than this are shown."""


def pointer(place: Place) -> str:
    """The JSON Pointer (RFC 6901) of a place."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in place)
    return _printable("".join("/" + step for step in steps))


def in_order(remarks: Iterable[Found]) -> list[Problem]:
    """The problems in the order of their places, each once."""

    def key(item: Found) -> Any:
        place, problem = item
        return [(isinstance(step, str), step) for step in place], problem.code, problem.detail

    return list(dict.fromkeys(problem for _, problem in sorted(remarks, key=key)))


def found(place: Place, code: str, detail: str, hint: str = "") -> Found:
    """A problem at a place."""
    return place, Problem(code, pointer(place), detail, hint)


def shown(value: Any) -> str:
    """An input as it is quoted: in backticks, not too long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=True, default=str)
    text = _printable(text)
    return f"`{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}`"


def _printable(text: str) -> str:
    """A text in which half a letter is written out, so that all of it can be encoded."""
    return text.encode("utf-8", "backslashreplace").decode()


def near(text: str, known: Iterable[str]) -> str:
    """A hint at the name that was meant, or at the names there are when they are few."""
    names = list(known)
    folded = {name.casefold(): name for name in reversed(names)}
    if closest := difflib.get_close_matches(text.casefold(), folded, n=1, cutoff=0.6):
        return f"did you mean `{folded[closest[0]]}`?"
    return f"one of {', '.join(f'`{name}`' for name in names)}" if len(names) <= 12 else ""
