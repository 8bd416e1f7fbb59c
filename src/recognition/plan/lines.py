"""What a plan is asked: each standard for each host, its editions, their criteria."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recognition.standard.model import Criterion, Edition, Standard


@dataclass(frozen=True)
class Asked:
    """One criterion of a plan: where its truth stands, and the measure and the requirement that
    its comparison sets against each other (-1 where there are none; `comparison` says how, `unit`
    is theirs).

    `excused` is where it is said, on the profile, that the criterion does not apply: that holds
    even where its subject has no element. `aside` is where that is said on whichever level: it
    changes no verdict, and tells what is met from what does not concern the person.
    """

    criterion: str
    truth: int
    measured: int = -1
    required: int = -1
    comparison: str = ""
    unit: str = ""
    subject: str = ""
    source: Criterion | None = None
    excused: int = -1
    aside: int = -1


@dataclass(frozen=True)
class Version:
    """An edition as it is asked in a plan."""

    edition: Edition
    in_force: Asked
    criteria: tuple[Asked, ...]


@dataclass(frozen=True)
class Line:
    """One standard for one host: a decision for each row."""

    standard: Standard
    host: str | None
    versions: tuple[Version, ...]

    @property
    def places(self) -> Iterator[int]:
        """The steps that are read."""
        for version in self.versions:
            for asked in (version.in_force, *version.criteria):
                yield from (place for place in (asked.truth, asked.excused) if place >= 0)

    @property
    def asides(self) -> Iterator[int]:
        """The steps that are read besides where findings are told."""
        for version in self.versions:
            yield from (asked.aside for asked in version.criteria if asked.aside >= 0)
