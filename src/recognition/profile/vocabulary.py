"""Vocabularies: the names that codes of a profile may take, each entry with a number from 1.

A name is known by its code or by an alias. Letters count, their case, accents and punctuation do
not: `P.Eng.` is `PEng`, `MÜDEK` is `MUDEK`. A spelling that would fit two entries fits none.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.memo import Memo
from recognition.names import Reader, reader

LANGUAGES = ("en", "zh")
"""What entries have names in."""
OTHER = 0
"""The number of a text that is in no vocabulary."""
NO_ENTRY = -1
"""The number of nothing: equal to no entry."""


def fold(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A named list of entries; `closed` refuses what is not in it.

    `codes[number - 1]` is an entry's code; `details[code]` is the entry as it was written.
    """

    name: str
    closed: bool
    codes: tuple[str, ...]
    details: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, int] = field(repr=False)
    folded: Mapping[str, int] = field(repr=False)
    memo: Memo = field(init=False, default_factory=Memo, repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, text: str) -> bool:
        return self.number(text) is not None

    def number(self, text: str) -> int | None:
        """The entry of a code or an alias, from 1; None when it is no entry."""
        return self.numbers.get(text) or self.folded.get(fold(text))

    def entry(self, number: int) -> str:
        """The code of an entry; empty when the number is none."""
        return self.codes[number - 1] if 0 < number <= len(self.codes) else ""

    def label(self, number: int, lang: str) -> str:
        """An entry's name in a language (`en`, `zh`); its code when it has none."""
        code = self.entry(number)
        entry = self.details.get(code, {})
        return str(entry.get("names", entry).get(lang) or code)

    def of_kind(self, number: int, only: str) -> bool:
        """Whether an entry is of the kind that is asked for (`country`, `region`; "" for any)."""
        inside = "in" in self.details[self.entry(number)]
        return not only or inside == (only == "region")

    def takes(self, text: str, only: str = "") -> bool:
        """Whether a text may stand where entries of a kind are due: none other if it is closed."""
        number = self.number(text)
        return not self.closed if number is None else self.of_kind(number, only)

    def accepted(self, only: str = "") -> tuple[str, ...]:
        """The spellings of a kind's entries, codes first, then aliases."""
        return tuple(text for text, number in self.numbers.items() if self.of_kind(number, only))

    def named(self, text: str, only: str = "") -> str:
        """The code of the one entry of a kind that has this name, in any language; else empty."""
        labels = self.memo.once(_labels, lambda: _labels(self))
        fitting = [n for n in labels.get(fold(text), ()) if self.of_kind(n, only)]
        return self.entry(fitting[0]) if len(fitting) == 1 else ""

    def spellings(self) -> Iterator[str]:
        """Codes first, then aliases: what may be written."""
        return iter(self.numbers)


def _labels(known: Vocabulary) -> Mapping[str, tuple[int, ...]]:
    """Entries by their names, folded."""
    meant: dict[str, dict[int, None]] = {}
    for number in range(1, len(known) + 1):
        for lang in LANGUAGES:
            meant.setdefault(fold(known.label(number, lang)), {})[number] = None
    return {label: tuple(numbers) for label, numbers in meant.items() if label}


def vocabulary(name: str, closed: bool, entries: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """A vocabulary of entries, numbered in the order they are given."""
    details = {str(entry["code"]): MappingProxyType(dict(entry)) for entry in entries}
    numbers = {code: number for number, code in enumerate(details, 1)}
    folded = _unambiguous((fold(code), number) for code, number in numbers.items())
    aliases = [
        (alias, numbers[code])
        for code, entry in details.items()
        for alias in entry.get("aliases", ())
    ]
    known = _unambiguous(aliases) | numbers
    folded = _unambiguous((fold(alias), number) for alias, number in aliases) | folded
    return Vocabulary(
        name,
        closed,
        tuple(details),
        MappingProxyType(details),
        MappingProxyType(numbers | known),
        MappingProxyType({text: number for text, number in folded.items() if text}),
    )


def _unambiguous(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    claims: dict[str, set[int]] = {}
    for text, number in pairs:
        claims.setdefault(text, set()).add(number)
    return {text: next(iter(numbers)) for text, numbers in claims.items() if len(numbers) == 1}


@dataclass(frozen=True, eq=False)
class Vocabularies:
    """All vocabularies by name, and which country each place lies in.

    `country_of[number]` is the number of a place's country (a country is its own), shape
    (places + 2,): 0 for a place in no list, and the last, index −1, for no entry.
    """

    named: Mapping[str, Vocabulary]
    country_of: NDArray[np.int32] = field(repr=False)
    memo: Memo = field(init=False, default_factory=Memo, repr=False)

    def __getitem__(self, name: str) -> Vocabulary:
        return self.named[name]

    def __contains__(self, name: str) -> bool:
        return name in self.named

    def listed(self, name: str) -> Vocabulary:
        """The vocabulary that a kind's entries stand in: countries and regions are places."""
        return self.named["places" if name in ("countries", "regions") else name]

    @classmethod
    def load(cls, root: Path) -> Vocabularies:
        """Read `rules/vocabularies/*.json` and `standards/bodies.json` below a folder."""
        written = [_read(path) for path in sorted((root / "rules/vocabularies").glob("*.json"))]
        bodies = {"vocabulary": "bodies", "closed": True}
        bodies["entries"] = _read(root / "standards/bodies.json")["bodies"]
        return cls.of([*written, bodies])

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]]) -> Vocabularies:
        """Vocabularies of documents as they stand in the files."""
        named = {
            document["vocabulary"]: vocabulary(
                document["vocabulary"], document["closed"], document["entries"]
            )
            for document in documents
        }
        return cls(MappingProxyType(named), _countries(named["places"]))

    @property
    def names(self) -> Reader:
        """What reads names as people write them; made once, for making it takes a moment."""
        return self.memo.once(Reader, lambda: reader(self.named))

    def homes(self, name: str) -> NDArray[np.int32]:
        """Where the entries of a vocabulary are at home: pairs (entry, country), shape (pairs, 2).

        The country is 0 for an entry that is at home nowhere in particular.
        """
        return self.memo.once(("homes", name), lambda: self._homes(self[name]))

    def _homes(self, known: Vocabulary) -> NDArray[np.int32]:
        numbers = self["places"].numbers
        pairs = [
            (number, self.country_of[numbers.get(place, OTHER)])
            for number, code in enumerate(known.codes, 1)
            for place in _places(known.details[code])
        ]
        return np.array(pairs, np.int32).reshape(-1, 2)


def _places(entry: Mapping[str, Any]) -> Sequence[str]:
    return entry.get("countries") or [str(entry.get("place") or "")]


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _countries(places: Vocabulary) -> NDArray[np.int32]:
    inside = [places.details[code].get("in", code) for code in places.codes]
    numbers = [places.numbers.get(country, OTHER) for country in inside]
    return np.array([OTHER, *numbers, NO_ENTRY], np.int32)
