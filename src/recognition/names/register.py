"""The names of one vocabulary: a text is looked up as it stands, and nothing is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from recognition.names.folding import LONGEST, fold, key
from recognition.names.index import Claim, Index
from recognition.names.nearness import Nearness, nearness
from recognition.names.reading import NOTHING, Reading, asked


@dataclass(frozen=True)
class NameRegister:
    """The index of a vocabulary with the country of each place; unchanged once it is built."""

    index: Index
    country_of: Mapping[str, str] = field(repr=False)

    @cached_property
    def nearness(self) -> Nearness:
        """The words of all spellings, built when a hint is first asked for; always the same."""
        return nearness(self.index.spellings)

    def read(self, text: str, country: str = "") -> Reading:
        """The entry that the whole of a text names, `country` being the one beside it or empty."""
        if len(text) > LONGEST:
            return NOTHING
        folded = fold(text)
        claims = self.index.claims(folded)
        return self._settled(claims, key(folded), country) if claims else NOTHING

    def everywhere(self, text: str) -> str | None:
        """The only entry that claims the whole of a text, in whatever country."""
        folded = fold(text)
        claims = self.index.claims(folded)
        one = len({claim.code for claim in claims}) == 1
        local = any(claim.where for claim in claims) or key(folded) in self.index.local
        return claims[0].code if one and not local else None

    def _settled(self, claims: tuple[Claim, ...], text: str, country: str) -> Reading:
        """One of several claims: that of the country, a code, or the only one there is."""
        here = _codes(claim for claim in claims if country and claim.where == country)
        if here:
            return Reading(here[0]) if len(here) == 1 else asked(here, shared=True)
        if (text, country) in self.index.barred:
            return asked(_codes(claims))
        code = next((claim.code for claim in claims if claim.is_code), None)
        return Reading(code) if code else self._only(claims, country)

    def _only(self, claims: tuple[Claim, ...], country: str) -> Reading:
        """The only entry that a name means everywhere, unless it is a name of places apart.

        With a country beside it, a name that some entry has as a local one is that entry's there
        alone: `Engineering Council` means Britain's, and not in South Africa.
        """
        everyone = _codes(claims)
        anywhere = _codes(claim for claim in claims if not claim.where)
        local = {claim.code for claim in claims if claim.where}
        if len(anywhere) == 1 and (anywhere[0] not in local if country else len(everyone) == 1):
            return Reading(anywhere[0])
        among = [code for code in anywhere if country and self.stands_in(code, country)]
        around = among or [code for code in anywhere if self._holds(code, everyone)]
        if len(around) == 1:
            return Reading(around[0])
        return asked(everyone, shared=len(everyone) > 1)

    def _holds(self, code: str, others: tuple[str, ...]) -> bool:
        """Whether an entry is a country, and all others of the same name are regions of it."""
        rest = [other for other in others if other != code]
        return bool(rest) and all(code in self.places(other) for other in rest)

    def places(self, code: str) -> tuple[str, ...]:
        """The countries or regions of an entry; empty where it has none."""
        return self.index.places.get(code, ())

    def stands_in(self, code: str, place: str) -> bool:
        """Whether an entry is of a place, of its country, or of a part of it."""
        return any(
            place == held
            or self.country_of.get(place) == held
            or self.country_of.get(held) == place
            for held in self.places(code)
        )


def _codes(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.code for claim in claims))
