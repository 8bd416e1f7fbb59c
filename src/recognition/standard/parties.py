"""The dated status of parties as tables by code, for the operations that look them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recognition import dates
from recognition.bounds import Array, Bounds
from recognition.memo import Memo
from recognition.profile.vocabulary import Vocabularies
from recognition.standard.model import Party, Status


@dataclass(frozen=True)
class PartyTable:
    """By body or place: `first`, `last`, `held` of shape (periods, entries + 2), `since`, `place`.

    A code with fewer periods has empty ones (first AFTER_ALL, last BEFORE_ALL), which are not
    `held`; so has the last entry, which stands for no code.
    """

    first: Bounds
    last: Bounds
    held: Array
    since: Bounds
    place: Array


def table(
    parties: Iterable[Party], by: str, statuses: frozenset[str], names: Vocabularies
) -> PartyTable:
    """Parties' periods with one of the statuses (all if none is named), by `body` or `place`."""
    entries = len(names["places" if by == "place" else "bodies"]) + 2
    held = {
        code: (party, _periods(party, statuses))
        for party in parties
        for code in _codes(party, by, names)
    }
    depth = max((len(periods) for _, periods in held.values()), default=0)
    ends = np.full((4, depth, entries), dates.AFTER_ALL, np.int32)
    ends[2:] = dates.BEFORE_ALL
    place = np.full(entries, -1, np.int32)
    for code, (party, periods) in held.items():
        place[code] = names["places"].number(party.place) or 0
        for i, status in enumerate(periods):
            ends[:, i, code] = *status.period.first, *status.period.last
    since = [rows.min(axis=0, initial=dates.AFTER_ALL) for rows in ends[:2]]
    held = ends[0] <= ends[3]
    return PartyTable(_bounds(*ends[:2]), _bounds(*ends[2:]), held, _bounds(*since), place)


def _periods(party: Party, statuses: frozenset[str]) -> list[Status]:
    return [held for held in party.history if not statuses or held.status in statuses]


def _codes(party: Party, by: str, names: Vocabularies) -> list[int]:
    """Codes that lead to a party: its bodies and who acts for them, or its place and regions."""
    if by == "place":
        home = names["places"].number(party.place) or 0
        regions = np.flatnonzero(names.country_of == home)
        return [home, *(int(region) for region in regions if region)]
    bodies = names["bodies"]
    acting = [
        code for code, entry in bodies.details.items() if entry.get("acts_for") in party.bodies
    ]
    return [number for code in (*party.bodies, *acting) if (number := bodies.number(code))]


def _bounds(lo: Array, hi: Array) -> Bounds:
    return Bounds(lo, lo if (lo == hi).all() else hi)


@dataclass(frozen=True)
class Tables:
    """The world that operations ask: countries of places, sizes of vocabularies, parties."""

    names: Vocabularies
    members: Mapping[str, tuple[Party, ...]]
    made: Memo = field(init=False, default_factory=Memo, repr=False)

    @property
    def country(self) -> Array:
        return self.names.country_of

    def homes(self, vocabulary: str) -> Array:
        return self.names.homes(vocabulary)

    def entries(self, vocabulary: str) -> int:
        return len(self.names[vocabulary])

    def parties(self, agreement: str, by: str, statuses: tuple[int, ...] = ()) -> PartyTable:
        """The table of one question, made once."""
        return self.made.once(
            (agreement, by, statuses), lambda: self._table(agreement, by, statuses)
        )

    def _table(self, agreement: str, by: str, statuses: tuple[int, ...]) -> PartyTable:
        chosen = frozenset(self.names["party-statuses"].entry(status) for status in statuses)
        return table(self.members[agreement], by, chosen, self.names)

    def parties_of(self, asked: tuple[Any, ...]) -> PartyTable:
        """The tables of several questions (agreement, by, statuses) as one, along a new axis."""
        return _together([self.parties(*one) for one in asked])


def _together(tables: Sequence[PartyTable]) -> PartyTable:
    """Tables stacked; what has fewer periods gets empty ones."""
    depth = max(len(one.held) for one in tables)
    first, last = ([getattr(one, end) for one in tables] for end in ("first", "last"))
    return PartyTable(
        _bounds(*(_padded([one[i] for one in first], depth, dates.AFTER_ALL) for i in (0, 1))),
        _bounds(*(_padded([one[i] for one in last], depth, dates.BEFORE_ALL) for i in (0, 1))),
        _padded([one.held for one in tables], depth, False),
        _bounds(*(np.stack([one.since[i] for one in tables]) for i in (0, 1))),
        np.stack([one.place for one in tables]),
    )


def _padded(periods: Sequence[Array], depth: int, empty: Any) -> Array:
    wide = [(0, depth - len(one)) for one in periods]
    return np.stack(
        [
            np.pad(one, (rows, (0, 0)), constant_values=empty)
            for one, rows in zip(periods, wide, strict=True)
        ]
    )
