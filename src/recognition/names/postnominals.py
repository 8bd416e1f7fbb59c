"""Several letters after a name on one line: `BEng (Hons) CEng MICE`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from recognition.names.folding import fold
from recognition.names.reading import NOTHING, Reading, asked
from recognition.names.register import NameRegister

_PARTED = re.compile(r"[\s,，]+")
_MEMBER = re.compile(r"^(?:hon)?(?:am|assoc|aff|comp|[fmagst])(.{2,})$")
"""The letters of a membership: a grade's, then those of the body."""
_LONGEST_PART = 5
_MOST_PARTS = 16


def read(
    text: str, title: Callable[[str], Reading], degrees: NameRegister, bodies: NameRegister
) -> Reading:
    """The titles that a text names one after another; one alone is its code.

    Degrees, and memberships of bodies of the registry, are understood and are no titles. A word
    that is none of these leaves the whole without a code.
    """
    pieces = [piece for piece in _PARTED.split(text) if piece]
    if not 1 < len(pieces) <= _MOST_PARTS:
        return NOTHING
    found, understood = _titles(pieces, title, degrees, bodies)
    codes = tuple(dict.fromkeys(found))
    if not understood or not codes:
        return asked(codes)
    return Reading(codes[0]) if len(codes) == 1 else Reading(None, codes, parts=codes)


def _titles(
    pieces: Sequence[str],
    title: Callable[[str], Reading],
    degrees: NameRegister,
    bodies: NameRegister,
) -> tuple[list[str], bool]:
    """The codes of the titles in order, longest pieces first, and whether every piece is known."""
    codes: list[str] = []
    at, understood = 0, True
    while at < len(pieces):
        for end in range(min(len(pieces), at + _LONGEST_PART), at, -1):
            piece = " ".join(pieces[at:end])
            code = title(piece).code
            if code or _is_beside(piece, degrees, bodies):
                codes += [code] if code else []
                at = end
                break
        else:
            at, understood = at + 1, False
    return codes, understood


def _is_beside(piece: str, degrees: NameRegister, bodies: NameRegister) -> bool:
    if degrees.read(piece).code:
        return True
    membership = _MEMBER.match(fold(piece).replace(".", ""))
    return bool(membership and " " not in piece and bodies.read(membership[1]).code)
