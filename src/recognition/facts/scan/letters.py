"""Passing over a text: white space, the ends of strings and lines, letters, escapes."""

from __future__ import annotations

import numpy as np

from recognition.facts.scan.memory import byte, compiled, each, word, zeros

QUOTE, BACKSLASH, SPACE, NEWLINE = 0x22, 0x5C, 0x20, 0x0A
_ONE, _HIGH, _SPACES = each(1), each(0x80), each(SPACE)
_QUOTES, _BACKSLASHES, _NEWLINES = each(QUOTE), each(BACKSLASH), each(NEWLINE)


@compiled
def ends(eight: np.uint64) -> np.uint64:
    """Bits whose lowest is set in the first quote, backslash or control character, if any."""
    quotes, slashes = eight ^ _QUOTES, eight ^ _BACKSLASHES
    found = (quotes - _ONE) & ~quotes | (slashes - _ONE) & ~slashes | (eight - _SPACES) & ~eight
    return found & _HIGH


@compiled
def first(bits: np.uint64) -> int:
    """Which of eight bytes the lowest bit lies in."""
    return zeros(bits) >> 3


@compiled
def below(eight: np.uint64, count: int) -> np.uint64:
    """The first bytes, fewer than eight, the others 0."""
    return eight & ((np.uint64(1) << np.uint64(8 * count)) - np.uint64(1))


@compiled
def spaces(at: int) -> int:
    """Behind the white space, if there is any; a new line is none, for it ends a profile."""
    while byte(at) <= SPACE and (byte(at) == 0x20 or byte(at) == 0x09 or byte(at) == 0x0D):
        at += 1
    return at


@compiled
def line_end(at: int, end: int) -> int:
    """Where the next line feed is, or the end of the text."""
    while at < end:
        others = word(at) ^ _NEWLINES
        feeds = (others - _ONE) & ~others & _HIGH
        if feeds:
            return min(at + first(feeds), end)
        at += 8
    return end


@compiled
def words(at: int, escaped: bool) -> int:
    """Behind the closing quote of any text; negative where it is not whole."""
    while True:
        eight = word(at)
        strange = ends(eight) | (eight & _HIGH)
        if strange == 0:
            at += 8
            continue
        at += first(strange)
        if byte(at) == QUOTE:
            return at + 1
        if byte(at) >= 0x80:
            at = letter(at)
        else:
            at = escape(at + 1) if byte(at) == BACKSLASH and escaped else -1
        if at < 0:
            return -1


@compiled
def escape(at: int) -> int:
    """Behind an escaped letter; halves of letters are not plain."""
    held = byte(at)
    if held == 0x75:
        number = 0
        for i in range(1, 5):
            number = number * 16 + sixteenth(byte(at + i))
        return at + 5 if 0 <= number < 0xD800 or number > 0xDFFF else -1
    for known in (0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74):
        if held == known:
            return at + 1
    return -1


@compiled
def sixteenth(letter: int) -> int:
    """The digit that a letter is; far below 0 for another one."""
    if 0x30 <= letter <= 0x39:
        return letter - 0x30
    small = letter | 0x20
    return small - 0x57 if 0x61 <= small <= 0x66 else -0x10000


@compiled
def letter(at: int) -> int:
    """Behind a letter of several bytes; negative where they are none in UTF-8."""
    lead, following = byte(at), byte(at + 1)
    more = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    least = 0xA0 if lead == 0xE0 else 0x90 if lead == 0xF0 else 0x80
    most = 0x9F if lead == 0xED else 0x8F if lead == 0xF4 else 0xBF
    if not (0xC2 <= lead <= 0xF4 and least <= following <= most):
        return -1
    for i in range(2, more + 1):
        if not 0x80 <= byte(at + i) <= 0xBF:
            return -1
    return at + more + 1
