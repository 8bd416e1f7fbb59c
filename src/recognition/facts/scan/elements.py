"""Values that are written to cells: a single one, a list of codes, a map.

Each function takes where it is in the text and says where it came to. What is negative there says
that the line is not plain, or that there is no more room.
"""

from __future__ import annotations

import numpy as np

from recognition.facts.scan import layout as of
from recognition.facts.scan.letters import QUOTE, spaces, words
from recognition.facts.scan.memory import byte, cell, compiled, put, put_real, real
from recognition.facts.scan.spellings import MISSING, found
from recognition.facts.scan.values import amount, day, null, truth

REFUSED, FULL_UP = -1, -2
"""A line is not plain; there is no room for its rows."""
COMMA, COLON, OPEN, CLOSE, BEGIN, END = (ord(letter) for letter in ",:{}[]")


@compiled
def element(collection: int) -> int:
    """A new row, of which nothing is known."""
    row, width = cell(collection + of.NEXT), cell(collection + of.WIDTH)
    if row + width > cell(collection + of.FULL):
        return FULL_UP
    blank = cell(collection + of.BLANK) - row
    for at in range(row, row + width, 8):
        put(at, cell(at + blank))
    put(collection + of.NEXT, row + width)
    return row


@compiled
def value(at: int, slot: int, row: int, desk: int) -> int:
    """A single value, written to its cell."""
    kind, place = cell(slot + of.KIND), row + cell(slot + of.CELL)
    if byte(at) == QUOTE:
        return quoted(at + 1, slot, kind, place, desk)
    if null(at):
        return at + 4 if kind != of.NAME else REFUSED
    if kind == of.TRUTH:
        packed, at = truth(at)
        put(place, packed)
        return at
    return number(at, slot, place, desk) if kind == of.AMOUNT else REFUSED


@compiled
def quoted(at: int, slot: int, kind: int, place: int, desk: int) -> int:
    """A text: a code, a day, a name, or any words."""
    if kind == of.CODE:
        return code(at, cell(slot + of.CONTEXT), place, desk)
    if kind == of.DAY:
        packed, end = day(at, cell(desk + of.MONTHS), cell(slot + of.OPEN_END))
        put(place, packed)
        return end
    if kind == of.WORDS:
        return words(at, True)
    if kind != of.NAME:
        return REFUSED
    end = words(at, False)
    put(place, at)
    put(place + 8, end - 1)
    return end if end != at + 1 else REFUSED


@compiled
def code(at: int, context: int, place: int, desk: int) -> int:
    """A code; a text that is not known is noted, and then passed over."""
    number, end = found(at, context, cell(desk + of.SPELLINGS))
    put(place, number)
    if number >= 0:
        return end + 1
    noted = cell(desk + of.NOTED)
    if number != MISSING or noted == cell(desk + of.NOTED_END):
        return REFUSED
    put(noted, context)
    put(noted + 8, at)
    put(noted + 16, end)
    put(desk + of.NOTED, noted + of.NOTE)
    return end + 1


@compiled
def number(at: int, slot: int, place: int, desk: int) -> int:
    """An amount within its limits."""
    said, at = amount(at, cell(desk + of.POWERS))
    put_real(place, said)
    if said < real(slot + of.LOWEST) or said > real(slot + of.HIGHEST):
        return REFUSED
    return REFUSED if cell(slot + of.WHOLE) and said != np.floor(said) else at


@compiled
def codes(at: int, slot: int, row: int, desk: int) -> int:
    """A list of codes."""
    collection = cell(desk + of.COLLECTIONS) + cell(slot + of.INSIDE)
    begun, inner = cell(collection + of.NEXT), cell(collection + of.ELEMENT)
    at = spaces(at + 1)
    while byte(at) != END:
        held = element(collection)
        at = value(at, inner, held, desk) if held >= 0 else held
        at = following(at, END)
        if at < 0:
            return at
    put(row + cell(slot + of.CELL), cell(collection + of.NEXT) - begun)
    return at + 1


@compiled
def pairs(at: int, slot: int, row: int, desk: int) -> int:
    """A map, whose keys are codes, none of them twice."""
    collection = cell(desk + of.COLLECTIONS) + cell(slot + of.INSIDE)
    begun, inner = cell(collection + of.NEXT), cell(collection + of.ELEMENT)
    at = spaces(at + 1)
    while byte(at) != CLOSE:
        held = element(collection)
        at = pair(at, inner, held, desk) if held >= 0 else held
        at = following(at, CLOSE)
        if at < 0 or again(begun, held, cell(collection + of.WIDTH)):
            return at if at < 0 else REFUSED
    put(row + cell(slot + of.CELL), cell(collection + of.NEXT) - begun)
    return at + 1


@compiled
def following(at: int, end: int) -> int:
    """From behind an element to the next one, or to the bracket that ends them all."""
    if at < 0:
        return at
    at = spaces(at)
    if byte(at) == end:
        return at
    if byte(at) != COMMA:
        return REFUSED
    at = spaces(at + 1)
    return at if byte(at) != end else REFUSED


@compiled
def pair(at: int, slot: int, row: int, desk: int) -> int:
    """A key and its value."""
    at = value(at, slot, row, desk) if byte(at) == QUOTE else REFUSED
    if at < 0:
        return at
    at = spaces(at)
    return value(spaces(at + 1), slot + of.SLOT, row, desk) if byte(at) == COLON else REFUSED


@compiled
def again(begun: int, row: int, width: int) -> bool:
    """Whether a row begins as one before it does."""
    other = begun
    while cell(other) != cell(row):
        other += width
    return other != row
