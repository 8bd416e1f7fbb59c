"""The look of a document: one line for what belongs together, no value changed.

Numbers and texts stay as they are written, letter by letter. What fits a line stands on one. Of
what does not, small parts of an object share lines, and parts of a list stand below one another.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from recognition.problems import Refused
from recognition.profile.json import parsed

WIDTH = 100
"""Columns of a line; a Chinese character takes two."""
SMALL = 60
"""Columns of a part of an object that may share a line with others."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
_ENDS = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class _Piece:
    """A value as written: plain text, or the parts of a list or object with their keys' text."""

    text: str
    parts: tuple[tuple[str, _Piece], ...] = ()

    @cached_property
    def line(self) -> str:
        """All of it on one line."""
        if self.text not in _ENDS:
            return self.text
        inside = ", ".join(key + part.line for key, part in self.parts)
        return f"{self.text}{inside}{_ENDS[self.text]}"

    @cached_property
    def width(self) -> int:
        return columns(self.line)


def columns(text: str) -> int:
    """The columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def formatted(raw: bytes) -> str:
    """A document laid out, with a line end; Refused when it is no JSON in UTF-8."""
    parsed(raw)
    text = raw.decode("utf-8-sig")
    tokens = iter(_TOKEN.findall(text))
    whole = _piece(next(tokens), tokens)
    if whole.text != "{" or len(whole.parts) < 2 or whole.width <= WIDTH:
        return "\n".join(_broken(whole, "", 0, 0)) + "\n"
    return "\n".join(("{", *_each(whole, 1, 0), "}")) + "\n"


def _piece(token: str, tokens: Iterator[str]) -> _Piece:
    if token not in _ENDS:
        return _Piece(token)
    parts = []
    while (first := next(tokens)) != _ENDS[token]:
        first = next(tokens) if first == "," else first
        key = f"{first}{next(tokens)} " if token == "{" else ""
        parts.append((key, _piece(next(tokens) if key else first, tokens)))
    return _Piece(token, tuple(parts))


def _broken(piece: _Piece, before: str, indent: int, after: int) -> list[str]:
    """The lines of a value that stands behind a text, with columns kept free behind it."""
    if not piece.parts or columns(before) + piece.width + after <= WIDTH:
        return [before + piece.line]
    plain = all(part.text not in _ENDS for _, part in piece.parts)
    deeper = indent + (len(piece.parts) > 1 or piece.text == "[")
    if piece.text == "[" and not plain:
        lines = [before + piece.text, *_each(piece, deeper, after + 1)]
    else:
        lines = _packed(piece, before + piece.text, deeper, after + 1)
    return [*lines[:-1], lines[-1] + _ENDS[piece.text]]


def _each(piece: _Piece, indent: int, after: int) -> list[str]:
    """The parts of a value below one another."""
    lines: list[str] = []
    for i, (key, part) in enumerate(piece.parts):
        comma, free = (",", 1) if i < len(piece.parts) - 1 else ("", after)
        *more, last = _broken(part, " " * indent + key, indent, free)
        lines += [*more, last + comma]
    return lines


def _packed(piece: _Piece, before: str, indent: int, after: int) -> list[str]:
    """The parts of a value, small ones together on a line, behind what opens it."""
    lines, begun, room = [before], False, True
    several = len(piece.parts) > 1 and piece.text == "{"
    for i, (key, part) in enumerate(piece.parts):
        comma, free = (",", 1) if i < len(piece.parts) - 1 else ("", after)
        width = columns(key) + part.width
        fits = columns(lines[-1]) + begun + width + free <= WIDTH
        small = width <= SMALL
        if not fits and several if i == 0 else not (room and small and fits):
            lines.append(" " * indent)
            begun = False
        *more, last = _broken(part, lines.pop() + " " * begun + key, indent, free)
        lines += [*more, last + comma]
        begun, room = True, small and not more
    return lines


def files(root: Path) -> list[Path]:
    """The documents of a library, in order."""
    return sorted(
        path for folder in ("standards", "rules") for path in (root / folder).rglob("*.json")
    )


def unkempt(root: Path) -> Iterator[tuple[Path, str]]:
    """The documents that are laid out otherwise, each with its text as it should be.

    Raises Refused at the first that is no JSON.
    """
    for path in files(root):
        raw = path.read_bytes()
        try:
            due = formatted(raw)
        except Refused as refused:
            file = str(path.relative_to(root))
            told = [replace(problem, file=file) for problem in refused.problems]
            raise Refused(told) from None
        if due.encode() != raw:
            yield path, due


def written(value: Any) -> str:
    """A value as a document, laid out."""
    return formatted(json.dumps(value, ensure_ascii=False).encode())
