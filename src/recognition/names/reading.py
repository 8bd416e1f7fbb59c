"""How a name is read: as an entry of a vocabulary, as several that share it, or as none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What a text means.

    `code` is the entry; None where the text is none, several share it, or it is not surely one.
    `near` are codes of entries to ask about, best first. `shared` tells that the text is a name of
    each of them. `parts` are the entries that a text names one after another (`CEng MICE`).
    """

    code: str | None = None
    near: tuple[str, ...] = ()
    shared: bool = False
    parts: tuple[str, ...] = ()


NOTHING = Reading()
_ASKED = 8


def asked(codes: Iterable[str], shared: bool = False) -> Reading:
    """A reading without a code: one of these entries may be meant."""
    return Reading(None, tuple(dict.fromkeys(codes))[:_ASKED], shared)


def agreed(readings: Iterable[Reading]) -> Reading:
    """The code of all readings that have one, when it is the same; else all of theirs to ask."""
    held = list(readings)
    codes = tuple(dict.fromkeys(reading.code for reading in held if reading.code))
    if len(codes) == 1:
        return Reading(codes[0])
    return asked(codes or (code for reading in held for code in reading.near))
