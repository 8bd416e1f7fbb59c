"""What a standard says, as values: agreement, parties with dated status, editions, criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from recognition.rule.syntax import At, Node

Reach = Literal["recognised", "criteria", "may-apply", "unpublished"]
"""How far a positive decision reaches: nothing more is asked; the published criteria are met and
an assessment follows; the door to an assessment; nobody knows."""

Words = Mapping[str, str]
"""A text by language: `en`, `zh`."""

MOST = 20
"""Criteria on one subject: three to the power of that, times the elements of a batch, is a number
of 64 bits."""


@dataclass(frozen=True)
class Period:
    """Days from–until, each end as the first and last day it could be."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True)
class Status:
    """What a party was in a period, by what source."""

    status: str
    period: Period
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Party:
    """A seat: a place, the bodies that hold it or act for the holder, its dated status."""

    place: str
    bodies: tuple[str, ...]
    history: tuple[Status, ...]


@dataclass(frozen=True)
class Hosts:
    """Where a decision may be asked for: named places, places that may be, or parties by status."""

    places: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """An accord, register, bilateral instrument or host rule."""

    id: str
    title: Words
    effect: str
    ask: str
    hosts: Hosts | None
    parties: tuple[Party, ...]
    document: Mapping[str, Any]

    def reach(self, version: str, host: str | None) -> Reach:
        """How far a positive decision of an edition reaches at a host; the first that fits."""
        told = self.document.get("reach", {"is": "unpublished"})
        for other in told.get("except", ()):
            versions, hosts = other.get("versions", (version,)), other.get("hosts", (host,))
            if version in versions and host in hosts:
                reach: Reach = other["is"]
                return reach
        return told["is"]  # type: ignore[no-any-return]  # the schema has these words alone

    @property
    def asked(self) -> tuple[str, ...]:
        """The places for which it can be asked; none if it names no hosts."""
        if self.hosts is None:
            return ()
        statuses = self.hosts.statuses
        members = [
            party.place
            for party in self.parties
            if any(held.status in statuses for held in party.history)
        ]
        return tuple(dict.fromkeys((*self.hosts.places, *members))) or self.hosts.perhaps


@dataclass(frozen=True)
class Criterion:
    """The smallest clause that can be met, with where it comes from.

    `where` is what `applies` says, as it is written; None where it always applies.
    """

    id: str
    title: Words
    rule: Node
    applies: Node | None
    subject: str
    requirement: Words
    clause: str
    sources: tuple[str, ...]
    confidence: str
    read_on: str
    at: At
    where: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Edition:
    """One version of an agreement's criteria, in force in a period; never changed.

    A `draft` was not published, or is not as it was.
    """

    standard: str
    version: str
    in_force: Period
    published: str
    subjects: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    remaining: tuple[Words, ...]
    document: Mapping[str, Any]
    digest: str
    draft: bool = False


@dataclass(frozen=True)
class Standard:
    """An agreement with its editions, oldest first."""

    agreement: Agreement
    editions: tuple[Edition, ...]

    @property
    def id(self) -> str:
        return self.agreement.id
