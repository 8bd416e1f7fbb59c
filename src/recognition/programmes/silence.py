"""What a complete list says by silence, for its country and its years alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recognition.profile.vocabulary import OTHER
from recognition.programmes import spelling
from recognition.programmes.degree import Wanted, award, start
from recognition.programmes.entries import Entry, names, span
from recognition.programmes.index import ProgrammeIndex
from recognition.programmes.model import Complete, Listing


class Silence:
    """The lists that are complete for some years."""

    def __init__(self, listings: Iterable[Listing], index: ProgrammeIndex) -> None:
        self.listings = [listing for listing in listings if listing.complete]
        self._index = index
        self._scripts = {listing.id: _scripts(listing) for listing in self.listings}

    def of(
        self, asked: Wanted, degree: Mapping[str, Any], found: Iterable[Entry]
    ) -> Iterator[Listing]:
        """The lists that would name a degree of a known level if their body had accredited it.

        `found`: the rows it may be, which are none of its silence where they may cover it.
        """
        perhaps = {entry.listing.body for entry in found if _may_cover(entry, degree)}
        for listing in self.listings:
            if listing.body not in perhaps and self._would_name(listing, asked, degree):
                yield listing

    def _would_name(self, listing: Listing, asked: Wanted, degree: Mapping[str, Any]) -> bool:
        country = self._index.country(asked.place)
        written = {spelling.script(text) for text in (asked.institution, asked.programme)}
        if country == OTHER or not spelling.programme(asked.programme).subject:
            return False
        here = [one for one in listing.complete if self._index.country(one.country) == country]
        return written <= self._scripts[listing.id] and any(
            _within(part, listing.defaults.basis, degree) for part in here
        )


def _may_cover(entry: Entry, degree: Mapping[str, Any]) -> bool:
    """Whether an accreditation may have held on the day that counts."""
    basis = entry.accreditation["basis"]
    day = {"completion": award(degree), "intake": start(degree)}.get(basis)
    return day is None or (day[1] >= entry.days[0] and day[0] <= entry.days[1])


def _within(part: Complete, basis: str | None, degree: Mapping[str, Any]) -> bool:
    """Whether all days that may count lie in the years for which a list is complete."""
    counted = {"completion": [award(degree)], "intake": [start(degree)]}
    days = counted.get(basis or "", [award(degree), start(degree)])
    first, last = span(part.from_, part.until)
    return all(day is not None and first <= day[0] and day[1] <= last for day in days)


def _scripts(listing: Listing) -> set[str]:
    """The scripts in which a list names each of its institutions and programmes."""
    named = [
        {spelling.script(name.text) for name in names(one)} for one in listing.institutions.values()
    ]
    taught = [set(map(spelling.script, row.programme)) for row in listing.rows]
    return set.intersection(*named, *taught) if named and taught else set()
