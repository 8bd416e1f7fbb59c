"""What lists of programmes say of a degree: accreditations proposed, for somebody to confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import orjson

from recognition.profile.model import Code
from recognition.profile.vocabulary import Vocabularies
from recognition.programmes import spelling
from recognition.programmes.degree import Wanted, days, text, wanted
from recognition.programmes.entries import ALWAYS, Entry, Span
from recognition.programmes.index import KEPT, LEVEL, NAME, SEVERAL, Hit, ProgrammeIndex
from recognition.programmes.model import Listing
from recognition.programmes.proposal import LISTED, NEAR, NOT_LISTED, Proposal
from recognition.programmes.silence import Silence

OPEN_REST: dict[str, Any] = {"by": None}
"""An accreditation of which nothing is known: other bodies may have accredited the programme too.

A list in a profile is complete. Without this, what one body's list proposes would say that no other
body accredited the programme, and turn what is open into a definite no.
"""


@dataclass(frozen=True, eq=False)
class Matched:
    """What the lists say of names: the rows that are meant, and the same as proposals."""

    hits: tuple[Hit, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    _placed: dict[int, list[Proposal]] = field(default_factory=dict, repr=False)

    @cached_property
    def accreditations(self) -> list[dict[str, Any]]:
        """What is entered into a profile: those without doubts, each once, and an open rest."""
        sure: list[dict[str, Any]] = []
        for one in self.proposals:
            if one.entry and not one.doubts and one.entry.accreditation not in sure:
                sure.append(one.entry.accreditation)
        return [*sure, OPEN_REST] if sure else []

    @cached_property
    def json(self) -> bytes:
        """The accreditations that are entered, as JSON."""
        return orjson.dumps(self.accreditations)

    @cached_property
    def dated(self) -> bool:
        """Whether it depends on the day of the award."""
        return any(hit.borne != ALWAYS for hit in self.hits)

    def of(self, number: int) -> list[Proposal]:
        """The proposals for a profile's degree of that number."""
        if number not in self._placed:
            self._placed[number] = at(self.proposals, number)
        return self._placed[number]


def at(proposals: Iterable[Proposal], number: int) -> list[Proposal]:
    """Proposals for a degree whose accreditations are unknown; those without doubts are entered."""
    return [
        replace(one, pointer=f"/degrees/{number}", entered=one.kind == LISTED and not one.doubts)
        for one in proposals
    ]


class Programmes:
    """The lists of a library, asked about degrees."""

    def __init__(self, listings: Sequence[Listing], vocabularies: Vocabularies) -> None:
        self.listings = tuple(listings)
        self.index = ProgrammeIndex(self.listings, vocabularies)
        self._silence = Silence(self.listings, self.index)
        self._vocabularies = vocabularies
        # As in the index: the same names come a million times.
        self._answers = lru_cache(KEPT)(self._answer)

    @property
    def complete(self) -> bool:
        """Whether some list is complete for some years, so that its silence says something."""
        return bool(self._silence.listings)

    def propose(self, degree: Mapping[str, Any], hints: bool = True) -> list[Proposal]:
        """What the lists say of a degree of a profile; nothing where it is unknown.

        A programme is looked for by its institution's name, its own (`programme`, else `title`),
        country, level and campus. `hints`: tell names that are nearly what is written, too.
        """
        asked = wanted(degree)
        if asked is None:
            return []
        answer = self.answer(asked, text(degree, "awarded_on"))
        return [*answer.proposals, *self.beside(answer, asked, degree, hints)]

    def answer(self, asked: Wanted, awarded: str | None) -> Matched:
        """The rows that are meant by names, for a degree awarded on a day, as it is written."""
        answer = self._answers(asked, None)
        return self._answers(asked, awarded) if answer.dated else answer

    def beside(
        self, answer: Matched, asked: Wanted, degree: Mapping[str, Any], hints: bool
    ) -> Iterator[Proposal]:
        """What is told where no row says it: near names, and the silence of complete lists."""
        if not (self.complete or (hints and not answer.hits)):
            return
        close = self.index.near(asked.institution, asked.programme)
        if close and hints and not answer.hits:
            yield Proposal(NEAR, near=close)
        if not close and self._level(asked.level):
            found = (hit.entry for hit in answer.hits)
            for listing in self._silence.of(asked, degree, found):
                yield Proposal(NOT_LISTED, listing)

    def _answer(self, asked: Wanted, awarded: str | None) -> Matched:
        found = self.index.hits(asked.institution, asked.programme, asked.place, asked.campus)
        hits = tuple(hit for raw in found if (hit := self._of_level(raw, asked.level)))
        return Matched(hits, tuple(_listed(hits, days(awarded))))

    def _of_level(self, hit: Hit, level: str | None) -> Hit | None:
        code = self._level(level)
        if code is None:
            return hit._replace(doubts=hit.doubts | {LEVEL})
        return hit if code == hit.entry.level else None

    def _level(self, level: str | None) -> str | None:
        return self._vocabularies.read(_LEVELS, level).code if level else None


_LEVELS = Code("degree-levels")


def _listed(hits: Iterable[Hit], awarded: Span | None) -> Iterator[Proposal]:
    """A proposal for each row; several programmes of one list are not told apart by themselves."""
    dated = [_borne(hit, awarded) for hit in hits]
    identities = defaultdict(set)
    for hit in dated:
        if not hit.doubts:
            identities[hit.entry.listing.id].add(_identity(hit.entry))
    for entry, doubts, _ in dated:
        several = {SEVERAL} if len(identities[entry.listing.id]) > 1 else set()
        yield Proposal(LISTED, entry.listing, entry, tuple(sorted(doubts | several)))


def _borne(hit: Hit, awarded: Span | None) -> Hit:
    """A hit with its doubt, where the name was surely borne at another time only."""
    if awarded and (awarded[1] < hit.borne[0] or awarded[0] > hit.borne[1]):
        return hit._replace(doubts=hit.doubts | {NAME})
    return hit


def _identity(entry: Entry) -> tuple[Any, ...]:
    """Rows of the same programme, one period after the other, have this in common."""
    keys = frozenset(spelling.programme(text).full for text in entry.row.programme)
    return entry.row.institution, keys, entry.level, entry.campus
