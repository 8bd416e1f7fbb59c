"""One reading of names for every door: a reader is built of vocabularies, and reads texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from recognition.memo import Memo
from recognition.names import postnominals
from recognition.names.folding import LONGEST, fold, key, segments
from recognition.names.index import Entries, index, texts
from recognition.names.qualified import Qualified
from recognition.names.reading import NOTHING, Reading, asked
from recognition.names.register import NameRegister

KINDS: Mapping[str, str] = {
    "body": "bodies",
    "title": "titles",
    "discipline": "disciplines",
    "degree-level": "degree-levels",
    "grade": "grades",
    "examination": "examinations",
    "place": "places",
    "country": "countries",
    "region": "regions",
    "language": "languages",
    "language-test": "language-tests",
    "attestation": "attestations",
}
"""Short names of vocabularies; every vocabulary also goes by its own."""
_PLACES = {"countries": "country", "regions": "region"}
"""The two kinds of places, which are read apart too: `Georgia` is a country and a region."""


@dataclass(frozen=True)
class Reader:
    """Reads names of every vocabulary; unchanged once it is built, so threads may share it."""

    registers: Mapping[str, NameRegister] = field(repr=False)
    memberships: frozenset[str] = field(repr=False)
    """Titles that are letters of a membership: those that imply one."""

    def read(
        self, kind: str, text: str, country: str | None = None, body: str | None = None
    ) -> Reading:
        """The entry that a text names among those of a kind.

        `kind` is one of `KINDS` or a vocabulary's name (KeyError when it is neither); `country` a
        place's code, `body` a body as written: what stands beside the text and may decide.
        """
        name = KINDS.get(kind, kind)
        register = self.registers[name]
        where = self._country(country) or self._country_of_body(body)
        if not 0 < len(text) <= LONGEST:
            return NOTHING
        found = self._segments(name, text, where)
        if found.code or found.near:
            return found
        listed = [register.read(part, where).code for part in _LISTED.split(text)[:_MOST_SEGMENTS]]
        near = register.nearness.near(fold(text))
        return asked((*(code for code in listed if code), *near) if len(listed) > 1 else near)

    def everywhere(self, kind: str, text: str) -> str | None:
        """The entry that a whole text names wherever it stands; None where that may depend."""
        register = self.registers[KINDS.get(kind, kind)]
        return register.everywhere(text) if len(text) <= LONGEST else None

    def rows(
        self, kind: str, texts: Iterable[str], country: str | None = None
    ) -> Iterator[dict[str, Any]]:
        """For each text, in order: `{"text", "kind", "code", "near"}`."""
        for text in texts:
            reading = self.read(kind, text, country)
            yield {"text": text, "kind": kind, "code": reading.code, "near": list(reading.near)}

    def principal(self, reading: Reading) -> str | None:
        """The title that a line of titles is for: its only part that is no membership.

        `CEng MICE` is for CEng, and MICE implies a membership; `CPEng NER` is for neither alone.
        """
        titles = [code for code in reading.parts if code not in self.memberships]
        return titles[0] if len(titles) == 1 else reading.code

    def _segments(self, name: str, text: str, country: str) -> Reading:
        """A text with `;` or `|`, or names on both sides of a `/`, names one entry or is open."""
        whole = self._one(name, text, country)
        if whole.code or whole.near:
            return whole
        parts = segments(text) if len(segments(text)) > 1 else segments(text.replace("/", ";"))
        if len(parts) < 2:
            return whole
        readings = [self._one(name, part, country) for part in parts[:_MOST_SEGMENTS]]
        codes = {reading.code for reading in readings}
        if len(codes) == 1 and None not in codes and len(parts) <= _MOST_SEGMENTS:
            return readings[0]
        return asked(code for code in (r.code for r in readings) if code)

    def _one(self, name: str, text: str, country: str) -> Reading:
        if len(segments(text)) > 1:
            return NOTHING
        found = Qualified(name, self.registers).read(text, country)
        if found.code or name != "titles":
            return found
        title = partial(Qualified(name, self.registers).read, country=country, depth=1)
        row = postnominals.read(
            text, title, self.registers["degree-levels"], self.registers["bodies"]
        )
        return row if row.code or row.parts or not found.near else found

    def _country(self, place: str | None) -> str:
        for kind in ("countries", "regions") if place else ():
            code = self.registers[kind].read(place or "").code
            if code:
                return self.registers[kind].country_of[code]
        return ""

    def _country_of_body(self, body: str | None) -> str:
        if not body:
            return ""
        bodies = self.registers["bodies"]
        code = Qualified("bodies", self.registers).read(body).code
        return bodies.country_of.get(next(iter(bodies.places(code or "")), ""), "")


_MOST_SEGMENTS = 8
_LISTED = re.compile(r"\s*(?:[,，、/&+和及与]|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
"""Between the names of a list: each is a hint."""


def reader(vocabularies: Mapping[str, Entries]) -> Reader:
    """A reader of vocabularies by name; `places` must be among them."""
    titles = vocabularies["titles"].details if "titles" in vocabularies else {}
    memberships = frozenset(code for code in titles if "implies" in titles[code])
    return Reader(_Registers(vocabularies), memberships)


class _Registers(Mapping[str, NameRegister]):
    """The register of each vocabulary, made when it is first asked for: places are many."""

    def __init__(self, vocabularies: Mapping[str, Entries]) -> None:
        places = vocabularies["places"]
        parts = {name: _OfKind.of(places, kind) for name, kind in _PLACES.items()}
        self._entries = {**vocabularies, **parts}
        self._of_places = (*_PLACES, "places")
        self._country_of = {
            code: str(places.details[code].get("in", code)) for code in places.codes
        }
        self._memo = Memo()

    def __getitem__(self, name: str) -> NameRegister:
        held = self._entries[name]
        return self._memo.once(name, lambda: self._made(name, held))

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _made(self, name: str, held: Entries) -> NameRegister:
        bracketed = {} if name in self._of_places else self._memo.once(_Registers, self._bracketed)
        return NameRegister(index(held, bracketed), self._country_of)

    def _bracketed(self) -> Mapping[str, str]:
        """The country of each place by its name, as it stands in brackets behind others."""
        places = self._entries["places"]
        return {
            key(fold(text)): self._country_of[code]
            for code in reversed(places.codes)
            for text in (code, *texts(places.details[code]))
        }


@dataclass(frozen=True)
class _OfKind:
    """The entries of a vocabulary that are of one kind."""

    codes: tuple[str, ...]
    details: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, whole: Entries, kind: str) -> _OfKind:
        codes = tuple(code for code in whole.codes if whole.details[code].get("kind") == kind)
        return cls(codes, {code: _shortened(code, whole.details[code]) for code in codes})


def _shortened(code: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """A region of a country is written by the end of its code too, beside that country: `TX`."""
    country, hyphen, rest = code.partition("-")
    return {**entry, "local": {country: [rest]}} if hyphen else entry
