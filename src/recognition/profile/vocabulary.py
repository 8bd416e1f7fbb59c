"""Vocabularies: the names that codes of a profile may take, each entry with a number from 1.

A code is itself, unless it means something else in the country beside it. Any other text is read as
people write names (`names/`): by labels in both languages, aliases, originals; what stands beside
it may decide, and what would fit two fits none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.memo import Memo
from recognition.names import Reader, Reading, reader
from recognition.names.folding import fold
from recognition.profile.model import Code

LANGUAGES = ("en", "zh")
"""What entries have names in."""
OTHER = 0
"""The number of a text that is in no vocabulary."""
NO_ENTRY = -1
"""The number of nothing: equal to no entry."""


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
    memo: Memo = field(init=False, default_factory=Memo, repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, text: str) -> bool:
        return text in self.numbers

    @property
    def contested(self) -> frozenset[str]:
        """Codes that mean another entry, or none, where some country stands beside them."""
        return self.memo.once("contested", self._contested)

    def _contested(self) -> frozenset[str]:
        abroad = {
            fold(text)
            for entry in self.details.values()
            for field in ("local", "elsewhere")
            for listed in entry.get(field, {}).values()
            for text in listed
        }
        return frozenset(code for code in self.codes if fold(code) in abroad)

    def number(self, text: str) -> int | None:
        """The entry of a code or an alias as it is written here, from 1; None for any other."""
        return self.numbers.get(text)

    def entry(self, number: int) -> str:
        """The code of an entry; empty when the number is none."""
        return self.codes[number - 1] if 0 < number <= len(self.codes) else ""

    def label(self, number: int, lang: str) -> str:
        """An entry's name in a language (`en`, `zh`); its code when it has none."""
        code = self.entry(number)
        entry = self.details.get(code, {})
        return str(entry.get("names", entry).get(lang) or code)

    def titled(self, code: str, lang: str) -> str:
        """An entry's name with its code behind it, where that is another: `Chartered … (CEng)`."""
        name = self.label(self.numbers.get(code, OTHER), lang)
        return f"{name} ({code})" if name != code else code

    def of_kind(self, number: int, only: str) -> bool:
        """Whether an entry is of the kind that is asked for (`country`, `region`; "" for any)."""
        inside = "in" in self.details[self.entry(number)]
        return not only or inside == (only == "region")

    def spellings(self) -> Iterator[str]:
        """Codes first, then aliases: what rules and agreements may write."""
        return iter(self.numbers)

    def accepted(self, only: str = "") -> tuple[str, ...]:
        """The spellings of a kind's entries: codes, then aliases, then labels that are theirs."""
        return self.memo.once(("accepted", only), lambda: self._accepted(only))

    def _accepted(self, only: str) -> tuple[str, ...]:
        fitting = [n for n in range(1, len(self) + 1) if self.of_kind(n, only)]
        known = (text for text, number in self.numbers.items() if self.of_kind(number, only))
        labels = _unambiguous((self.label(n, lang), n) for lang in LANGUAGES for n in fitting)
        return tuple(dict.fromkeys((*known, *labels)))


def vocabulary(name: str, closed: bool, entries: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """A vocabulary of entries, numbered in the order they are given."""
    details = {str(entry["code"]): MappingProxyType(dict(entry)) for entry in entries}
    numbers = {code: number for number, code in enumerate(details, 1)}
    aliases = [
        (alias, numbers[code])
        for code, entry in details.items()
        for alias in entry.get("aliases", ())
    ]
    known = _unambiguous(aliases) | numbers
    return Vocabulary(
        name,
        closed,
        tuple(details),
        MappingProxyType(details),
        MappingProxyType(numbers | known),
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
    readings: Memo = field(init=False, default_factory=partial(Memo, 1 << 14), repr=False)
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
        bodies = {"vocabulary": "bodies", "closed": False}
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

    def read(self, mark: Code, text: str, country: str = "", body: str = "") -> Reading:
        """The entry that a text names where such codes are due, by what stands beside it.

        A line of titles is for its only one that is no membership.
        """
        known = self[mark.vocabulary]
        number = known.numbers.get(text, OTHER)
        is_code = number and text == known.entry(number) and text not in known.contested
        if is_code and known.of_kind(number, mark.only):
            return Reading(text)
        asked = (mark.vocabulary, mark.only, text, country, body)
        return self.readings.once(asked, lambda: self._named(mark, text, country, body))

    def _named(self, mark: Code, text: str, country: str, body: str) -> Reading:
        reading = self.names.read(mark.kind, text, country or None, body or None)
        if mark.where and country and not reading.code:
            anywhere = self.names.read(mark.kind, text, None, body or None)
            reading = anywhere if anywhere.code else reading
        return Reading(self.names.principal(reading), reading.near, reading.shared, reading.parts)

    def homes(self, name: str) -> NDArray[np.int32]:
        """Where the entries of a vocabulary are at home: pairs (entry, country), shape (pairs, 2).

        The country is 0 for an entry that is at home nowhere in particular.
        """
        return self.memo.once(("homes", name), lambda: self._homes(self[name]))

    @property
    def implied(self) -> NDArray[np.int32]:
        """The body and grade of the membership each title implies, shape (titles + 1, 2); or 0."""
        return self.memo.once("implied", self._implied)

    def _implied(self) -> NDArray[np.int32]:
        if "titles" not in self:
            return np.zeros((1, 2), np.int32)
        entries = self["titles"].details.values()
        held = [entry.get("implies", {}).get("membership", {}) for entry in entries]
        bodies, grades = self["bodies"].numbers, self["grades"].numbers
        named = [(one.get("body", ""), one.get("grade", "")) for one in held]
        pairs = [(bodies.get(body, 0), grades.get(grade, 0)) for body, grade in named]
        return np.array([(0, 0), *pairs], np.int32)

    def home_of(self, name: str) -> NDArray[np.int32]:
        """The country of each entry by its number, shape (entries + 1,); 0 for none, or several."""
        return self.memo.once(("home of", name), lambda: self._home_of(name))

    def _home_of(self, name: str) -> NDArray[np.int32]:
        entries, countries = self.homes(name).T
        home = np.zeros(len(self[name]) + 1, np.int32)
        once = np.bincount(entries, minlength=len(home)) == 1
        home[entries] = countries
        return np.where(once, home, 0).astype(np.int32)

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
