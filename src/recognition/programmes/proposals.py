"""What lists of programmes say of a degree: accreditations proposed, for somebody to confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recognition import dates
from recognition.profile.vocabulary import OTHER, Vocabularies
from recognition.programmes import spelling
from recognition.programmes.entries import Entry, Span, names, sources, span
from recognition.programmes.index import LEVEL, NAME, SEVERAL, Hit, Index
from recognition.programmes.model import Complete, Listing, Source
from recognition.programmes.words import said

LISTED, NOT_LISTED, NEAR = "listed", "not-listed", "near"


@dataclass(frozen=True)
class Proposal:
    """What one row, or one list, says of a degree.

    `kind`: `listed` (`accreditations` holds the one of the row), `not-listed` (`[]`: the list is
    complete for the body, the country and the year), `near` (None: nearly the names in `near`).
    `doubts`: why it is not entered into a profile by itself; `entered`: whether it was.
    """

    kind: str
    listing: Listing | None = None
    entry: Entry | None = None
    doubts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    pointer: str = ""
    entered: bool = False

    @property
    def accreditations(self) -> list[dict[str, Any]] | None:
        """The accreditations as a profile has them."""
        if self.kind == NEAR:
            return None
        return [dict(self.entry.accreditation)] if self.entry else []

    def document(self) -> dict[str, Any]:
        """It as it stands in an answer, with `words` in both languages."""
        told: dict[str, Any] = {"pointer": self.pointer, "kind": self.kind}
        told["accreditations"] = self.accreditations
        if self.listing:
            told |= {"body": self.listing.body, "derived_from": _origin(self.listing, self.entry)}
        if self.entry:
            borne = [name.text for name in names(self.entry.institution)]
            told["institution"] = _in_both(borne)
            told["programme"] = _in_both(self.entry.row.programme)
            told |= {"level": self.entry.level, "campus": self.entry.row.campus}
        told |= {"doubts": list(self.doubts), "near": list(self.near), "entered": self.entered}
        told["words"] = {lang: said(told, lang) for lang in ("en", "zh")}
        return told


def _origin(listing: Listing, entry: Entry | None) -> dict[str, Any]:
    """Where a proposal comes from; the row is counted from 0, sources are ids or titles."""
    read = sources(listing, entry.row if entry else None)
    titled = [one for one in read if isinstance(one, Source)]
    told: dict[str, Any] = {"list": listing.id, "row": entry.number if entry else None}
    told["source"] = [one.title if isinstance(one, Source) else one for one in read]
    told["urls"] = [one.url for one in titled if one.url]
    told["read_on"] = listing.read_on
    return told | ({"made_up": True} if listing.made_up else {})


def _in_both(texts: Sequence[str]) -> dict[str, str]:
    """The first name that is written in a language's script, or the first there is."""
    scripts = {"en": "other", "zh": "han"}
    return {
        lang: next((text for text in texts if _script(text) == script), texts[0])
        for lang, script in scripts.items()
    }


class Programmes:
    """The lists of a library, asked about degrees."""

    def __init__(self, listings: Sequence[Listing], vocabularies: Vocabularies) -> None:
        self.listings = tuple(listings)
        self.index = Index(self.listings, vocabularies)
        self._levels = vocabularies["degree-levels"]
        self._complete = [(listing, part) for listing in self.listings for part in listing.complete]
        self._scripts = {listing.id: _scripts(listing) for listing in self.listings}

    def propose(self, degree: Mapping[str, Any], hints: bool = True) -> list[Proposal]:
        """What the lists say of a degree of a profile; nothing where it is unknown.

        A programme is looked for by its institution's name, its own (`programme`, else `title`),
        country, level and campus. `hints`: tell names that are nearly what is written, too.
        """
        institution, programme = _text(degree, "institution"), _text(degree, "programme")
        programme = programme or _text(degree, "title")
        if not (self.listings and institution and programme):
            return []
        place, campus = _place(degree), _text(degree, "campus")
        found = self.index.hits(institution, programme, place, campus)
        hits = [hit for raw in found if (hit := self._of_level(raw, degree))]
        told = [*_listed(hits, _days(degree, "awarded_on"))]
        if self._complete or (hints and not hits):
            close = self.index.near(institution, programme)
            if close and not hits and hints:
                told.append(Proposal(NEAR, near=close))
            told += self._not_listed(degree, hits, close)
        return told

    def _of_level(self, hit: Hit, degree: Mapping[str, Any]) -> Hit | None:
        number = self._levels.number(_text(degree, "level") or "")
        if number is None:
            return hit._replace(doubts=hit.doubts | {LEVEL})
        return hit if self._levels.entry(number) == hit.entry.level else None

    # --- what is known not to be listed

    def _not_listed(
        self, degree: Mapping[str, Any], hits: Sequence[Hit], close: Sequence[str]
    ) -> Iterator[Proposal]:
        for listing in {part[0].id: part[0] for part in self._complete}.values():
            ours = [hit.entry for hit in hits if hit.entry.listing.body == listing.body]
            perhaps = any(_may_cover(entry, degree) for entry in ours)
            if not (close or perhaps) and self._would_list(listing, degree):
                yield Proposal(NOT_LISTED, listing)

    def _would_list(self, listing: Listing, degree: Mapping[str, Any]) -> bool:
        """Whether a list would name this programme if it were accredited."""
        country = self.index.country(_place(degree))
        if country == OTHER or not self._levels.number(_text(degree, "level") or ""):
            return False
        told = _text(degree, "programme") or _text(degree, "title") or ""
        if not spelling.programme(told).subject or not self._read(listing, degree, told):
            return False
        basis, parts = listing.defaults.basis, listing.complete
        here = [part for part in parts if self.index.country(part.country) == country]
        return any(_within(part, basis, degree) for part in here)

    def _read(self, listing: Listing, degree: Mapping[str, Any], programme: str) -> bool:
        """Whether all names of a list can be compared: they are in the script that is written."""
        scripts = self._scripts[listing.id]
        return {_script(_text(degree, "institution") or ""), _script(programme)} <= scripts


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


def _may_cover(entry: Entry, degree: Mapping[str, Any]) -> bool:
    day = {"completion": _award(degree), "intake": _start(degree)}.get(entry.basis or "")
    return day is None or (day[1] >= entry.days[0] and day[0] <= entry.days[1])


def _within(part: Complete, basis: str | None, degree: Mapping[str, Any]) -> bool:
    """Whether all days that may count lie in the years for which a list is complete."""
    counted = {"completion": [_award(degree)], "intake": [_start(degree)]}
    days = counted.get(basis or "", [_award(degree), _start(degree)])
    first, last = span(part.from_, part.until)
    return all(day is not None and first <= day[0] and day[1] <= last for day in days)


def _award(degree: Mapping[str, Any]) -> Span | None:
    return _days(degree, "awarded_on")


def _start(degree: Mapping[str, Any]) -> Span | None:
    return _days(degree, "notional_start") or _days(degree, "started_on")


def _days(degree: Mapping[str, Any], name: str) -> Span | None:
    """The days a date may be; None where it is unknown, or no date."""
    try:
        return dates.parse(_text(degree, name) or "")
    except ValueError:
        return None


def _text(degree: Mapping[str, Any], name: str) -> str | None:
    said = degree.get(name)
    return said if isinstance(said, str) and said else None


def _place(degree: Mapping[str, Any]) -> str | None:
    """Where a degree was delivered: as its country where the key is absent."""
    return _text(degree, "delivered_in" if "delivered_in" in degree else "country")


def _script(text: str) -> str:
    return "han" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "other"


def _scripts(listing: Listing) -> set[str]:
    """The scripts in which a list names each of its institutions and programmes."""
    named = [{_script(name.text) for name in names(i)} for i in listing.institutions.values()]
    taught = [set(map(_script, row.programme)) for row in listing.rows]
    return set.intersection(*named, *taught) if named and taught else set()


def at(proposals: Iterable[Proposal], pointer: str, entered: bool) -> list[Proposal]:
    """Proposals with the degree they are of; those without doubts entered, if any is."""
    return [
        replace(one, pointer=pointer, entered=entered and one.kind == LISTED and not one.doubts)
        for one in proposals
    ]
