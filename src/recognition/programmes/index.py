"""Which rows a degree's institution and programme may be, by dictionaries alone.

A name is looked for in full; then without its brackets, in which a campus may stand; then with its
words in any order; then among names that have brackets the text has not. In each list the first
that finds something counts. What was not compared word for word, or not at all, is a *doubt*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from recognition.profile.model import Code
from recognition.profile.vocabulary import OTHER, Vocabularies
from recognition.programmes import spelling
from recognition.programmes.entries import Entry, Span, entries, names, span
from recognition.programmes.model import Institution, Listing
from recognition.programmes.near import near

KEPT = 1 << 16
"""Texts of which what was found is kept: the ones that are met again and again."""

ORDER, NAME, CAMPUS, COUNTRY, LEVEL, AWARD, SEVERAL = DOUBTS = (
    *("order", "name", "campus", "country", "level", "award", "several"),
)
"""Words in another order; a name borne at another time; a campus, country, level or award that
one side does not tell; several programmes that are not told apart."""


_PLACES = Code("places")


class Hit(NamedTuple):
    """A row that is meant, with what is doubtful; `borne` is when its institution had the name."""

    entry: Entry
    doubts: frozenset[str]
    borne: Span


class _Bearer(NamedTuple):
    """An institution that bears a name, and when."""

    number: int
    borne: Span
    doubts: frozenset[str] = frozenset()
    campus: str = ""


class ProgrammeIndex:
    """The rows of all lists, by names."""

    def __init__(self, listings: Iterable[Listing], vocabularies: Vocabularies) -> None:
        self.entries: list[Entry] = []
        self._vocabularies = vocabularies
        self._named: dict[str, list[_Bearer]] = defaultdict(list)
        self._unordered: dict[str, list[_Bearer]] = defaultdict(list)
        self._outside: dict[str, list[_Bearer]] = defaultdict(list)
        self._institutions: list[Institution] = []
        self._listed_in: list[str] = []
        self._full: list[dict[str, list[Entry]]] = []
        self._subjects: list[dict[str, list[Entry]]] = []
        for listing in listings:
            self._add(listing)
        self._near = near(self._unordered)
        # The same few texts come a million times. `Memo` makes a lock for each key; this does not.
        self.hits = lru_cache(KEPT)(self._hits)
        self.near = lru_cache(KEPT)(self._nearest)
        self.country = lru_cache(KEPT)(self._country)

    def _add(self, listing: Listing) -> None:
        rows: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries(listing):
            rows[entry.row.institution].append(entry)
            self.entries.append(entry)
        for key, institution in listing.institutions.items():
            self._bear(institution)
            self._institutions.append(institution)
            self._listed_in.append(listing.id)
            self._teach(rows[key])

    def _bear(self, institution: Institution) -> None:
        number = len(self._institutions)
        for name in names(institution):
            bearer = _Bearer(number, span(name.from_, name.until))
            key = spelling.key(name.text)
            self._named[key].append(bearer)
            self._unordered[spelling.unordered(key)].append(bearer)
            bare, inside = spelling.outside(name.text)
            if inside:
                self._outside[spelling.unordered(spelling.key(bare))].append(bearer)

    def _teach(self, rows: Iterable[Entry]) -> None:
        full: dict[str, list[Entry]] = defaultdict(list)
        subjects: dict[str, list[Entry]] = defaultdict(list)
        for entry in rows:
            keys = dict.fromkeys(map(spelling.programme, entry.row.programme))
            for key in dict.fromkeys(key.full for key in keys):
                full[key].append(entry)
            for key in dict.fromkeys(key.subject for key in keys if key.subject):
                subjects[key].append(entry)
        self._full.append(full)
        self._subjects.append(subjects)

    # --- what is found; `hits`, `near` and `country` keep it

    def _hits(
        self, institution: str, programme: str, place: str | None, campus: str | None
    ) -> tuple[Hit, ...]:
        """The rows that are meant by names, in the order of their lists."""
        found: dict[Entry, Hit] = {}
        for bearer in self._bearers(institution):
            doubts = self._where(bearer, place)
            if doubts is not None:
                for entry, doubt in self._taught(bearer.number, programme):
                    hit = _on_campus(entry, doubts | doubt, bearer, campus)
                    if hit and (entry not in found or len(hit.doubts) < len(found[entry].doubts)):
                        found[entry] = hit
        return tuple(found.values())

    def _bearers(self, text: str) -> list[_Bearer]:
        """The institutions a text names; of each list those by the nearest way of reading it."""
        nearest: dict[str, int] = {}
        ways = list(enumerate(self._ways(text)))
        for way, found in ways:
            for bearer in found:
                nearest.setdefault(self._listed_in[bearer.number], way)
        return [
            bearer
            for way, found in ways
            for bearer in found
            if nearest[self._listed_in[bearer.number]] == way
        ]

    def _ways(self, text: str) -> Iterator[list[_Bearer]]:
        key = spelling.key(text)
        yield self._named.get(key, [])
        bare, inside = spelling.outside(text)
        if inside:
            campus = spelling.unordered(spelling.key(inside))
            yield [one._replace(campus=campus) for one in self._named.get(spelling.key(bare), ())]
        loose = spelling.unordered(key)
        for doubt, held in ((ORDER, self._unordered), (CAMPUS, self._outside)):
            yield [one._replace(doubts=frozenset({doubt})) for one in held.get(loose, ())]

    def _where(self, bearer: _Bearer, place: str | None) -> frozenset[str] | None:
        """What is doubtful of an institution; None where it surely lies in another country."""
        here = self.country(place)
        if here == OTHER:
            return bearer.doubts | {COUNTRY}
        same = here == self.country(self._institutions[bearer.number].country)
        return bearer.doubts if same else None

    def _country(self, place: str | None) -> int:
        """The number of a place's country; OTHER where nothing is known of it."""
        code = self._vocabularies.read(_PLACES, place).code if place else None
        number = self._vocabularies["places"].numbers.get(code or "")
        return int(self._vocabularies.country_of[number or OTHER])

    def _taught(self, institution: int, text: str) -> Iterable[tuple[Entry, frozenset[str]]]:
        key = spelling.programme(text)
        if exact := self._full[institution].get(key.full):
            return [(entry, frozenset()) for entry in exact]
        return [
            (entry, frozenset({AWARD} if key.technology or _awards(entry, key.subject) else ()))
            for entry in self._subjects[institution].get(key.subject, ())
        ]

    def _nearest(self, institution: str, programme: str) -> tuple[str, ...]:
        """Names that are nearly those written, where these name nothing; best first."""
        bearers = self._bearers(institution)
        if not bearers:
            keys = self._near.to(spelling.unordered(spelling.key(institution)))
            return tuple(self._called(self._unordered[key][0].number, key) for key in keys)
        subject = spelling.programme(programme).subject
        taught = [self._subjects[bearer.number] for bearer in bearers]
        near_ones = near(chain.from_iterable(taught)).to(subject)
        return tuple(_called(key, taught) for key in near_ones)

    def _called(self, number: int, key: str) -> str:
        called = [name.text for name in names(self._institutions[number])]
        return next(text for text in called if spelling.unordered(spelling.key(text)) == key)


def _awards(entry: Entry, subject: str) -> bool:
    """Whether a row says what is awarded wherever it names a subject."""
    keys = [spelling.programme(text) for text in entry.row.programme]
    return all(key.awarded for key in keys if key.subject == subject)


def _on_campus(
    entry: Entry, doubts: frozenset[str], bearer: _Bearer, campus: str | None
) -> Hit | None:
    """A row as it is meant of a campus; None where it is of another."""
    said = spelling.unordered(spelling.key(campus)) if campus else bearer.campus
    if said and entry.campus and said != entry.campus:
        return None
    unsure = frozenset({CAMPUS} if said != entry.campus else ())
    return Hit(entry, doubts | unsure, bearer.borne)


def _called(subject: str, taught: Iterable[Mapping[str, list[Entry]]]) -> str:
    found = next(held[subject] for held in taught if subject in held)
    texts = chain.from_iterable(entry.row.programme for entry in found)
    return next(text for text in texts if spelling.programme(text).subject == subject)
