"""A name with something beside it: a place, its own abbreviation, a branch, the body in brackets.

What stands beside a name is never simply left out: it is understood, and fits the entry that the
rest names, or the whole is not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from recognition.names.folding import fold, words
from recognition.names.reading import NOTHING, Reading, agreed, asked
from recognition.names.register import NameRegister
from recognition.names.variants import variants

_BRACKETED = re.compile(r"[（(\[]([^()（）\[\]]*)[)）\]]")
_PART = re.compile(r"[\s,，–—]+")
_DEEPEST = 2
_MOST_WORDS = 32
_MOST_BRACKETS = 4
_LONGEST_PLACE = 4
_BESIDE = {
    "bodies": (),
    "titles": ("bodies", "disciplines"),
    "grades": ("bodies",),
    "examinations": ("bodies", "disciplines"),
    "degree-levels": ("disciplines",),
    "disciplines": (),
}
"""Vocabularies, beside places, whose entries may qualify a name of the kind."""


@dataclass(frozen=True)
class Qualified:
    """Names of a vocabulary with what may stand beside them."""

    kind: str
    registers: Mapping[str, NameRegister] = field(repr=False)

    def read(self, text: str, country: str = "", depth: int = 0) -> Reading:
        """The entry that a text names, as a whole or with what fits beside it."""
        whole = agreed_first(self.register, self.kind, text, country)
        if whole.code or depth == _DEEPEST or self.kind not in _BESIDE:
            return whole
        if len(text.split()) > _MOST_WORDS:
            return whole
        rest = [
            self._beside(name, beside, country, depth)
            for name, beside in self._splits(text, country)
        ]
        found = agreed(rest)
        return found if found.code or not whole.near else whole

    @property
    def register(self) -> NameRegister:
        """The vocabulary itself."""
        return self.registers[self.kind]

    def _splits(self, text: str, country: str) -> Iterator[tuple[str, str]]:
        """The ways to part a text into a name and what stands beside it."""
        for found in islice(_BRACKETED.finditer(text), _MOST_BRACKETS):
            yield f"{text[: found.start()]} {text[found.end() :]}".strip(" ,，"), found[1]
        before, comma, after = text.replace("，", ",").rpartition(",")
        if comma:
            yield before, after
        parts = [part for part in _PART.split(text) if part]
        for count in range(1, min(_LONGEST_PLACE, len(parts) - 1) + 1):
            for name, beside in ((parts[:-count], parts[-count:]), (parts[count:], parts[:count])):
                if self._among_places(" ".join(beside), country):
                    yield " ".join(name), " ".join(beside)

    def _beside(self, name: str, beside: str, country: str, depth: int) -> Reading:
        if not words(fold(name)) or not words(fold(beside)):
            return NOTHING
        near_by = self._where(beside, country)
        reading = self.read(name, near_by or country, depth + 1)
        if not reading.code or self._fits(reading.code, beside, near_by or country):
            return reading
        return asked([reading.code])

    def _fits(self, code: str, beside: str, near_by: str) -> bool:
        """Whether a place, an abbreviation or a branch beside a name goes with its entry."""
        held = self.register.places(code)
        places = self._among_places(beside, near_by)
        if any(self.register.stands_in(code, place) for place in places):
            return True
        if places and not held:
            return self.kind != "bodies"
        if self.register.read(beside, self._country(held[0]) if held else near_by).code == code:
            return True
        return self._qualifies(code, beside)

    def _qualifies(self, code: str, beside: str) -> bool:
        for kind in _BESIDE[self.kind]:
            found = agreed_first(self.registers[kind], kind, beside, "").code
            if found and (kind != "bodies" or self._goes_with(code, found)):
                return True
        return False

    def _goes_with(self, code: str, body: str) -> bool:
        """Whether a body may give what an entry is: it stands in a place of the entry."""
        held = self.register.places(code)
        near_by = self.registers["bodies"].places(body)
        return not held or any(self.register.stands_in(code, place) for place in near_by)

    def _among_places(self, text: str, country: str) -> list[str]:
        """The country and the region that a text may name: `Georgia` names both."""
        found = (self.registers[kind].read(text, country).code for kind in ("countries", "regions"))
        return [place for place in found if place]

    def _country(self, place: str) -> str:
        return self.register.country_of.get(place, place)

    def _where(self, beside: str, country: str) -> str:
        """The country that stands beside a name, by itself or by a body; empty when it is none."""
        places = [self._country(place) for place in self._among_places(beside, country)]
        if not places and "bodies" in _BESIDE[self.kind]:
            body = self.registers["bodies"].read(beside).code
            places = [self._country(place) for place in self.registers["bodies"].places(body or "")]
        return country if country in places else next(iter(places), "")


def agreed_first(register: NameRegister, kind: str, text: str, country: str) -> Reading:
    """The text as it stands; else the one entry that its variants name."""
    whole = register.read(text, country)
    if whole.code or whole.shared:
        return whole
    found = agreed(register.read(written, country) for written in variants(kind, text))
    return found if found.code or found.near else whole
