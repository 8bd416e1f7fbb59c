"""The pass over the bytes: each plain line becomes rows of cells, any other is left out whole.

Plain is what needs no words: known keys, each once; values of their types; codes as they are spelt;
days that exist, ends after their beginnings. As in `elements`, what is negative says no.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recognition.facts.scan import layout as of
from recognition.facts.scan.elements import (
    BEGIN,
    CLOSE,
    COLON,
    COMMA,
    END,
    FULL_UP,
    OPEN,
    REFUSED,
    codes,
    element,
    following,
    pairs,
    value,
)
from recognition.facts.scan.letters import NEWLINE, QUOTE, line_end, spaces
from recognition.facts.scan.memory import VERSION, byte, cell, compiled, kept, put, real
from recognition.facts.scan.spellings import begins, found
from recognition.facts.scan.values import null

PLAIN, OTHERWISE, UNMET = range(3)
"""What a line is: it is in the cells; it is not plain; it would be if a text in it were known."""


@compiled
def line(at: int, desk: int) -> int:
    """A profile, from its opening bracket to behind its closing one."""
    bottom = cell(desk + of.FRAMES)
    at, frame = opened(at, cell(desk + of.COLLECTIONS), 0, bottom)
    while at >= 0:
        if byte(at) == QUOTE:
            at, inner = member(at, frame, desk)
            if inner != frame:
                frame = inner
                continue
        elif byte(at) != CLOSE:
            return REFUSED
        if at >= 0:
            at, frame = onward(at, frame, desk)
        if frame == bottom:
            return at
    return at


@compiled
def opened(at: int, collection: int, length_at: int, above: int) -> tuple[int, int]:
    """From an element's opening bracket to its first key, in a frame of its own."""
    frame = above + of.FRAME
    put(frame + of.IN, cell(collection + of.ELEMENT))
    put(frame + of.GROWING, collection)
    put(frame + of.LENGTH_AT, length_at)
    put(frame + of.BEFORE, cell(collection + of.NEXT))
    return begun(at, frame), frame


@compiled
def begun(at: int, frame: int) -> int:
    """From an element's opening bracket to its first key, or to its end if it has none."""
    if byte(at) != OPEN:
        return REFUSED
    row = element(cell(frame + of.GROWING))
    put(frame + of.ROW, row)
    put(frame + of.HINT, cell(frame + of.IN) + of.FIRST_SLOT)
    return spaces(at + 1) if row >= 0 else row


@compiled
def nested(at: int, object: int, above: int) -> tuple[int, int]:
    """As `opened`, of an object that is no element: its fields are in the same row."""
    if byte(at) != OPEN:
        return REFUSED, above
    frame = above + of.FRAME
    put(frame + of.IN, object)
    put(frame + of.ROW, cell(above + of.ROW))
    put(frame + of.GROWING, 0)
    put(frame + of.LENGTH_AT, 0)
    put(frame + of.HINT, object + of.FIRST_SLOT)
    return spaces(at + 1), frame


@compiled
def member(at: int, frame: int, desk: int) -> tuple[int, int]:
    """From a key to behind its value, or, in another frame, to the first key within it."""
    slot, at = key(at + 1, frame, desk)
    if slot < 0:
        return REFUSED, frame
    seen, bit = cell(frame + of.ROW) + cell(cell(frame + of.IN) + of.SEEN), cell(slot + of.BIT)
    at = spaces(at)
    if cell(seen) & bit or byte(at) != COLON:
        return REFUSED, frame
    put(seen, cell(seen) | bit)
    at = spaces(at + 1)
    if cell(slot + of.KIND) < of.OBJECT:
        return value(at, slot, cell(frame + of.ROW), desk), frame
    return (at + 4, frame) if null(at) else several(at, slot, frame, desk)


@compiled
def key(at: int, frame: int, desk: int) -> tuple[int, int]:
    """The slot of a key that begins behind a quote, and where its text ends.

    Mostly it is the one that came here last time.
    """
    hint = cell(frame + of.HINT)
    slot = cell(hint)
    text, end = cell(slot + of.KEY), cell(slot + of.KEY_END)
    if begins(at, text, end):
        put(frame + of.HINT, slot + of.NEXT_SLOT)
        return slot, at + end - text
    slot, close = found(at, cell(frame + of.IN), cell(desk + of.SPELLINGS))
    if slot >= 0:
        put(hint, slot)
        put(frame + of.HINT, slot + of.NEXT_SLOT)
    return slot, close + 1


@compiled
def several(at: int, slot: int, frame: int, desk: int) -> tuple[int, int]:
    """An object, a list or a map, as `member`."""
    kind, row = cell(slot + of.KIND), cell(frame + of.ROW)
    if kind == of.OBJECT:
        return nested(at, cell(slot + of.INSIDE), frame)
    if byte(at) != (OPEN if kind == of.MAP else BEGIN):
        return REFUSED, frame
    if kind == of.CODES:
        return codes(at, slot, row, desk), frame
    if kind == of.MAP:
        return pairs(at, slot, row, desk), frame
    length_at, at = row + cell(slot + of.CELL), spaces(at + 1)
    if byte(at) != END:
        collection = cell(desk + of.COLLECTIONS) + cell(slot + of.INSIDE)
        return opened(at, collection, length_at, frame)
    put(length_at, 0)
    return at + 1, frame


@compiled
def onward(at: int, frame: int, desk: int) -> tuple[int, int]:
    """From behind a value to the next key, past all brackets that close on the way."""
    while frame != cell(desk + of.FRAMES):
        at = spaces(at)
        if byte(at) == COMMA:
            at = spaces(at + 1)
            return at if byte(at) == QUOTE else REFUSED, frame
        if byte(at) != CLOSE:
            return REFUSED, frame
        if not sound(frame, desk):
            return REFUSED, frame
        at = listed(at + 1, frame, desk)
        if at < 0 or byte(at) == OPEN:
            return begun(at, frame) if at >= 0 else at, frame
        at, frame = at + 1, frame - of.FRAME
    return at, frame


@compiled
def listed(at: int, frame: int, desk: int) -> int:
    """From behind an object to the next one in its list, or to the last bracket that closes."""
    collection, length_at = cell(frame + of.GROWING), cell(frame + of.LENGTH_AT)
    if collection and unlisted(cell(frame + of.ROW), collection, desk) < 0:
        return FULL_UP
    if length_at == 0:
        return at - 1
    at = following(at, END)
    if at >= 0 and byte(at) == END:
        put(length_at, cell(collection + of.NEXT) - cell(frame + of.BEFORE))
        return at
    return at if at < 0 or byte(at) == OPEN else REFUSED


@compiled
def sound(frame: int, desk: int) -> bool:
    """Whether an object has what it must have, and its fields go together."""
    object, row = cell(frame + of.IN), cell(frame + of.ROW)
    missing = cell(object + of.REQUIRED) & ~cell(row + cell(object + of.SEEN))
    for check in range(cell(object + of.CHECKS), cell(object + of.CHECKS_END), of.CHECK):
        if not together(check, row, cell(desk + of.COUNTRIES)):
            return False
    return missing == 0


@compiled
def together(check: int, row: int, countries: int) -> bool:
    """Whether two fields go together, as far as they are known (see `Relation`)."""
    one, other = cell(row + cell(check + of.ONE)), cell(row + cell(check + of.OTHER))
    if cell(check + of.CHECK_KIND) == of.SINCE:
        return (one >> 32) + (one & 0xFFFFFFFF) >= other >> 32
    if cell(check + of.CHECK_KIND) == of.YEAR:
        return one == cell(check + of.NOTHING) or np.isnan(real(row + cell(check + of.OTHER)))
    width = (one | other) & 0xFFFFFFFF
    return width != 0 or cell(countries + 8 * (one >> 32)) == other >> 32


@compiled
def unlisted(row: int, collection: int, desk: int) -> int:
    """Give each list that is unknown its one phantom, and all lists below it theirs."""
    for listing in range(cell(collection + of.LISTS), cell(collection + of.LISTS_END), of.LISTING):
        if cell(row + cell(listing + of.LISTED_CELL)) == of.UNKNOWN_LIST:
            first = cell(desk + of.COLLECTIONS)
            inner = first + cell(listing + of.LISTED)
            for below in range(inner, first + cell(inner + of.BELOW_END), of.COLLECTION):
                if element(below) < 0:
                    return FULL_UP
    return 0


@compiled
def remember(desk: int, back: bool) -> None:
    """Note where each collection ends, or go back to where it did."""
    saved, end = cell(desk + of.SAVED), cell(desk + of.COLLECTIONS_END)
    for collection in range(cell(desk + of.COLLECTIONS), end, of.COLLECTION):
        if back:
            put(collection + of.NEXT, cell(saved))
        else:
            put(saved, cell(collection + of.NEXT))
        saved += 8


def _scan(version: int) -> Callable[[int, int, int, int], int]:
    """The pass itself. Numba knows what it keeps on disk by this function and by what it encloses,
    not by what it calls: so it encloses the version of it all."""

    @kept
    def scan(at: int, end: int, states: int, desk: int) -> int:
        """Write all plain lines of a text to the cells, and what each line is to `states`.

        Returns the end of the text, or before it where there was no more room.
        """
        assert version
        while at <= end:
            noted = cell(desk + of.NOTED)
            remember(desk, False)
            stop = line(spaces(at), desk)
            if stop == FULL_UP:
                return at
            stop = spaces(stop) if stop >= 0 else stop
            plain = stop == end or (0 <= stop < end and byte(stop) == NEWLINE)
            met = cell(desk + of.NOTED) == noted
            put(states, (PLAIN if met else UNMET) if plain else OTHERWISE)
            if not plain:
                put(desk + of.NOTED, noted)
            if not (plain and met):
                remember(desk, True)
            at = (stop if plain else line_end(at, end)) + 1
            states += 8
        return at

    return scan


scan = _scan(VERSION)
