"""Single values in JSON: each function gives what is said, and where it ends; negative for no."""

from __future__ import annotations

import numpy as np

from recognition.facts.scan.letters import QUOTE
from recognition.facts.scan.memory import byte, cell, compiled, each, real, whole, word

NULL, TRUE, FALSE = (int.from_bytes(text, "little") for text in (b"null", b"true", b"false"))
_FOUR, _FIVE, _TWO_DIGITS = np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFFFFFF), np.uint64(0xFF)
_DATED = np.uint64(int.from_bytes(b"0000-00-", "little"))
_DASHES = np.uint64(int.from_bytes(b"\0\0\0\0\xff\0\0\xff", "little"))
_OVER_NINE, _HIGH = each(0x80 - 10), each(0x80)
_DASH, _DOT, _ZERO, _E = 0x2D, 0x2E, 0x30, 0x65
MOST_DIGITS = 15
"""So many digits are exact in a float64, and so are the powers of ten up to this one."""


@compiled
def null(at: int) -> bool:
    return whole(word(at) & _FOUR) == NULL


@compiled
def truth(at: int) -> tuple[int, int]:
    """The packed bounds of `true` or `false`."""
    if whole(word(at) & _FOUR) == TRUE:
        return 1 << 32, at + 4
    return 0, at + 5 if whole(word(at) & _FIVE) == FALSE else -1


@compiled
def day(at: int, months: int, open_end: int) -> tuple[int, int]:
    """The packed bounds of a date that begins behind a quote, and where its text ends.

    `months` has the first day of each month, counted as year × 12 + month − 1; `open_end` is what
    `..` stands for, or 0.
    """
    eight = word(at) ^ _DATED
    if (eight & _DASHES) or ((eight + _OVER_NINE) | eight) & _HIGH:
        return coarse(at, months, open_end)
    pairs = eight * np.uint64(10) + (eight >> np.uint64(8))
    century, year = pairs & _TWO_DIGITS, (pairs >> np.uint64(16)) & _TWO_DIGITS
    month = whole((pairs >> np.uint64(40)) & _TWO_DIGITS)
    count = whole(century * np.uint64(1200) + year * np.uint64(12)) + month - 1
    date = digits(at + 8, 2)
    if byte(at + 10) != QUOTE or date < 1 or not 1 <= month <= 12 or count < 12:
        return 0, -1
    number = cell(months + 8 * count) + date - 1
    return number << 32, at + 11 if number < cell(months + 8 * count + 8) else -1


@compiled
def coarse(at: int, months: int, open_end: int) -> tuple[int, int]:
    """As `day`, of a month or a year, or of `..`."""
    if byte(at) == _DOT and byte(at + 1) == _DOT and byte(at + 2) == QUOTE:
        return open_end, at + 3 if open_end else -1
    year, month, length, end = digits(at, 4), 1, 12, at + 4
    if byte(end) == _DASH:
        month, length, end = digits(at + 5, 2), 1, at + 7
    if year < 1 or not 1 <= month <= 12 or byte(end) != QUOTE:
        return 0, -1
    place = months + 8 * (year * 12 + month - 1)
    lo = cell(place)
    return (lo << 32) | (cell(place + 8 * length) - 1 - lo), end + 1


@compiled
def digits(at: int, count: int) -> int:
    """The number that some digits spell; negative where one is none."""
    number = 0
    for i in range(count):
        digit = byte(at + i) - _ZERO
        number = number * 10 + (digit if 0 <= digit <= 9 else -100_000)
    return number


@compiled
def amount(at: int, powers: int) -> tuple[float, int]:
    """A number of few digits without sign or exponent: one division rounds it rightly.

    `powers` has the powers of ten.
    """
    begin, point, number = at, 0, 0
    while at - begin <= MOST_DIGITS + 1:
        digit = byte(at) - _ZERO
        if 0 <= digit <= 9:
            number = number * 10 + digit
        elif digit == _DOT - _ZERO and point == 0:
            point = at
        else:
            break
        at += 1
    before, places = (point or at) - begin, at - point - 1 if point else 0
    wrong = before < 1 or before + places > MOST_DIGITS or (point and places < 1)
    if wrong or (byte(begin) == _ZERO and before > 1) or byte(at) | 0x20 == _E:
        return 0.0, -1
    return number / real(powers + 8 * places), at
