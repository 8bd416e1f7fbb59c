"""Which entries of a vocabulary a key may mean, and where.

An entry is spelt by its code, its label in each language, its aliases and its originals. A spelling
is *local* where it means the entry in one country alone: what an entry lists under `local`, and a
name without the place behind it (`Engineers Registration Board (Uganda)`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from recognition.names.folding import fold, key, letters

Entry = Mapping[str, Any]


class Entries(Protocol):
    """What an index asks of a vocabulary."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in the registry's order."""

    @property
    def details(self) -> Mapping[str, Entry]:
        """The entry of each code as it was written."""


@dataclass(frozen=True)
class Claim:
    """That a text means an entry: everywhere, or in one country (`where`) alone."""

    code: str
    where: str = ""
    is_code: bool = False


@dataclass(frozen=True)
class Spelling:
    """One way of writing an entry, with its key."""

    folded: str
    key: str
    claim: Claim


def _spelling(text: str, claim: Claim) -> Spelling:
    folded = fold(text)
    return Spelling(folded, key(folded), claim)


@dataclass(frozen=True)
class Index:
    """The spellings of a vocabulary by key; unchanged once it is built.

    `exact` holds codes that begin with another code and a hyphen (`US-CA`): only themselves as
    written. `places[code]` are the countries or regions of an entry, empty for one of no country;
    `barred` are pairs of key and country where the key means something else than any entry.
    """

    spellings: tuple[Spelling, ...] = field(repr=False)
    exact: Mapping[str, tuple[Claim, ...]] = field(repr=False)
    keys: Mapping[str, tuple[Claim, ...]] = field(repr=False)
    joined: Mapping[str, tuple[Claim, ...]] = field(repr=False)
    places: Mapping[str, tuple[str, ...]] = field(repr=False)
    barred: frozenset[tuple[str, str]] = field(repr=False)

    @cached_property
    def local(self) -> frozenset[str]:
        """Keys that mean something else in some country."""
        return frozenset(key for key, _ in self.barred)

    def claims(self, folded: str) -> tuple[Claim, ...]:
        """The entries that a folded text may mean, in the registry's order."""
        return (
            self.exact.get(folded.replace("_", "-").rstrip("."))
            or self.keys.get(key(folded))
            or self._joined(folded)
        )

    def _joined(self, folded: str) -> tuple[Claim, ...]:
        found = self.joined.get(letters(folded) or key(folded), ())
        parts = folded.split()
        if found and len(parts) > 1 and any(self.keys.get(part) for part in parts):
            return ()
        return found


def index(vocabulary: Entries, bracketed: Mapping[str, str]) -> Index:
    """The index of a vocabulary; `bracketed` has the country of each place by its key."""
    codes = {fold(code) for code in vocabulary.codes}
    spellings = tuple(
        _spelling(text, claim)
        for code in vocabulary.codes
        for text, claim in _texts(code, vocabulary.details[code], bracketed)
    )
    exact, keys, joined = _Claims(), _Claims(), _Claims()
    for spelling in spellings:
        if _is_composed(spelling.folded, codes):
            exact.add(spelling.folded, spelling.claim)
            continue
        keys.add(spelling.key, spelling.claim)
        if len(spelling.key.replace(" ", "")) <= _LONGEST_ABBREVIATION:
            joined.add(letters(spelling.folded) or spelling.key, spelling.claim)
    places = {code: _places(vocabulary.details[code]) for code in vocabulary.codes}
    barred = frozenset(_barred(vocabulary))
    return Index(spellings, exact.settled(), keys.settled(), joined.settled(), places, barred)


_LONGEST_ABBREVIATION = 16
_BEFORE_PLACE = re.compile(r"^(.*?\S)\s*(?:[（(]([^()（）]+)[)）]|[,，]\s*([^,，()（）]+))$")


def _is_composed(folded: str, codes: set[str]) -> bool:
    first, hyphen, rest = folded.partition("-")
    return bool(hyphen and rest) and first in codes and " " not in folded


def _texts(code: str, entry: Entry, bracketed: Mapping[str, str]) -> Iterator[tuple[str, Claim]]:
    yield code, Claim(code, is_code=True)
    for text in texts(entry):
        yield text, Claim(code)
        yield from _without_place(text, code, bracketed)
    for where, listed in entry.get("local", {}).items():
        yield from ((text, Claim(code, where)) for text in listed)


def texts(entry: Entry) -> Iterator[str]:
    """Labels, aliases, originals and ISO's three letters: what means an entry everywhere."""
    labels = entry.get("names", entry)
    yield from (labels[lang] for lang in ("en", "zh") if labels.get(lang))
    yield from entry.get("aliases", ())
    for original in entry.get("originals", {}).values():
        yield from [original] if isinstance(original, str) else original
    if "alpha3" in entry:
        yield entry["alpha3"]


def _without_place(
    text: str, code: str, bracketed: Mapping[str, str]
) -> Iterator[tuple[str, Claim]]:
    found = _BEFORE_PLACE.match(text)
    where = bracketed.get(key(fold(found[2] or found[3]))) if found else None
    if found and where:
        yield found[1], Claim(code, where)


def _places(entry: Entry) -> tuple[str, ...]:
    written = entry.get("countries") or entry.get("place") or entry.get("in") or ()
    return (written,) if isinstance(written, str) else tuple(written)


def _barred(vocabulary: Entries) -> Iterator[tuple[str, str]]:
    for code in vocabulary.codes:
        for where, listed in vocabulary.details[code].get("elsewhere", {}).items():
            yield from ((key(fold(text)), where) for text in listed)


class _Claims:
    """Claims by key, each once, those of codes first among those of the same entry."""

    def __init__(self) -> None:
        self._found: dict[str, dict[tuple[str, str], Claim]] = {}

    def add(self, text: str, claim: Claim) -> None:
        if text:
            self._found.setdefault(text, {}).setdefault((claim.code, claim.where), claim)

    def settled(self) -> dict[str, tuple[Claim, ...]]:
        return {text: tuple(claims.values()) for text, claims in self._found.items()}
