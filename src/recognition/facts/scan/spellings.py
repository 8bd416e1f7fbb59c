"""Texts that are known, each with its number: a table that compiled code looks bytes up in.

A text is known in a context: the keys of one kind of object, or the spellings of one vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.facts.scan.letters import QUOTE, below, ends, first
from recognition.facts.scan.memory import byte, cell, compiled, whole, word

MISSING, REFUSED = -1, -2
"""No such text is known; it is known to be none, or there are escapes in it."""

Numbers = NDArray[np.int64]
Words = NDArray[np.uint64]

CONTEXT, BEGIN, LENGTH, NUMBER, ENTRY = range(0, 40, 8)
"""An entry: its context, where its bytes are, how many, its number; and how long an entry is."""
PLACES, LAST = 0, 8
"""A table: its places (addresses of entries, or 0), and how many they are, less one."""


class Spellings:
    """The table of some texts, each in a context, with their numbers (REFUSED where it is none)."""

    def __init__(self, known: Mapping[tuple[int, bytes], int]) -> None:
        padded = [text + bytes(8 - len(text) % 8) for _, text in known]
        self._letters = np.frombuffer(b"".join(padded), np.uint64)
        words = np.array([len(text) // 8 for text in padded])
        begins = np.cumsum(words) - words
        mixes = _mixes(np.array([context for context, _ in known]), self._letters, begins, words)
        held = zip(known.items(), (8 * begins + self._letters.ctypes.data).tolist(), strict=True)
        entries = [(context, at, len(text), number) for ((context, text), number), at in held]
        self._entries = np.array(entries, np.int64)
        self._places = _places(mixes, self._entries.ctypes.data)
        self._table = np.array([self._places.ctypes.data, len(self._places) - 1], np.int64)
        self.address: int = self._table.ctypes.data


_PRIME = np.uint64(0x9E3779B97F4A7C15)


def _mixed(sofar: Any, eight: Any) -> Any:
    """Eight more bytes stirred in."""
    stirred = (sofar ^ eight) * _PRIME
    return stirred ^ (stirred >> np.uint64(32))


mixed = compiled(_mixed)


def _mixes(contexts: Numbers, letters: Words, begins: Numbers, words: Numbers) -> Words:
    """What the bytes of each text come to when they are stirred."""
    mixes = contexts.astype(np.uint64) * _PRIME
    for i in range(words.max()):
        longer = words > i
        mixes[longer] = _mixed(mixes[longer], letters[begins[longer] + i])
    return mixes


def _places(mixes: Words, entries: int) -> Numbers:
    """A table, at least twice as long as there are entries, with each in the first free place."""
    table = np.zeros(1 << (2 * len(mixes)).bit_length(), np.int64)
    last = len(table) - 1
    for number, place in enumerate((mixes & np.uint64(last)).tolist()):
        while table[place]:
            place = (place + 1) & last
        table[place] = entries + ENTRY * number
    return table


@compiled
def found(at: int, context: int, table: int) -> tuple[int, int]:
    """The number of a text that begins behind a quote, and where its closing quote is."""
    mix, end = np.uint64(context) * _PRIME, at
    eight = word(end)
    stop = ends(eight)
    while stop == 0:
        mix, end = mixed(mix, eight), end + 8
        eight = word(end)
        stop = ends(eight)
    rest = below(eight, first(stop))
    close = end + first(stop)
    if byte(close) != QUOTE:
        return REFUSED, close
    place = whole(mixed(mix, rest)) & cell(table + LAST)
    while True:
        entry = cell(cell(table + PLACES) + 8 * place)
        if entry == 0:
            return MISSING, close
        alike = cell(entry + CONTEXT) == context and cell(entry + LENGTH) == close - at
        if alike and same(at, end, rest, cell(entry + BEGIN) - at):
            return cell(entry + NUMBER), close
        place = (place + 1) & cell(table + LAST)


@compiled
def same(at: int, end: int, rest: np.uint64, away: int) -> bool:
    """Whether whole words up to an end, and then the rest, are those that stand so far away."""
    while at < end:
        if word(at) != word(at + away):
            return False
        at += 8
    return whole(word(end + away) ^ rest) == 0


@compiled
def begins(at: int, held: int, held_end: int) -> bool:
    """Whether the text that stands from `held` to `held_end` begins here."""
    away = held - at
    end = held_end - away
    while at + 8 < end:
        if word(at) != word(at + away):
            return False
        at += 8
    others = (word(at) ^ word(at + away)) << np.uint64(8 * (at + 8 - end))
    return whole(others) == 0
